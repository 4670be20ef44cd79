"""BM25F: how much a match counts; every constant of it stands here.

The formula is the simple BM25F of Robertson & Zaragoza, "The Probabilistic Relevance Framework: BM25 and
Beyond" (2009), section 3.6: a term's frequencies in the fields, each divided by the field's length
normalisation and multiplied by the field's weight, are summed before the saturation.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING

import numpy as np

from tintuc_search.engine.base import TextField

if TYPE_CHECKING:
    from tintuc_search.engine.postings import Array


@dataclass(frozen=True, slots=True)
class FieldScoring:
    """How much an occurrence in a field counts, and how far (0 to 1) the field's length lessens it."""

    weight: float
    b: float


K1 = 1.2
FIELDS = {
    TextField.TITLE: FieldScoring(weight=3.0, b=0.4),
    TextField.LEAD: FieldScoring(weight=1.5, b=0.5),
    TextField.BODY: FieldScoring(weight=1.0, b=0.7),
}


def norms(lengths: Array, live: Array) -> Array:
    """What one occurrence counts for, by document and field.

    Args:
        lengths: int64 ``[n, 3]``, syllables of title, lead, body.
        live: bool ``[n]``; only these make the average length.

    Returns:
        float64 ``[n, 3]``.
    """
    count = max(int(np.count_nonzero(live)), 1)
    result = np.empty(lengths.shape, np.float64)
    for column, constants in enumerate(FIELDS.values()):
        average = int(lengths[live, column].sum()) / count or 1.0
        ratio = lengths[:, column] / average
        result[:, column] = constants.weight / (1.0 - constants.b + constants.b * ratio)
    return result


def idf(matching: int, count: int) -> float:
    """The weight of a term that ``matching`` of ``count`` documents hold; above 0."""
    return log(1.0 + (count - matching + 0.5) / (matching + 0.5))


def saturated(frequencies: Array, norm: Array) -> Array:
    """Scores before idf, 0 to 1, from frequencies and norms, both float64 ``[n, 3]``."""
    weighted = frequencies * norm
    total = weighted[:, 0] + weighted[:, 1] + weighted[:, 2]
    scores: Array = total / (K1 + total)
    return scores
