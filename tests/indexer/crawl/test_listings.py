"""Sitemaps, their indexes and feeds are read as far as they can be, and nothing else is."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tintuc_search.article import format_time
from tintuc_search.errors import BadInput
from tintuc_search.indexer.crawl.listings import MOST_ENTRIES, ListingKind, read_listing

URL = "https://baomoi.example/sitemap.xml"
SPACE = "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'"


def sitemap(inner: str) -> bytes:
    return f"<?xml version='1.0' encoding='UTF-8'?>\n<urlset {SPACE}>{inner}</urlset>".encode()


def entries(content: bytes) -> list[tuple[str, str | None]]:
    return [(each.url, format_time(each.stated_at)) for each in read_listing(content, URL).entries]


@pytest.mark.parametrize(
    ("inner", "found"),
    [
        ("<url><loc>https://baomoi.example/a</loc></url>", [("/a", None)]),
        ("<url><loc>\n /tin/a-1.html </loc></url>", [("/tin/a-1.html", None)]),
        ("<url><loc>/a</loc><lastmod>2024-03-01T05:00:00Z</lastmod></url>", [("/a", "2024-03-01T12:00:00+07:00")]),
        ("<url><loc>/a</loc><lastmod>2024-03-01</lastmod></url>", [("/a", "2024-03-01T00:00:00+07:00")]),
        ("<url><loc>/a</loc><lastmod>hôm qua</lastmod></url>", [("/a", None)]),
        ("<url><loc>ftp://baomoi.example/a</loc></url><url><lastmod>2024</lastmod></url>", []),
        ("<url><loc>/a&amp;b</loc></url><url><loc>/c", [("/a&b", None), ("/c", None)]),
        ("<!-- x --><url><loc><![CDATA[/a]]></loc><i:i xmlns:i='x'><i:loc>/b</i:loc></i:i></url>", [("/a", None)]),
    ],
)  # fmt: skip
def test_a_sitemap_gives_its_addresses(inner: str, found: list[tuple[str, str | None]]) -> None:
    listing = read_listing(sitemap(inner), URL)
    assert listing.kind is ListingKind.SITEMAP
    assert entries(sitemap(inner)) == [(f"https://baomoi.example{path}", at) for path, at in found]


def test_packed_sitemaps_and_indexes_are_read() -> None:
    inner = (
        "<sitemap><loc>https://baomoi.example/1.xml.gz</loc><lastmod>2024-03-01</lastmod></sitemap>"
    )
    index = f"<sitemapindex {SPACE}>{inner}</sitemapindex>".encode()
    listing = read_listing(gzip.compress(index), URL)
    assert listing.kind is ListingKind.INDEX
    assert [each.url for each in listing.entries] == ["https://baomoi.example/1.xml.gz"]


RSS = (
    "<rss version='2.0'><channel><title>Tin</title><item><link>/a</link>"
    "<pubDate>Fri, 01 Mar 2024 05:00:00 GMT</pubDate></item></channel></rss>"
)
ATOM = (
    "<feed xmlns='http://www.w3.org/2005/Atom'><title>Tin</title><entry><link href='/a'/>"
    "<updated>2024-03-01T12:00:00+07:00</updated></entry></feed>"
)
RDF = (
    "<?xml version='1.0'?><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
    "xmlns='http://purl.org/rss/1.0/' xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><title>Tin</title>"
    "</channel><item><link>/a</link><dc:date>2024-03-01T12:00:00+07:00</dc:date></item></rdf:RDF>"
)


@pytest.mark.parametrize("feed", [RSS, ATOM, RDF], ids=["rss", "atom", "rdf"])
def test_feeds_of_every_kind_give_their_addresses_and_times(feed: str) -> None:
    listing = read_listing(feed.encode(), URL)
    assert listing.kind is ListingKind.FEED
    assert listing.title == "Tin"
    assert entries(feed.encode()) == [("https://baomoi.example/a", "2024-03-01T12:00:00+07:00")]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html><body>404</body></html>",
        b"\x1f\x8bxx",
        gzip.compress(b"<html>", mtime=0),
        b"{}",
        b"<urlse",
    ],
)
def test_what_is_no_listing_is_refused_with_its_address(content: bytes) -> None:
    with pytest.raises(BadInput, match=r"baomoi\.example/sitemap\.xml: "):
        read_listing(content, URL)


def test_entries_are_bounded_and_entities_are_not_spread() -> None:
    many = sitemap("<url><loc>/a</loc></url>" * (MOST_ENTRIES + 5))
    assert len(read_listing(many, URL).entries) == MOST_ENTRIES
    doubled = "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10))
    bomb = (
        f"<!DOCTYPE x [<!ENTITY a0 'aaaaaaaaaa'>{doubled}]><urlset {SPACE}>"
        "<url><loc>https://baomoi.example/&a9;</loc></url>"
        "<url><loc>https://baomoi.example/b</loc></url></urlset>"
    )
    assert entries(bomb.encode()) == [], "the parser gives such a file up, whatever else is in it"


@given(st.binary(max_size=400))
def test_no_bytes_behind_a_listings_beginning_raise_anything_else(content: bytes) -> None:
    for start in (b"<urlset>", b"<rss version='2.0'><channel>", b"<feed>", b""):
        try:
            read_listing(start + content, URL)
        except BadInput:
            continue


def test_of_a_packed_sitemap_that_was_cut_short_the_rest_is_read() -> None:
    many = sitemap("".join(f"<url><loc>/tin/{n * 7919 % 99991}</loc></url>" for n in range(40_000)))
    packed = gzip.compress(many)
    whole, half = (
        len(read_listing(each, URL).entries) for each in (packed, packed[: len(packed) // 2])
    )
    assert whole == 40_000
    assert 10_000 < half < 30_000
