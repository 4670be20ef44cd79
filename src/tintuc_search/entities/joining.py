"""Which of the names found in an article are names of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tintuc_search.entities.base import Entity, Kind, Mention
from tintuc_search.entities.bodies import Bodies
from tintuc_search.entities.foreigners import Foreigners
from tintuc_search.entities.groups import Groups, Key, key_of
from tintuc_search.entities.known_areas import find_known_areas
from tintuc_search.entities.people import join_persons
from tintuc_search.entities.scan import Found

if TYPE_CHECKING:
    from tintuc_search.entities.scan import Scan
    from tintuc_search.entities.tables import Tables
    from tintuc_search.entities.units import Units


def join(units: Units, scan: Scan, tables: Tables) -> dict[Kind, tuple[Entity, ...]]:
    """The entities of each kind, in the order of their first mention."""
    groups: dict[Kind, Groups] = {kind: {} for kind in Kind}
    for found in scan.names:
        groups[found.kind].setdefault(key_of(units, found), []).append(found)
    find_known_areas(units, scan, tables, groups[Kind.PLACE])
    _free_persons(scan, groups)
    _free_places(groups)
    bodies = Bodies(units, scan, tables)
    bodies.join(groups[Kind.ORGANISATION])
    loose = [found for found in scan.loose if units.terms[found.first] not in scan.aliases]
    Foreigners(units, scan.names, tables).join(loose, groups[Kind.PERSON])
    join_persons(units, loose, groups[Kind.PERSON])
    _read_headlines(units, scan, groups)
    return {
        kind: tuple(_entities(units, kind, of_kind, bodies.told))
        for kind, of_kind in groups.items()
    }


def _entities(units: Units, kind: Kind, groups: Groups, told: dict[Key, str]) -> list[Entity]:
    entities = [_entity(units, kind, found, told.get(key, "")) for key, found in groups.items()]
    return sorted(entities, key=lambda entity: entity.mentions[0].start)


def _entity(units: Units, kind: Kind, found: list[Found], told: str) -> Entity:
    """``told`` is the name that other names of the article tell together."""
    places = sorted({(units.starts[f.first], units.ends[f.after - 1]) for f in found})
    most = max(f.after - f.first for f in found)
    shown = [units.show(f.first, f.after) for f in found if f.after - f.first == most]
    # The fullest form; of two as full, the one not all in capitals, then the one met first.
    name = max([*shown, told], key=lambda name: (len(name.split()), not name.isupper()))
    is_credit = all(f.titled == "byline" for f in found)
    mentions = tuple(Mention(start, end) for start, end in places)
    return Entity(kind, name, mentions, is_credit=is_credit)


def _free_persons(scan: Scan, groups: dict[Kind, Groups]) -> None:
    """A foreign word guessed to be a place for its preposition may be a person named elsewhere."""
    named = {term for key in groups[Kind.PERSON] for term in key}
    for key in [key for key in groups[Kind.PLACE] if len(key) == 1 and key[0] in named]:
        found = groups[Kind.PLACE][key]
        if all(one.titled == "guess" for one in found):
            scan.loose.extend(Found(Kind.PERSON, one.first, one.after) for one in found)
            del groups[Kind.PLACE][key]


def _free_places(groups: dict[Kind, Groups]) -> None:
    """``Lâm Hải`` has the shape of a person's name, but elsewhere it is ``thành phố Lâm Hải``."""
    for key in groups[Kind.PLACE].keys() & groups[Kind.PERSON].keys():
        if not any(found.titled in {"address", "byline"} for found in groups[Kind.PERSON][key]):
            groups[Kind.PLACE][key].extend(groups[Kind.PERSON].pop(key))


def _read_headlines(units: Units, scan: Scan, groups: dict[Kind, Groups]) -> None:
    """In a line of capitals only, names that the rest of the article names."""
    by_first: dict[str, list[tuple[Key, Kind]]] = {}
    known = [(key, kind) for kind, of_kind in groups.items() for key in of_kind if len(key) > 1]
    for key, kind in sorted(known, key=lambda entry: -len(entry[0])):
        by_first.setdefault(key[0], []).append((key, kind))
    for first, after in scan.headlines:
        i = first
        while i < after:
            i = _read_headline(units, i, by_first, groups)


def _read_headline(
    units: Units, i: int, by_first: dict[str, list[tuple[Key, Kind]]], groups: dict[Kind, Groups]
) -> int:
    for key, kind in by_first.get(units.terms[i], ()):
        after = i + len(key)
        if tuple(units.terms[i:after]) == key:
            groups[kind][key].append(Found(kind, i, after))
            return after
    return i + 1
