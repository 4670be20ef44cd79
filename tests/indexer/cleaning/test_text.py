"""Text as the rest of the program wants it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tintuc_search.indexer.cleaning.text import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  Quốc\u00a0hội\n họp ", "Quốc hội họp"),
        ("Chính\ufe00 trị", "Chính trị"),  # a variation selector
        ("\ufe00", ""),
        ("Quô\u0301c", "Quốc"),
        ("a\u200b\u0301", "á"),  # what was parted by nothing visible comes together
        ("trung\u00adương\x00", "trungương"),
    ],
)
def test_folding_leaves_only_what_is_visible(text: str, folded: str) -> None:
    assert folded == fold(text)


@given(st.text())
def test_folded_text_is_nfc_and_folds_to_itself(text: str) -> None:
    once = fold(text)

    assert once == fold(once)
    assert unicodedata.is_normalized("NFC", once)
