"""Entities in the making."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tintuc_search.catalogue.grouping import Root


@dataclass(frozen=True, slots=True)
class Name:
    """A way to write a name, as stored."""

    number: int
    text: str
    note: str
    spelling: str
    indexed: str
    canonical: str
    folded: str
    articles: int


@dataclass(slots=True)
class Draft:
    """An entity in the making: its names, each in all articles (None) or in some.

    ``told`` is the note that articles give its names; ``note`` that of one of several bearers, of whom ``articles``
    tell, the earliest first. ``ids`` are those of others that an editor merged into it.
    """

    root: Root
    note: str = ""
    parts: list[tuple[Sequence[Name], frozenset[int] | None]] = field(default_factory=list)
    renamed: str = ""
    id: str = ""
    number: int = 0
    roots: list[Root] = field(default_factory=list)
    told: str = ""
    articles: list[str] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)

    def names(self) -> list[Name]:
        """All names, each once."""
        if len(self.parts) == 1:  # as of nearly all
            return list(self.parts[0][0])
        return list(dict.fromkeys(name for names, _ in self.parts for name in names))


def note_of(names: Iterable[Name], root: Root) -> str:
    """The note that tells an entity from others of its name, where its articles give one."""
    return next((name.note for name in names if name.note and name.canonical == root[1]), "")


def untold(told: str, shown: str, forms: Iterable[tuple[Name, int]]) -> str:
    """That note, unless the name shown says it already."""
    return told if any(name.text == shown and name.note for name, _ in forms) else ""
