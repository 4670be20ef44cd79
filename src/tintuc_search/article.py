"""An article and its parts, as every other part of the program hands it on.

Frozen dataclasses without I/O. All text is NFC, without leading or trailing space.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

VIETNAM = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")
"""The zone of every time shown; Vietnam has had no summer time since 1975, so an offset is enough."""

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
"""Soft hyphens, zero widths, marks of direction, the byte order mark."""

Table = tuple[tuple[str, ...], ...]
"""A table of an article: rows of cell texts."""


@dataclass(frozen=True, slots=True)
class Article:
    """One article as cleaned from its page: what a reader reads, and who wrote it when.

    ``paragraphs`` holds subheads, list items and interview questions in their place. ``authors`` are
    people; the agency a text was taken from is ``origin``. Times are aware; ``None`` where the page
    states none. ``source`` is the paper's name, ``source_id`` the article's own id at that source.
    """

    title: str
    url: str | None = None
    lead: str = ""
    paragraphs: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    published_at: datetime | None = None
    updated_at: datetime | None = None
    authors: tuple[str, ...] = ()
    origin: str | None = None
    source: str | None = None
    source_id: str | None = None
    section: str | None = None

    @property
    def body(self) -> str:
        """The paragraphs, one a line."""
        return "\n".join(self.paragraphs)

    @property
    def text(self) -> str:
        """Title, lead and body, one a line: the text that entity offsets refer to."""
        return "\n".join((self.title, self.lead, *self.paragraphs))

    def fingerprint(self) -> str:
        """A SHA-256 (hex) over all that a reader sees: two equal ones need no new revision.

        What no reader sees is no change: kinds and numbers of spaces, invisible characters, the form of Unicode. Nor is
        a new time of updating alone (many sites give one at every fetch).
        """
        seen = _visible(asdict(self))
        del seen["updated_at"]
        seen["published_at"] = format_time(self.published_at)
        return hashlib.sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest()


def _visible(value: Any) -> Any:
    """A value with each text in it as a reader sees it."""
    if isinstance(value, str):
        return " ".join(unicodedata.normalize("NFC", _INVISIBLE.sub("", value)).split())
    if isinstance(value, dict):
        return {key: _visible(each) for key, each in value.items()}
    return [_visible(each) for each in value] if isinstance(value, tuple) else value


def format_time(moment: datetime | None) -> str | None:
    """Write a moment in ISO 8601 with ``+07:00``, to the second.

    >>> format_time(datetime(2019, 5, 31, 2, 49, tzinfo=timezone.utc))
    '2019-05-31T09:49:00+07:00'
    """
    return moment.astimezone(VIETNAM).isoformat(timespec="seconds") if moment else None


def parse_time(text: str | None) -> datetime | None:
    """Read ISO 8601; a time without a zone is Vietnam's.

    Raises:
        ValueError: it is anything else, or lies outside the years 1 to 9999 in Vietnam.
    """
    if not text:
        return None
    moment = datetime.fromisoformat(text)
    moment = moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)
    try:
        moment.astimezone(VIETNAM)
    except OverflowError as error:
        raise ValueError(f"outside the calendar: {text!r}") from error
    return moment
