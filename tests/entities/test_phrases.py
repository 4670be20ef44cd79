"""The longest listed phrase at a place of a text, against a search that tries every phrase."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tintuc_search.analysis.vi import VietnameseAnalyzer
from tintuc_search.entities.tables import Phrases, Tables
from tintuc_search.entities.units import Units

ANALYZER = VietnameseAnalyzer()
TABLES = Tables(ANALYZER)

TERMS = st.sampled_from(["an", "bình", "cao"])
KEYS = st.lists(TERMS, min_size=1, max_size=4).map(" ".join)
GAPS = st.sampled_from([" ", " ", " ", ", ", " - ", ". ", "\n"])
TEXTS = st.lists(st.tuples(GAPS, TERMS), max_size=9).map(
    lambda pairs: "".join(gap + term for gap, term in pairs)
)


@given(st.lists(KEYS, max_size=6), st.frozensets(KEYS, max_size=3), TEXTS, st.booleans())
def test_the_longest_phrase_is_found_with_nothing_but_what_may_part_it_inside(
    listed: list[str], with_commas: frozenset[str], text: str, strict: bool
) -> None:
    keys = [*listed, *sorted(with_commas)]
    phrases = Phrases(zip(keys, keys, strict=True), lists=with_commas)
    units = Units(text, ANALYZER.tokens(text), TABLES)

    for i in range(units.count + 1):
        expected = None
        for key in sorted(keys, key=len):
            after = i + len(key.split(" "))
            joints = units.listing if key in with_commas else units.soft
            joints = units.spaced if strict and key not in with_commas else joints
            if " ".join(units.terms[i:after]) == key and all(joints[i + 1 : after]):
                expected = after, key
        assert phrases.longest(units, i, strict=strict) == expected


@given(st.lists(KEYS, max_size=6), st.lists(TERMS, min_size=1, max_size=5))
def test_the_longest_phrase_that_terms_begin_with_is_found(keys: list[str], row: list[str]) -> None:
    beginnings = [" ".join(row[:count]) for count in range(1, len(row) + 1)]
    known = [key for key in beginnings if key in keys]

    assert Phrases(zip(keys, keys, strict=True)).begin(row) == (known[-1] if known else None)


def test_beginnings_are_the_first_two_terms() -> None:
    phrases = Phrases((key, 1) for key in ("an", "an bình", "bình cao an", "bình cao bình"))

    assert set(phrases.beginnings()) == {("an",), ("an", "bình"), ("bình", "cao")}


def test_of_a_phrase_listed_twice_the_first_value_counts_and_of_one_term_the_last() -> None:
    text = "an bình cao"
    units = Units(text, ANALYZER.tokens(text), TABLES)
    phrases = Phrases(
        [("an bình", "first"), ("an bình", "last"), ("cao", "first"), ("cao", "last")]
    )

    assert phrases.longest(units, 0) == (2, "first")
    assert phrases.longest(units, 2) == (3, "last")
