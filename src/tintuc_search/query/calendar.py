"""Days, weeks, months, quarters and years: the one that holds a day, those before it, the last few."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum

Days = tuple[date, date]
"""A first and a last day, both inclusive."""


class Unit(StrEnum):
    """The periods of a calendar."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


_MONTHS = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12}
_DAYS = {Unit.DAY: 1, Unit.WEEK: 7}


def relative(unit: Unit, steps: int, today: date) -> Days:
    """The period that is ``steps`` of its kind after (before, if negative) the one of ``today``.

    Raises:
        ValueError, OverflowError: it lies beyond the years 1 to 9999.
    """
    if unit in _DAYS:
        first = today - timedelta(today.weekday()) if unit is Unit.WEEK else today
        first += timedelta(_DAYS[unit]) * steps
        return first, first + timedelta(_DAYS[unit] - 1)
    length = _MONTHS[unit]
    number = (today.year * 12 + today.month - 1) // length * length + steps * length
    return _month(number)[0], _month(number + length - 1)[1]


def last(unit: Unit, count: int, today: date) -> Days:
    """The last ``count`` days, weeks, months or years, ending today; errors as :func:`relative`."""
    if count < 1:
        raise ValueError(count)
    if unit in _DAYS:
        return today - timedelta(_DAYS[unit] * count - 1), today
    start, end = _month(today.year * 12 + today.month - 1 - _MONTHS[unit] * count)
    return start.replace(day=min(today.day, end.day)) + timedelta(1), today


def stated(year: int, month: int | None = None, day: int | None = None, quarter: int = 0) -> Days:
    """A day, a month, a quarter (1 to 4) or a year; ValueError if there is none such."""
    if quarter:
        return date(year, 3 * quarter - 2, 1), _month(year * 12 + 3 * quarter - 1)[1]
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if day is None:
        return date(year, month, 1), _month(year * 12 + month - 1)[1]
    return date(year, month, day), date(year, month, day)


def _month(number: int) -> Days:
    """The days of a month, counted from that of the year 0."""
    year, month = number // 12, number % 12 + 1
    first = date(year, month, 1)
    return first, first.replace(day=monthrange(year, month)[1])
