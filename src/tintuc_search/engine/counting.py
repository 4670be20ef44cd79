"""Counting what a request matched: facets and the bars of a date histogram."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tintuc_search.engine.base import Bar, FacetCount, Interval
from tintuc_search.engine.snapshot import UNDATED

if TYPE_CHECKING:
    from tintuc_search.engine.postings import Array
    from tintuc_search.engine.snapshot import Documents, Keywords

_MONDAY = 3
"""What to add to a day since 1970-01-01, a Thursday, so that 7 divides Mondays."""


def count_keywords(keywords: Keywords, mask: Array, limit: int) -> tuple[FacetCount, ...]:
    """Count the keywords of the documents in ``mask`` (bool, by document), the most frequent first."""
    if limit <= 0:
        return ()
    counts = keywords.counts(mask)
    codes, others = keywords.frequent
    if _least(counts[codes], limit) <= others:  # any other may be among the first too
        codes = np.flatnonzero(counts)
    codes = codes[counts[codes] >= max(_least(counts[codes], limit), 1)]
    ids = keywords.vocabulary.ids
    facets = sorted((-int(counts[code]), ids[code]) for code in codes.tolist())
    return tuple(FacetCount(keyword, -count) for count, keyword in facets[:limit])


def _least(counts: Array, limit: int) -> int:
    """The ``limit``-th largest count, 0 where there are fewer."""
    return int(np.partition(counts, -limit)[-limit]) if len(counts) >= limit else 0


def count_dates(documents: Documents, mask: Array, interval: Interval) -> tuple[Bar, ...]:
    """Count the documents in ``mask`` by the day, week, month or year of their date; empty bars are left out."""
    days = documents.days[mask & (documents.published != UNDATED)]
    if interval is Interval.WEEK:
        days = days - (days + _MONDAY) % 7
    begins = days.astype("datetime64[D]")
    if interval is Interval.MONTH:
        begins = begins.astype("datetime64[M]").astype("datetime64[D]")
    elif interval is Interval.YEAR:
        begins = begins.astype("datetime64[Y]").astype("datetime64[D]")
    bars, counts = np.unique(begins, return_counts=True)
    return tuple(Bar(str(bar), int(count)) for bar, count in zip(bars, counts, strict=True))
