"""Dates written otherwise: "31/5/2019", "31-05-2019", "ngày 31 tháng 5 năm 2019", "31 tháng 5, 2019"; "30/4".

The tokenizer cuts ``31/5/2019``, ``31-5-2019`` and ``31.5.2019`` alike, so only zeros and words differ.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tintuc_search.analysis.base import Rewriting

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tintuc_search.analysis.base import Slots

_DAY, _MONTH, _YEAR = "ngày", "tháng", "năm"
_SHORT = re.compile(r"0?[1-9]|[12][0-9]|3[01]")
_YEARS = re.compile(r"1[89][0-9][0-9]|20[0-9][0-9]")
_MONTHS = 12


class _Date(NamedTuple):
    """A day, a month, a year (not all given) in ``terms[first:last]``."""

    first: int
    last: int
    day: int | None
    month: int
    year: str | None


def date_rewritings(terms: Sequence[str], joined: Sequence[bool]) -> Iterator[Rewriting]:
    """The dates among ``terms`` in their other forms; ``joined[i]``: one sign stands before ``terms[i]``."""
    at = 0
    while at < len(terms):
        date = _date(terms, joined, at)
        if date is None:
            at += 1
            continue
        # With "ngày" and without, for a text may leave it out.
        for first in dict.fromkeys((date.first, at + (terms[at] == _DAY))):
            typed = tuple((term,) for term in terms[first : date.last])
            for slots, text in _forms(date):
                if slots != typed:
                    yield Rewriting(first, date.last, slots, text, "date")
        at = date.last


def _date(terms: Sequence[str], joined: Sequence[bool], at: int) -> _Date | None:
    """The date that begins at ``at``, with the word "ngày" before it."""
    first = at
    if terms[at] == _DAY and at + 1 < len(terms):
        at += 1
    if terms[at] == _MONTH:
        return _month_of_year(terms, joined, first, at + 1) if first == at else None
    day = _number(terms, at)
    if day is None:
        return None
    worded = _term(terms, at + 1) == _MONTH
    month_at = at + 2 if worded else at + 1
    month = _number(terms, month_at, _MONTHS)
    if month is None or not (worded or joined[month_at]):
        return _month_of_year(terms, joined, first, at) if first == at else None
    last, year = _year(terms, month_at + 1)
    return _Date(first, last, day, month, year)


def _month_of_year(
    terms: Sequence[str], joined: Sequence[bool], first: int, at: int
) -> _Date | None:
    month = _number(terms, at, _MONTHS)
    if month is None:
        return None
    last, year = _year(terms, at + 1)
    if year is None or (first == at and not joined[at + 1]):
        return None
    return _Date(first, last, None, month, year)


def _year(terms: Sequence[str], at: int) -> tuple[int, str | None]:
    """The place behind the year at ``at``, and the year; ``at`` and None where there is none."""
    worded = _term(terms, at) == _YEAR
    year = _term(terms, at + 1 if worded else at)
    if not _YEARS.fullmatch(year):
        return at, None
    return at + 1 + worded, year


def _number(terms: Sequence[str], at: int, most: int = 31) -> int | None:
    term = _term(terms, at)
    number = int(term) if _SHORT.fullmatch(term) else 0
    return number if 0 < number <= most else None


def _term(terms: Sequence[str], at: int) -> str:
    return terms[at] if at < len(terms) else ""


def _forms(date: _Date) -> Iterator[tuple[Slots, str]]:
    """A date in figures and in words."""
    day = () if date.day is None else (_figures(date.day),)
    month, year = _figures(date.month), () if date.year is None else ((date.year,),)
    short = "/".join(str(part) for part in (date.day, date.month, date.year) if part is not None)
    yield (*day, month, *year), short
    words = " ".join([*map(str, filter(None, (date.day,))), _MONTH, str(date.month)])
    if date.year is None:
        yield (*day, (_MONTH,), month), words
    else:
        yield (*day, (_MONTH,), month, (_YEAR,), *year), f"{words} {_YEAR} {date.year}"
        yield (*day, (_MONTH,), month, *year), f"{words}, {date.year}"


def _figures(number: int) -> tuple[str, ...]:
    return (str(number), f"0{number}") if number < 10 else (str(number),)  # noqa: PLR2004
