"""What comes out of reading files."""

from __future__ import annotations

from dataclasses import dataclass

from tintuc_search.archive.base import Incoming


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file in a folder that is of no kind we read, or a record of a capture that is no page.

    ``reason`` says of a record why, in few words to count by; a file has none.
    """

    place: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Bad:
    """Something that should have held an article and does not: where, and why in one line."""

    place: str
    reason: str


Item = Incoming | Skipped | Bad
