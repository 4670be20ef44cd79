"""Areas that bodies and classifiers of an article name, found where they stand by their bare names.

After ``Chủ tịch UBND xã Đồng Mẫu``, ``Đồng Mẫu`` is a place in the whole article.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tintuc_search.entities.base import Kind
from tintuc_search.entities.scan import Found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tintuc_search.entities.groups import Groups, Key
    from tintuc_search.entities.scan import Scan
    from tintuc_search.entities.tables import Tables
    from tintuc_search.entities.units import Units


def find_known_areas(units: Units, scan: Scan, tables: Tables, places: Groups) -> None:
    """Put such mentions into the groups of places."""
    known = {key for key in places if len(key) > 1} | set(_areas(units, scan, tables))
    by_first: dict[str, list[Key]] = {}
    for key in sorted(known, key=len, reverse=True):
        by_first.setdefault(key[0], []).append(key)
    taken: set[int] = set()
    for i, term in enumerate(units.terms):
        if term not in by_first or not units.caps[i]:
            continue
        taken = taken or {k for found in scan.names for k in range(found.first, found.after)}
        for key in by_first[term]:
            after = i + len(key)
            if tuple(units.terms[i:after]) == key and _is_free(units, i, after, taken):
                places.setdefault(key, []).append(Found(Kind.PLACE, i, after, area=i))
                break


def _areas(units: Units, scan: Scan, tables: Tables) -> Iterator[Key]:
    """The bare names of the areas of bodies: two syllables or more, in capitals."""
    for found in scan.names:
        if found.kind is not Kind.ORGANISATION or not 0 <= found.area < found.after:
            continue
        classified = tables.classifiers.longest(units, found.area)
        first = classified[0] if classified else found.area
        if found.after - first > 1 and all(units.caps[first : found.after]):
            yield tuple(units.terms[first : found.after])


def _is_free(units: Units, first: int, after: int, taken: set[int]) -> bool:
    """Whether these are capitals for themselves, of no other name."""
    if not taken.isdisjoint(range(first, after)) or not all(units.caps[first:after]):
        return False
    goes_on = units.goes_on(after) or (first > 0 and units.goes_on(first) and units.caps[first - 1])
    return not goes_on and all(units.spaced[first + 1 : after])
