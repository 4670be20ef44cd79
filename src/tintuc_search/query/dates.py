"""The dates of a query: ``31/5/2019``, ``31-5-2019``, ``2019-05-31``, ``5/2019``, ``tháng 5/2019``, ``2019``."""

from __future__ import annotations

import calendar
import re
from datetime import date

# The letters with marks may be composed or not.
_DAY, _MONTH, _YEAR = r"ng(?:à|a\u0300?)y", r"th(?:á|a\u0301?)ng", r"n(?:ă|a\u0306?)m"
_SEPARATOR = r"\s*[/.\-]\s*"
_NUMBER, _LONG = "[0-9]{1,2}", "[0-9]{4}"
_OF_MONTH = rf"(?:{_SEPARATOR}|\s*{_MONTH}\s*)(?P<m>{_NUMBER})"
_OF_YEAR = rf"(?:{_SEPARATOR}|\s*{_YEAR}\s*)(?P<y>{_LONG})"
_FORMS = (
    rf"(?P<y>{_LONG})-(?P<m>{_NUMBER})-(?P<d>{_NUMBER})",
    rf"(?:{_DAY}\s*)?(?P<d>{_NUMBER}){_OF_MONTH}{_OF_YEAR}",
    rf"(?P<y>{_LONG})-(?P<m>{_NUMBER})",
    rf"(?:{_MONTH}\s*)?(?P<m>{_NUMBER}){_OF_YEAR}",
    rf"(?:{_YEAR}\s*)?(?P<y>{_LONG})",
)
_END = r"(?=$|[\s()|\"“”„‟«»])"
_PATTERNS = tuple(re.compile(form + _END, re.IGNORECASE) for form in _FORMS)


def read_date(text: str, start: int) -> tuple[date, date, int] | None:
    """Read the date that begins at ``start``.

    Returns:
        Its first and last day (a month or a year has several) and where it ends; None if there is none or
        it is impossible, such as 31/2/2019.
    """
    for pattern in _PATTERNS:
        found = pattern.match(text, start)
        if found:
            days = _days(**{key: int(value) for key, value in found.groupdict().items()})
            return None if days is None else (*days, found.end())
    return None


def _days(y: int, m: int | None = None, d: int | None = None) -> tuple[date, date] | None:
    try:
        if m is None:
            return date(y, 1, 1), date(y, 12, 31)
        last = d or calendar.monthrange(y, m)[1]
        return date(y, m, 1 if d is None else d), date(y, m, last)
    except (ValueError, calendar.IllegalMonthError):
        return None
