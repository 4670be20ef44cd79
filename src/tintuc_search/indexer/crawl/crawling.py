"""Runs crawls: Scrapy's settings, its event loop, several sources side by side.

Twisted's reactor starts once in a process, so all that crawls in one process lives in one call of :func:`run`.
"""

from __future__ import annotations

import asyncio
import signal
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from scrapy.crawler import AsyncCrawlerRunner
from scrapy.settings import Settings
from scrapy.utils.defer import deferred_from_coro
from scrapy.utils.reactor import install_reactor

from tintuc_search import __version__
from tintuc_search.indexer.crawl.guard import GuardingResolver, host_of, is_under
from tintuc_search.indexer.crawl.links import hosts_of
from tintuc_search.indexer.crawl.politeness import NAME
from tintuc_search.indexer.crawl.spider import ArticleSpider
from tintuc_search.indexer.crawl.tally import Tally

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Sequence
    from pathlib import Path

    from tintuc_search.archive.frontier_base import Frontier
    from tintuc_search.indexer.crawl.sources import Source

MOST_BYTES = 10 << 20
"""Bytes of a page, packed and unpacked; larger ones are cut off and reported."""
TIMEOUT = 30
SIDE_BY_SIDE = 8
"""Sources crawled at the same time; those that share a host come one after the other."""
PACKAGE = "tintuc_search.indexer.crawl"


def user_agent(contact: str) -> str:
    """Who we say we are: program, version, and where to complain."""
    return f"{NAME}/{__version__} (+{contact})" if contact else f"{NAME}/{__version__}"


def settings_of(source: Source, contact: str, warc: Path | None) -> dict[str, Any]:
    """Scrapy's settings for one source."""
    middlewares: dict[str, int | None] = {
        # Refuses without a word what it finds after a redirect; Politeness says so.
        "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
        f"{PACKAGE}.politeness.Politeness": 560,
    }  # behind retries: sees them all
    if warc is not None:
        middlewares[f"{PACKAGE}.recording.Recording"] = 950  # sees what came over the wire
    return {
        "USER_AGENT": user_agent(contact),
        "ROBOTSTXT_OBEY": True,
        "ROBOTSTXT_USER_AGENT": NAME,  # without the contact, whose words are nobody's name
        "CONCURRENT_REQUESTS": max(1, len(hosts_of(source))),
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        # Nothing is asked for while an answer is being stored: what a kill can lose is one page for each host.
        "SCRAPER_SLOT_MAX_ACTIVE_SIZE": 1,
        "DOWNLOAD_DELAY": source.delay.total_seconds(),
        "DOWNLOAD_DELAY_JITTER": 0,  # never below the delay
        "DOWNLOAD_MAXSIZE": MOST_BYTES,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_TIMEOUT": TIMEOUT,
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "DEFAULT_REQUEST_HEADERS": {
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "Accept-Language": "vi",
            "Accept-Encoding": "gzip, deflate",  # what WARC readers can unpack
        },
        "DOWNLOADER_MIDDLEWARES": middlewares,
        "DUPEFILTER_CLASS": "scrapy.dupefilters.BaseDupeFilter",  # the frontier knows better
        "COOKIES_ENABLED": False,
        "HTTPPROXY_ENABLED": False,  # a proxy would resolve names behind the guard's back
        "REDIRECT_MAX_TIMES": 5,
        "METAREFRESH_MAXDELAY": 5,
        "RETRY_TIMES": 1,  # the frontier tries again later
        "RETRY_GIVE_UP_LOG_LEVEL": "INFO",
        "TELNETCONSOLE_ENABLED": False,
        "MEMUSAGE_ENABLED": False,
        "LOG_ENABLED": False,
        "LOG_INSTALL_ROOT_HANDLER": False,
        "STATS_DUMP": False,
        "TINTUC_WARC": str(warc) if warc is not None else None,
    }


