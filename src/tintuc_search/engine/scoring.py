"""BM25F: how much a match counts, by the constants of :mod:`tintuc_search.ranking`.

The formula is the simple BM25F of Robertson & Zaragoza, "The Probabilistic Relevance Framework: BM25 and
Beyond" (2009), section 3.6: a term's frequencies in the fields, each divided by the field's length
normalisation and multiplied by the field's weight, are summed before the saturation.
"""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tintuc_search.engine.postings import Array
    from tintuc_search.ranking import Ranking


def norms(lengths: Array, live: Array, ranking: Ranking) -> Array:
    """What one occurrence counts for, by document and field.

    Args:
        lengths: int64 ``[n, 3]``, syllables of title, lead, body.
        live: bool ``[n]``; only these make the average length.
        ranking: the constants.

    Returns:
        float64 ``[n, 3]``.
    """
    count = max(int(np.count_nonzero(live)), 1)
    return norms_by(lengths, lengths[live].sum(axis=0) / count, ranking)


def norms_by(lengths: Array, averages: Array | Sequence[float], ranking: Ranking) -> Array:
    """The same where the ``averages`` of the three lengths are known; one of 0 is taken for 1."""
    result = np.empty(lengths.shape, np.float64)
    for column, constants in enumerate(ranking.fields):
        ratio = lengths[:, column] / (float(averages[column]) or 1.0)
        result[:, column] = constants.weight / (1.0 - constants.b + constants.b * ratio)
    return result


def idf(matching: int, count: int, ranking: Ranking) -> float:
    """The weight of a term that ``matching`` of ``count`` documents hold; above 0 (while no more than all do)."""
    plain = log(1.0 + (count - matching + 0.5) / (matching + 0.5))
    return float(plain**ranking.rarity)


def saturated(frequencies: Array, norm: Array, ranking: Ranking) -> Array:
    """Scores before idf, 0 to 1, from frequencies and norms, both float64 ``[n, 3]``."""
    weighted = frequencies * norm
    total = weighted[:, 0] + weighted[:, 1] + weighted[:, 2]
    scores: Array = total / (ranking.k1 + total)
    return scores


def aged(days: Array, ranking: Ranking) -> Array:
    """What age leaves of a score, from 1 down to ``1 - recency``; ``days`` (float64 ``[n]``) may be infinite."""
    kept: Array = 1.0 - ranking.recency * (1.0 - np.exp2(-days / ranking.half_life))
    return kept
