"""Dates as papers print and mark them up → moments. Day before month, Vietnam's zone unless another is stated."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from typing import TYPE_CHECKING

from tintuc_search.article import VIETNAM
from tintuc_search.indexer.cleaning.resources import alternation, table, words
from tintuc_search.indexer.cleaning.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

_EARLIEST = 1945
_SHORT_YEAR = 2
_LOOKED_AT = 5000
"""Characters; a date stands in a line, not somewhere in a long text."""
_TOLERANCE = timedelta(days=1)
"""How far ahead of our clock a page may be: papers date tomorrow's issue, and servers' clocks differ."""

_COMPACT = re.compile(
    r"(?:/Date\()?(?P<since>[0-9]{9,10})(?:[0-9]{3})?(?:\)/)?"
    r"|(?P<day>(?:19|20)[0-9]{6})(?:T?(?P<clock>[0-9]{6})(?P<zone>Z|[+-][0-9]{2}:?[0-9]{2})?)?"
)
_ZONE = r"(?P<zone>Z\b|(?:GMT|UTC)?\s*[+-]\s*\d{1,2}(?::?\d{2})?\b|GMT\b|UTC\b)"
_CLOCK = (
    r"(?P<hour{0}>\d{{1,2}})\s*(?::|h|g|giờ)\s*(?P<minute{0}>\d{{2}})(?!\d)"
    r"(?:\s*(?::|phút)\s*(?P<second{0}>\d{{2}})(?![\d/])(?:\.\d+)?|\s*phút)?"
    r"(?:\s*(?P<half{0}>HALVES)(?!\w))?"
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time as stated: ``timed`` is False where only the day is known (the time is then 00:00)."""

    at: datetime
    timed: bool
    start: int = 0
    end: int = 0


def parse(text: str | None, *, now: datetime | None = None) -> Moment | None:
    """The first date in a text, with the time of day beside it; None where there is none that can be.

    A text that is nothing but digits may be seconds or milliseconds since 1970, or a date without separators.

    >>> parse("Thứ sáu, 31/5/2019, 09:49 (GMT+7)").at.isoformat()
    '2019-05-31T09:49:00+07:00'
    """
    text = text or ""
    if compact := _COMPACT.fullmatch(text.strip()):
        return _of_digits(compact, now=now)
    return next(find(text, now=now), None)


def find(text: str, *, now: datetime | None = None) -> Iterator[Moment]:
    """All dates of a text in their order; impossible and future ones are left out."""
    for match in _form().finditer(fold(text[:_LOOKED_AT])):
        moment = _moment(match)
        if moment and _is_possible(moment, now):
            yield moment


def _is_possible(moment: Moment, now: datetime | None) -> bool:
    latest = (now or datetime.now(UTC)) + _TOLERANCE
    return moment.at.year >= _EARLIEST and moment.at <= latest


def _of_digits(compact: re.Match[str], *, now: datetime | None) -> Moment | None:
    """The moment that digits alone state to machines: "1559270947", "20190531", "20190531T094907Z"."""
    try:
        if compact["since"]:
            at = datetime.fromtimestamp(int(compact["since"]), VIETNAM)
            moment = Moment(at, timed=True)
        else:
            clock = compact["clock"] or "000000"
            stated = datetime.strptime(compact["day"] + clock, "%Y%m%d%H%M%S")  # noqa: DTZ007
            at = stated.replace(tzinfo=_zone(compact["zone"])).astimezone(VIETNAM)
            moment = Moment(at, timed=bool(compact["clock"]))
    except (ValueError, OverflowError, OSError):
        return None
    return moment if _is_possible(moment, now) else None


def _moment(match: re.Match[str]) -> Moment | None:
    part = match.groupdict()
    day, month, year = _date(part)
    clock = "1" if part["hour1"] else "2" if part["hour2"] else ""
    hour = _hour(part, clock) if clock else 0
    minute = int(part[f"minute{clock}"]) if clock else 0
    second = int(part[f"second{clock}"] or 0) if clock else 0
    try:
        at = datetime(year, month, day, hour, minute, second, tzinfo=_zone(part["zone"]))
        return Moment(at.astimezone(VIETNAM), bool(clock), match.start(), match.end())
    except (ValueError, OverflowError):
        return None


