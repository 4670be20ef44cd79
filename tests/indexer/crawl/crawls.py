"""Real crawls of the test site, each by the command line in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from patience import ENVIRONMENT
from tintuc_search.archive import open_archive
from tintuc_search.settings import load

if TYPE_CHECKING:
    from indexer.crawl.site import Site
    from tintuc_search.archive.store import SqlArchive

TINTUC = Path(sys.executable).with_name("tintuc")
RULES = {
    "name": "Báo thử",
    "articles": ["^/tin/", "^/r/", "^/cam/"],
    "follow": ["^/muc", "^/lich"],
    "depth": 5,
    "delay": 0,
    "most_pages": 100_000,
    "private": True,
}


def write_sources(home: Path, **tables: dict[str, Any]) -> None:
    """A ``sources.toml`` of these tables."""
    home.mkdir(parents=True, exist_ok=True)
    lines = []
    for key, values in tables.items():
        lines.append(f"[{key}]")
        lines += [
            f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in values.items()
        ]
    (home / "sources.toml").write_text("\n".join(lines), "utf-8")


def keep_in(home: Path, url: str) -> Path:
    """Let the archive of a home folder be at ``url``; the folder."""
    home.mkdir(parents=True, exist_ok=True)
    (home / "tintuc.toml").write_text(f"archive_url = {json.dumps(url)}\n", "utf-8")
    return home


def source_of(site: Site, **more: Any) -> dict[str, Any]:
    """The table of the test site."""
    starts = {
        "sitemaps": [f"{site.url}/sitemap.xml"],
        "feeds": [f"{site.url}/rss"],
        "sections": [f"{site.url}/muc"],
    }
    return RULES | starts | more


def start(home: Path, *arguments: str) -> subprocess.Popen[str]:
    """Begin a command; warnings are errors in it."""
    return subprocess.Popen(  # noqa: S603 - our own program
        [TINTUC, "--home", str(home), *arguments],
        env=ENVIRONMENT | {"PYTHONWARNINGS": "error"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def crawl(home: Path, *arguments: str, code: int = 0) -> dict[str, dict[str, Any]]:
    """Crawl and wait for the end; the reports by source."""
    process = start(home, "crawl", "--json", *arguments)
    out, err = process.communicate()
    assert process.returncode == code, f"{process.returncode}: {out}\n{err}"
    return {report["source"]: report for report in json.loads(out)}


def archive_of(home: Path) -> SqlArchive:
    """The archive of a home folder, whichever database it is in."""
    return open_archive(load({}, home=str(home)).archive)


def stored(home: Path) -> dict[str, tuple[str, ...]]:
    """Path → paragraphs of every article in the archive."""
    archive = archive_of(home)
    try:
        found = list(archive.everything())
    finally:
        archive.close()
    by_path = {urlsplit(each.article.url or "").path: each.article.paragraphs for each in found}
    assert len(by_path) == len(found), "one path, two articles"
    return by_path
