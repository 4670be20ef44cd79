"""The spider that looks for a site's sitemaps and feeds."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urljoin

import scrapy
from scrapy import signals
from scrapy.http import HtmlResponse

from tintuc_search.errors import BadInput
from tintuc_search.indexer.crawl.failing import reason_of
from tintuc_search.indexer.crawl.found import FoundList, plain
from tintuc_search.indexer.crawl.guard import host_of, is_under, may_fetch
from tintuc_search.indexer.crawl.links import place_of
from tintuc_search.indexer.crawl.listings import MOST_BYTES, ListingKind, read_listing
from tintuc_search.indexer.crawl.politeness import NotAllowed, RobotsUnavailable

if TYPE_CHECKING:
    import asyncio
    from collections.abc import AsyncIterator, Iterable, Iterator

    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.python.failure import Failure

    from tintuc_search.indexer.crawl.found import Discovery

MOST_ASKED = 90
"""Requests of one discovery."""
MOST_LINKED = 40
"""Links of one page that are tried."""
UNREACHABLE = (
    "not even robots.txt can be had: no such public host, no connection, or a server's error"
)
_ERROR = 400
_FEED_TYPES = re.compile(r"(?i)^\s*(?:application|text)/(?:rss|atom|rdf)?\+?xml\b")

# In the order of asking: what the site itself names comes before what we guess.
_NAMED, _LINKED, _GUESSED = 30, 20, 10


class DiscoverySpider(scrapy.Spider):
    """Asks for a site's page, its robots.txt, and whatever may be a list of its articles.

    Args:
        found: filled while it goes on; its ``url`` is the page to begin with.
        stop: set to end after the request under way.
    """

    name = "tintuc-discovery"
    handle_httpstatus_list = [304, *range(_ERROR, 600)]  # noqa: RUF012 - Scrapy's own form

    def __init__(self, found: Discovery, stop: asyncio.Event) -> None:
        super().__init__()
        # What may be asked: the site itself, and the hosts that its robots.txt names for its sitemaps.
        self.allowed_domains = [host_of(found.url).removeprefix("www.")]
        self._found = found
        self._stop = stop
        self._asked: set[str] = set()
        self._read: set[str] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """As Scrapy makes its spiders."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.broken, signal=signals.spider_error)
        return spider

    def broken(self, failure: Failure) -> None:
        """Keep an error of ours to be raised; Scrapy would go on without a word."""
        self._found.error = self._found.error or failure.value

    @property
    def is_stopped(self) -> bool:
        """Whether the search is to end."""
        return self._stop.is_set()

    async def start(self) -> AsyncIterator[scrapy.Request]:
        """The page first: it says by its redirects where the site is."""
        self._asked.add(self._found.url)
        yield scrapy.Request(self._found.url, self.read_page, errback=self.no_page)

    def no_page(self, failure: Failure) -> None:
        """Note that the site cannot be reached."""
        error = failure.value or RuntimeError("no answer")
        if isinstance(error, RobotsUnavailable):
            self._found.trouble = UNREACHABLE
        elif isinstance(error, NotAllowed):
            self._found.trouble = "leads to another host; give the address of that one"
        else:
            self._found.trouble = reason_of(error)

    def read_page(self, response: Response, **_kwargs: Any) -> Iterator[scrapy.Request]:
        """Look at the site's page; then ask for everything else."""
        if response.status >= _ERROR:
            self._found.trouble = f"HTTP {response.status}"
        self._found.url = response.url
        yield scrapy.Request(
            urljoin(response.url, "/robots.txt"),
            self.read_robots,
            errback=self.no_list,
            priority=_NAMED + 1,
            meta={"dont_obey_robotstxt": True},
        )
        if isinstance(response, HtmlResponse):
            self._found.name = _name(response)
            yield from self._ask(_alternates(response), _NAMED)
            yield from self._ask(_hinted(response), _LINKED, pages=True)
        else:
            yield from self.read_list(response)
        places = (urljoin(response.url, place) for place in _data()["places"])
        yield from self._ask(places, _GUESSED, pages=True)

    def read_robots(self, response: Response, **_kwargs: Any) -> Iterator[scrapy.Request]:
        """Ask for the sitemaps that robots.txt names."""
        if response.status < _ERROR:
            urls = list(_sitemaps(response))[:MOST_LINKED]
            self.allowed_domains += [host_of(url) for url in urls]
            yield from self._ask(urls, _NAMED)

    def read_list(self, response: Response, **_kwargs: Any) -> Iterator[scrapy.Request]:
        """Keep an answer that is a sitemap or feed; look through a page that may list some."""
        if response.status >= _ERROR or response.url in self._read:
            return
        self._read.add(response.url)
        try:
            listing = read_listing(response.body, response.url)
        except BadInput:
            if isinstance(response, HtmlResponse) and response.meta.get("pages"):
                yield from self._ask(_alternates(response), _LINKED)
                yield from self._ask(_hinted(response), _LINKED)
            return
        if listing.kind is ListingKind.INDEX:
            named = {entry.url for entry in listing.entries}
            self._found.in_index.update(named - {response.url})  # a loop leads nowhere
        times = [entry.stated_at for entry in listing.entries if entry.stated_at]
        self._found.lists.append(
            FoundList(
                response.url,
                listing.kind,
                len(listing.entries),
                max(times, default=None),
                plain(listing.title),
            )
        )

    def no_list(self, _failure: Failure) -> None:
        """A place where nothing is, or nothing that we may have."""

    def _ask(
        self, urls: Iterable[str], priority: int, *, pages: bool = False
    ) -> Iterator[scrapy.Request]:
        """Requests for addresses not asked for yet; ``pages``: those of HTML may list further ones."""
        for url in urls:
            full = len(self._asked) >= MOST_ASKED
            if full or url in self._asked or re.search(_data()["never"], place_of(url)):
                continue
            self._asked.add(url)
            self._found.asked = len(self._asked)
            yield scrapy.Request(
                url,
                self.read_list,
                errback=self.no_list,
                priority=priority,
                meta={"pages": pages, "download_maxsize": MOST_BYTES},
            )


