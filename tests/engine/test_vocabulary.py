"""Beginnings and similar words, against plain definitions."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tintuc_search.analysis.vi.folding import fold
from tintuc_search.engine.base import DictionaryEntry
from tintuc_search.engine.edits import bits_of, distances, letters_of
from tintuc_search.engine.vocabulary import WIDTH, SortedVocabulary

COUNTS = {"tham": 5, "thăm": 9, "thẩm": 7, "than": 2, "thám": 7, "tam": 4, "đảng": 3, "2019": 1}
terms = st.dictionaries(st.text("aăâbc𝒂1", min_size=1, max_size=20), st.integers(1, 9), max_size=30)


def vocabulary(counts: dict[str, int]) -> SortedVocabulary:
    return SortedVocabulary(sorted((fold(term), term, n) for term, n in counts.items()))


def errors(a: str, b: str) -> int:
    """The optimal string alignment distance as its definition says."""

    @cache
    def between(i: int, j: int) -> int:
        if not i or not j:
            return i + j
        best = min(
            between(i - 1, j) + 1,
            between(i, j - 1) + 1,
            between(i - 1, j - 1) + (a[i - 1] != b[j - 1]),
        )
        if i > 1 and j > 1 and a[i - 2 : i] == b[j - 2 : j][::-1]:
            best = min(best, between(i - 2, j - 2) + 1)
        return best

    return between(len(a), len(b))


@pytest.mark.parametrize(
    ("prefix", "found"),
    [
        ("tham", ["thăm", "thám", "thẩm", "tham"]),
        ("tha", ["thăm", "thám", "thẩm", "tham", "than"]),
        ("dang", ["đảng"]),
        ("20", ["2019"]),
        ("x", []),
        ("\ud800", []),
    ],
)
def test_a_beginning_gives_the_most_frequent_first(prefix: str, found: list[str]) -> None:
    assert found == [entry.term for entry in vocabulary(COUNTS).prefixed(prefix)]


@pytest.mark.parametrize(
    ("word", "most", "found"),
    [
        ("tham", 0, [(0, "thăm"), (0, "thám"), (0, "thẩm"), (0, "tham")]),
        ("htam", 1, [(1, "thăm"), (1, "thám"), (1, "thẩm"), (1, "tham"), (1, "tam")]),
        ("than", 1, [(0, "than"), (1, "thăm"), (1, "thám"), (1, "thẩm"), (1, "tham")]),
        ("x" * 40, 2, []),
        ("", 2, []),
    ],
)
def test_similar_words_come_nearest_first(
    word: str, most: int, found: list[tuple[int, str]]
) -> None:
    given_back = [(n, entry.term) for n, entry in vocabulary(COUNTS).similar(word, most)]

    assert found == given_back


def test_an_empty_vocabulary_has_nothing() -> None:
    assert [] == list(vocabulary({}).prefixed("a"))
    assert [] == list(vocabulary({}).similar("a", 2))


@given(terms, st.text("aăbc1", max_size=4))
def test_a_beginning_finds_what_begins_so(counts: dict[str, int], prefix: str) -> None:
    bare = fold(prefix)
    found = list(vocabulary(counts).prefixed(bare))

    assert {term for term in counts if fold(term).startswith(bare)} == {e.term for e in found}
    assert sorted((e.count for e in found), reverse=True) == [e.count for e in found]
    assert all(DictionaryEntry(e.term, counts[e.term]) == e for e in found)


@given(terms, st.text("aăbc1", max_size=20), st.integers(0, 2))
def test_similar_finds_what_is_near(counts: dict[str, int], word: str, most: int) -> None:
    found = {entry.term: n for n, entry in vocabulary(counts).similar(fold(word), most)}
    near = {term: errors(fold(term), fold(word)) for term in counts if len(fold(term)) <= WIDTH}

    assert {term: n for term, n in near.items() if n <= most} == found


@given(st.lists(st.integers(0, 2**32 - 1), min_size=1))
def test_bits_are_counted(numbers: list[int]) -> None:
    assert [n.bit_count() for n in numbers] == bits_of(np.array(numbers, np.uint32)).tolist()


@given(st.lists(st.text("abc", max_size=8), min_size=1, max_size=9), st.text("abc", max_size=9))
def test_distances_are_exact_up_to_the_bound(words: list[str], word: str) -> None:
    lengths = np.array([len(each) for each in words])
    found = distances(letters_of(words, 8), lengths, word, 3)

    assert [min(errors(each, word), 4) for each in words] == [min(int(n), 4) for n in found]
