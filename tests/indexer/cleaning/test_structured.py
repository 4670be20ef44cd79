"""JSON-LD and microdata are read leniently, as nodes of one form, within bounds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tintuc_search.indexer.cleaning import clean_html
from tintuc_search.indexer.cleaning.structured import read_json_ld, read_microdata

ITEM = "<div itemscope itemtype='https://schema.org/NewsArticle'>"


@pytest.mark.parametrize(
    ("script", "values"),
    [
        ('{"@type": "NewsArticle", "headline": "Cầu mới"}', [{"@type": "NewsArticle", "headline": "Cầu mới"}]),
        ('[{"a": 1}, {"b": 2}]', [{"a": 1}, {"b": 2}]),
        ('{"a": "hai\ndòng"};', [{"a": "hai dòng"}]),
        ('{"a": [1, 2,], }', [{"a": [1, 2]}]),
        ('// ghi chú\n{"a": 1}', []),  # the line break that ends the comment is no more
        ('{"a": /* ghi chú */ 1}', [{"a": 1}]),
        ('{"a": ', []),
        ("", []),
        ("\0\ud800", []),
        ("[" * 100_000, []),
        ('"chữ"', []),
    ],
)  # fmt: skip
def test_a_script_is_read_as_far_as_it_can_be(script: str, values: list[object]) -> None:
    assert read_json_ld(script) == values


@given(st.text(max_size=200))
def test_no_script_and_no_markup_raises(text: str) -> None:
    read_json_ld(text)
    read_microdata(f"{ITEM}<span itemprop=headline>{text}")
    read_microdata(ITEM + text)


def test_microdata_are_nodes_with_the_body_left_out() -> None:
    markup = (
        f"{ITEM}<h1 itemprop=headline>Cầu mới</h1><p itemprop=articleBody>Dài</p>"
        "<span itemprop=author itemscope itemtype='http://schema.org/Person'>"
        "<b itemprop=name>Hà Vân</b></span><meta itemprop=datePublished content='2024-03-01'></div>"
    )
    assert read_microdata(markup) == [
        {
            "@type": ["NewsArticle"],
            "headline": "Cầu mới",
            "author": {"@type": ["Person"], "name": "Hà Vân"},
            "datePublished": "2024-03-01",
        }
    ]


@pytest.mark.parametrize("markup", [ITEM * 101, ITEM + "<i itemprop=a>" * 1_001, "<div itemscope>"])
def test_too_many_items_or_none_of_an_article_are_not_read(markup: str) -> None:
    assert read_microdata(markup) == []


def test_microdata_say_what_the_page_does_not_show() -> None:
    line = "Sáng 12/3, đoàn giám sát của huyện Bình Lâm làm việc với xã Đồng Dao về nước sạch. "
    page = (
        f"<html><title>Ba xóm chờ nước sạch</title>{ITEM}<h1>Ba xóm chờ nước sạch</h1>"
        "<meta itemprop=datePublished content='2024-03-12T08:05:00+07:00'>"
        "<meta itemprop=author content='Hà Vân'>" + f"<p>{line * 2}</p>" * 4
    )
    article = clean_html(page.encode(), url="https://binhlam.example/ba-xom-1.html")
    assert article.published_at is not None
    assert article.published_at.isoformat() == "2024-03-12T08:05:00+07:00"
    assert article.authors == ("Hà Vân",)
