"""The date histogram as few enough bars to read, each a link to its days."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tintuc_search.engine.base import Bar

MOST_BARS = 36
MOST_TICKS = 14
"""How many bars can each have a name below; with more of them only round ones have."""
HEIGHT = 48
"""Height of the tallest bar, in the chart's own units."""


@dataclass(frozen=True, slots=True)
class ChartBar:
    """A bar: its name (``03/2022`` or ``2022``), first and last day (ISO), count, height.

    ``tick`` is what stands below it on the axis, often nothing.
    """

    label: str
    since: str
    until: str
    count: int
    tick: str = ""
    height: int = 0


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
    length = (last[0] - first[0]) * 12 + last[1] - first[1] + 1
    if length <= MOST_BARS:
        names = _months(first, length)
        bars = [_month(*month, counts.get(month, 0), few=length <= MOST_TICKS) for month in names]
        if length <= MOST_TICKS:
            bars[0] = replace(bars[0], tick=f"{first[1]}/{first[0]}")
        return _scaled(bars)
    years: Counter[int] = Counter()
    for (year, _), count in counts.items():
        years[year] += count
    shown = range(first[0], last[0] + 1)[-MOST_BARS:]
    return _scaled([_year(year, years[year], few=len(shown) <= MOST_TICKS) for year in shown])


def _months(first: tuple[int, int], length: int) -> list[tuple[int, int]]:
    start = first[0] * 12 + first[1] - 1
    return [(number // 12, number % 12 + 1) for number in range(start, start + length)]


def _month(year: int, month: int, count: int, *, few: bool) -> ChartBar:
    start = f"{year:04}-{month:02}"
    tick = f"{month}/{year}" if few and month == 1 else str(month) if few else ""
    if month == 1 and not few:
        tick = str(year)
    last_day = monthrange(year, month)[1]
    return ChartBar(f"{month:02}/{year}", f"{start}-01", f"{start}-{last_day}", count, tick)


def _year(year: int, count: int, *, few: bool) -> ChartBar:
    tick = str(year) if few or year % 5 == 0 else ""
    return ChartBar(str(year), f"{year:04}-01-01", f"{year:04}-12-31", count, tick)


def _scaled(bars: list[ChartBar]) -> list[ChartBar]:
    tallest = max(1, *(bar.count for bar in bars))
    # Rounded up, so that one article is seen beside thousands.
    return [replace(bar, height=-(-bar.count * HEIGHT // tallest)) for bar in bars]
