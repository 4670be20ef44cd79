"""What one pass over an article finds, before names of one are joined."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tintuc_search.entities.base import Kind


OFFICES = frozenset(["local", "office", "post"])
"""The titles that say in what office a person is."""


@dataclass(frozen=True, slots=True)
class Found:
    """A name of units ``first`` to ``after``.

    ``titled``: what stood before a person's name: ``address`` (ông), ``office``, ``local`` (trưởng
    thôn: the name may be the village's), ``post`` (giám đốc: or the firm's), ``byline``, nothing; of a
    place ``guess`` where only a preposition told it. ``area``: the unit where the area of a body
    begins, ``after`` if it has none; of a place, the unit where its classifier begins.
    """

    kind: Kind
    first: int
    after: int
    titled: str = ""
    area: int = -1


@dataclass(slots=True)
class Scan:
    """All names, and capitals that only the rest of the article can explain.

    ``loose`` are runs of capitals that nothing explained; ``aliases`` the abbreviations that the text
    itself puts in brackets behind a body's name, with that name;
    ``headlines`` ranges of units in lines written in capitals only.
    """

    names: list[Found] = field(default_factory=list)
    loose: list[Found] = field(default_factory=list)
    aliases: dict[str, Found] = field(default_factory=dict)
    headlines: list[tuple[int, int]] = field(default_factory=list)
