"""What comes out of reading files."""

from __future__ import annotations

from dataclasses import dataclass

from tintuc_search.archive.base import Incoming


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file in a folder that is of no kind we read."""

    place: str


@dataclass(frozen=True, slots=True)
class Bad:
    """Something that should have held an article and does not: where, and why in one line."""

    place: str
    reason: str


Item = Incoming | Skipped | Bad
