"""The date histogram as few enough bars to read, each a link to its days."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tintuc_search.engine.base import Bar

MOST_BARS = 36
HEIGHT = 48
"""Height of the tallest bar, in the chart's own units."""


@dataclass(frozen=True, slots=True)
class ChartBar:
    """A bar: its label (``03/2022`` or ``2022``), first and last day (ISO), count, height."""

    label: str
    since: str
    until: str
    count: int
    height: int


def chart(months: Sequence[Bar]) -> list[ChartBar]:
    """Bars for every month from the first to the last; every year where months would be too many.

    >>> from tintuc_search.engine.base import Bar
    >>> [(bar.label, bar.count) for bar in chart([Bar("2020-11-01", 2), Bar("2021-01-01", 1)])]
    [('11/2020', 2), ('12/2020', 0), ('01/2021', 1)]
    """
    if not months:
        return []
    counts = {(int(bar.start[:4]), int(bar.start[5:7])): bar.count for bar in months}
    first, last = min(counts), max(counts)
    if (last[0] - first[0]) * 12 + last[1] - first[1] < MOST_BARS:
        return _scaled([_month(*month, counts.get(month, 0)) for month in _months(first, last)])
    years: Counter[int] = Counter()
    for (year, _), count in counts.items():
        years[year] += count
    return _scaled(
        [
            ChartBar(str(year), f"{year}-01-01", f"{year}-12-31", years[year], 0)
            for year in range(first[0], last[0] + 1)[-MOST_BARS:]
        ]
    )


def _months(first: tuple[int, int], last: tuple[int, int]) -> list[tuple[int, int]]:
    start, end = first[0] * 12 + first[1] - 1, last[0] * 12 + last[1] - 1
    return [(number // 12, number % 12 + 1) for number in range(start, end + 1)]


def _month(year: int, month: int, count: int) -> ChartBar:
    last_day = monthrange(year, month)[1]
    start = f"{year:04}-{month:02}"
    return ChartBar(f"{month:02}/{year}", f"{start}-01", f"{start}-{last_day}", count, 0)


def _scaled(bars: list[ChartBar]) -> list[ChartBar]:
    tallest = max(bar.count for bar in bars)
    return [
        ChartBar(
            bar.label, bar.since, bar.until, bar.count, -(-bar.count * HEIGHT // max(tallest, 1))
        )
        for bar in bars
    ]
