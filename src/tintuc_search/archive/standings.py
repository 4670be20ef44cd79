"""How each source stands: what its crawls did, and when it is crawled next."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from tintuc_search.article import format_time

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from tintuc_search.archive.runs import Run


class SourceState(StrEnum):
    """How a source stands, in one word."""

    FINE = "fine"
    FLAGGED = "flagged"  # gives no articles any more, or half of their text
    FAILING = "failing"  # its newest crawl reached nothing, or ended early
    NEW = "new"  # was never crawled
    OFF = "off"  # switched off in the file
    UNLISTED = "unlisted"  # crawled once, no longer in the file


@dataclass(frozen=True, slots=True)
class Listed:
    """A source as the file names it."""

    key: str
    name: str
    enabled: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """A source with its newest runs, newest first; ``listed`` is None where the file does not name it any more."""

    key: str
    listed: Listed | None
    runs: tuple[Run, ...] = ()

    @property
    def name(self) -> str:
        """What to call it."""
        return self.listed.name if self.listed else self.key

    @property
    def newest(self) -> Run | None:
        """Its newest run."""
        return self.runs[0] if self.runs else None

    @property
    def next_at(self) -> datetime | None:
        """When it is crawled next; None where it never is, or as soon as a crawl begins."""
        crawled = self.listed is not None and self.listed.enabled
        return self.newest.next_at if crawled and self.newest else None

    @property
    def state(self) -> SourceState:
        """How it stands."""
        if self.listed is None:
            return SourceState.UNLISTED
        if not self.listed.enabled:
            return SourceState.OFF
        if self.newest is None:
            return SourceState.NEW
        if self.newest.flag:
            return SourceState.FLAGGED
        return SourceState.FAILING if self.newest.reached_nothing else SourceState.FINE

    def to_json(self, *, runs: bool = True) -> dict[str, Any]:
        """The standing as plain data, with its runs unless told otherwise."""
        plain = {
            "key": self.key,
            "name": self.name,
            "state": self.state.value,
            "flag": self.newest.flag if self.newest else None,
            "last_at": format_time(self.newest.ended_at) if self.newest else None,
            "next_at": format_time(self.next_at),
        }
        return plain | ({"runs": [run.to_json() for run in self.runs]} if runs else {})


def standings(listed: Iterable[Listed], runs: Mapping[str, Sequence[Run]]) -> tuple[Standing, ...]:
    """Every source of the file, then those that only the archive knows, by key."""
    known = {each.key: each for each in listed}
    ordered = (*sorted(known), *sorted(runs.keys() - known.keys()))
    return tuple(Standing(key, known.get(key), tuple(runs.get(key, ()))) for key in ordered)
