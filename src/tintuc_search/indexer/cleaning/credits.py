"""Parts a byline into credits: what each person named in it did, without the dates and addresses beside the names."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Literal, TypeAlias

from tintuc_search.indexer.cleaning import dates
from tintuc_search.indexer.cleaning.resources import alternation, words

if TYPE_CHECKING:
    from collections.abc import Iterator

Role: TypeAlias = Literal["writer", "other_work", "taken_from", ""]
"""What a label says of the names behind it; "" before the first one."""

_CONTACT = re.compile(
    r"(?:\b(?:e-?mail|thư điện tử|điện thoại|đt|tel|liên hệ)\s?[:.]?\s?)?"
    r"(?:\S+@\S+|\b(?:https?://|www\.)\S+|(?<!\d)(?:\+?84|0)\d(?:[ .-]?\d){7,9}(?!\d))",
    re.IGNORECASE,
)
_DATELINE = re.compile(r"\btháng\s+\w+(?:\s+năm)?\s+\d{4}", re.IGNORECASE)


def without_contacts(text: str) -> str:
    """A line without e-mail and web addresses and telephone numbers, and the labels before them."""
    return _CONTACT.sub(" ", text)


def without_dates(text: str) -> str:
    """A folded line without dates in figures; nothing of one that states place and day ("Hà Nội, ngày 3 tháng 2 …")."""
    if _DATELINE.search(text):
        return ""
    for moment in reversed(list(dates.find(text))):
        text = f"{text[: moment.start]} ; {text[moment.end :]}"
    return text


def credits_of(text: str) -> Iterator[tuple[Role, str]]:
    """The stretches of a line with the role that the label before each gives: "Ảnh: A - Bài: B" has two."""
    role: Role = ""
    start = 0
    for label in _labels().finditer(text):
        yield role, text[start : label.start()]
        role = _role(label)
        start = label.end()
    yield role, text[start:]


def _role(label: re.Match[str]) -> Role:
    if label["other_work"]:
        return "other_work"
    return "writer" if label["writer"] else "taken_from"


@cache
def _labels() -> re.Pattern[str]:
    """Any label with its colon, at the beginning of a word; the first to begin wins, of those the longest."""
    kinds = "|".join(
        rf"(?P<{kind}>(?:{alternation(words('bylines', kind))})(?=\s?:))"
        for kind in ("other_work", "writer", "taken_from")
    )
    return re.compile(rf"(?<![^\s,;.|/–—-])(?:{kinds})\s?:", re.IGNORECASE)
