"""How numbers, times and addresses are written on a page."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tintuc_search.article import VIETNAM
from tintuc_search.web.explanations import rows
from tintuc_search.web.filters import written
from tintuc_search.web.language import LANGUAGES, language, message
from tintuc_search.web.status import failures

if TYPE_CHECKING:
    from datetime import datetime

    from flask import Flask


def write_number(value: int) -> str:
    """Digits in groups of three: ``8.480`` in Vietnamese, ``8,480`` in English."""
    text = f"{value:,}"
    return text.replace(",", ".") if language() == "vi" else text


def write_decimal(value: float, digits: int = 1) -> str:
    """A number with a few digits behind its point: ``3,1`` in Vietnamese, ``3.1`` in English; no less than it shows.

    What is more than nothing and less than that many digits show is told as less than the least: ``<0,1``.
    """
    least = 10.0**-digits
    text = f"<{least:.{digits}f}" if 0.0 < value < least / 2 else f"{value:.{digits}f}"
    return text.replace(".", ",") if language() == "vi" else text


def write_percent(part: float) -> str:
    """A part of one as ``92 %``; what falls short of all of it is never shown as all."""
    return f"{int(part * 100 + 1e-9)} %"


def write_time(moment: datetime) -> str:
    """A moment in Vietnam's time, day first: ``31/05/2019 09:49``."""
    return f"{moment.astimezone(VIETNAM):%d/%m/%Y %H:%M}"


def write_day(moment: datetime) -> str:
    """A day in Vietnam, day first: ``31/05/2019``."""
    return f"{moment.astimezone(VIETNAM):%d/%m/%Y}"


def write_date(iso: str) -> str:
    """A day given in ISO 8601, day first.

    >>> write_date("2025-07-01")
    '01/07/2025'
    """
    return "/".join(reversed(iso.split("-")))


def iso_day(moment: datetime | None) -> str:
    """The day in Vietnam as a date field of a form takes it; empty for None."""
    return moment.astimezone(VIETNAM).date().isoformat() if moment else ""


def web_address(url: str | None) -> str | None:
    """``url`` if it is one that a link may lead to: http or https with a host."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.hostname else None


def register_formats(app: Flask) -> None:
    """Make the formats, the messages and the language known to the templates."""
    app.jinja_env.filters.update(
        number=write_number,
        decimal=write_decimal,
        percent=write_percent,
        why_rows=rows,
        moment=write_time,
        iso_day=iso_day,
        day=write_day,
        iso_date=write_date,
        web_address=web_address,
        written=written,
        failures=failures,
    )
    app.jinja_env.globals.update(_=message, language=language, languages=LANGUAGES)
