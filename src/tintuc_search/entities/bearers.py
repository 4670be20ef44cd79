"""Whom a title without a name means: who bears it elsewhere in the article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tintuc_search.entities.roles import written

if TYPE_CHECKING:
    from tintuc_search.entities.offices import Office
    from tintuc_search.entities.passage import Passage
    from tintuc_search.entities.roles import Held
    from tintuc_search.entities.tables import Tables


class Bearers:
    """The holders of the offices of one text."""

    def __init__(self, tables: Tables, passage: Passage, held: list[Held]) -> None:
        self._units, self._cast = passage.units, passage.cast
        self._stand_ins, self._highest = tables.offices["stand-in"], tables.part("highest")
        self._holders = {one.office: one.person for one in held}
        self._held = [(self._terms(one.office), one.person) for one in held]

    def holder(self, office: Office) -> str | None:
        """The person whom the text names right there."""
        return self._holders.get(office)

    def bearer(self, office: Office, last: str) -> str | None:
        """The person whose title it is elsewhere, of several ``last``, who spoke before, or the nearest.

        If there is none, the title as written; nothing for a small bare word, which any could be.
        """
        highest = self._standing(office)
        if highest:
            return highest
        terms = self._terms(office)
        persons = {person for held, person in self._held if held[: len(terms)] == terms}
        if persons:
            return last if last in persons else self._nearest(office.first, persons)
        if office.bare and not self._units.caps[office.first]:
            return None
        return written(self._units, office.first, office.after)

    def _standing(self, office: Office) -> str | None:
        """Whom ``nhà lãnh đạo Mỹ`` means: the one person with an office that ends so and is no deputy's."""
        stand_in = self._stand_ins.longest(self._units, office.first)
        if not stand_in or stand_in[0] >= office.after:
            return None
        body = self._units.terms[stand_in[0] : office.after]
        persons = {
            person
            for terms, person in self._held
            if terms[-len(body) :] == body and terms[0] in self._highest
        }
        return persons.pop() if len(persons) == 1 else None

    def _nearest(self, i: int, persons: set[str]) -> str:
        """Who of them is named last before unit ``i``, else first behind it."""
        named = [one for one in self._cast.persons if one.name in persons]
        before = [one.name for one in named if one.first < i]
        return next(iter([*before[-1:], *(one.name for one in named)]), min(persons))

    def _terms(self, office: Office) -> list[str]:
        return self._units.terms[office.first : office.after]
