"""How much more often than by chance two entities are named together.

Source: T. Dunning, Accurate Methods for the Statistics of Surprise and Coincidence, Computational Linguistics 19
(1993): the log-likelihood ratio of a 2 × 2 table of articles holds for rare names too, where pointwise mutual
information and chi-square overrate a single meeting.
"""

from __future__ import annotations

from math import log

LEAST_TOGETHER = 2
SURE = 10.83
"""A ratio above it comes by chance less often than once in a thousand (chi-square, one degree of freedom)."""


def log_likelihood(both: int, first: int, second: int, articles: int) -> float:
    """The ratio for two entities in ``first`` and ``second`` of ``articles``, ``both`` in that many.

    Negative where they meet less often than by chance, 0.0 where just as often.
    """
    table = (
        (both, first - both),
        (second - both, articles - first - second + both),
    )
    rows = [sum(row) for row in table]
    columns = [table[0][i] + table[1][i] for i in (0, 1)]
    if min(*rows, *columns) <= 0 or min(min(row) for row in table) < 0:
        return 0.0
    ratio = 2.0 * sum(
        count * log(count * articles / (rows[i] * columns[j]))
        for i, row in enumerate(table)
        for j, count in enumerate(row)
        if count
    )
    return ratio if both * articles >= first * second else -ratio


def expected(first: int, second: int, articles: int) -> float:
    """In how many articles chance would put both."""
    return first * second / articles if articles else 0.0
