"""What a crawler asks of the archive: which addresses are due, and a place to put what came of each.

Called frontier in the field: the edge between what was read and what is still to be read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from tintuc_search.archive.base import Incoming, Outcome


class Kind(StrEnum):
    """What an address is expected to lead to."""

    LISTING = "listing"  # a sitemap or a feed
    SECTION = "section"  # a page whose links are followed
    PAGE = "page"  # an article, if all goes well


class State(StrEnum):
    """What came of an address when it was visited last."""

    NEW = "new"  # not visited yet
    READ = "read"  # a listing was read, an article stored
    COPY = "copy"  # leads to an article that has another address
    REFUSED = "refused"  # no article
    GONE = "gone"  # 404 or 410
    FAILED = "failed"  # no usable answer


@dataclass(frozen=True, slots=True)
class Found:
    """An address that a listing, a page or the list of sources names.

    ``stated_at`` is when it changed last by that listing's word. A ``start`` is due in every run.
    """

    url: str
    kind: Kind = Kind.PAGE
    depth: int = 0
    stated_at: datetime | None = None
    start: bool = False


@dataclass(frozen=True, slots=True)
class Address:
    """An address of the frontier with what is known of it; ``etag`` and ``last_modified`` are its validators."""

    source: str
    key: str
    url: str
    kind: Kind
    state: State
    depth: int
    found_at: datetime
    visited_at: datetime | None
    tries: int
    etag: str | None
    last_modified: str | None
    article_id: str | None


@dataclass(frozen=True, slots=True)
class Visit:
    """What came of a visit, to be stored as one: the address's new state, what it named, its article.

    ``final`` is the address that redirects ended at, if another one; the visited one is then a copy of it.
    ``parts`` are the addresses of an article's further pages, which are no articles.
    ``tried`` says that the failure is the address's own: after some in a row it is given up.
    ``text`` stands for the article's words: two addresses that differ in their query only and have the same words
    are copies. ``same`` says that the page has not changed (304).
    """

    address: Address
    at: datetime
    state: State
    next_at: datetime | None
    status: int | None = None
    etag: str | None = None
    last_modified: str | None = None
    reason: str = ""
    final: str | None = None
    found: Sequence[Found] = field(default=())
    incoming: Incoming | None = None
    text: str | None = None
    parts: Sequence[str] = field(default=())
    same: bool = False
    tried: bool = True


class Frontier(Protocol):
    """The addresses of every source. Every method may raise ArchiveError."""

    def begin(self, source: str, starts: Sequence[Found], at: datetime) -> None:
        """Make the start points of a source due now; what else waits stays as it is."""
        ...

    def due(self, source: str, at: datetime, begun: datetime, limit: int) -> Sequence[Address]:
        """Addresses to visit now: listings before pages, new pages before those seen, long due ones first.

        Those that were visited since ``begun`` wait for the next run, whatever they are due for.
        """
        ...

    def state(self, source: str, url: str) -> State | None:
        """What came of an address of a source; None where it is unknown."""
        ...

    def record(self, visit: Visit) -> Outcome | None:
        """Store a visit, its article too, in one transaction; the article's outcome, None if it was a copy or none."""
        ...

    def waiting(self, source: str, at: datetime) -> int:
        """How many addresses are due."""
        ...
