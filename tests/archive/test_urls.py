"""Which addresses name one article."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archive.strategies import PATIENT
from tintuc_search.archive.urls import canonical

PLAIN = "https://baochinhphu.vn/tin-1.htm"


@pytest.mark.parametrize(
    "url",
    [
        "https://baochinhphu.vn/tin-1.htm",
        "http://baochinhphu.vn/tin-1.htm",
        "HTTPS://BaoChinhPhu.VN/tin-1.htm",
        "https://baochinhphu.vn./tin-1.htm",
        "https://www.baochinhphu.vn/tin-1.htm",
        "https://m.baochinhphu.vn/tin-1.htm",
        "https://amp.baochinhphu.vn/tin-1.htm",
        "https://www.m.baochinhphu.vn/tin-1.htm",
        "http://baochinhphu.vn:80/tin-1.htm",
        "https://baochinhphu.vn:443/tin-1.htm",
        "https://baochinhphu.vn/tin-1.htm/",
        "https://baochinhphu.vn/tin-1.htm/amp",
        "https://baochinhphu.vn/tin-1.htm/amp/",
        "https://baochinhphu.vn/tin-1.htm?amp=1",
        "https://baochinhphu.vn/tin-1.htm#binh-luan",
        "https://baochinhphu.vn/tin-1.htm?",
        "https://baochinhphu.vn/tin-1.htm?utm_source=zalo&utm_medium=zalo&zarsrc=31",
        "https://baochinhphu.vn/tin-1.htm?fbclid=IwAR0&gclid=x#a",
        "https://baochinhphu.vn/tin-1.htm?vn_source=home&vn_campaign=box",
        "https://baochinhphu.vn/%74in%2D1.htm",
        "  https://reader:secret@baochinhphu.vn/tin-1.htm\n",
    ],
)
def test_the_many_addresses_of_one_article_are_one(url: str) -> None:
    assert canonical(url) == PLAIN


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://a.vn/?id=7&p=2", "https://a.vn?id=7&p=2"),
        ("http://a.vn/?p=2&id=7&utm_id=1", "https://a.vn?id=7&p=2"),
        ("http://a.vn/?tag=b&tag=a", "https://a.vn?tag=a&tag=b"),
        ("http://a.vn/x?q=", "https://a.vn/x?q="),
        ("http://a.vn:8080/x", "https://a.vn:8080/x"),
        ("http://a.vn/Hoa", "https://a.vn/Hoa"),
        ("http://a.vn/Đảng", "https://a.vn/%C4%90%E1%BA%A3ng"),
        ("http://a.vn/%c4%90%e1%ba%a3ng", "https://a.vn/%C4%90%E1%BA%A3ng"),
        ("http://a.vn/Đa\u0309ng", "https://a.vn/%C4%90%E1%BA%A3ng"),
        ("http://a.vn/a%2Fb", "https://a.vn/a%2Fb"),
        ("http://a.vn/100%", "https://a.vn/100%25"),
        ("http://a.vn/camp", "https://a.vn/camp"),
        ("http://m.vn/x", "https://m.vn/x"),
        ("http://media.vn/x", "https://media.vn/x"),
        ("http://127.0.0.1:5000/x", "https://127.0.0.1:5000/x"),
        ("http://localhost/x", "https://localhost/x"),
    ],
)
def test_what_tells_articles_apart_is_kept(url: str, expected: str) -> None:
    assert canonical(url) == expected


@pytest.mark.parametrize(
    "url",
    [
        *(None, "", "  ", "N/A", "tin-1.htm", "file:///tmp/a.html", "mailto:a@b.vn"),
        *("http://", "http:///x", "http://[::1", "http://a.vn:port/", "http://m./x"),
        *("http://bad host.vn/", "javascript:void(0)"),
    ],
)
def test_what_is_no_web_address_names_nothing(url: str | None) -> None:
    assert canonical(url) is None


PIECES = st.lists(
    st.sampled_from(
        [
            *("www.", "m.", "amp.", "/", "/amp", "amp", "https://", "a", "b", "đ", ".", "..", "~"),
            *("?", "&", "=", "utm_a=1", "+", " ", ";", "#", "@", ":", "80", "443"),
            *("%", "%2", "41", "%41", "%c4%91"),
        ]
    )
).map("".join)


@PATIENT
@given(st.text() | PIECES)
@example("amp.m.www.a.vn/amp/amp//")
def test_a_canonical_address_stays_as_it_is(rest: str) -> None:
    once = canonical("http://a.vn" + rest) or canonical("http://" + rest)

    if once is not None:
        assert canonical(once) == once


@PATIENT
@given(PIECES)
def test_scheme_twin_host_and_fragment_never_matter(rest: str) -> None:
    assert (
        canonical(f"https://a.vn/x{rest}")
        == canonical(f"http://www.a.vn/x{rest}")
        == canonical(f"http://m.a.vn/x{rest}")
    )
