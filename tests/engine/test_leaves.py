"""Leaves that take long to make are kept longest, within the bytes that there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tintuc_search.engine.base import Phrase, Terms, WeightedTerm
from tintuc_search.engine.coded import each_its_own
from tintuc_search.engine.leaves import Found, LeafCache, Matched

if TYPE_CHECKING:
    from tintuc_search.engine.base import Leaf

SIZE = 1000


def term(*words: str) -> Terms:
    return Terms(tuple(map(WeightedTerm, words)))


def found() -> Found:
    return Found(np.arange(SIZE, dtype=np.int32), each_its_own(np.ones((SIZE, 3))), 1.0)


def matched() -> Matched:
    return Matched(np.ones(SIZE, bool), (), found())


ROOM = 8 * found().size


def test_sums_and_phrases_outlast_single_terms() -> None:
    cache = LeafCache(ROOM)
    made: list[Leaf] = [term("a", "b"), Phrase(((WeightedTerm("a"),), (WeightedTerm("b"),)))]
    for leaf in (*made, *(term(str(number)) for number in range(20))):
        cache.put(leaf, matched())

    assert [leaf for leaf in made if cache.get(leaf, SIZE)] == made
    assert cache.get(term("19"), SIZE)
    assert not cache.get(term("0"), SIZE)


def test_the_least_recently_used_goes_first() -> None:
    cache = LeafCache(ROOM)
    for number in range(7):
        cache.put(term(str(number)), matched())
    kept = cache.get(term("0"), SIZE)
    for number in range(7, 12):
        cache.put(term(str(number)), matched())

    assert kept
    assert kept.mask.all()
    assert cache.get(term("0"), SIZE)
    assert not cache.get(term("1"), SIZE)


def test_one_that_is_larger_than_all_room_is_not_kept() -> None:
    cache = LeafCache(10)
    cache.put(term("a"), matched())
    cache.put(term("a", "b"), matched())

    assert not cache.get(term("a"), SIZE)
    assert not cache.get(term("a", "b"), SIZE)