def _sitemaps(response: Response) -> Iterator[str]:
    """The sitemaps that a robots.txt names (RFC 9309 2.2.4 allows such lines, sitemaps.org defines them)."""
    for line in response.body.splitlines():
        name, _, value = line.decode("utf-8", "replace").partition(":")
        if name.strip().lower() == "sitemap" and (url := _absolute(response, value)):
            yield url


def _alternates(response: HtmlResponse) -> list[str]:
    """The feeds that a page names in its head."""
    links = response.xpath(
        "//link[contains(concat(' ', normalize-space(@rel), ' '), ' alternate ')]"
    )
    hrefs = [
        link.attrib.get("href", "")
        for link in links
        if _FEED_TYPES.match(link.attrib.get("type", ""))
    ]
    return [url for href in hrefs[:MOST_LINKED] if (url := _absolute(response, href))]


def _hinted(response: HtmlResponse) -> list[str]:
    """Links of a page to its own site that look as if they lead to a feed or a list of feeds."""
    site = host_of(response.url).removeprefix("www.")
    found: dict[str, None] = {}
    for href in response.css("a::attr(href)").getall():
        url = _absolute(response, href)
        if url is None:
            continue
        if is_under(host_of(url), site) and re.search(_data()["hint"], place_of(url)):
            found[url] = None
    return list(found)[:MOST_LINKED]


def _absolute(response: Response, href: str) -> str | None:
    try:
        url = response.urljoin(href.strip()).partition("#")[0]
    except ValueError:
        return None
    return url if may_fetch(url) else None


def _name(response: HtmlResponse) -> str:
    """What a page calls its site."""
    stated = response.xpath("//meta[@property='og:site_name' or @name='application-name']/@content")
    return plain(stated.get() or "")


@cache
def _data() -> dict[str, Any]:
    text = files("tintuc_search.indexer.crawl") / "data" / "discovery.toml"
    return tomllib.loads(text.read_text("utf-8"))
