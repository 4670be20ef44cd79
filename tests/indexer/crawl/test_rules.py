"""Which addresses a crawl may visit, which are articles, when it comes back, how it is told to wait."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tintuc_search.archive.frontier_base import Kind
from tintuc_search.indexer.crawl.guard import GuardingResolver, is_public, may_fetch
from tintuc_search.indexer.crawl.links import Links, is_trap
from tintuc_search.indexer.crawl.listings import Entry, Listing, ListingKind
from tintuc_search.indexer.crawl.politeness import LONGEST_HOLD, retry_after
from tintuc_search.indexer.crawl.sources import Source
from tintuc_search.indexer.crawl.timing import MOST_TRIES, next_list, next_look, next_try

NOW = datetime(2024, 3, 1, 8, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SITE = "https://baomoi.example"


@pytest.mark.parametrize(
    ("address", "public"),
    [
        *((each, True) for each in ("1.1.1.1", "203.162.0.11", "2001:4860:4860::8888")),
        *((each, False) for each in ("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "0.0.0.0")),  # noqa: S104 - an address to refuse
        *((each, False) for each in ("169.254.169.254", "100.64.0.1", "224.0.0.1", "255.255.255.255")),
        *((each, False) for each in ("::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1")),
        *((each, False) for each in ("::ffff:127.0.0.1", "64:ff9b::10.0.0.1", "2002:7f00:1::")),
        *((each, False) for each in ("::127.0.0.1", "::ffff:0:10.0.0.1", "fec0::1", "64:ff9b:1::a00:1", "5f00::1")),
        *((each, True) for each in ("::ffff:1.1.1.1", "64:ff9b::1.1.1.1", "2002:101:101::")),
        *((each, False) for each in ("192.88.99.1", "", "localhost", "127.1")),
    ],
)  # fmt: skip
def test_only_addresses_of_the_public_internet_are_public(address: str, *, public: bool) -> None:
    assert is_public(address) is public


@pytest.mark.parametrize(
    ("url", "fit"),
    [
        (f"{SITE}/a", True),
        ("http://baomoi.example:8080/a?b=c", True),
        ("ftp://baomoi.example/a", False),
        ("file:///etc/passwd", False),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("https://ai:mat-khau@baomoi.example/", False),
        ("https://baomoi.example:99999/", False),
        ("https://[", False),
        ("https:///a", False),
        (f"{SITE}/{'a' * 2_000}", False),
    ],
)
def test_only_plain_web_addresses_are_fetched(url: str, *, fit: bool) -> None:
    assert may_fetch(url) is fit


class Told:
    """Listens to a resolver."""

    def __init__(self) -> None:
        self.addresses: list[str] = []

    def resolutionBegan(self, _resolution: object) -> None:  # noqa: N802
        pass

    def addressResolved(self, address: Address) -> None:  # noqa: N802
        self.addresses.append(address.host)

    def resolutionComplete(self) -> None:  # noqa: N802
        pass


class Address:
    """An address as Twisted gives it."""

    def __init__(self, host: str) -> None:
        self.host = host


class Resolver:
    """Answers every name with a public and a private address, as a hostile name server would."""

    def resolveHostName(self, receiver: Told, *_more: object) -> None:  # noqa: N802
        receiver.resolutionBegan(self)
        for host in ("203.162.0.11", "10.0.0.1", "::1"):
            receiver.addressResolved(Address(host))
        receiver.resolutionComplete()


@pytest.mark.parametrize(
    ("name", "addresses"),
    [
        ("baomoi.example", ["203.162.0.11"]),
        ("noibo.example", ["203.162.0.11", "10.0.0.1", "::1"]),
        ("NOIBO.example", ["203.162.0.11", "10.0.0.1", "::1"]),
        ("x.noibo.example", ["203.162.0.11"]),
    ],
)
def test_private_addresses_are_found_for_hosts_that_may_be_private_only(
    name: str, addresses: list[str]
) -> None:
    told = Told()
    GuardingResolver(Resolver(), lambda: {"noibo.example"}).resolveHostName(told, name)
    assert told.addresses == addresses


def links(**rules: object) -> Links:
    starts = {"sections": (f"{SITE}/tin",), "sitemaps": ("https://www.baomoi.example/s.xml",)}
    return Links(Source("thu", "Báo Mới", **(starts | rules)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        (f"{SITE}/tin/cau-moi-qua-song-123456.html", Kind.PAGE),
        ("https://video.baomoi.example/tin/cau-moi-123456.html", Kind.PAGE),
        (f"{SITE}/tin/trang-2", Kind.SECTION),
        ("https://khac.example/tin/cau-moi-123456.html", None),
        ("https://xbaomoi.example/tin/cau-moi-123456.html", None),
        (f"{SITE}/tin/anh-123456.jpg", None),
        (f"{SITE}/in-bai/cau-moi-123456.html", None),
        (f"{SITE}/tin/cau-moi-123456.html?print=1", None),
        (f"{SITE}/dang-nhap?tiep=cau-moi-qua-song", None),
        (f"{SITE}/rao-vat/xe-cu-gia-re-123456.html", None),
        (f"{SITE}/lien-he", None),
        ("mailto:toasoan@baomoi.example", None),
    ],
)
def test_a_section_pages_links_lead_to_articles_further_pages_or_nowhere(
    url: str, kind: Kind | None
) -> None:
    rules = links(exclude=("^/rao-vat/",), follow=(r"/trang-\d+$",))
    assert [each.kind for each in rules.of_section([url], 0)] == ([kind] if kind else [])


def test_links_are_followed_to_the_depth_of_the_source_and_indexes_to_a_bound() -> None:
    rules = links(follow=(r"/trang-\d+$",), depth=1)
    assert not list(rules.of_section([f"{SITE}/tin/trang-2"], 1))
    index = Listing(ListingKind.INDEX, (Entry(f"{SITE}/s2.xml"),))
    assert [each.depth for each in rules.of_listing(index, 0)] == [1]
    assert not list(rules.of_listing(index, 3))


def test_rules_for_articles_decide_alone_where_there_are_any() -> None:
    rules = links(articles=(r"-d\d+$",))
    pages = [f"{SITE}/a-d1", f"{SITE}/cau-moi-qua-song-dai-123456.html"]
    assert [each.url for each in rules.of_section(pages, 0)] == pages[:1]
    sitemap = Listing(ListingKind.SITEMAP, tuple(map(Entry, pages)))
    assert [each.url for each in rules.of_listing(sitemap, 0)] == pages[:1]


@pytest.mark.parametrize(
    ("path", "trap"),
    [
        ("/tin/2024/03/01/cau-moi.html", False),
        ("/a/b/a/b/a/b/a/b", True),
        ("/?a=1&b=2&c=3", False),
        ("/?" + "&".join(f"p{n}=1" for n in range(9)), True),
        ("/", False),
    ],
)
def test_addresses_without_end_are_traps(path: str, *, trap: bool) -> None:
    assert is_trap(SITE + path) is trap


@given(st.text(max_size=80))
def test_no_link_raises(text: str) -> None:
    list(links().of_section([text, f"{SITE}/{text}", f"{SITE}?{text}"], 0))


@pytest.mark.parametrize(
    ("age", "following"),
    [
        (timedelta(0), HOUR),
        (timedelta(minutes=30), HOUR),
        (10 * HOUR, 5 * HOUR),
        (4 * DAY, 2 * DAY),
        (5 * DAY, None),  # the next look would be later than a week after it was found
        (30 * DAY, None),
    ],
)
def test_an_article_is_looked_at_less_and_less_often(
    age: timedelta, following: timedelta | None
) -> None:
    expected = None if following is None else NOW + following
    assert next_look(NOW - age, NOW, timedelta(days=7)) == expected


def test_failures_are_tried_again_after_waits_that_double_and_given_up_in_the_end() -> None:
    waits = [moment - NOW for tries in range(1, 12) if (moment := next_try(tries, NOW))]
    assert waits[:3] == [timedelta(minutes=10), timedelta(minutes=20), timedelta(minutes=40)]
    assert waits == sorted(waits)
    assert max(waits) <= 2 * DAY
    assert len(waits) == MOST_TRIES - 1


def test_a_list_that_stands_still_is_read_less_often_and_one_that_changed_at_the_next_run() -> None:
    assert next_list(NOW - 4 * HOUR, NOW, HOUR, same=True) == NOW + 8 * HOUR
    assert next_list(NOW - 4 * HOUR, NOW, HOUR, same=False) == NOW + HOUR
    assert next_list(NOW - 90 * DAY, NOW, HOUR, same=True) == NOW + 7 * DAY
    assert next_list(None, NOW, HOUR, same=True) == NOW + HOUR


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (b"120", 120.0),
        (b" 3 ", 3.0),
        (b"Fri, 01 Mar 2024 08:01:00 GMT", 60.0),
        (b"Fri, 01 Mar 2024 07:00:00 GMT", 0.0),
        (b"-5", 0.0),
        (b"9" * 30, LONGEST_HOLD),
        (b"Fri, 01 Mar 2999 08:00:00 GMT", LONGEST_HOLD),
        (b"\xb2", 0.0),
        (b"mai", 0.0),
        (b"\xff", 0.0),
        (b"", 0.0),
        (None, 0.0),
    ],
)
def test_retry_after_is_a_number_or_a_date(header: bytes | None, seconds: float) -> None:
    assert retry_after(header, NOW) == seconds
