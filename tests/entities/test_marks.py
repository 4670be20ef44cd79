"""What stands in quotation marks of every kind."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tintuc_search.entities.marks import quoted

PIECES = st.lists(
    st.sampled_from(["“", "”", '"', "'", "«", "»", "‘", "’", "a b", " ", ",", ".", "\n", ":"])
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nói: “một hai ba”.", ["một hai ba"]),
        ('Nói: "một hai ba".', ["một hai ba"]),
        ('" một hai ba ", ông nói. Rồi " bốn năm ".', ["một hai ba", "bốn năm"]),
        ("Nói: «một hai ba».", ["một hai ba"]),
        ("Nói: „một hai ba”.", ["một hai ba"]),
        ("Nói: 'một hai ba bốn'.", ["một hai ba bốn"]),
        ("Nói: ‘một hai ba bốn’.", ["một hai ba bốn"]),
        ("“một “hai” ba”, ông nói.", ["một “hai” ba"]),
        ("“một.\nhai.\nba”, ông nói.", ["một.\nhai.\nba"]),
        ("“một.\n“hai.\n“ba”, ông nói.", ["một.\n“hai.\n“ba"]),
        ('"một.\n"hai.\n"ba", ông nói.', ['một.\n"hai.\n"ba']),
        ('Nói: " một " hai " ba ".', ['một " hai " ba']),
        ("“mất dấu rồi “một hai” ba", ["một hai"]),
        ("một ” hai", []),
        ("tại H'Mông và Ea H'Leo", []),
    ],
)
def test_the_words_between_marks(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in quoted(text)] == expected


@given(PIECES)
def test_spans_are_in_order_apart_and_within_the_text(pieces: list[str]) -> None:
    text = "".join(pieces)
    at = 0
    for start, end in quoted(text):
        assert at <= start < end <= len(text)
        assert not text[start].isspace()
        at = end
