"""Scoring: of all documents that a request matches, or of those alone that can be among the first.

What is left out is told by MaxScore (Turtle & Flood, "Query evaluation: strategies and optimizations", 1995): words
are looked at by falling weight; none adds more than its weight; so once so many documents as are wanted have more
than all further words could give, a document is looked at again only while it can still reach them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tintuc_search.engine import loops
from tintuc_search.engine.leaves import LEVELS

if TYPE_CHECKING:
    from tintuc_search.engine.leaves import Found, Matched
    from tintuc_search.engine.postings import Array
    from tintuc_search.engine.snapshot import Documents

_MANY = 4  # times as many documents as are wanted, from which on some are worth leaving out
_ROUNDING = 1.0 - 1e-4
"""What sums of 32-bit floats may be off by, and much more."""


def score(matched: Matched, mask: Array, docs: Array, documents: Documents) -> Array:
    """The scores of ``docs`` (rising; ``mask`` marks the same): float64 by document, 0 for all others."""
    scores = np.zeros(len(mask))
    for found, scored in matched.scoring(mask):
        found.add_scores(scores, docs, None if scored is mask else scored, documents)
    return scores


def best(
    matched: Matched,
    mask: Array,
    documents: Documents,
    weights: Array | None,
    count: int,
) -> Array:
    """The documents of ``mask`` that can be among the first ``count`` by score, and perhaps some more.

    Args:
        matched: what scores.
        mask: the documents that the request matches: bool, by document.
        documents: the table of all documents.
        weights: what each document's score is multiplied by, 0 to 1: float64, by document; None for nothing.
        count: how many are wanted.

    Returns:
        int64, rising. All with the score of the last that is wanted are among them.
    """
    docs = loops.sets.numbers(mask)
    if len(docs) <= count * _MANY:
        return docs
    parts = sorted(matched.scoring(mask), key=lambda part: -part[0].weight)
    left = sum(found.weight for found, _ in parts)
    race = _Race(docs, mask, documents, weights, count)
    for found, gate in parts:
        race.add(found, gate)
        left -= found.weight
        if race.work >= len(race.docs):  # else to narrow takes longer than what it may save
            race.narrow(left)
    race.narrow(0.0)
    return race.docs


class _Race:
    """The documents that can still be among the first, and their sums so far."""

    def __init__(
        self, docs: Array, mask: Array, documents: Documents, weights: Array | None, count: int
    ) -> None:
        self.docs, self._mask = docs, mask
        self._all = True  # whether so many are left that a word is added to all that hold it
        self._documents, self._weights, self._count = documents, weights, count
        self._sums, self._added = np.zeros(len(mask), np.float32), 0.0
        self._slack = 0.0  # what the sums may be too high by
        self.work = 0  # what was added since it was narrowed down, in documents

    def add(self, found: Found, scored: Array) -> None:
        """Add what a word gives to those that ``scored`` marks; what is no longer in the race may get it too."""
        gate = None if scored is self._mask else scored
        self._added += found.weight
        self.work += len(found.docs if self._all else self.docs)
        if self._all:
            self._slack += found.weight / LEVELS
            found.add_rough(self._sums, gate, self._documents)
        else:
            found.add_scores(self._sums, self.docs, gate, self._documents)

    def narrow(self, left: float) -> None:
        """Leave out what cannot reach the first any more, if all that is still to come adds ``left`` at most."""
        if self._added <= left:
            return
        self.work = 0
        bound = left + self._slack
        least = loops.scores.threshold(self._sums, self.docs, self._weights, bound, self._count)
        if least is None:
            return
        bound = (least - self._slack) * _ROUNDING
        self.docs = loops.scores.reaching(self._sums, self.docs, self._weights, left, bound)
        self._all = self._all and len(self.docs) > len(self._mask) // 2
