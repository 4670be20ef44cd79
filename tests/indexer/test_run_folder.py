"""The files of the run folder `indexer/`: they can be used as they stand."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from indexer.crawl.crawls import stored, write_sources
from indexer.crawl.site import Site
from patience import ENVIRONMENT
from serving import run_tintuc
from tintuc_search.cli import main
from tintuc_search.indexer.crawl.sources_file import read_sources

if TYPE_CHECKING:
    import click

FOLDER = Path(__file__).parents[2] / "indexer"
INSTALLED = "/opt/tintuc/.venv/bin/tintuc"
OURS = Path(sys.executable).with_name("tintuc")
CALL = re.compile(rf"{INSTALLED} (\w+)((?: --?\w+)*)")


def test_the_example_of_sources_can_be_read_and_names_nobodys_site() -> None:
    sources = read_sources(FOLDER / "sources.toml")
    urls = [url for each in sources for url in (*each.sitemaps, *each.feeds, *each.sections)]

    assert len(sources) >= 3
    assert [] == [url for url in urls if ".example/" not in url]


@pytest.mark.parametrize(
    "name", [path.name for path in sorted(FOLDER.iterdir()) if INSTALLED in path.read_text("utf-8")]
)
def test_every_command_that_a_file_runs_exists(name: str) -> None:
    calls = CALL.findall((FOLDER / name).read_text("utf-8"))

    assert calls
    for command, options in calls:
        known: click.Command = main.commands[command]
        names = {name for parameter in known.params for name in parameter.opts}
        assert set(options.split()) <= names


def commands() -> dict[str, str]:
    """The shell commands of the unit and of cron, with our own program in place of an installed one."""
    unit = (FOLDER / "tintuc-crawl.service").read_text("utf-8")
    [line] = [line for line in unit.splitlines() if line.startswith("ExecStart=")]
    shell = re.fullmatch(r"ExecStart=/bin/sh -c '(.*)'", line)
    assert shell
    [cron] = [
        line
        for line in (FOLDER / "crontab").read_text("utf-8").splitlines()
        if line.startswith("*/10 * * * * ")
    ]
    texts = {"unit": shell[1].replace("$$", "$"), "cron": cron.removeprefix("*/10 * * * * ")}
    return {name: text.replace(INSTALLED, str(OURS)) for name, text in texts.items()}


@pytest.mark.parametrize("name", ["unit", "cron"])
def test_the_index_is_made_and_the_crawls_code_handed_on(tmp_path: Path, name: str) -> None:
    """One paper cannot be reached at all, another is flagged: what came of the rest is searchable."""
    empty = "".join(f"<li><a href='/x/{n}'>Tin số {n}</a></li>" for n in range(60))
    with Site(6, trouble=False) as site:
        paths = [f"/moi/tin-{number:05}.html" for number in range(12)]
        urls = "".join(f"<url><loc>{site.url}{path}</loc></url>" for path in paths)
        site.extra["/moi.xml"] = (
            200,
            {"Content-Type": "application/xml"},
            f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{urls}</urlset>".encode(),
        )
        for path in paths:
            site.extra[path] = (200, {}, f"<html><title>{path}</title><ul>{empty}</ul>".encode())
        table = {"name": "Báo thử", "private": True, "delay": 0}
        good = table | {"sitemaps": [f"{site.url}/sitemap.xml"]}
        write_sources(tmp_path, thu=good, moi=table | {"sitemaps": [f"{site.url}/moi.xml"]})
        assert run(tmp_path, commands()[name]) == 4
        assert len(stored(tmp_path)) >= 4
        found = json.loads(run_tintuc(tmp_path, "search", "tin", "--json"))
        assert found["total"] == len(stored(tmp_path))
        assert run(tmp_path, commands()[name]) == 0, "nothing is due"
    write_sources(tmp_path, xa=good)
    assert run(tmp_path, commands()[name]) == 1


def run(home: Path, command: str) -> int:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("TINTUC_")}
    done = subprocess.run(  # noqa: S603 - our own file
        ["/bin/sh", "-c", command],
        env=environment | ENVIRONMENT | {"TINTUC_HOME": str(home)},
        check=False,
        capture_output=True,
    )
    return done.returncode
