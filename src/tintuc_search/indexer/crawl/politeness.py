"""What Scrapy lacks to be a good guest: crawl-delay, Retry-After, back-off, silence where robots.txt cannot be had.

Rules: RFC 9309 (a robots.txt that answers 5xx forbids everything), RFC 9110 10.2.3 (Retry-After).
"""

from __future__ import annotations

import asyncio
import email.utils
import logging
import time
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Self

from scrapy import signals
from scrapy.exceptions import DownloadCancelledError, IgnoreRequest

from tintuc_search.indexer.crawl.guard import host_of, is_under, may_fetch

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.robotstxt import RobotParser

LONGEST_WAIT = 120.0
"""Seconds that a run waits for a host that asked for it; a longer wait is left to a later run."""
LONGEST_DELAY = 60.0
"""Seconds of crawl-delay that are obeyed; more would be a wish to be left alone, and one page a minute nearly is."""
LONGEST_HOLD = 86_400.0
"""Seconds of Retry-After that are believed; more is a mistake, and would lose the source without a word."""
FIRST_BACKOFF = 1.0
"""Seconds that a host is left alone which refuses without saying for how long; doubled by every refusal in a row."""
PATIENT_WITH = 10
"""Failures of a host in a row that are taken for those of its pages; from then on the host itself is in trouble."""
NAME = "tintuc-search"
"""The crawler's name in a robots.txt: RFC 9309's product token."""
_REFUSING = {429, 503}
_SERVER_ERROR = 500

log = logging.getLogger(__name__)


class Held(IgnoreRequest):
    """The host asked to be left alone for longer than a run waits; ``seconds`` are left."""

    def __init__(self, seconds: float) -> None:
        super().__init__("the host asked to come back later")
        self.seconds = seconds


class RobotsUnavailable(IgnoreRequest):
    """The host's robots.txt cannot be had, so nothing of it may be fetched."""


class NotAllowed(IgnoreRequest):
    """An address that is no crawler's business: not HTTP, off the source's hosts, in a private network."""


class Stopped(IgnoreRequest):
    """The crawl is to end; the address stays due for the next one."""


class Politeness:
    """A downloader middleware and the listener of one crawl to what robots.txt says."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._held: dict[str, float] = {}
        self._silent: dict[str, Exception | None] = {}
        self._refusals: Counter[str] = Counter()
        self._failures: Counter[str] = Counter()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """As Scrapy makes its parts."""
        own = cls(crawler)
        crawler.signals.connect(own.robots_parsed, signal=signals.robots_parsed)
        return own

    def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        """Slow down for a host that states a crawl-delay for us."""
        delay = robotparser.crawl_delay(NAME)
        engine: Any = self._crawler.engine
        if not delay or engine is None:
            return
        downloader = engine.downloader
        key, slot = downloader._get_slot(request)  # noqa: SLF001 - no public way to one host's delay
        slot.delay = max(slot.delay, min(float(delay), LONGEST_DELAY))
        # A slot is thrown away when it stood idle for a minute; the next one is made of these.
        downloader.per_slot_settings.setdefault(key, {})["delay"] = slot.delay

    async def process_request(self, request: Request) -> None:
        """Refuse what may not be fetched, wait where the host asked for it."""
        self._check_stop()
        host = host_of(request.url)
        if not may_fetch(request.url) or not self._is_own(host):
            raise NotAllowed("not an address of this source")
        if host in self._silent and not request.meta.get("dont_obey_robotstxt"):
            raise RobotsUnavailable("robots.txt cannot be had") from self._silent[host]
        while (wait := self._held.get(host, 0.0) - time.monotonic()) > 0:
            if wait > LONGEST_WAIT:
                raise Held(wait)
            await asyncio.sleep(min(wait, 1.0))  # a crawl that is to end waits for no host
            self._check_stop()

    def _check_stop(self) -> None:
        if getattr(self._crawler.spider, "is_stopped", False):
            raise Stopped("the crawl is to end")

    def _is_own(self, host: str) -> bool:
        own = getattr(self._crawler.spider, "allowed_domains", None) or ()
        return any(is_under(host, each) for each in own)

    def process_response(self, request: Request, response: Response) -> Response:
        """Note what an answer asks for."""
        host = host_of(response.url)
        refusing = response.status in _REFUSING
        failing = refusing or response.status >= _SERVER_ERROR
        if _is_robots(request):
            self._silent.pop(host, None)
            if failing:
                self._silent[host] = None
        if refusing:
            after = retry_after(response.headers.get("Retry-After"), datetime.now(UTC))
            self._hold(host, after or self._back_off(host))
        elif failing:
            self._note_failure(host)
        else:
            del self._refusals[host], self._failures[host]
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """A robots.txt that cannot be reached forbids as one that answers 5xx; a host that is down is left alone."""
        host = host_of(request.url)
        refused = isinstance(exception, IgnoreRequest)
        if _is_robots(request) and (not refused or isinstance(exception, Held)):
            log.debug("%s: %s", request.url, exception)
            self._silent[host] = exception
        too_large = isinstance(exception, DownloadCancelledError)
        if not refused and not too_large:
            self._note_failure(host)

    def _hold(self, host: str, seconds: float) -> None:
        self._held[host] = max(self._held.get(host, 0.0), time.monotonic() + seconds)

    def _back_off(self, host: str) -> float:
        """Seconds to leave a host alone, twice as long with every refusal in a row."""
        self._refusals[host] += 1
        doubled: float = FIRST_BACKOFF * 2.0 ** min(self._refusals[host] - 1, 20)
        return min(doubled, LONGEST_HOLD)

    def _note_failure(self, host: str) -> None:
        self._failures[host] += 1
        if self._failures[host] >= PATIENT_WITH:
            self._hold(host, self._back_off(host))


def retry_after(header: bytes | None, now: datetime) -> float:
    """The seconds that a Retry-After header asks to wait: a number, or until a date; 0 where it says neither.

    At most :data:`LONGEST_HOLD`.

    >>> retry_after(b"120", datetime.now(UTC))
    120.0
    """
    text = (header or b"").decode("latin-1").strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:20]), LONGEST_HOLD)
    try:
        until = email.utils.parsedate_to_datetime(text)
    except ValueError:
        return 0.0
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return min(max(0.0, (until - now).total_seconds()), LONGEST_HOLD)


def _is_robots(request: Request) -> bool:
    return bool(request.meta.get("dont_obey_robotstxt"))
