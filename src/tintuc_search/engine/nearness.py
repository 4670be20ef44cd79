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

from tintuc_search.engine.postings import TEXT_FIELDS
from tintuc_search.engine.scoring import idf, saturated

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tintuc_search.engine.base import Stretch, TextField, WeightedTerm
    from tintuc_search.engine.postings import Array, Occurrences
    from tintuc_search.engine.snapshot import Documents

    Slot = Sequence[WeightedTerm]
    Occurring = Callable[[Sequence[Slot], Array], Sequence[Sequence[tuple[float, Occurrences]]]]

_SHIFT = 32
_POSITION = (1 << _SHIFT) - 1
_NOWHERE = np.empty(0, np.int64)


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
    opening = ranking.opening * candidates.opening(list(words.values()))
    window = ranking.window * candidates.window([word.places for word in words.values()])
    return Gains(docs, pairs, opening, window)


class _Candidates:
    """The documents to be told apart, by row."""

    def __init__(self, docs: Array, documents: Documents) -> None:
        self._docs, self._documents = docs, documents
        self._rows = np.full(len(documents.live), -1, np.int64)
        self._rows[docs] = np.arange(len(docs))
        self._begins = documents.borders[docs, 1]
        above = documents.lengths[docs, :2].sum(axis=1)
        self._openings = documents.ranking.opening_syllables - above
        self._norms, self._ranking = documents.norms[docs], documents.ranking

    def word(
        self, occurring: Sequence[tuple[float, Occurrences]], fields: frozenset[TextField]
    ) -> _Word:
        """The places of a word, in any of its forms, within ``fields``."""
        parts = [self._places(occurrences) for _, occurrences in occurring]
        places = parts[0] if len(parts) == 1 else np.unique(np.concatenate([_NOWHERE, *parts]))
        if not fields.issuperset(TEXT_FIELDS):
            inside = np.array([name in fields for name in TEXT_FIELDS])
            places = places[inside[self._field(places)]]
        live = self._documents.live
        holding = max((occurrences.holding(live) for _, occurrences in occurring), default=0)
        return _Word(places, idf(holding, self._documents.count, self._ranking))

    def pair(self, before: _Word, after: _Word) -> Array:
        """The score of two words that stand side by side."""
        follows = before.places + 1
        at = np.searchsorted(after.places, follows)
        at[at == len(after.places)] = 0
        found = follows[after.places[at] == follows] if len(after.places) else follows[:0]
        rows, size = found >> _SHIFT, len(self._docs)
        counts = np.bincount(
            rows * len(TEXT_FIELDS) + self._field(found), minlength=size * len(TEXT_FIELDS)
        ).reshape(size, -1)
        holding = int(np.count_nonzero(counts.any(axis=1)))
        rarity = idf(holding, max(size, self._ranking.depth), self._ranking)
        scores: Array = rarity * saturated(counts.astype(np.float64), self._norms, self._ranking)
        return scores

    def opening(self, words: Sequence[_Word]) -> Array:
        """The score of the words in what belongs to the opening of the body, times the share of words there.

        A single one of many words says little of what an article is about.
        """
        scores, found = np.zeros(len(self._docs)), np.zeros(len(self._docs))
        for word in words:
            rows = word.places >> _SHIFT
            offset = (word.places & _POSITION) - self._begins[rows]
            early = rows[(offset >= 0) & (offset < self._openings[rows])]
            counts = np.bincount(early, minlength=len(self._docs))
            scores += word.rarity * counts / (1.0 + counts)
            found += counts > 0
        return scores * found / max(len(words), 1)

    def window(self, words: Sequence[Array]) -> Array:
        """The largest number of different words within a window, by row.

        A place counts a word for all windows that end between it and the word's next place, or the window's
        width; so the sum of these ranges counts the different words of every window.
        """
        most = np.zeros(len(self._docs))
        places = np.concatenate([_NOWHERE, *words])
        if not len(places):
            return most
        order = np.argsort(places, kind="stable")
        following = np.concatenate(
            [
                np.append(word[1:], word[-1] + self._ranking.window_syllables)
                for word in words
                if len(word)
            ]
        )
        until = np.minimum(following, places + self._ranking.window_syllables)[order]
        places = places[order]
        ended = np.bincount(np.searchsorted(places, until), minlength=len(places))
        within = np.cumsum(1 - ended[: len(places)])
        rows = places >> _SHIFT
        firsts = np.flatnonzero(np.diff(rows, prepend=-1))
        most[rows[firsts]] = np.maximum.reduceat(within, firsts)
        return most

    def _places(self, occurrences: Occurrences) -> Array:
        rows = self._rows[occurrences.docs]
        chosen = np.flatnonzero(rows >= 0)
        starts = occurrences.starts[chosen]
        counts = occurrences.starts[chosen + 1] - starts
        at = np.repeat(starts - (np.cumsum(counts) - counts), counts) + np.arange(counts.sum())
        places: Array = np.repeat(rows[chosen] << _SHIFT, counts) | occurrences.positions[at]
        return places

    def _field(self, places: Array) -> Array:
        """The column (0 title, 1 lead, 2 body) in which each place lies."""
        borders = self._documents.borders[self._docs[places >> _SHIFT]]
        columns: Array = ((places & _POSITION)[:, None] >= borders).sum(axis=1)
        return columns
