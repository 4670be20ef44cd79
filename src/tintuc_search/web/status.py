"""How the archive is filled: its size, and how each source stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tintuc_search.archive.standings import SourceState
from tintuc_search.web.language import language, messages
from tintuc_search.web.state import services

if TYPE_CHECKING:
    from tintuc_search.archive.runs import Run
    from tintuc_search.archive.standings import Standing

WORRYING = frozenset({SourceState.FLAGGED, SourceState.FAILING})
"""States that somebody must look at; shown first."""


@dataclass(frozen=True, slots=True)
class Status:
    """What the page shows: ``readable`` says whether the file of sources could be read."""

    articles: int
    sources: tuple[Standing, ...]
    readable: bool

    @property
    def worrying(self) -> int:
        """Sources that somebody must look at."""
        return sum(each.state in WORRYING for each in self.sources)


def read_status(runs: int) -> Status:
    """The present state, with the newest ``runs`` of every source; what is wrong comes first."""
    found, readable = services().status(runs)
    ordered = sorted(found, key=lambda each: each.state not in WORRYING)
    return Status(services().archive.count(), tuple(ordered), readable)


def status_json(runs: int) -> dict[str, Any]:
    """The present state as plain data, the sources by key."""
    found, readable = services().status(runs)
    sources = [each.to_json() for each in found]
    for run in (run for source in sources for run in source["runs"]):
        # What is wrong with files and databases is not for the world.
        run["ended_early"] = run.pop("error") is not None
    return {
        "articles": services().archive.count(),
        "sources_readable": readable,
        "sources": sources,
    }


def failures(run: Run) -> list[tuple[str, int]]:
    """Why addresses of a run gave no usable answer, in the reader's language, and how often; most frequent first."""
    counts = run.tally.get("failed", {})
    return [
        (write_reason(reason), count)
        for reason, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    ]


def write_reason(reason: str) -> str:
    """A reason in the reader's language, or as the crawler says it (``HTTP 500``)."""
    return messages(language()).get(f"reason_{key_of(reason)}", reason)


def key_of(reason: str) -> str:
    """The part of a message's key that stands for a reason.

    >>> key_of("robots.txt unavailable")
    'robots_txt_unavailable'
    """
    return "".join(sign if sign.isalnum() else "_" for sign in reason)
