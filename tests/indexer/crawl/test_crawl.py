"""Crawls of a real site on loopback: what is found, how often it is asked for, what a kill leaves."""

from __future__ import annotations

import gzip
import os
import random
import signal
import time
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import create_engine, text
from warcio.archiveiterator import ArchiveIterator

from indexer.crawl.crawls import (
    archive_of,
    crawl,
    keep_in,
    source_of,
    start,
    stored,
    write_sources,
)
from indexer.crawl.site import Site, syllables
from tintuc_search.settings import load

if TYPE_CHECKING:
    from pathlib import Path

PAGES = int(os.environ.get("TINTUC_TEST_CRAWL_PAGES", "500"))


def paths(site: Site) -> set[str]:
    return {site.path_of(number) for number in site.articles()}


def test_every_article_is_found_once_and_a_second_crawl_costs_next_to_nothing(
    tmp_path: Path,
) -> None:
    with Site(PAGES) as site:
        write_sources(tmp_path, thu=source_of(site, depth=max(5, PAGES // 200)))
        report = crawl(tmp_path)["thu"]
        first = sum(each.sent for each in site.log)
        assert paths(site) == set(stored(tmp_path))
        assert report["new"] == len(site.articles())
        assert report["changed"] == 0, "a copy is no new text"
        assert first > PAGES * 20_000
        assert site.asked("/cam/") == [], "robots.txt forbids it"

        site.log.clear()
        again = crawl(tmp_path)["thu"]
        assert again["new"] == again["changed"] == 0
        assert sum(each.sent for each in site.log) < 0.02 * first
        assert site.asked() == []


def test_a_page_looked_at_again_costs_no_body_and_an_edit_gives_a_revision(
    url: str, tmp_path: Path
) -> None:
    keep_in(tmp_path, url)
    with Site(30, trouble=False) as site:
        write_sources(tmp_path, thu=source_of(site))
        crawl(tmp_path)
        first = sum(each.sent for each in site.log)
        make_due(tmp_path)
        site.log.clear()
        unchanged = crawl(tmp_path)["thu"]
        assert unchanged["not_modified"] >= len(site.articles())
        assert sum(each.sent for each in site.log) < 0.02 * first

        site.edited.add(4)
        make_due(tmp_path)
        changed = crawl(tmp_path)["thu"]
        assert (changed["changed"], changed["new"]) == (1, 0)
        archive = archive_of(tmp_path)
        [article] = [
            each for each in archive.everything() if each.article.url == site.url + site.path_of(4)
        ]
        assert len(archive.revisions(article.id)) == 2
        archive.close()


def test_a_page_that_is_gone_is_marked_and_the_mark_goes_when_it_is_back(
    url: str, tmp_path: Path
) -> None:
    keep_in(tmp_path, url)

    def gone() -> list[str]:
        archive = archive_of(tmp_path)
        found = [each.article.url or "" for each in archive.everything() if each.gone_at]
        archive.close()
        return found

    with Site(10, trouble=False) as site:
        write_sources(tmp_path, thu=source_of(site))
        crawl(tmp_path)
        site.missing.add(4)
        make_due(tmp_path)
        assert crawl(tmp_path)["thu"]["gone"] == 1
        assert gone() == [site.url + site.path_of(4)]
        site.missing.clear()
        make_due(tmp_path)
        crawl(tmp_path)
        assert gone() == []


def test_a_crawl_killed_at_ten_moments_ends_like_an_unbroken_one(url: str, tmp_path: Path) -> None:
    whole, broken = tmp_path / "whole", keep_in(tmp_path / "broken", url)
    chance = random.Random(20240301)  # noqa: S311
    with Site(150) as site:
        write_sources(whole, thu=source_of(site))
        crawl(whole)
        site.log.clear()
        site.troubled.clear()
        write_sources(broken, thu=source_of(site))
        for kill in range(10):
            before = len(site.log)
            process = start(broken, "crawl")
            least = chance.randrange(1, 24)  # requests after which it dies
            while len(site.log) < before + least and process.poll() is None:
                time.sleep(0.002)
            process.send_signal(signal.SIGKILL)
            process.communicate()
            assert process.returncode in {-signal.SIGKILL, 0}, kill
        crawl(broken)

        assert stored(whole) == stored(broken)
        plain = [each.path for each in site.log if each.status == 200]
        pages = [path for path in plain if path.startswith("/tin/")]
        twice = len(pages) - len(set(pages))
        cut_short = sum(1 for number in site.articles() if number % 50 == 9)
        assert twice <= 10 + cut_short, "only what was under way at a kill is asked for again"


def test_what_is_fetched_is_kept_as_warc_that_can_be_imported(tmp_path: Path) -> None:
    with Site(12, trouble=False) as site:
        write_sources(tmp_path / "a", thu=source_of(site, sections=[]))
        crawl(tmp_path / "a", "--warc", str(tmp_path / "warc"))
        [file] = (tmp_path / "warc").iterdir()
        assert file.name.startswith("thu-")
        assert file.name.endswith(".warc.gz")
        with file.open("rb") as stream:
            kinds = [(each.rec_type, each.http_headers) for each in ArchiveIterator(stream)]
        answers = [headers for kind, headers in kinds if kind == "response"]
        assert len(answers) == len(site.log)
        assert len([kind for kind, _ in kinds if kind == "request"]) == len(answers)

    process = start(tmp_path / "b", "import", str(file))
    process.communicate()
    assert process.returncode == 0
    assert stored(tmp_path / "b") == stored(tmp_path / "a")


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.1"])
def test_private_networks_are_not_asked_unless_the_source_says_so(
    tmp_path: Path, host: str
) -> None:
    with Site(5) as site:
        port = site.url.rpartition(":")[2]
        start_point = f"http://{host}:{port}/muc"
        write_sources(
            tmp_path,
            thu=source_of(site, private=False, sitemaps=[], feeds=[], sections=[start_point]),
        )
        report = crawl(tmp_path, code=1)["thu"]
        assert report["fetched"] == 0
        assert report["failed"] == {"no public address": 1}
        assert site.log == []


def test_a_redirect_into_a_private_network_is_not_followed(tmp_path: Path) -> None:
    """Both addresses are this machine; only one of them is the source's own."""
    with Site(5) as inner, Site(5) as outer:
        inner_port = inner.url.rpartition(":")[2]
        outer.extra["/muc"] = (302, {"Location": f"http://127.0.0.2:{inner_port}/muc"}, b"")
        outer.extra["/rss"] = (302, {"Location": f"http://localhost:{inner_port}/muc"}, b"")
        write_sources(tmp_path, thu=source_of(outer, sitemaps=[]))
        report = crawl(tmp_path, code=1)["thu"]
        assert inner.log == []
        assert sum(report["failed"].values()) == 2


def test_pages_that_are_too_large_or_unpack_to_more_are_cut_off_and_told(tmp_path: Path) -> None:
    bomb = gzip.compress(b"<p>" + b" " * (40 << 20))
    with Site(5, trouble=False) as site:
        names = [f"/tin/bom-mot-hai-ba-{n:05}.html" for n in range(90001, 90004)]
        site.extra[names[0]] = (200, {"Content-Encoding": "gzip"}, bomb)
        site.extra[names[1]] = (200, {}, b"<p>" + b"x" * (11 << 20))
        site.extra[names[2]] = (200, {"Content-Type": "application/pdf"}, b"%PDF-1.4")
        links = "".join(f"<a href='{each}'>x</a>" for each in names)
        site.extra["/muc"] = (200, {}, f"<html>{links}".encode())
        write_sources(tmp_path, thu=source_of(site, sitemaps=[]))
        report = crawl(tmp_path)["thu"]
        assert report["failed"]["too large"] == 2
        assert report["refused"] == 1
        assert paths(site) == set(stored(tmp_path))


def test_crawl_delay_and_retry_after_are_obeyed(tmp_path: Path) -> None:
    with Site(4, trouble=False, robots="User-agent: *\nCrawl-delay: 0.3\n") as site:
        refused = (429, {"Retry-After": "1"}, b"")
        site.extra[site.path_of(2) + "?utm_source=rss"] = refused
        write_sources(tmp_path, thu=source_of(site, sitemaps=[], sections=[]))
        crawl(tmp_path)
        asked = site.log[1:]  # behind robots.txt, which is where the delay is told
        gaps = [after.at - before.at for before, after in pairwise(asked)]
        assert min(gaps[1:]) > 0.25
        places = [place for place, each in enumerate(asked) if each.status == 429]
        assert len(places) == 2, "asked once more, then left for a later run"
        assert asked[places[0] + 1].at - asked[places[0]].at >= 0.95


def test_nothing_is_asked_of_a_host_whose_robots_txt_cannot_be_had(tmp_path: Path) -> None:
    with Site(5, robots_status=503) as site:
        write_sources(tmp_path, thu=source_of(site))
        report = crawl(tmp_path, code=1)["thu"]
        assert {each.path for each in site.log} == {"/robots.txt"}
        assert report["failed"] == {"robots.txt unavailable": 3}


def test_the_crawler_says_who_it_is(tmp_path: Path) -> None:
    with Site(2) as site:
        write_sources(tmp_path, thu=source_of(site))
        (tmp_path / "tintuc.toml").write_text('contact = "https://toasoan.example/bot"', "utf-8")
        crawl(tmp_path)
        agents = {each.headers.get("User-Agent", "") for each in site.log}
        assert len(agents) == 1
        assert agents.pop().endswith("(+https://toasoan.example/bot)")


def test_a_run_stops_at_its_pages_and_the_next_goes_on(tmp_path: Path) -> None:
    with Site(40, trouble=False) as site:
        write_sources(tmp_path, thu=source_of(site, most_pages=12))
        assert crawl(tmp_path)["thu"]["left"] > 0
        while crawl(tmp_path)["thu"]["left"]:
            pass
        assert paths(site) == set(stored(tmp_path))


def test_the_pages_of_one_article_are_put_together(tmp_path: Path) -> None:
    with Site(4, trouble=False) as site:
        path = "/tin/phong-su-dai-00901.html"
        text = site.page(901).replace(site.path_of(901), path)
        second = site.page(902).replace(site.path_of(902), path)
        site.extra[path] = (
            200,
            {},
            text.replace("</body>", f"<div><a href='{path}?trang=2'>2</a></div></body>").encode(),
        )
        site.extra[f"{path}?trang=2"] = (200, {}, second.encode())
        links = f"<html><a href='{path}?trang=2'>x</a><a href='{path}'>x</a>"
        site.extra["/muc"] = (200, {}, links.encode())
        write_sources(tmp_path, thu=source_of(site, sitemaps=[], feeds=[]))
        crawl(tmp_path)
        paragraphs = stored(tmp_path)[path]
        words = "\n".join(paragraphs)
        assert len(paragraphs) == 21, "twice ten, and the second page's lead, which is another"
        assert words.index(" ".join(syllables("901-9", 60))[1:]) < words.index(
            " ".join(syllables("902-0", 60))[1:]
        )


def test_an_edit_on_the_second_page_of_an_article_is_seen(tmp_path: Path) -> None:
    """The first page, which has not changed, would answer 304 and hide it."""
    with Site(4, trouble=False) as site:
        path = "/tin/phong-su-dai-00901.html"
        first = site.page(901).replace(site.path_of(901), path)
        site.extra[path] = (
            200,
            {},
            first.replace("</body>", f"<a href='{path}?trang=2'>2</a></body>").encode(),
        )
        site.extra["/muc"] = (200, {}, f"<html><a href='{path}'>x</a>".encode())
        write_sources(tmp_path, thu=source_of(site, sitemaps=[], feeds=[]))
        for number, counted in ((902, "new"), (905, "changed")):
            second = site.page(number).replace(site.path_of(number), path)
            site.extra[f"{path}?trang=2"] = (200, {}, second.encode())
            assert crawl(tmp_path)["thu"][counted] == 1
            make_due(tmp_path)


def test_two_pages_that_name_each_other_as_the_real_one_are_one_article(tmp_path: Path) -> None:
    with Site(3, trouble=False) as site:
        one, other = "/tin/mot-bai-hai-cho-00601.html", "/tin/hai-bai-hai-cho-00601.html"
        for path, named in ((one, other), (other, one)):
            text = site.page(601).replace(site.path_of(601), named)
            site.extra[path] = (200, {}, text.encode())
        site.extra["/muc"] = (200, {}, f"<html><a href='{one}'>x</a>".encode())
        write_sources(tmp_path, thu=source_of(site, sitemaps=[], feeds=[]))
        assert crawl(tmp_path)["thu"]["new"] == 1
        assert len(stored(tmp_path)) == 1


def test_redirects_without_end_are_told(tmp_path: Path) -> None:
    with Site(3) as site:
        site.extra["/muc"] = (302, {"Location": "/muc?x=1"}, b"")
        site.extra["/muc?x=1"] = (302, {"Location": "/muc"}, b"")
        site.extra["/rss"] = (300, {}, b"")
        write_sources(tmp_path, thu=source_of(site, sitemaps=[]))
        report = crawl(tmp_path, code=1)["thu"]
        assert report["failed"] == {"too many redirects": 1, "HTTP 300": 1}


def test_only_the_sections_asked_for_are_kept(tmp_path: Path) -> None:
    with Site(6, trouble=False) as site:
        write_sources(tmp_path, thu=source_of(site, keep_sections=["Chính trị"]))
        report = crawl(tmp_path)["thu"]
        assert report["recognised"] >= 6
        assert stored(tmp_path) == {}


def test_a_second_crawl_at_the_same_time_is_refused(tmp_path: Path) -> None:
    with Site(60, trouble=False) as site:
        write_sources(tmp_path, thu=source_of(site, delay=0.2))
        process = start(tmp_path, "crawl")
        while not site.log and process.poll() is None:
            time.sleep(0.01)
        other = start(tmp_path, "crawl")
        _, told = other.communicate()
        process.send_signal(signal.SIGTERM)
        process.communicate()
        assert other.returncode == 1
        assert "another process is crawling" in told
        assert process.returncode == 0, "stopped by a signal, it ends what it began"


def make_due(home: Path) -> None:
    """Let every page be due for another look now."""
    engine = create_engine(load({}, home=str(home)).archive)
    with engine.begin() as connection:
        connection.execute(
            text("UPDATE addresses SET next_at = found_at WHERE state IN ('read', 'gone')")
        )
    engine.dispose()
