"""How a crawl treats a host that asks for time, refuses, fails, or was silent for a while."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy import Request
from scrapy.core.downloader import Downloader
from scrapy.exceptions import DownloadCancelledError, DownloadTimeoutError
from scrapy.http import Response
from scrapy.robotstxt import ProtegoRobotParser
from scrapy.utils.test import get_crawler

import event_loops
from tintuc_search.indexer.crawl.crawling import SIDE_BY_SIDE, Crawls, user_agent
from tintuc_search.indexer.crawl.politeness import (
    LONGEST_HOLD,
    LONGEST_WAIT,
    NAME,
    PATIENT_WITH,
    Held,
    Politeness,
    RobotsUnavailable,
    Stopped,
    retry_after,
)
from tintuc_search.indexer.crawl.sources import Source

if TYPE_CHECKING:
    from collections.abc import Callable


NOW = datetime(2024, 3, 1, 8, tzinfo=UTC)
HOST = "baomoi.example"
PAGE = Request(f"https://{HOST}/tin")
ROBOTS = Request(f"https://{HOST}/robots.txt", meta={"dont_obey_robotstxt": True})


def polite(*, stopped: bool = False, engine: Any = None) -> Politeness:
    spider = SimpleNamespace(allowed_domains=[HOST], is_stopped=stopped)
    crawler: Any = SimpleNamespace(spider=spider, engine=engine)
    return Politeness(crawler)


def answer(status: int, **headers: str) -> Response:
    pairs = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(PAGE.url, status=status, headers=pairs)


def refusal_of(politeness: Politeness, request: Request = PAGE) -> Exception | None:
    """What a request is refused with; None: it is made."""
    try:
        event_loops.run(politeness.process_request(request))
    except Exception as error:  # noqa: BLE001 - which one is what is tested
        return error
    return None


def times(count: int, act: Callable[[], object]) -> None:
    for _ in range(count):
        act()


@pytest.mark.parametrize("status", [429, 503])
def test_a_host_that_refuses_is_left_alone_twice_as_long_each_time(status: int) -> None:
    politeness = polite()
    for _ in range(9):
        politeness.process_response(PAGE, answer(status))
    held = refusal_of(politeness)
    assert isinstance(held, Held)
    assert 200 < held.seconds <= 256, "1 + 2 + 4 ... the ninth wait alone counts"


def test_a_host_that_answers_again_is_trusted_again() -> None:
    politeness = polite()
    times(7, lambda: politeness.process_response(PAGE, answer(503)))
    politeness.process_response(PAGE, answer(404))
    politeness.process_response(PAGE, answer(503))
    assert politeness._refusals[HOST] == 1


def test_a_stated_wait_is_kept_to_and_is_not_shortened_by_a_later_one() -> None:
    politeness = polite()
    politeness.process_response(PAGE, answer(429, Retry_After="600"))
    politeness.process_response(PAGE, answer(429, Retry_After="1"))
    held = refusal_of(politeness)
    assert isinstance(held, Held)
    assert 590 < held.seconds <= 600


@pytest.mark.parametrize("fail", ["status", "exception"])
def test_a_host_that_is_down_is_given_up_for_the_run_and_some_broken_pages_are_not_that(
    fail: str,
) -> None:
    politeness = polite()

    def once() -> None:
        if fail == "status":
            politeness.process_response(PAGE, answer(502))
        else:
            politeness.process_exception(PAGE, DownloadTimeoutError())

    times(PATIENT_WITH - 1, once)
    assert refusal_of(politeness) is None
    times(9, once)
    assert isinstance(refusal_of(politeness), Held)


def test_pages_that_are_too_large_are_no_sign_of_a_host_in_trouble() -> None:
    politeness = polite()
    times(50, lambda: politeness.process_exception(PAGE, DownloadCancelledError()))
    assert refusal_of(politeness) is None


def test_a_host_is_silent_while_its_robots_txt_cannot_be_had() -> None:
    def robots_answers(status: int) -> Exception | None:
        politeness = polite()
        response = Response(ROBOTS.url, status=status, headers={"Retry-After": "0"})
        politeness.process_response(ROBOTS, response)
        politeness._held.clear()
        return refusal_of(politeness)

    for status in (429, 500, 503):
        assert isinstance(robots_answers(status), RobotsUnavailable), status
    for status in (200, 403, 404):
        assert robots_answers(status) is None, status


def test_a_robots_txt_that_was_put_off_forbids_also_after_the_wait() -> None:
    politeness = polite()
    politeness.process_exception(ROBOTS, Held(300.0))
    assert isinstance(refusal_of(politeness), RobotsUnavailable)
    assert refusal_of(politeness, ROBOTS) is None, "it may be asked for again"


def test_a_crawl_that_is_to_end_waits_for_no_host() -> None:
    politeness = polite(stopped=True)
    politeness._hold(HOST, LONGEST_WAIT - 1)
    assert isinstance(refusal_of(politeness), Stopped)


def test_a_crawl_delay_outlives_the_slot_that_scrapy_throws_away() -> None:
    async def delays() -> list[float]:
        none = dict.fromkeys(("http", "https", "ftp", "s3", "file", "data"))
        settings = {"DOWNLOAD_DELAY": 1.0, "DOWNLOAD_HANDLERS": none}
        crawler = get_crawler(settings_dict=settings)
        downloader = Downloader(crawler)
        politeness = polite(engine=SimpleNamespace(downloader=downloader))
        text = b"User-agent: *\nCrawl-delay: 2\n\nUser-agent: tintuc-search\nCrawl-delay: 7\n"
        politeness.robots_parsed(ProtegoRobotParser.from_crawler(crawler, text), PAGE)
        _, told = downloader._get_slot(PAGE)
        downloader.slots.clear()  # as Scrapy does after an idle minute
        _, later = downloader._get_slot(PAGE)
        _, other = downloader._get_slot(Request("https://khac.example/"))
        downloader.close()
        return [told.delay, later.delay, other.delay]

    assert event_loops.run(delays()) == [7.0, 7.0, 1.0]


def test_the_name_that_robots_txt_knows_us_by_is_the_beginning_of_our_user_agent() -> None:
    assert user_agent("https://bot.example").startswith(f"{NAME}/")


class Watched(Crawls):
    """Crawls nothing, and notes which sources were crawled at the same time."""

    def __init__(self) -> None:
        frontier: Any = None  # nothing is stored
        super().__init__(frontier)
        self.now: set[str] = set()
        self.met: set[frozenset[str]] = set()

    async def in_turn(self, source: Source) -> None:
        async with self.turn(source):
            self.now.add(source.key)
            for _ in range(20):
                await asyncio.sleep(0)
                self.met.add(frozenset(self.now))
            self.now.remove(source.key)


def watched(sources: list[Source]) -> Watched:
    async def all_of_them() -> Watched:
        crawls = Watched()
        await asyncio.gather(*map(crawls.in_turn, sources))
        assert {source.key for source in sources} == set().union(*crawls.met)
        return crawls

    return event_loops.run(all_of_them())


def test_sources_that_share_a_host_or_the_domain_over_it_are_crawled_one_after_the_other() -> None:
    hosts = {"a": HOST, "b": f"video.{HOST}", "c": f"www.{HOST}", "d": f"x{HOST}", "e": "k.example"}
    sources = [Source(key, key, sections=(f"https://{host}/",)) for key, host in hosts.items()]
    met = watched(sources).met
    assert all(len(each & {"a", "b", "c"}) <= 1 for each in met)
    assert any({"d", "e"} < each for each in met)


def test_only_some_sources_are_crawled_at_the_same_time() -> None:
    sources = [Source(f"s{n}", "x", sections=(f"https://s{n}.example/",)) for n in range(20)]
    assert max(map(len, watched(sources).met)) == SIDE_BY_SIDE


@given(
    st.one_of(st.none(), st.binary(max_size=40), st.integers(0, 10**30).map(lambda n: b"%d" % n))
)
def test_no_retry_after_raises_or_asks_for_more_than_is_believed(header: bytes | None) -> None:
    assert 0 <= retry_after(header, NOW) <= LONGEST_HOLD
