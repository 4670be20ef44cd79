"""What visits make of the frontier: which addresses are due then, and what is kept of the others."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy import Request
from scrapy.http import HtmlResponse

import event_loops
from tintuc_search.archive.frontier_base import Found, Kind, State, Visit
from tintuc_search.indexer.crawl.guard import may_fetch
from tintuc_search.indexer.crawl.links import Links
from tintuc_search.indexer.crawl.politeness import Held, RobotsUnavailable
from tintuc_search.indexer.crawl.reading import MOST_VALIDATOR, Reader
from tintuc_search.indexer.crawl.sources import Source
from tintuc_search.indexer.crawl.spider import ArticleSpider
from tintuc_search.indexer.crawl.tally import Tally
from tintuc_search.indexer.crawl.timing import MOST_TRIES

if TYPE_CHECKING:
    from tintuc_search.archive.frontier import SqlFrontier
    from tintuc_search.archive.frontier_base import Address
    from tintuc_search.archive.store import SqlArchive

SITE = "https://baomoi.example"
PAGE = f"{SITE}/tin/cau-moi-qua-song-123456.html"
NOW = datetime(2024, 3, 1, 8, tzinfo=UTC)
LATER = NOW + timedelta(days=30)
SOURCE = Source("thu", "Báo thử", sections=(f"{SITE}/",), feeds=(f"{SITE}/rss",))


@pytest.fixture
def frontier(archive: SqlArchive) -> SqlFrontier:
    return archive.frontier


def find(frontier: SqlFrontier, *urls: str, kind: Kind = Kind.PAGE, at: datetime = NOW) -> None:
    frontier.begin("thu", [Found(url, kind) for url in urls], at)


def due(frontier: SqlFrontier, at: datetime = LATER) -> dict[str, Address]:
    return {each.url: each for each in frontier.due("thu", at, at, 100)}


def reader(frontier: SqlFrontier, tally: Tally | None = None) -> Reader:
    return Reader(SOURCE, Links(SOURCE), frontier, tally or Tally())


def answer(url: str, status: int = 200, body: bytes = b"<html>") -> HtmlResponse:
    return HtmlResponse(url, status=status, body=body)


def test_what_was_visited_in_a_run_does_not_keep_the_rest_of_it_waiting(
    frontier: SqlFrontier,
) -> None:
    lists = [f"{SITE}/s{number}.xml" for number in range(9)]
    find(frontier, *lists, kind=Kind.LISTING)
    find(frontier, PAGE)
    for each in frontier.due("thu", NOW, NOW, 9):
        frontier.record(Visit(each, NOW + timedelta(minutes=1), State.READ, NOW))
    late = NOW + timedelta(hours=1)
    assert [each.url for each in frontier.due("thu", late, NOW, 9)] == [PAGE]
    assert len(frontier.due("thu", late, late, 9)) == 9, "the next run begins with the lists again"


def test_a_page_that_leads_home_leaves_the_home_page_as_it_was(frontier: SqlFrontier) -> None:
    find(frontier, f"{SITE}/", kind=Kind.SECTION)
    home = due(frontier)[f"{SITE}/"]
    frontier.record(Visit(home, NOW, State.READ, NOW, etag='"cu"'))
    find(frontier, PAGE)
    visit = Visit(due(frontier)[PAGE], NOW, State.REFUSED, None, etag='"moi"', final=f"{SITE}/")
    frontier.record(visit)
    left = due(frontier)
    assert set(left) == {f"{SITE}/"}
    assert (left[f"{SITE}/"].etag, left[f"{SITE}/"].state) == ('"cu"', State.READ)
    assert frontier.state("thu", PAGE) is State.COPY


def test_a_list_that_was_moved_is_still_one_list(frontier: SqlFrontier) -> None:
    find(frontier, f"{SITE}/rss", kind=Kind.LISTING)
    moved = f"{SITE}/feed/tin-moi"
    frontier.record(
        Visit(due(frontier)[f"{SITE}/rss"], NOW, State.READ, NOW, etag="x", final=moved)
    )
    left = due(frontier)
    assert set(left) == {f"{SITE}/rss"}
    assert left[f"{SITE}/rss"].etag == "x"


@pytest.mark.parametrize(
    ("error", "tries"), [(Held(60.0), 0), (RobotsUnavailable(), 0), (TimeoutError(), 1), (None, 1)]
)
def test_an_address_is_not_blamed_for_its_host(
    frontier: SqlFrontier, error: Exception | None, tries: int
) -> None:
    find(frontier, PAGE)
    reader(frontier).fail(due(frontier)[PAGE], "x", error)
    # Asked for with the day after tomorrow's eyes: it is due again.
    found = due(frontier, datetime.now(UTC) + timedelta(days=3))
    assert found[PAGE].tries == tries


def test_a_page_that_fails_for_ever_is_given_up_and_a_list_is_not(frontier: SqlFrontier) -> None:
    find(frontier, PAGE)
    find(frontier, f"{SITE}/rss", kind=Kind.LISTING)
    for address in due(frontier).values():
        reader(frontier).read(replace(address, tries=MOST_TRIES - 1), answer(address.url, 500))
    assert set(due(frontier, datetime.now(UTC) + timedelta(days=8))) == {f"{SITE}/rss"}


def test_a_list_that_is_not_there_is_told_as_a_failure(frontier: SqlFrontier) -> None:
    find(frontier, f"{SITE}/rss", kind=Kind.LISTING)
    find(frontier, PAGE)
    tally = Tally()
    for address in due(frontier).values():
        reader(frontier, tally).read(address, answer(address.url, 404))
    assert (tally.gone, dict(tally.failed)) == (1, {"HTTP 404": 1})


def test_a_failure_is_forgotten_when_the_page_has_not_changed(frontier: SqlFrontier) -> None:
    find(frontier, PAGE)
    address = replace(due(frontier)[PAGE], state=State.FAILED, tries=5, etag='"a"')
    reader(frontier).read(address, answer(PAGE, 304))
    assert frontier.state("thu", PAGE) is State.REFUSED


def test_validators_without_end_are_not_sent_back(frontier: SqlFrontier) -> None:
    find(frontier, PAGE, at=datetime.now(UTC))
    headers = {"ETag": '"' + "a" * MOST_VALIDATOR + '"', "Last-Modified": "Fri"}
    long = HtmlResponse(PAGE, headers=headers, body=b"<html>")
    soon = datetime.now(UTC) + timedelta(days=2)
    reader(frontier).read(due(frontier, soon)[PAGE], long)
    kept = due(frontier, soon)[PAGE]
    assert (kept.etag, kept.last_modified) == (None, "Fri")


class Broken:
    """A frontier that cannot store visits of one kind: the part under test must not trust it."""

    def __init__(self, frontier: SqlFrontier, *states: State) -> None:
        self._frontier = frontier
        self._states = states

    def __getattr__(self, name: str) -> Any:
        return getattr(self._frontier, name)

    def record(self, visit: Visit) -> Any:
        if visit.state in self._states:
            raise OSError("disk full")
        return self._frontier.record(visit)


def visited(frontier: SqlFrontier, *broken: State) -> tuple[ArticleSpider, Tally]:
    """A spider that has been given one page."""
    find(frontier, PAGE)
    address, tally = due(frontier)[PAGE], Tally()

    async def visit() -> ArticleSpider:
        wrapped: Any = Broken(frontier, *broken)
        spider = ArticleSpider(SOURCE, wrapped, tally, asyncio.Event())
        response = answer(PAGE)
        response.request = Request(PAGE, meta={"address": address})
        await spider.parse(response)
        return spider

    return event_loops.run(visit()), tally


def test_a_page_that_cannot_be_stored_is_put_off_and_the_crawl_goes_on(
    frontier: SqlFrontier,
) -> None:
    spider, tally = visited(frontier, State.REFUSED)
    assert not spider.is_stopped
    assert dict(tally.failed) == {"OSError": 1}
    assert frontier.state("thu", PAGE) is State.FAILED


def test_a_crawl_ends_where_nothing_can_be_stored(frontier: SqlFrontier) -> None:
    spider, _ = visited(frontier, State.REFUSED, State.FAILED)
    assert spider.is_stopped
    assert isinstance(spider.error, OSError)


@given(st.text(max_size=30), st.text(max_size=40))
def test_what_may_be_fetched_can_be_asked_for(host: str, path: str) -> None:
    for url in (f"https://{host}baomoi.example/{path}", f"{SITE}{path}", f"https://{host}/{path}"):
        if may_fetch(url):
            assert Request(url).url.startswith("http")
