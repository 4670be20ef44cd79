"""Sitemaps, sitemap indexes and feeds: the lists by which a site says what it has.

Formats: https://www.sitemaps.org/protocol.html, Google's news sitemaps, RSS 0.9x to 2.0, Atom.
"""

from __future__ import annotations

import calendar
import gzip
import io
import re
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

import feedparser
from lxml import etree
from scrapy.utils.sitemap import Sitemap

from tintuc_search.article import parse_time
from tintuc_search.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_BYTES = 50 << 20
"""Bytes of an unpacked sitemap that are read: the protocol's own bound."""
MOST_FEED_BYTES = 10 << 20
MOST_ENTRIES = 50_000
"""Entries of one list that are read: the protocol's own bound."""

_GZIP = b"\x1f\x8b"
_ROOT = re.compile(rb"<(?:[\w.-]+:)?(urlset|sitemapindex|rss|feed|RDF)[\s>]")
_HEAD = 4_096
_PART = 1 << 16


class ListingKind(StrEnum):
    """What kind of list it is."""

    SITEMAP = "sitemap"
    INDEX = "index"  # of sitemaps
    FEED = "feed"


@dataclass(frozen=True, slots=True)
class Entry:
    """One address of a list, and when it was published or changed last by the list's word."""

    url: str
    stated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A list as read; ``title`` is a feed's own."""

    kind: ListingKind
    entries: tuple[Entry, ...]
    title: str = ""


def read_listing(content: bytes, url: str) -> Listing:
    """Read a sitemap, a sitemap index or a feed, packed by gzip or not; what is broken in it is passed over.

    Args:
        content: at most 50 MB of it, unpacked, are read (10 MB of a feed), and 50,000 entries.
        url: where it was fetched from; resolves its addresses.

    Raises:
        BadInput: it is none of them.
    """
    content = _unpacked(content, url)
    found = _ROOT.search(content[:_HEAD])
    if found is None:
        raise BadInput("neither a sitemap nor a feed", url)
    if found[1] in {b"urlset", b"sitemapindex"}:
        return _read_sitemap(content, url)
    return _read_feed(content, url)


def _unpacked(content: bytes, url: str) -> bytes:
    if not content.startswith(_GZIP):
        return content[:MOST_BYTES].lstrip()
    unpacked = bytearray()
    try:
        with gzip.open(io.BytesIO(content)) as stream:
            while len(unpacked) < MOST_BYTES and (part := stream.read(_PART)):
                unpacked += part
    except (OSError, EOFError, zlib.error) as error:
        if not unpacked:
            raise BadInput(f"cannot be unpacked: {error}", url) from None
    return bytes(unpacked[:MOST_BYTES]).lstrip()


def _read_sitemap(content: bytes, url: str) -> Listing:
    try:
        sitemap = Sitemap(content)
        kind = ListingKind.INDEX if sitemap.type == "sitemapindex" else ListingKind.SITEMAP
        entries = tuple(_sitemap_entries(sitemap, url))
    except (etree.LxmlError, StopIteration, ValueError) as error:
        raise BadInput(f"a sitemap that cannot be read: {error}", url) from None
    return Listing(kind, entries)


def _sitemap_entries(sitemap: Sitemap, url: str) -> Iterator[Entry]:
    for number, each in enumerate(sitemap):
        if number >= MOST_ENTRIES:
            return
        if address := _absolute(each["loc"], url):
            yield Entry(address, _moment(each.get("lastmod", "")))


def _read_feed(content: bytes, url: str) -> Listing:
    parsed: Any = feedparser.parse(
        io.BytesIO(content[:MOST_FEED_BYTES]),
        response_headers={"content-location": url},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    entries = []
    for each in parsed.entries[:MOST_ENTRIES]:
        if address := _absolute(str(each.get("link") or ""), url):
            # By dict itself: feedparser's own look-up stands one time in for the other, and warns of it.
            stated = dict.get(each, "updated_parsed") or dict.get(each, "published_parsed")
            entries.append(Entry(address, _from_utc(stated)))
    title = parsed.feed.get("title") or ""
    if not entries and not parsed.version:
        raise BadInput("a feed that cannot be read", url)
    return Listing(ListingKind.FEED, tuple(entries), str(title).strip())


def _absolute(address: str, url: str) -> str | None:
    try:
        joined = urljoin(url, address.strip())
    except ValueError:
        return None
    return joined if joined.startswith(("http://", "https://")) else None


def _moment(text: str) -> datetime | None:
    """W3C dates as sitemaps hold them; a day alone is its beginning in Vietnam."""
    try:
        return parse_time(text.strip())
    except ValueError:
        return None


def _from_utc(stated: Any) -> datetime | None:
    try:
        return datetime.fromtimestamp(calendar.timegm(stated), UTC) if stated else None
    except (ValueError, OverflowError, OSError, TypeError):
        return None
