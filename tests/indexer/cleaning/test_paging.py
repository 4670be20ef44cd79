"""The pages of one article: which links lead to them, what they are put together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tintuc_search.article import Article
from tintuc_search.indexer.cleaning import first_page, further_pages, join_pages

URL = "https://baomoi.example/tin/cau-moi-123.html"


@pytest.mark.parametrize(
    ("links", "pages"),
    [
        ("<a href='?trang=2'>2</a> <a href='?trang=3'>3</a>", ["?trang=2", "?trang=3"]),
        ("<a href='/tin/cau-moi-123-p2.html'>Trang 2</a>", ["/tin/cau-moi-123-p2.html"]),
        ("<link rel=next href='/tin/cau-moi-123.html?page=2'>", ["?page=2"]),
        ("<a href='?page=2'>Trang sau »</a>", ["?page=2"]),
        ("<a href='?page=3'>3</a>", []),  # nothing leads to the second
        ("<a href='?page=2'>Hai cây cầu</a>", []),  # some other link
        ("<a href='/tin/cau-khac-124.html?page=2'>2</a>", []),  # another article
        ("<a href='/tin?page=2'>2</a>", []),  # a list
        ("<a href='https://khac.example/tin/cau-moi-123.html?page=2'>2</a>", []),
        ("<a href='?page=1'>1</a>", []),
        ("<a href='http://['>2</a>", []),
        ("", []),
    ],
)
def test_links_to_further_pages_are_those_of_the_same_address(links: str, pages: list[str]) -> None:
    found = further_pages(f"<html><body><p>trang page</p>{links}".encode(), URL)
    full = [URL + each if each[0] == "?" else f"https://baomoi.example{each}" for each in pages]
    assert list(found) == full


@pytest.mark.parametrize(
    ("url", "first"),
    [
        (f"{URL}?trang=3&x=1", f"{URL}?x=1"),
        ("https://baomoi.example/tin/cau-moi-123-p2.html", URL),
        ("https://baomoi.example/tin/cau-moi-123/page/2", "https://baomoi.example/tin/cau-moi-123"),
        ("https://baomoi.example/?p=12", None),  # an article's number in a common system
        ("https://baomoi.example/tin/2", None),
        (URL, None),
    ],
)
def test_the_first_page_is_known_from_the_address_of_another(url: str, first: str | None) -> None:
    assert first_page(url) == first


def test_a_second_page_has_no_further_ones_of_its_own() -> None:
    content = b"<a href='?trang=1'>1</a><a href='?trang=3'>3</a>"
    assert further_pages(content, f"{URL}?trang=2") == ()


def test_pages_become_one_article_and_what_they_repeat_stands_once() -> None:
    first = Article(
        title="Cầu mới", lead="Tóm tắt.", paragraphs=("Một.", "Hai."), captions=("Ảnh 1",)
    )
    second = Article(
        title="Cầu mới",
        lead="Tóm tắt.",
        paragraphs=("Hai.", "Ba."),
        authors=("Hà Vân",),
        captions=("Ảnh 1", "Ảnh 2"),
    )
    joined = join_pages(first, [second])
    assert joined.paragraphs == ("Một.", "Hai.", "Ba.")
    assert joined.captions == ("Ảnh 1", "Ảnh 2")
    assert joined.authors == ("Hà Vân",)
    assert joined.lead == "Tóm tắt."
    assert join_pages(first, []) == first


@given(st.binary(max_size=300), st.text(max_size=60))
def test_no_page_and_no_address_raises(content: bytes, rest: str) -> None:
    assert len(further_pages(b"trang" + content, f"{URL}?{rest}")) < 20
