"""Several processes crawl side by side: each source by one of them, each host by one at a time, whoever dies."""

from __future__ import annotations

import json
import signal
import time
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from indexer.crawl.crawls import archive_of, crawl, keep_in, source_of, start, stored, write_sources
from indexer.crawl.site import Site
from tintuc_search.indexer.crawl.sources import Source
from tintuc_search.indexer.crawl.turns import names_of

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator
    from pathlib import Path

HOSTS = 4


@pytest.fixture
def sites() -> Iterator[list[Site]]:
    """Sites on hosts of their own."""
    with ExitStack() as left:
        yield [
            left.enter_context(Site(40, trouble=False, host=f"127.0.0.{number + 1}"))
            for number in range(HOSTS)
        ]


def ended(process: subprocess.Popen[str], *codes: int) -> list[dict[str, Any]]:
    """The reports of a crawl that has ended with one of these codes."""
    out, err = process.communicate()
    assert process.returncode in codes, err
    return json.loads(out) if out else []


def wait_for_requests(site: Site, count: int) -> None:
    while len(site.log) < count:
        time.sleep(0.01)


def answered(site: Site) -> list[str]:
    """The pages that were had; those in trouble are asked for twice by one crawl too."""
    return [each.path for each in site.log if each.status == 200 and each.path.startswith("/tin/")]


def test_processes_over_the_same_sources_divide_them(
    url: str, tmp_path: Path, sites: list[Site]
) -> None:
    tables = {f"bao-{number}": source_of(site, delay=0.02) for number, site in enumerate(sites)}
    write_sources(keep_in(tmp_path, url), **tables)
    archive_of(tmp_path).close()

    processes = [start(tmp_path, "crawl", "--due", "--json", key) for key in tables]
    processes += [start(tmp_path, "crawl", "--due", "--json") for _ in range(2)]
    reports = [report for process in processes for report in ended(process, 0, 1)]

    assert sorted(tables) == sorted(report["source"] for report in reports), "each by one of them"
    for site in sites:
        asked = answered(site)
        assert len(asked) == len(set(asked)), "no page is asked for twice"
    assert sum(len(site.articles()) for site in sites) == archive_count(tmp_path)


def archive_count(home: Path) -> int:
    archive = archive_of(home)
    try:
        return archive.count()
    finally:
        archive.close()


def test_what_a_killed_process_left_the_next_one_goes_on_with(
    url: str, tmp_path: Path, sites: list[Site]
) -> None:
    first, second = sites[:2]
    tables = {"a": source_of(first, delay=0.05), "b": source_of(second, delay=0.05)}
    write_sources(keep_in(tmp_path, url), **tables)
    killed, other = start(tmp_path, "crawl", "a"), start(tmp_path, "crawl", "--json", "b")
    wait_for_requests(first, 12)
    wait_for_requests(second, 3)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    [report] = ended(other, 0)
    assert report["new"] == len(second.articles())

    crawl(tmp_path, "a")

    asked = answered(first)
    assert len(asked) - len(set(asked)) <= 1, "only what was under way is asked for again"
    assert {first.path_of(number) for number in first.articles()} == set(stored_of(tmp_path, first))


def stored_of(home: Path, site: Site) -> list[str]:
    archive = archive_of(home)
    found = [each.article.url or "" for each in archive.everything()]
    archive.close()
    return [urlsplit(each).path for each in found if each.startswith(site.url)]


def test_two_sources_of_one_host_are_not_crawled_by_two_processes(tmp_path: Path) -> None:
    with Site(60, trouble=False) as site:
        write_sources(
            tmp_path,
            mot=source_of(site, delay=0.2, feeds=[]),
            hai=source_of(site, delay=0.2, sitemaps=[], sections=[]),
        )
        process = start(tmp_path, "crawl", "mot")
        wait_for_requests(site, 12)
        _, told = (other := start(tmp_path, "crawl", "hai")).communicate()
        process.send_signal(signal.SIGTERM)
        process.communicate()

        assert other.returncode == 1
        assert "hai: another process is crawling the same source or host" in told
        assert process.returncode == 0
        assert len(stored(tmp_path)) > 0


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        ("baomoi.example", "baomoi.example", True),
        ("www.baomoi.example", "baomoi.example", True),
        ("tin.baomoi.example", "baomoi.example", True),
        ("tin.baomoi.example", "anh.baomoi.example", False),
        ("baomoi.example", "moi.example", False),
    ],
)
def test_hosts_meet_where_one_is_under_the_other(one: str, other: str, meet: bool) -> None:
    (alone, shared), (alone_too, shared_too) = (
        names_of(Source(key, "Báo", feeds=(f"https://{host}/rss",)))
        for key, host in (("a", one), ("b", other))
    )
    assert meet == bool(alone & (alone_too | shared_too) or shared & alone_too)
