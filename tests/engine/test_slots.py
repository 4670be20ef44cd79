"""A text in slots tells the same of itself as one that is made of terms, positions and words."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tintuc_search.engine.base import FieldText
from tintuc_search.engine.slots import FILLER, SlottedText, Stretches, distinct, in_slots, row

GAP = 9
TERMS = ("quốc", "hội", "họp", "7")
WORDS = ("quốc_hội", "hội_họp")
NUMBERS = {term: number for number, term in enumerate(TERMS, 10)} | {FILLER: GAP}


@st.composite
def texts(draw: st.DrawFn) -> FieldText:
    """Texts with gaps before, between and behind their terms."""
    positions = draw(st.lists(st.integers(0, 30), min_size=1, unique=True).map(sorted))
    terms = draw(st.lists(st.sampled_from(TERMS), min_size=len(positions), max_size=len(positions)))
    places = draw(st.lists(st.integers(0, 31), unique=True).map(sorted))
    words = [(draw(st.sampled_from(WORDS)), at) for at in places]
    return FieldText(tuple(terms), tuple(positions), tuple(words))


@given(texts())
def test_terms_words_and_rows_are_the_same(text: FieldText) -> None:
    slots = in_slots(text)
    assume(slots is not None)
    assert slots is not None
    slotted = SlottedText(slots, len(text.terms))

    assert distinct(slotted) == distinct(text) == (set(text.terms), {w for w, _ in text.words})
    assert row(slotted, NUMBERS).tolist() == row(text, NUMBERS).tolist()


def test_a_row_has_a_gap_before_each_term_that_follows_no_other() -> None:
    text = FieldText(("quốc", "hội", "họp", "7"), (0, 1, 17, 18), (("quốc_hội", 0),))

    assert [GAP, 10, 11, GAP, 12, 13] == row(text, NUMBERS).tolist()
    assert [] == row(FieldText(), NUMBERS).tolist()


@given(texts(), st.data())
def test_a_stretch_is_the_slots_from_one_to_another(text: FieldText, data: st.DataObject) -> None:
    slots = in_slots(text)
    assume(slots is not None)
    assert slots is not None
    parted = slots.split(" ")
    first = data.draw(st.integers(0, len(parted) - 1))
    count = data.draw(st.integers(1, len(parted) - first))

    assert parted[first : first + count] == Stretches(slots).cut(first, count).split(" ")


def test_more_slots_than_there_are_is_an_error() -> None:
    with pytest.raises(IndexError):
        Stretches("một \x01").cut(1, 2)
