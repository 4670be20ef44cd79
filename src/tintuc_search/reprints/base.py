"""What the rest of the program asks about reprints."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of an earlier article.

    ``share`` is the part of its text (0 to 1, by syllables) that stands in the original too, ``of_original`` the
    part of the original's text that stands in it: a short report in a long article has 1.0 and 0.5.
    """

    id: str
    share: float
    of_original: float


@dataclass(frozen=True, slots=True)
class Cluster:
    """An article and its copies, earliest first; every copy shares most of its text with the original."""

    original: str
    copies: tuple[Copy, ...]


class Reprints(Protocol):
    """The clusters as they were found last; threads may share it."""

    def cluster_of(self, article_id: str) -> Cluster | None:
        """The cluster that an article belongs to, as original or copy; None where it has no copies."""
        ...

    def originals(self, ids: Iterable[str]) -> Mapping[str, str]:
        """The original of every article of ``ids`` that is in a cluster; an original's is itself."""
        ...

    def clusters(self) -> Iterator[Cluster]:
        """All clusters, the originals in the order of time."""
        ...

    def mark(self) -> int:
        """The change sequence up to which the archive has been seen."""
        ...
