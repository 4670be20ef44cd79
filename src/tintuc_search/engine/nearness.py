"""What the best documents gain where a query's words stand near each other, in order, and early.

BM25F looks at each word by itself. Of the documents that it puts first, this looks at the places where the
words stand, and adds three things, each of which helped to find real articles by their titles
(``benchmarks/tune_ranking.py``):

* **pairs**: words that stand side by side as in the query, scored like a term of their own; rare is here what
  few of these documents hold, for all of them hold most words and what tells them apart is what counts;
* **opening**: words in the first syllables of the article that are not in its title or lead, which BM25F weighs
  already: news says first what happened;
* **window**: the largest number of different words within a window of some syllables.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from tintuc_search.engine import loops
from tintuc_search.engine.plain.near import columns
from tintuc_search.engine.postings import TEXT_FIELDS
from tintuc_search.engine.scoring import idf

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tintuc_search.engine.base import Stretch, TextField, WeightedTerm
    from tintuc_search.engine.postings import Array, Occurrences
    from tintuc_search.engine.snapshot import Documents

    Slot = Sequence[WeightedTerm]
    Occurring = Callable[[Sequence[Slot], Array], Sequence[Sequence[tuple[float, Occurrences]]]]


@dataclass(frozen=True, slots=True)
class Gains:
    """What each of ``docs`` (int64 ``[n]``, rising) gains, at least 0, by what it is for: float64 ``[n]`` each."""

    docs: Array
    pairs: Array
    opening: Array
    window: Array

    def sum(self) -> Array:
        """All of it."""
        gained: Array = self.pairs + self.opening + self.window
        return gained


@dataclass(frozen=True, slots=True)
class _Word:
    """One word of the query: its places (int64, rising: row of the document, position) and its weight."""

    places: Array
    rarity: float


def nearness(
    stretches: Sequence[Stretch], occurrences: Occurring, docs: Array, documents: Documents
) -> Gains:
    """What each of ``docs`` (int64 ``[n]``) gains.

    Args:
        stretches: the words of the query that stand side by side there.
        occurrences: gives the occurrences of words' terms, with weights, in some documents, or in more.
        docs: the documents that are to be told apart, rising.
        documents: the table of all documents.
    """
    ranking = documents.ranking
    candidates = _Candidates(docs, documents)
    pairs = np.zeros(len(docs))
    keys = dict.fromkeys((slot, stretch.fields) for stretch in stretches for slot in stretch.slots)
    places = occurrences([slot for slot, _ in keys], docs)
    words = {
        (slot, fields): candidates.word(found, fields)
        for (slot, fields), found in zip(keys, places, strict=True)
    }
    for stretch in stretches:
        row = [words[slot, stretch.fields] for slot in stretch.slots]
        for before, after in {(id(a), id(b)): (a, b) for a, b in pairwise(row)}.values():
            pairs += ranking.pairs * candidates.pair(before, after)
    every = list(words.values())
    opening = ranking.opening * candidates.opening(every)
    window = ranking.window * candidates.window(every)
    return Gains(docs, pairs, opening, window)


class _Candidates:
    """The documents to be told apart, by row."""

    def __init__(self, docs: Array, documents: Documents) -> None:
        self._docs, self._documents = docs, documents
        self._borders, self._norms = documents.borders[docs], documents.norms[docs]
        self._ranking = documents.ranking

    def word(
        self, occurring: Sequence[tuple[float, Occurrences]], fields: frozenset[TextField]
    ) -> _Word:
        """The places of a word, in any of its forms, within ``fields``."""
        places = loops.near.places([occurrences for _, occurrences in occurring], self._docs)
        if not fields.issuperset(TEXT_FIELDS):
            inside = np.array([name in fields for name in TEXT_FIELDS])
            places = places[inside[columns(places, self._borders)]]
        live = self._documents.live
        holding = max((occurrences.holding(live) for _, occurrences in occurring), default=0)
        return _Word(places, idf(holding, self._documents.count, self._ranking))

    def pair(self, before: _Word, after: _Word) -> Array:
        """The score of two words that stand side by side."""
        ranking = self._ranking
        scores, holding = loops.near.pair(
            before.places, after.places, self._borders, self._norms, ranking
        )
        return idf(holding, max(len(self._docs), ranking.depth), ranking) * scores

    def opening(self, words: Sequence[_Word]) -> Array:
        """The score of the words in what belongs to the opening of the body, times the share of words there.

        A single one of many words says little of what an article is about.
        """
        above = self._documents.lengths[self._docs, :2].sum(axis=1)
        return loops.near.opening(
            [word.places for word in words],
            [word.rarity for word in words],
            self._borders[:, 1].copy(),
            self._ranking.opening_syllables - above,
        )

    def window(self, words: Sequence[_Word]) -> Array:
        """The largest number of different words within a window, by row."""
        width = self._ranking.window_syllables
        return loops.near.window([word.places for word in words], len(self._docs), width)
