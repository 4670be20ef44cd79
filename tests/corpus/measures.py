"""Measures of a ranking against graded judgments.

A ranking is a sequence of keys, best first; judgments are grades by key: 2 what was sought, 1 useful, 0 or
absent not relevant. Each measure lies between 0 and 1, and needs one relevant key at least.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

Grades = Mapping[str, int]


def ndcg(ranking: Sequence[str], grades: Grades, depth: int = 10) -> float:
    """The gain of the first ``depth`` results, discounted by rank, as a share of the best possible.

    ``DCG = Σ (2^grade - 1) / log2(rank + 1)``, rank from 1; nDCG divides it by the DCG of the judged keys in
    the order of their grades. Source: Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR
    techniques", ACM TOIS 20 (2002); the exponential gain: Burges et al., "Learning to rank using gradient
    descent", ICML 2005.
    """
    best = sorted(grades.values(), reverse=True)
    return _dcg([grades.get(key, 0) for key in ranking[:depth]]) / _dcg(best[:depth])


def _dcg(gains: Sequence[int]) -> float:
    return math.fsum((2**gain - 1) / math.log2(rank + 1) for rank, gain in enumerate(gains, 1))


def reciprocal_rank(ranking: Sequence[str], grades: Grades, depth: int = 10) -> float:
    """One through the rank of the first relevant result; 0 if there is none in the first ``depth``.

    Its mean over queries is MRR. Source: Voorhees, "The TREC-8 question answering track report", 1999.
    """
    ranks = (rank for rank, key in enumerate(ranking[:depth], 1) if grades.get(key, 0) > 0)
    return 1 / next(ranks, math.inf)


def recall(ranking: Sequence[str], grades: Grades, depth: int = 20) -> float:
    """The share of the relevant keys that stand in the first ``depth`` results.

    Source: Manning, Raghavan and Schütze, "Introduction to Information Retrieval" (2008), section 8.3.
    """
    relevant = {key for key, grade in grades.items() if grade > 0}
    return len(relevant & set(ranking[:depth])) / len(relevant)


MEASURES = {"ndcg@10": ndcg, "mrr@10": reciprocal_rank, "recall@20": recall}
"""The measures that floors hold, by the name they have there."""
