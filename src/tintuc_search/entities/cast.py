"""Who and what is named at which unit of a text, after names of one were joined."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from tintuc_search.entities.base import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tintuc_search.entities.base import Entity
    from tintuc_search.entities.units import Units


class Named(NamedTuple):
    """Units ``first`` to ``after`` name the entity ``name``."""

    first: int
    after: int
    kind: Kind
    name: str


class Cast:
    """``at``, ``ending``, ``within``: the naming that begins at a unit, ends before it, covers it.

    ``persons`` are the namings of persons in the order of the text.
    """

    def __init__(self, units: Units, entities: Iterable[Entity]) -> None:
        self._units = units
        backwards = range(units.count - 1, -1, -1)
        self._unit_at = dict(zip(reversed(units.starts), backwards, strict=True))
        self.at: dict[int, Named] = {}
        self.ending: dict[int, Named] = {}
        self.within: dict[int, Named] = {}
        for entity in entities:
            for mention in entity.mentions:
                self._add(entity, mention.start, mention.end)
        self.persons = sorted(named for named in self.at.values() if named.kind is Kind.PERSON)
        self._person_firsts = [named.first for named in self.persons]

    def last_person(self, before: int) -> Named | None:
        """The person named last before a unit."""
        at = bisect_left(self._person_firsts, before)
        return self.persons[at - 1] if at else None

    def person_within(self, first: int, before: int) -> Named | None:
        """The person named last in units ``first`` to ``before``."""
        named = self.last_person(before)
        return named if named and named.first >= first else None

    def _add(self, entity: Entity, start: int, end: int) -> None:
        first = self._unit_at.get(start)
        if first is None:
            return
        after = bisect_left(self._units.starts, end, first)
        named = Named(first, after, entity.kind, entity.name)
        self.at[first] = self.ending[after] = named
        for i in range(first, after):
            self.within[i] = named
