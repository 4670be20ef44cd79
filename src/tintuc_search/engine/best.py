"""Scoring: of all documents that a request matches, or of those alone that can be among the first.

What is left out is told by MaxScore (Turtle & Flood, "Query evaluation: strategies and optimizations", 1995): words
are looked at by falling weight; none adds more than its weight; so once so many documents as are wanted have more
than all further words could give, a document is looked at again only while it can still reach them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tintuc_search.engine.leaves import LEVELS

if TYPE_CHECKING:
    from tintuc_search.engine.leaves import Found, Matched
    from tintuc_search.engine.postings import Array
    from tintuc_search.engine.snapshot import Documents

_MANY = 4  # times as many documents as are wanted, from which on some are worth leaving out
_FEW = 5000
"""Documents of which it takes no time to find the first."""
_ROUNDING = 1.0 - 1e-4
"""What sums of 32-bit floats may be off by, and much more."""


def score(matched: Matched, mask: Array, docs: Array, documents: Documents) -> Array:
    """The scores of ``docs`` (rising; ``mask`` marks the same): float64 by document, 0 for all others."""
    scores = np.zeros(len(mask))
    gate = np.zeros(len(mask), bool)
    gate[docs] = True
    for found, scored in matched.scoring(mask):
        rows, here = found.docs.rows(docs, gate)
        if scored is not mask:
            inside = np.flatnonzero(scored.take(here))
            rows, here = rows.take(inside), here.take(inside)
        np.add.at(scores, here, found.scores_at(rows, here, documents))
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
    docs = np.flatnonzero(mask)
    if len(docs) <= count * _MANY:
        return docs
    parts = sorted(matched.scoring(mask), key=lambda part: -part[0].weight)
    left = sum(found.weight for found, _ in parts)
    race = _Race(docs, mask, documents, weights, count)
    for found, gate in parts:
        race.add(found, gate)
        left -= found.weight
        race.narrow(left)
    race.narrow(0.0)
    return race.docs


class _Race:
    """The documents that can still be among the first, and their sums so far."""

    def __init__(
        self, docs: Array, mask: Array, documents: Documents, weights: Array | None, count: int
    ) -> None:
        self.docs, self._mask, self._gate = docs, mask, mask
        self._documents, self._weights, self._count = documents, weights, count
        self._sums, self._added = np.zeros(len(mask), np.float32), 0.0
        self._slack = 0.0  # what the sums may be too high by
        self._leaders = docs[:0]

    def add(self, found: Found, scored: Array) -> None:
        """Add what a word gives to those that ``scored`` marks; what is no longer in the race may get it too."""
        self._added += found.weight
        if self._gate is self._mask:
            self._slack += found.weight / LEVELS
            rough, docs = found.rough_scores(self._documents), found.docs.numbers
            if scored is not self._mask:
                rows = np.flatnonzero(scored.take(docs))
                rough, docs = rough.take(rows), docs.take(rows)
            np.add.at(self._sums, docs, rough)
            return
        rows, docs = found.docs.rows(self.docs, self._gate)
        if scored is not self._mask:
            inside = np.flatnonzero(scored.take(docs))
            rows, docs = rows.take(inside), docs.take(inside)
        np.add.at(self._sums, docs, found.scores_at(rows, docs, self._documents).astype(np.float32))

    def narrow(self, left: float) -> None:
        """Leave out what cannot reach the first any more, if all that is still to come adds ``left`` at most."""
        if self._added <= left:
            return
        sums = self._sums.take(self.docs)
        least = self._least(sums, left + self._slack)
        if least is None:
            return
        most = self._weighted(sums + np.float32(left), self.docs)
        self.docs = self.docs[most >= (least - self._slack) * _ROUNDING]
        if len(self.docs) < len(self._gate) // 2:
            self._gate = np.zeros(len(self._mask), bool)
            self._gate[self.docs] = True

    def _least(self, sums: Array, bound: float) -> float | None:
        """What so many documents as are wanted have at least, if that is more than ``bound``.

        Those that were first when this was last reckoned say so, if perhaps too little: they are few to look at.
        """
        if len(self.docs) > _FEW and len(self._leaders):
            leaders = self._weighted(self._sums.take(self._leaders), self._leaders)
            if (least := float(leaders.min())) > bound:
                return least
        now = self._weighted(sums, self.docs)
        rows = np.flatnonzero(now > bound)
        if len(rows) < self._count:
            return None
        ahead = now.take(rows)
        place = len(ahead) - self._count
        least = float(np.partition(ahead, place)[place])
        self._leaders = self.docs.take(rows[ahead >= least])
        return least

    def _weighted(self, scores: Array, docs: Array) -> Array:
        """Scores as they count in the end."""
        if self._weights is None:
            return scores
        weighed: Array = scores * self._weights.take(docs)
        return weighed
