"""Cleaning gets out of the sample pages what a reader sees, and nothing out of pages that are no article."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from corpus.extraction import NOT_ARTICLES, cleaned, expected, f1, pages, reached
from corpus.floors import read_floors, shortfalls
from tintuc_search.errors import NotAnArticle
from tintuc_search.indexer.cleaning import clean_html

if TYPE_CHECKING:
    from pathlib import Path

FURNITURE = ("Bình luận (", "Chia sẻ:", "Trang minh hoạ", "Giấy phép", "Từ khóa:", "Tin liên quan")


def test_no_field_of_any_site_falls_below_its_floor() -> None:
    floors = read_floors("extraction")
    assert floors, "corpus/floors.json has no floors for extraction"
    assert shortfalls(reached(), floors) == {}


@pytest.mark.parametrize("page", sorted(NOT_ARTICLES.glob("*.html")), ids=lambda page: page.stem)
def test_a_page_that_is_no_article_is_refused_with_a_reason(page: Path) -> None:
    with pytest.raises(NotAnArticle, match=f"{page.name}: no article: "):
        clean_html(page.read_bytes(), place=page.name)


@pytest.mark.parametrize(
    "page", [page for page in pages() if page.parent.name != "hostile"], ids=lambda page: page.stem
)
def test_no_furniture_stands_in_an_article(page: Path) -> None:
    article = cleaned(page)
    wanted = "\n".join(expected(page)["paragraphs"])
    text = "\n".join((article.text, *article.captions))
    assert [line for line in FURNITURE if line in text and line not in wanted] == []


def test_words_too_many_cost_as_much_as_words_too_few() -> None:
    assert f1(["một hai"], ["một hai ba bốn"]) == f1(["một hai ba bốn"], ["một hai"]) == 2 / 3
