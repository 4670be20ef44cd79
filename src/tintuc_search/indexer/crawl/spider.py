"""One crawl of one source: takes due addresses from the frontier, puts back what came of them."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Self

import scrapy
from scrapy import signals

from tintuc_search.archive.frontier_base import Kind
from tintuc_search.indexer.crawl.failing import reason_of
from tintuc_search.indexer.crawl.links import Links
from tintuc_search.indexer.crawl.listings import MOST_BYTES as MOST_LISTING_BYTES
from tintuc_search.indexer.crawl.politeness import Stopped
from tintuc_search.indexer.crawl.reading import Reader

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.python.failure import Failure

    from tintuc_search.archive.frontier_base import Address, Frontier
    from tintuc_search.indexer.crawl.sources import Source
    from tintuc_search.indexer.crawl.tally import Tally

PATIENCE = 300.0
"""Seconds after which requests that nothing is heard of are looked after."""
BATCH = 50
"""Addresses that are taken from the frontier at once."""
_ERRORS = [304, *range(400, 600)]
"""Answers that are told to the spider too; redirects are Scrapy's."""


class ArticleSpider(scrapy.Spider):
    """Visits what is due of one source until nothing is, or the run's pages are used up.

    Args:
        source: what to crawl.
        frontier: where its addresses are.
        tally: counts what is done.
        stop: set to end the crawl after the requests under way.
    """

    name = "tintuc"
    handle_httpstatus_list = _ERRORS

    def __init__(
        self, source: Source, frontier: Frontier, tally: Tally, stop: asyncio.Event
    ) -> None:
        super().__init__()
        self.source = source
        self.tally = tally
        links = Links(source)
        self.allowed_domains = list(links.hosts)
        self._links = links
        self._frontier = frontier
        self._reader = Reader(source, links, frontier, tally)
        self._stop = stop
        self._begun = datetime.now(UTC)
        self.error: Exception | None = None
        """What kept visits from being stored, and ended the crawl."""
        self._open: dict[str, Address] = {}
        self._asked: set[str] = set()
        self._done = asyncio.Event()

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """As Scrapy makes its spiders."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.dropped, signal=signals.request_dropped)
        return spider

    @property
    def is_stopped(self) -> bool:
        """Whether the crawl is to end: requests that still wait for their turn are not made then."""
        return self._stop.is_set() or self.error is not None

    async def start(self) -> AsyncIterator[scrapy.Request]:
        """Requests for what is due, a batch at a time; the next batch waits for all of this one."""
        try:
            self._frontier.begin(self.source.key, self._links.starts(), self._begun)
            while batch := self._next_batch():
                self._open = {each.key: each for each in batch}
                self._done.clear()
                for address in batch:
                    if request := self._request(address):
                        yield request
                await self._all_done()
            self.tally.left = self._frontier.waiting(self.source.key, datetime.now(UTC))
        except Exception as error:  # noqa: BLE001 - raised again by who began the crawl; Scrapy would log it only
            self.error = error

    async def _all_done(self) -> None:
        """Wait for the batch; a request that Scrapy lost without a word must not keep the crawl for ever."""
        while not self._done.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(self._done.wait(), PATIENCE)
                return
            engine: Any = self.crawler.engine
            if not engine.downloader.active and engine.scraper.slot.is_idle():
                for address in tuple(self._open.values()):
                    self._fail(address, "lost", None)

    def _next_batch(self) -> list[Address]:
        room = min(BATCH, self.source.most_pages - len(self._asked))
        if room <= 0 or self.is_stopped:
            return []
        due = self._frontier.due(self.source.key, datetime.now(UTC), self._begun, room)
        # What could not be stored is due still, and would be asked for without end.
        batch = [each for each in due if each.key not in self._asked]
        self._asked.update(each.key for each in batch)
        return batch

    def _request(self, address: Address) -> scrapy.Request | None:
        """The request for an address; None where it is not to be made."""
        if self.is_stopped:
            self._finish(address.key)
            return None
        headers = {}
        if address.etag:
            headers["If-None-Match"] = address.etag
        if address.last_modified:
            headers["If-Modified-Since"] = address.last_modified
        meta: dict[str, Any] = {"address": address}
        if address.kind is Kind.LISTING:
            meta["download_maxsize"] = MOST_LISTING_BYTES
        try:
            return scrapy.Request(
                address.url, self.parse, headers=headers, meta=meta, errback=self.failed
            )
        except ValueError as error:
            self._fail(address, "not an address", error)
            return None

    async def parse(self, response: Response, **_kwargs: Any) -> None:
        """Read an answer, with the further pages of an article that has some."""
        address: Address = response.meta["address"]
        try:
            more = [
                await self._ask(url, response) for url in self._reader.pages_of(address, response)
            ]
            self._reader.read(address, response, more)
        except Exception as error:
            # Left as it was, it would be the first to be asked for in every run to come.
            self.logger.exception("%s", response.url)
            self._fail(address, type(error).__name__, error)
        else:
            self._finish(address.key)

    async def _ask(self, url: str, first: Response) -> Response | None:
        """The answer to a further page, None where there is none; asked as politely as any other."""
        engine: Any = self.crawler.engine
        try:
            answer: Response = await engine.download_async(
                scrapy.Request(url, headers={"Referer": first.url})
            )
        except Exception as error:  # noqa: BLE001 - whatever it was, the article is tried again later
            self.logger.debug("%s: %s", url, error)
            return None
        return answer

    def failed(self, failure: Failure) -> None:
        """Note that there was no answer."""
        request: scrapy.Request = failure.request  # type: ignore[attr-defined]
        error = failure.value or RuntimeError("no answer")
        address: Address = request.meta["address"]
        if isinstance(error, Stopped):
            self._finish(address.key)
        else:
            self._fail(address, reason_of(error), error)

    def dropped(self, request: scrapy.Request) -> None:
        """Note a request that Scrapy refused to make."""
        if address := request.meta.get("address"):
            self._fail(address, "refused to ask", None)

    def _fail(self, address: Address, reason: str, error: BaseException | None) -> None:
        """Store that an address gave nothing; where even that cannot be stored, the crawl ends."""
        try:
            self._reader.fail(address, reason, error)
        except Exception as problem:  # noqa: BLE001 - raised again by who began the crawl
            self.error = problem
        finally:
            self._finish(address.key)

    def _finish(self, key: str) -> None:
        self._open.pop(key, None)
        if not self._open:
            self._done.set()
