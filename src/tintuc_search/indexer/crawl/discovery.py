"""Finds the sitemaps and feeds of a site of which only the address is known.

What robots.txt names, what the page links to, what lies at the usual places: each is fetched, under the same rules
as everything else that is crawled, and counts only if it can be read.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

from scrapy.crawler import AsyncCrawlerRunner
from scrapy.settings import Settings

from tintuc_search.errors import BadInput
from tintuc_search.indexer.crawl.crawling import run, settings_of
from tintuc_search.indexer.crawl.discovery_spider import DiscoverySpider
from tintuc_search.indexer.crawl.found import Discovery
from tintuc_search.indexer.crawl.guard import host_of, is_address, may_fetch
from tintuc_search.indexer.crawl.listings import ListingKind
from tintuc_search.indexer.crawl.sources import Source

_KEY_LENGTH = 64


def discover(url: str, *, contact: str, delay: timedelta, private: bool = False) -> Discovery:
    """Look for the sitemaps and feeds of a site, one request at a time; once in a process.

    Args:
        url: the site's address; without a scheme ``https://`` is taken.
        contact: who to complain to, part of the User-Agent.
        delay: least time between two requests to one host.
        private: the site may be in a private network.

    Raises:
        BadInput: no web address, or neither its page nor a list can be had.
    """
    source = _as_source(url, delay, private=private)
    found = Discovery(source.sections[0])

    async def main(search: _Search) -> None:
        runner = AsyncCrawlerRunner(Settings(settings_of(source, contact, None)))
        await runner.crawl(DiscoverySpider, found=found, stop=search.stop)

    run(_Search, main, lambda: [source])
    if found.error:
        raise found.error
    if found.trouble and not found.lists:
        raise BadInput(found.trouble, found.url)
    return found


def suggest(found: Discovery, *, delay: timedelta, private: bool) -> dict[str, Any]:
    """A table of ``sources.toml`` for what was found; the page itself is the start point where no list was."""
    lists = found.worth_keeping()
    feeds = [each.url for each in lists if each.kind is ListingKind.FEED]
    sitemaps = [each.url for each in lists if each.kind is not ListingKind.FEED]
    values: dict[str, Any] = {"name": found.name or host_of(found.url)}
    values |= {"sitemaps": sitemaps} if sitemaps else {}
    values |= {"feeds": feeds} if feeds else {}
    values |= {} if lists else {"sections": [found.url]}
    if delay != timedelta(seconds=1):
        values["delay"] = f"{delay.total_seconds():g}s"
    return values | ({"private": True} if private else {})


def key_for(url: str) -> str:
    """A name for a site's table: its host without ``www.`` and the last part.

    >>> [key_for(each) for each in ("https://www.lamhai.example/", "http://tin.lamhai.example", "http://127.0.0.1:80")]
    ['lamhai', 'tin-lamhai', '127-0-0-1']
    """
    host = host_of(url).removeprefix("www.")
    kept = host if is_address(host) else host.rpartition(".")[0] or host
    plain = "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in kept)
    return plain.strip("-")[:_KEY_LENGTH] or "source"


class _Search:
    """What a signal stops."""

    def __init__(self) -> None:
        self.stop = asyncio.Event()


def _as_source(url: str, delay: timedelta, *, private: bool) -> Source:
    address = url.strip()
    if "://" not in address:
        address = f"https://{address}"
    if not may_fetch(address):
        raise BadInput("no web address", url)
    return Source("discovery", host_of(address), sections=(address,), delay=delay, private=private)
