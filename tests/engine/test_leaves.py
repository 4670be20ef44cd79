"""Leaves that take long to make are kept longest, within the bytes that there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tintuc_search.engine.base import Phrase, Terms, WeightedTerm
from tintuc_search.engine.coded import each_its_own
from tintuc_search.engine.doc_sets import DocSet
from tintuc_search.engine.leaves import LEVELS, Found, LeafCache, Matched
from tintuc_search.engine.snapshot import Documents

if TYPE_CHECKING:
    from tintuc_search.engine.base import Leaf

pytestmark = pytest.mark.usefixtures("both_loops")

SIZE = 1000
LIVE = np.ones(SIZE, bool)


def term(*words: str) -> Terms:
    return Terms(tuple(map(WeightedTerm, words)))


def found() -> Found:
    docs = DocSet(np.arange(SIZE, dtype=np.int32), SIZE)
    return Found(docs, each_its_own(np.ones((SIZE, 3))), 1.0)


def matched() -> Matched:
    return Matched(LIVE, (), found())


ROOM = 8 * found().size


def test_sums_and_phrases_outlast_single_terms() -> None:
    cache = LeafCache(ROOM)
    made: list[Leaf] = [term("a", "b"), Phrase(((WeightedTerm("a"),), (WeightedTerm("b"),)))]
    for leaf in (*made, *(term(str(number)) for number in range(20))):
        cache.put(leaf, matched())

    assert [leaf for leaf in made if cache.get(leaf, LIVE)] == made
    assert cache.get(term("19"), LIVE)
    assert not cache.get(term("0"), LIVE)


def test_the_least_recently_used_goes_first() -> None:
    cache = LeafCache(ROOM)
    for number in range(7):
        cache.put(term(str(number)), matched())
    kept = cache.get(term("0"), LIVE)
    for number in range(7, 12):
        cache.put(term(str(number)), matched())

    assert kept
    assert kept.mask.all()
    assert cache.get(term("0"), LIVE)
    assert not cache.get(term("1"), LIVE)


def test_one_that_is_larger_than_all_room_is_not_kept() -> None:
    cache = LeafCache(10)
    cache.put(term("a"), matched())
    cache.put(term("a", "b"), matched())

    assert not cache.get(term("a"), LIVE)
    assert not cache.get(term("a", "b"), LIVE)


def test_documents_that_died_meanwhile_are_not_matched() -> None:
    cache = LeafCache(ROOM)
    cache.put(term("a"), matched())
    live = LIVE.copy()
    live[7] = False
    kept = cache.get(term("a"), live)

    assert kept
    assert np.array_equal(kept.mask, live)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=1), st.floats(0.0, 9.0))
def test_a_rough_score_is_never_too_low_and_at_most_a_step_too_high(
    counts: list[tuple[int, int]], weight: float
) -> None:
    size = len(counts)
    documents = Documents(
        ids=[str(number) for number in range(size)],
        lengths=np.array([[4, 0, 1 + body] for _, body in counts], np.int64),
        borders=np.zeros((size, 2), np.int64),
        published=np.zeros(size, np.int64),
        live=np.ones(size, bool),
    )
    docs = DocSet(np.arange(size, dtype=np.int32), size)
    frequencies = each_its_own(np.array([[title, 0, body] for title, body in counts], np.float64))
    leaf = Found(docs, frequencies, weight)
    exact, rough, again = np.zeros(size), *np.zeros((2, size), np.float32)
    leaf.add_scores(exact, np.arange(size), None, documents)
    leaf.add_rough(rough, None, documents)
    leaf.add_rough(again, None, documents)
    rounding = 1e-6 * weight + 1e-37  # of 32-bit floats

    assert (rough >= exact - rounding).all()
    assert (rough <= exact + weight / LEVELS + rounding).all()
    assert np.array_equal(rough, again)