def _date(part: dict[str, str]) -> tuple[int, int, int]:
    for form in ("iso", "num", "vie", "eng", "vmo"):
        if part[f"{form}_year"]:
            month = part[f"{form}_month"]
            stated = part[f"{form}_year"]
            year = int(stated)
            number = int(month) if month.isdigit() else _months()[fold(month).casefold()]
            return int(part[f"{form}_day"]), number, year + 2000 * (len(stated) == _SHORT_YEAR)
    return 0, 0, 0


def _hour(part: dict[str, str], clock: str) -> int:
    """The hour of 24; "14:05 PM" and "00:01 AM", which no clock shows but papers print, are taken as they stand."""
    hour, half = int(part[f"hour{clock}"]), part[f"half{clock}"]
    noon = 12
    if half and half.casefold() in _folded("afternoon") and hour < noon:
        return hour + noon
    if half and half.casefold() in _folded("morning") and hour == noon:
        return 0
    return hour


def _zone(text: str | None) -> timezone:
    if not text:
        return VIETNAM
    digits = re.search(r"([+-])\s*(\d{1,2}):?(\d{2})?", text)
    if not digits:
        return UTC
    offset = timedelta(hours=int(digits[2]), minutes=int(digits[3] or 0))
    return timezone(-offset if digits[1] == "-" else offset)


@cache
def _folded(key: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in words("dates", key))


@cache
def _months() -> dict[str, int]:
    months: dict[str, int] = table("dates")["months"]
    return {name.casefold(): number for name, number in months.items()}


@cache
def _form() -> re.Pattern[str]:
    """One expression for a date with the clock before or after it and the zone behind; every part is bounded."""
    months = alternation(table("dates")["months"])
    halves = alternation((*words("dates", "morning"), *words("dates", "afternoon")))
    before = _CLOCK.format("1").replace("HALVES", halves)
    after = _CLOCK.format("2").replace("HALVES", halves)
    dates = "|".join(  # noqa: FLY002 - one form a line
        (
            r"(?<![\d/.-])(?P<iso_year>\d{4})[-/](?P<iso_month>\d{1,2})[-/](?P<iso_day>\d{1,2})(?!\d|[-/]\d)",
            r"(?<![\d/.-])(?P<num_day>\d{1,2})\s?[/.-]\s?(?P<num_month>\d{1,2})\s?[/.-]\s?(?P<num_year>\d{4}|\d{2})(?!\d|[/.-]\d)",
            r"(?:ngày\s*)?(?<!\d)(?P<vie_day>\d{1,2})\s+tháng\s+(?P<vie_month>\d{1,2}|MONTHS)\s*(?:,|năm|\s)\s*(?P<vie_year>\d{4})(?!\d)",
            r"(?<!\d)(?P<eng_day>\d{1,2})(?:st|nd|rd|th)?[\s-](?P<eng_month>MONTHS),?[\s-](?P<eng_year>\d{4})(?!\d)",
            r"(?<!\w)(?:tháng\s+)?(?P<vmo_month>MONTHS|(?<=tháng )\d{1,2})\s+(?P<vmo_day>\d{1,2})(?:[snrt][tdh])?(?:,\s*|\s)(?P<vmo_year>\d{4})(?!\d)",  # noqa: E501
        )
    ).replace("MONTHS", months)
    # Between clock and date: "09:49 31/05", "09:49 | Thứ sáu, 31/05", "9h49 ngày 31/5"; T of ISO 8601.
    gap = r"[\s,|()•·–-]{0,6}"
    join = rf"{gap}(?:T|lúc|vào\s+lúc|at)?{gap}"
    week = rf"{gap}(?:(?:thứ|chủ)\s+\w{{2,4}})?{gap}(?:ngày)?{gap}"
    return re.compile(
        rf"(?:(?<![\d:]){before}{week})?(?:{dates})(?:{join}{after})?(?:\s{{0,2}}[(,]?\s?{_ZONE}\)?)?",
        re.IGNORECASE,
    )
