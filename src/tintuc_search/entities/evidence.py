"""Whether a name of two syllables is a person's or a place's, where its shape allows both.

``Lâm Hải``, ``Sơn Giang`` begin with a family name. The words around every mention decide, each with a
weight; the shape of the name itself counts as a little.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tintuc_search.analysis.vi.spelling import is_syllable
from tintuc_search.entities.base import Kind
from tintuc_search.entities.groups import Key, key_of
from tintuc_search.entities.places import COMMON_START
from tintuc_search.entities.scan import OFFICES

if TYPE_CHECKING:
    from tintuc_search.entities.places import Shapes
    from tintuc_search.entities.scan import Found, Scan
    from tintuc_search.entities.tables import Tables
    from tintuc_search.entities.units import Units

ENOUGH = 2
"""The sum of weights from which on a name is a place."""
STRONG, WEAK = 2, 1


class Evidence:
    """Made with the lists; holds nothing between texts."""

    def __init__(self, tables: Tables, shapes: Shapes) -> None:
        self._tables = tables
        self._inside = tables.part("whereabouts")
        self._where = tables.part("locative") | tables.part("direction")
        self._owned = tables.part("of-place")
        self._people = tables.part("of-place-or-person")
        self._says = tables.part("saying")
        self._shapes = shapes

    def settle(self, units: Units, scan: Scan) -> None:
        """Turn persons of ``scan`` that are places into places, and into the areas of bodies."""
        weights = self._weights(units, scan)
        places = {key for key, weight in weights.items() if weight >= ENOUGH}
        if not places:
            return
        names = [
            replace(found, kind=Kind.PLACE, area=found.first)
            if found.kind is Kind.PERSON and key_of(units, found) in places
            else found
            for found in scan.names
        ]
        scan.names = _with_areas(units, names, places)

    def _weights(self, units: Units, scan: Scan) -> dict[Key, int]:
        weights: dict[Key, int] = {}
        before = [None, *scan.names]
        after = [*scan.names[1:], None]
        for found, left, right in zip(scan.names, before, after, strict=False):
            if found.kind is Kind.PERSON and self._is_open(units, found):
                key = key_of(units, found)
                lacking = bool(left and self._lacks(units, left, found))
                weight = self._of_neighbours(units, found, left, right)
                weight += STRONG if lacking else self._of_context(units, found)
                weights[key] = weights.get(key, self._of_shape(key, scan, units)) + weight
        return weights

    def _is_open(self, units: Units, found: Found) -> bool:
        """Whether the name could be a place's at all."""
        terms = units.terms[found.first : found.after]
        return len(terms) == 2 and all(map(is_syllable, terms))  # noqa: PLR2004

    def _of_shape(self, key: Key, scan: Scan, units: Units) -> int:
        families = self._tables.family_names.get(key[0], ())
        weight = WEAK if self._shapes.is_place(key) or not families else 0
        if "vi" in families and not self._shapes.is_start(key[0], often=2 * COMMON_START):
            weight -= WEAK if self._shapes.is_start(key[0]) else STRONG
        ends_person = any(
            found.kind is Kind.PERSON
            and found.after - found.first > len(key)
            and tuple(units.terms[found.after - len(key) : found.after]) == key
            for found in scan.names
        )
        return weight - 2 * STRONG if ends_person else weight

    def _of_context(self, units: Units, found: Found) -> int:
        weight = {
            "address": -2 * STRONG,
            "byline": -2 * STRONG,
            "office": -WEAK,
            "post": -WEAK,
            "local": STRONG,
        }
        total = weight.get(found.titled, 0)
        if found.first and units.spaced[found.first]:
            total += self._of_words_before(units, found)
        if found.after < units.count and units.spaced[found.after]:
            total -= WEAK * (units.terms[found.after] in self._says)
        return total

    def _of_words_before(self, units: Units, found: Found) -> int:
        one = units.terms[found.first - 1]
        before = {one, " ".join(units.terms[max(0, found.first - 2) : found.first])}
        if before & self._owned:
            return STRONG
        if before & self._people:  # some of them are read as titles
            return STRONG + WEAK if found.titled in OFFICES else WEAK
        if found.titled:
            return 0
        return STRONG if one in self._inside else WEAK if one in self._where else 0

    def _of_neighbours(
        self, units: Units, found: Found, left: Found | None, right: Found | None
    ) -> int:
        """``Hà Nội, Lâm Hải``, ``xã Bình Mỹ (Châu Phú)``, ``Lâm Hải (Bình Định)``."""
        weight = 0
        if left and left.after == found.first and left.kind is not Kind.PERSON:
            gap = units.gaps[found.first]
            end = units.ends[found.after - 1]
            if gap == " (" and units.text[end : end + 1] == ")" and left.area < left.after:
                weight += STRONG
            elif left.kind is Kind.PLACE and gap in {", ", " - ", ") - "}:
                weight += WEAK
        if right and right.kind is Kind.PLACE and right.area == found.after:
            weight += WEAK * (units.gaps[found.after] in {", ", " ("})
        return weight

    def _lacks(self, units: Units, body: Found, found: Found) -> bool:
        """Whether ``found`` stands where a body wants its area: ``Ban Thường vụ Thành ủy Lâm Hải``."""
        if body.kind is not Kind.ORGANISATION or body.area < body.after:
            return False
        if body.after != found.first or not units.spaced[found.first]:
            return False
        for k in range(body.first, body.after):
            head = self._tables.heads.longest(units, k)
            if head and head[0] == body.after and "area" in head[1]:
                listed = self._tables.organisations.longest(units, k)
                return listed is None or listed[1] != "capital"  # "Quốc hội" has none
        return False


def _with_areas(units: Units, names: list[Found], places: set[Key]) -> list[Found]:
    """One of ``places`` right behind a body without an area is its area: ``Thành ủy Lâm Hải``."""
    kept: list[Found] = []
    for found in names:
        last = kept[-1] if kept else None
        if (
            last
            and last.kind is Kind.ORGANISATION
            and last.area == last.after == found.first
            and units.spaced[found.first]
            and found.kind is Kind.PLACE
            and key_of(units, found) in places
        ):
            kept[-1] = replace(last, after=found.after, area=found.first)
        else:
            kept.append(found)
    return kept
