"""Which links of a source lead to articles, which to further lists, and which nowhere."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from tintuc_search.archive.frontier_base import Found, Kind
from tintuc_search.indexer.cleaning import first_page
from tintuc_search.indexer.crawl.guard import host_of, is_under, may_fetch
from tintuc_search.indexer.crawl.listings import ListingKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tintuc_search.indexer.crawl.listings import Listing
    from tintuc_search.indexer.crawl.sources import Source

DEEPEST_INDEX = 3
"""Sitemap indexes in each other."""
MOST_PARAMETERS = 6
MOST_REPEATS = 3
"""Times that one part of a path may return: more are a trap (``/tin/tin/tin/tin``)."""


class Links:
    """The rules of one source."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._articles = [re.compile(each) for each in source.articles]
        self._exclude = [re.compile(each) for each in (*source.exclude, *_never())]
        self._follow = [re.compile(each) for each in source.follow]
        self.hosts = hosts_of(source)

    def starts(self) -> list[Found]:
        """The start points, due in every run."""
        lists = (*self._source.sitemaps, *self._source.feeds)
        return [
            *(Found(url, Kind.LISTING, start=True) for url in lists),
            *(Found(url, Kind.SECTION, start=True) for url in self._source.sections),
        ]

    def of_listing(self, listing: Listing, depth: int) -> Iterator[Found]:
        """What a sitemap or feed names."""
        for entry in listing.entries:
            if not self._is_ours(entry.url):
                continue
            if listing.kind is ListingKind.INDEX:
                if depth < DEEPEST_INDEX:
                    yield Found(entry.url, Kind.LISTING, depth + 1, entry.stated_at)
            elif self.is_article(entry.url):
                yield Found(entry.url, Kind.PAGE, depth, entry.stated_at)

    def of_section(self, urls: Iterable[str], depth: int) -> Iterator[Found]:
        """What a section page links to: articles, and further section pages down to the source's depth.

        Without rules for articles a link is followed only if it has the form of one: several words or a number.
        """
        for url in urls:
            if not self._is_ours(url):
                continue
            if self._is_further(url):
                if depth < self._source.depth:
                    yield Found(url, Kind.SECTION, depth + 1)
            elif self.is_article(url) and (self._articles or _looks_like_article(url)):
                # An article's second page is fetched with its first.
                yield Found(first_page(url) or url, Kind.PAGE, depth)

    def is_article(self, url: str) -> bool:
        """Whether an address may be an article's."""
        where = place_of(url)
        if any(rule.search(where) for rule in self._exclude):
            return False
        return not self._articles or any(rule.search(where) for rule in self._articles)

    def may_visit(self, url: str) -> bool:
        """Whether an address is on the source's hosts, fit to be fetched, and no trap."""
        return self._is_ours(url)

    def _is_further(self, url: str) -> bool:
        where = place_of(url)
        return any(rule.search(where) for rule in self._follow) and not any(
            rule.search(where) for rule in self._exclude
        )

    def _is_ours(self, url: str) -> bool:
        host = host_of(url)
        ours = any(is_under(host, own) for own in self.hosts)
        return ours and may_fetch(url) and not is_trap(url)


def hosts_of(source: Source) -> tuple[str, ...]:
    """The hosts of the start points, without ``www.``; their subdomains belong to the source."""
    urls = (*source.sitemaps, *source.feeds, *source.sections)
    return tuple(sorted({host_of(url).removeprefix("www.") for url in urls} - {""}))


def is_trap(url: str) -> bool:
    """Whether an address has the form of those that never end: parts that repeat, parameters without number.

    >>> is_trap("https://baomoi.example/tin/lich/tin/lich/tin/lich/tin/lich")
    True
    """
    parts = urlsplit(url)
    steps = Counter(step for step in parts.path.split("/") if step)
    if steps and max(steps.values()) > MOST_REPEATS:
        return True
    return len(parse_qsl(parts.query)) > MOST_PARAMETERS


def _looks_like_article(url: str) -> bool:
    """Whether the last part of a path is a headline or holds an article's number."""
    last = urlsplit(url).path.rstrip("/").rsplit("/", 1)[-1]
    return last.count("-") >= 3 or bool(re.search(r"\d{4,}", last))  # noqa: PLR2004


def place_of(url: str) -> str:
    """Path and query of an address: where the rules of a source are searched for."""
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


@cache
def _never() -> tuple[str, ...]:
    """Forms of addresses that no source's articles have: print and sharing copies, log-in, files of other kinds."""
    text = files("tintuc_search.indexer.crawl") / "data" / "never.toml"
    return tuple(tomllib.loads(text.read_text("utf-8"))["patterns"])
