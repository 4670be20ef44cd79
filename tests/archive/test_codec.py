"""Articles survive being stored."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.strategies import ARTICLES, PATIENT
from tintuc_search.archive.codec import clean, decode, encode
from tintuc_search.article import Article


@PATIENT
@given(ARTICLES)
def test_a_stored_article_comes_back_as_it_was(article: Article) -> None:
    assert decode(encode(article)) == article


def test_times_come_back_as_the_same_moment() -> None:
    article = Article("A", published_at=datetime(2019, 5, 31, 2, 49, tzinfo=UTC))

    assert decode(encode(article)).published_at == article.published_at


@PATIENT
@given(ARTICLES)
def test_an_article_in_nfc_is_not_copied(article: Article) -> None:
    assert clean(article) is article


@PATIENT
@given(st.text(), st.text())
def test_text_becomes_nfc_in_every_field(one: str, other: str) -> None:
    found = clean(Article(one, url=other, paragraphs=(other,), tables=(((one, other),),)))

    texts = [found.title, found.url or "", *found.paragraphs, *found.tables[0][0]]
    assert all(unicodedata.is_normalized("NFC", text) for text in texts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (unicodedata.normalize("NFD", "Đảng ủy"), "Đảng ủy"),
        ("a\0b", "a\ufffdb"),
        ("a\ud800b", "a\ufffdb"),
    ],
)
def test_what_no_database_takes_is_replaced(text: str, expected: str) -> None:
    assert clean(Article("A", captions=(text,))).captions == (expected,)
