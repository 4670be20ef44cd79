"""Takes the scores of a few documents apart again, with the very numbers that they were made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tintuc_search.engine.explanation import Closeness, Contribution, Explanation
from tintuc_search.engine.postings import TEXT_FIELDS
from tintuc_search.engine.scoring import saturated

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tintuc_search.engine.base import Leaf
    from tintuc_search.engine.leaves import Found, Matched
    from tintuc_search.engine.nearness import Gains
    from tintuc_search.engine.postings import Array
    from tintuc_search.engine.snapshot import Documents


@dataclass(frozen=True, slots=True)
class Weights:
    """What every score is multiplied by: float64 by document each, None for nothing.

    ``recency`` is what age leaves of it, ``demotion`` what is left where a document shall come after the others.
    """

    recency: Array | None = None
    demotion: Array | None = None

    def all(self) -> Array | None:
        """Both in one."""
        if self.recency is None or self.demotion is None:
            return self.demotion if self.recency is None else self.recency
        product: Array = self.recency * self.demotion
        return product


def explain(
    matched: Matched,
    gains: Gains | None,
    weights: Weights,
    docs: Sequence[int],
    documents: Documents,
) -> list[Explanation]:
    """Explain the scores of ``docs``, in their order.

    Args:
        matched: what the query matched.
        gains: what nearness added, where it was looked at.
        weights: what the scores were multiplied by.
        docs: the documents.
        documents: the table of all documents.
    """
    numbers = np.array(docs, np.int64)
    recency, demotion = (
        np.ones(len(numbers)) if each is None else each[numbers]
        for each in (weights.recency, weights.demotion)
    )
    kept = recency * demotion
    given: list[list[Contribution]] = [[] for _ in docs]
    for leaf, found, rows in _scored(matched, numbers, np.arange(len(numbers))):
        shares = _contributions(leaf, found, numbers[rows], kept[rows], documents)
        for row, contribution in zip(rows.tolist(), shares, strict=True):
            if contribution.score:
                given[row].append(contribution)
    near = {} if gains is None else {doc: row for row, doc in enumerate(gains.docs.tolist())}
    factors = zip(recency.tolist(), demotion.tolist(), strict=True)
    return [
        Explanation(
            tuple(contributions),
            _closeness(gains, near[doc], age * rank) if gains is not None and doc in near else None,
            age,
            rank,
        )
        for doc, (age, rank), contributions in zip(docs, factors, given, strict=True)
    ]


def _scored(matched: Matched, docs: Array, rows: Array) -> Iterator[tuple[Leaf, Found, Array]]:
    """The leaves that scored for any of ``docs``, and for which rows of it: as :meth:`Matched.score` goes."""
    rows = rows[matched.mask[docs[rows]]]
    if not len(rows):
        return
    if matched.leaf is not None and matched.found is not None:
        yield matched.leaf, matched.found, rows
    for part in matched.parts:
        yield from _scored(part, docs, rows)


def _contributions(
    leaf: Leaf, found: Found, docs: Array, kept: Array, documents: Documents
) -> Iterator[Contribution]:
    """What a leaf gave to each of ``docs``, all of which it matches."""
    ranking = documents.ranking
    counts = found.counts_at(np.searchsorted(found.docs.numbers, docs))
    norms = documents.norms[docs]
    scores = found.weight * saturated(counts, norms, ranking) * kept
    weighted = counts * norms
    sums = weighted.sum(axis=1)
    shares = weighted * (scores / np.where(sums > 0.0, sums, 1.0))[:, None]
    rarity = found.weight / leaf.boost if leaf.boost > 0.0 else 0.0
    for score, row, share in zip(scores.tolist(), counts.tolist(), shares.tolist(), strict=True):
        yield Contribution(
            leaf,
            score,
            rarity,
            {name: each for name, each in zip(TEXT_FIELDS, row, strict=True) if each},
            {name: each for name, each in zip(TEXT_FIELDS, share, strict=True) if each},
        )


def _closeness(gains: Gains, row: int, kept: float) -> Closeness:
    parts = (gains.pairs[row], gains.opening[row], gains.window[row])
    return Closeness(*map(float, parts)).times(kept)
