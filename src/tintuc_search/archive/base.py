"""What the rest of the program asks of the archive: the record of truth.

The SQL behind it is in :mod:`tintuc_search.archive.store`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from tintuc_search.article import Article


@dataclass(frozen=True, slots=True)
class RawPage:
    """The page as it came, byte for byte."""

    content: bytes
    media_type: str = "text/html"


@dataclass(frozen=True, slots=True)
class Incoming:
    """An article on its way into the archive.

    ``place`` says where it came from (``path`` or ``path:line``) and, if there is neither URL nor own id, names it
    together with the source.

    ``from_file`` says that it was read from a file. Such a file says the same whenever it is imported, so what it
    once said is no news; what is read live is, even where it is an older wording that has come back.

    ``captured_at`` says when its page was seen, if not now. One that was captured before the newest text was seen
    last becomes an older revision.
    """

    article: Article
    place: str
    raw: RawPage | None = None
    from_file: bool = False
    captured_at: datetime | None = None


class Outcome(StrEnum):
    """What became of an incoming article."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REMOVED = "removed"  # taken down before; the tombstone refuses it


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article as stored, in its newest revision.

    ``gone_at`` is when its page was first found to be no longer there (404, 410); None while it is, as far as known.
    """

    id: str
    article: Article
    revision: int
    sequence: int
    first_seen: datetime
    last_seen: datetime
    gone_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Revision:
    """One text of an article over its life; ``number`` from 1."""

    number: int
    article: Article
    first_seen: datetime
    last_seen: datetime


@dataclass(frozen=True, slots=True)
class Change:
    """An article that changed: ``stored`` is None where it was removed."""

    sequence: int
    id: str
    stored: StoredArticle | None


class Archive(Protocol):
    """Keeps every article, every revision, the raw pages and a strictly rising change sequence.

    Every method may raise :class:`~tintuc_search.errors.ArchiveError`.
    """

    def put(self, batch: Sequence[Incoming]) -> Sequence[tuple[str, Outcome]]:
        """Store a batch in one transaction; ids and outcomes in the batch's order."""
        ...

    def get(self, article_id: str) -> StoredArticle | None:
        """The article, or None if unknown or removed."""
        ...

    def get_many(self, ids: Iterable[str]) -> dict[str, StoredArticle]:
        """The articles of these ids; unknown ones are left out."""
        ...

    def changes(self, after: int, limit: int) -> Sequence[Change]:
        """The newest state of articles whose change sequence is above ``after``, rising, at most ``limit``."""
        ...

    def latest(self) -> int:
        """The highest change sequence given so far, 0 at first."""
        ...

    def revisions(self, article_id: str) -> Sequence[Revision]:
        """All texts of an article, oldest first. Raises NotFound."""
        ...

    def raw(self, article_id: str, revision: int | None = None) -> RawPage | None:
        """The raw page of a revision (the newest if None)."""
        ...

    def remove(self, article_id: str, reason: str = "") -> None:
        """Take an article down: texts and raw pages go, a tombstone stays. Raises NotFound."""
        ...

    def mark_gone(self, url: str, at: datetime) -> str | None:
        """Note that the page at ``url`` is no longer there since ``at``, if an article is known by it; its id.

        The article stays as it is, and findable. The mark goes when its page is seen again later.
        """
        ...

    def everything(self) -> Iterator[StoredArticle]:
        """All articles in the order of their ids, in constant memory."""
        ...

    def count(self) -> int:
        """The number of articles."""
        ...

    def backup(self, target: Path) -> None:
        """Write a consistent copy to a new file while others go on writing."""
        ...

    def close(self) -> None:
        """Release connections."""
        ...