class Crawls:
    """Crawls sources within a running loop.

    Args:
        frontier: where the addresses are and the articles go.
        contact: an address to complain to, part of the User-Agent.
        warc: a folder to keep what is fetched in.
    """

    def __init__(self, frontier: Frontier, contact: str = "", warc: Path | None = None) -> None:
        self._frontier = frontier
        self._contact = contact
        self._warc = warc
        self._busy: list[tuple[str, ...]] = []
        self._ended = asyncio.Condition()
        self.stop = asyncio.Event()
        """Set to end all crawls after the requests under way."""

    @asynccontextmanager
    async def turn(self, source: Source) -> AsyncIterator[None]:
        """Wait until no other crawl of this process asks the source's hosts, and be the only one that does."""
        hosts = hosts_of(source)
        async with self._ended:
            await self._ended.wait_for(lambda: self._has_room(hosts))
            self._busy.append(hosts)
        try:
            yield
        finally:
            async with self._ended:
                self._busy.remove(hosts)
                self._ended.notify_all()

    def _has_room(self, hosts: Sequence[str]) -> bool:
        """Whether a source may be crawled beside those that are: no host of it is theirs, nor under one of theirs."""
        taken = [host for each in self._busy for host in each]
        return len(self._busy) < SIDE_BY_SIDE and not any(
            is_under(host, other) or is_under(other, host) for host in hosts for other in taken
        )

    async def crawl(self, source: Source) -> Tally:
        """Crawl one source once, what is to be done in its :meth:`turn`; what it did."""
        tally = Tally()
        settings = Settings(settings_of(source, self._contact, self._warc))
        runner = AsyncCrawlerRunner(settings)
        crawler = runner.create_crawler(ArticleSpider)
        await runner.crawl(
            crawler, source=source, frontier=self._frontier, tally=tally, stop=self.stop
        )
        if crawler.stats is not None:
            tally.bytes = int(crawler.stats.get_value("downloader/response_bytes", 0))
        if isinstance(crawler.spider, ArticleSpider) and crawler.spider.error is not None:
            raise crawler.spider.error
        return tally


class Stoppable(Protocol):
    """Work that a signal ends by setting ``stop``."""

    stop: asyncio.Event


Work = TypeVar("Work", bound=Stoppable)


def run(
    make: Callable[[], Work],
    main: Callable[[Work], Coroutine[Any, Any, None]],
    read_sources: Callable[[], Sequence[Source]],
) -> None:
    """Run ``main`` over the work that ``make`` makes, in Twisted's reactor; once in a process.

    SIGINT and SIGTERM stop the work; a second one ends at once. ``read_sources`` gives the sources as they are now:
    hosts of private ones may be private.
    """
    install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor")
    from twisted.internet import reactor as installed  # noqa: PLC0415 - importing it installs one

    reactor: Any = installed
    guard = GuardingResolver(reactor.nameResolver, lambda: _private_hosts(read_sources()))
    reactor.installNameResolver(guard)
    failures: list[BaseException] = []

    async def guarded() -> None:
        try:
            work = make()
            for number in (signal.SIGINT, signal.SIGTERM):
                asyncio.get_running_loop().add_signal_handler(number, _end, work.stop, number)
            await main(work)
        except BaseException as error:  # noqa: BLE001 - raised again outside of the reactor
            failures.append(error)
        finally:
            reactor.callLater(0, reactor.stop)

    reactor.callWhenRunning(lambda: deferred_from_coro(guarded()))
    reactor.run(installSignalHandlers=False)
    if failures:
        raise failures[0]


def _end(stop: asyncio.Event, number: int) -> None:
    stop.set()
    asyncio.get_running_loop().remove_signal_handler(number)


def _private_hosts(sources: Iterable[Source]) -> set[str]:
    """The hosts that may be private ones."""
    private = (source for source in sources if source.private)
    starts = (
        url for source in private for url in (*source.sitemaps, *source.feeds, *source.sections)
    )
    return {host_of(url) for url in starts}
