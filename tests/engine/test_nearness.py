"""Nearness gives what counting by hand gives."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine_samples import document
from tintuc_search.engine.base import Stretch, TextField, WeightedTerm
from tintuc_search.engine.memory_engine import MemorySnapshot
from tintuc_search.engine.nearness import nearness
from tintuc_search.engine.postings import invert
from tintuc_search.engine.scoring import idf
from tintuc_search.ranking import Ranking

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tintuc_search.engine.postings import Occurrences

pytestmark = pytest.mark.usefixtures("both_loops")

WORDS = ["a", "b", "c"]
bodies = st.lists(
    st.lists(st.sampled_from([*WORDS, "x"]), max_size=12).map(" ".join), min_size=1, max_size=5
)


def gained(written: list[str], words: list[str], ranking: Ranking) -> list[float]:
    """What each body gains by the words standing near."""
    stored = {
        str(i): (each, invert(each))
        for i, each in enumerate(document(str(i), body=body) for i, body in enumerate(written))
    }
    snapshot = MemorySnapshot(stored, ranking)
    stretch = Stretch(tuple((WeightedTerm(word),) for word in words), frozenset(TextField))

    def occurrences(
        slots: Sequence[Sequence[WeightedTerm]],
        _: object,
    ) -> list[list[tuple[float, Occurrences]]]:
        return [[(1.0, snapshot.occurrences(each.term)) for each in slot] for slot in slots]

    docs = np.arange(len(written))
    values = nearness([stretch], occurrences, docs, snapshot.documents)
    return [float(value) for value in values.sum()]


@given(bodies, st.lists(st.sampled_from(WORDS), min_size=1, max_size=3, unique=True))
def test_the_window_counts_different_words(written: list[str], words: list[str]) -> None:
    width = 3
    ranking = Ranking(pairs=0.0, opening=0.0, window=1.0, window_syllables=width)
    pieces = [body.split() for body in written]
    expected = [
        max((len(set(body[i : i + width]) & set(words)) for i in range(len(body))), default=0)
        for body in pieces
    ]

    assert expected == gained(written, words, ranking)


@given(bodies, st.sampled_from([1, 50]))
def test_a_pair_scores_like_a_term_among_those_looked_at(written: list[str], depth: int) -> None:
    """Few documents are no reason to take a pair for a common one: ``depth`` at least are counted."""
    ranking = Ranking(pairs=1.0, opening=0.0, window=0.0, depth=depth)
    counts = np.array([sum(p == ("a", "b") for p in _pairs(body)) for body in written])
    lengths = np.array([len(body.split()) for body in written])
    average = lengths.mean() or 1.0
    body = ranking.body
    frequencies = counts * body.weight / (1 - body.b + body.b * lengths / average)
    among = max(len(written), depth)
    rarity = idf(int(np.count_nonzero(counts)), among, ranking)
    expected = rarity * frequencies / (ranking.k1 + frequencies)

    assert np.allclose(expected, gained(written, ["a", "b"], ranking))


@given(bodies)
def test_the_opening_counts_its_share_of_the_words(written: list[str]) -> None:
    ranking = Ranking(pairs=0.0, opening=1.0, window=0.0, opening_syllables=4)
    rarity = {
        word: idf(sum(word in body.split() for body in written), len(written), ranking)
        for word in "ab"
    }
    expected = []
    for body in written:
        opening = body.split()[:4]
        parts = [rarity[w] * (n := opening.count(w)) / (1 + n) for w in "ab"]
        expected.append(sum(parts) * len(set(opening) & {"a", "b"}) / 2)

    assert np.allclose(expected, gained(written, ["a", "b"], ranking))


def _pairs(body: str) -> list[tuple[str, str]]:
    words = body.split()
    return list(pairwise(words))
