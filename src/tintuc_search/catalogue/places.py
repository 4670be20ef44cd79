"""Which administrative divisions a place's name is of, what they were part of, what came before and after each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tintuc_search.catalogue.base import Belonging, Succession
from tintuc_search.catalogue.keys import BORDER
from tintuc_search.catalogue.rows import entries, known_number
from tintuc_search.entities.base import Kind
from tintuc_search.entities.divisions import Homes, Level

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence

    from tintuc_search.catalogue.base import EntityEntry
    from tintuc_search.catalogue.keys import Keys
    from tintuc_search.entities.divisions import Division, Divisions

MOST = 20
"""Of the divisions of a common name so many are told, the widest first."""


def divisions_of(
    connection: sqlite3.Connection, keys: Keys, number: int
) -> tuple[tuple[Belonging, ...], bool]:
    """The divisions of a place, and whether it is unsure which of them articles mean."""
    (root,) = connection.execute("SELECT root FROM entities WHERE number = ?", (number,)).fetchone()
    name, _, area = root.partition(BORDER)
    known = keys.divisions
    found = known.of(keys.spelling(name))
    if area:
        found = [each for each in found if _lies_in(each, known.provinces.get(area, ""), known)]
    else:
        # "Bình Dương" is the province, though communes elsewhere have the name.
        found = [each for each in found if each.level is Level.PROVINCE] or found
    homes = known.homes.get(keys.spelling(name), Homes())
    is_unsure = not area and len(homes.provinces) > 1 and found[0].level is not Level.PROVINCE
    links = _Links(connection, keys, number)
    return tuple(
        Belonging(
            each.title,
            each.level.value,
            each.within,
            each.since,
            each.until,
            tuple(links.of(each)),
        )
        for each in found[:MOST]
    ), is_unsure


def _lies_in(each: Division, province: str, known: Divisions) -> bool:
    return each.province == province or (
        bool(each.since) and each.province == known.province_now(province)
    )


class _Links:
    """The entities of divisions, where articles name them; none for the place ``own`` itself."""

    def __init__(self, connection: sqlite3.Connection, keys: Keys, own: int) -> None:
        self._connection, self._keys, self._known = connection, keys, keys.divisions
        self._own = own

    def of(self, each: Division) -> Iterator[Succession]:
        """What a division was made of and what came of it."""
        earlier, later = self._known.before(each), self._known.after(each)
        found = self._entities((*earlier, *later))
        for division in earlier:
            yield Succession(
                found.get(division), division.title, division.until or each.since, later=False
            )
        for division in later:
            yield Succession(found.get(division), division.title, each.until, later=True)

    def _entities(self, divisions: Sequence[Division]) -> dict[Division, EntityEntry]:
        numbers = {each: self._number(each) for each in divisions}
        known = entries(self._connection, set(filter(None, numbers.values())) - {self._own})
        return {each: known[number] for each, number in numbers.items() if number in known}

    def _number(self, each: Division) -> int | None:
        keys = self._keys
        name = keys.divisions.name_key(each.title)
        if each.level is Level.PROVINCE:
            roots: Iterable[str] = [keys.canonical(Kind.PLACE, each.title)]
        else:
            homes = self._known.homes.get(name, Homes()).provinces
            roots = [keys.canonical(Kind.PLACE, name, each.province)]
            roots += [keys.canonical(Kind.PLACE, name)] if len(homes) == 1 else []
        ids = (keys.id_of(Kind.PLACE, root) for root in roots)
        return next((n for i in ids if (n := known_number(self._connection, i)) is not None), None)
