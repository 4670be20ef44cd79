"""`tintuc run` as a process of its own before a real site: it crawls, indexes, goes on, and ends when told to."""

from __future__ import annotations

import json
import signal
import sqlite3
import time
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from indexer.crawl.crawls import start, stored, write_sources
from indexer.crawl.site import Site
from patience import SECONDS
from serving import run_tintuc

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterator
    from pathlib import Path


def source_of(site: Site, **more: Any) -> dict[str, Any]:
    """A table that crawls the test site every minute, which is the least that the file takes."""
    starts = {"sitemaps": [f"{site.url}/sitemap.xml"], "every": "1m"}
    return {"name": "Báo thử", "delay": 0, "private": True} | starts | more


@contextmanager
def running(home: Path, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """`tintuc run` until the end of the block."""
    process = start(home, "run", *arguments)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def wait_until(process: subprocess.Popen[str], holds: Callable[[], object]) -> None:
    """Wait for something that the process does."""
    deadline = time.monotonic() + SECONDS
    while not holds():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline, "it did not do it in time"
        time.sleep(0.05)


def end(process: subprocess.Popen[str], number: int = signal.SIGTERM) -> str:
    """Tell it to end; what it wrote."""
    process.send_signal(number)
    out, err = process.communicate()
    assert process.returncode == 0, err
    assert out == ""
    return err


def runs(home: Path) -> list[dict[str, Any]]:
    if not (home / "archive.sqlite").exists():
        return []
    found: list[dict[str, Any]] = json.loads(run_tintuc(home, "sources", "runs", "--json"))
    return found


def make_due(home: Path) -> None:
    """Let the time of the next run have come."""
    with closing(sqlite3.connect(home / "archive.sqlite", timeout=SECONDS)) as connection:
        connection.execute("UPDATE runs SET next_at = started_at")
        connection.execute("UPDATE addresses SET next_at = found_at WHERE kind = 'listing'")
        connection.commit()


def searchable(home: Path) -> int:
    if not (home / "index" / "whoosh" / "analyzer.txt").exists():
        return 0
    return int(json.loads(run_tintuc(home, "search", "tin", "--json"))["total"])


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_crawls_indexes_goes_on_and_ends_cleanly(tmp_path: Path, number: int) -> None:
    with Site(8, trouble=False) as site:
        write_sources(tmp_path, thu=source_of(site))
        with running(tmp_path) as process:
            wait_until(process, lambda: runs(tmp_path))
            first = len(stored(tmp_path))
            assert first >= 6
            wait_until(process, lambda: searchable(tmp_path) == first)

            site.pages = 12
            make_due(tmp_path)
            # It looks at the file and the clock twice a minute.
            wait_until(process, lambda: len(runs(tmp_path)) == 2)
            wait_until(process, lambda: searchable(tmp_path) > first)
            told = end(process, number)
        assert "1 sources in" in told
        assert f"thu: {runs(tmp_path)[0]['fetched']} fetched" in told
        assert "Traceback" not in told
        assert [run["error"] for run in runs(tmp_path)] == [None, None]


def test_a_source_that_is_down_does_not_keep_the_others(tmp_path: Path) -> None:
    with Site(5) as gone:
        down = source_of(gone)
    with Site(6, trouble=False) as site:
        write_sources(tmp_path, chet=down, thu=source_of(site))
        with running(tmp_path) as process:
            wait_until(process, lambda: len(runs(tmp_path)) == 2)
            end(process)
        by_source = {run["source"]: run for run in runs(tmp_path)}
        assert by_source["thu"]["new"] >= 4
        assert by_source["chet"]["fetched"] == 0
        assert by_source["chet"]["failed"]
        assert by_source["chet"]["next_at"]


def test_it_ends_in_the_middle_of_a_crawl_and_the_next_one_goes_on(tmp_path: Path) -> None:
    with Site(60, trouble=False) as site:
        write_sources(tmp_path, thu=source_of(site, delay=0.05))
        with running(tmp_path) as process:
            wait_until(process, lambda: len(site.asked()) > 5)
            end(process)
        some = stored(tmp_path)
        assert 0 < len(some) < 40
        assert searchable(tmp_path) == len(some), "what was stored is indexed before it ends"
        [run] = runs(tmp_path)
        assert run["left"] > 0

        asked = set(site.asked())
        site.log.clear()
        make_due(tmp_path)
        run_tintuc(tmp_path, "crawl", "--due")
        assert len(stored(tmp_path)) > len(some)
        again = asked & set(site.asked())
        assert len(again) <= 1, "only what was under way is asked for again"


def test_a_crawl_beside_it_is_refused_and_a_killed_one_leaves_no_lock(tmp_path: Path) -> None:
    with Site(20, trouble=False) as site:
        write_sources(tmp_path, thu=source_of(site, delay=0.5))
        with running(tmp_path) as process:
            wait_until(process, site.asked)
            other = start(tmp_path, "crawl")
            assert "another process is crawling" in other.communicate()[1]
            assert other.returncode == 1
        write_sources(tmp_path, thu=source_of(site))
        run_tintuc(tmp_path, "crawl")


def test_only_what_is_due_is_crawled(tmp_path: Path) -> None:
    with Site(4, trouble=False) as site:
        write_sources(tmp_path, thu=source_of(site), sau=source_of(site, every="2h"))
        assert len(json.loads(run_tintuc(tmp_path, "crawl", "--due", "--json"))) == 2
        site.log.clear()
        assert json.loads(run_tintuc(tmp_path, "crawl", "--due", "--json")) == []
        assert site.log == []
        make_due(tmp_path)
        write_sources(tmp_path, thu=source_of(site, enabled=False), sau=source_of(site))
        due = json.loads(run_tintuc(tmp_path, "crawl", "--due", "--json"))
        assert [run["source"] for run in due] == ["sau"]


def test_a_collapse_is_told_by_the_exit_code_and_ends_by_itself(tmp_path: Path) -> None:
    """The site answers with pages that hold no article, as after a change of its markup."""
    with Site(0) as site:
        urls = [f"{site.url}/moi/tin-{number:05}.html" for number in range(40)]
        inner = "".join(f"<url><loc>{url}</loc></url>" for url in urls[:20])
        listing = "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{}</urlset>"
        xml = {"Content-Type": "application/xml"}
        site.extra["/so-do.xml"] = (200, xml, listing.format(inner).encode())
        for number, url in enumerate(urls):
            links = "".join(f"<li><a href='/x/{n}'>Tin số {n}</a></li>" for n in range(60))
            empty = f"<html><title>Danh sách {number}</title><ul>{links}</ul>".encode()
            page = site.page(number).replace(site.path_of(number), "/moi/x").encode()
            site.extra[url.removeprefix(site.url)] = (200, {}, empty if number < 20 else page)
        write_sources(tmp_path, thu=source_of(site, sitemaps=[f"{site.url}/so-do.xml"]))
        flagged = start(tmp_path, "crawl")
        out, err = flagged.communicate()
        assert flagged.returncode == 4, (out, err)
        assert "!! thu:" in err
        assert runs(tmp_path)[0]["flag"] == "noArticles"

        inner = "".join(f"<url><loc>{url}</loc></url>" for url in urls)
        site.extra["/so-do.xml"] = (200, xml, listing.format(inner).encode())
        make_due(tmp_path)
        run_tintuc(tmp_path, "crawl")
        assert [run["flag"] for run in runs(tmp_path)] == [None, "noArticles"]
