"""The areas that an article names, by level: which province, city or commune it is about."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from tintuc_search.entities.base import Kind

if TYPE_CHECKING:
    from tintuc_search.entities.groups import Key
    from tintuc_search.entities.scan import Found, Scan
    from tintuc_search.entities.tables import Tables
    from tintuc_search.entities.units import Units

OFTEN = 2
"""So many mentions of a province make it the one that an article is about."""
_CITY: Key = ("thành", "phố")
_PROVINCE: Key = ("tỉnh",)


class Area(NamedTuple):
    """An area with the word for its level (``tỉnh Quảng Nam``): its terms, and how to show it.

    ``bare``, ``bare_shown``: the same as it follows ``Tỉnh ủy``, that is mostly without that word.
    """

    terms: Key
    shown: str
    bare: Key
    bare_shown: str


class Areas:
    """Counts how often each area of each level is named in one article."""

    def __init__(self, units: Units, scan: Scan, tables: Tables) -> None:
        self._units, self._tables = units, tables
        self._levels = {tuple(key.split(" ")) for key in tables.part("level")}
        self._cities = tables.part("city")
        self._named: dict[Key, Counter[Area]] = {}
        self._implied: Counter[Area] = Counter()
        for found in scan.names:
            if found.kind is not Kind.PERSON and 0 <= found.area < found.after:
                self._count(found)

    def main(self, level: Key) -> Area | None:
        """The area of that level that the article names most often; of equals the first.

        A province counts also by its name alone, where it is named often enough and no other as often.
        """
        named = self._named.get(level)
        if named:
            return named.most_common(1)[0][0]
        implied = self._implied.most_common(2) if level == _PROVINCE else []
        if not implied or implied[0][1] < OFTEN:
            return None
        return None if len(implied) > 1 and implied[1][1] == implied[0][1] else implied[0][0]

    def level_at_end(self, key: Key) -> int:
        """How many terms at the end of ``key`` are a bare level (``… tỉnh``); 0 if none is."""
        return next((length for length in (2, 1) if key[-length:] in self._levels), 0)

    def level_of_body(self, key: Key) -> Key | None:
        """The level whose body ``key`` is: that of ``Tỉnh ủy`` is ``tỉnh``; bodies within it keep short."""
        return self._tables.level_bodies.get(key)

    def _count(self, found: Found) -> None:
        units, first, after = self._units, found.area, found.after
        terms = tuple(units.terms[first:after])
        level = next((terms[:length] for length in (2, 1) if terms[:length] in self._levels), None)
        if level and len(terms) > len(level) and units.is_name(first + len(level)):
            self._add(level, self._written(level, first, after))
            return
        shown = units.show(first, after)
        body = self._tables.level_bodies.get(tuple(units.terms[max(0, first - 2) : first]))
        if " ".join(terms) in self._cities:
            self._add(_CITY, Area(_CITY + terms, f"thành phố {shown}", terms, shown))
        elif body and found.kind is Kind.ORGANISATION and units.caps[first]:
            self._add(body, Area(body + terms, f"{' '.join(body)} {shown}", terms, shown))
        elif self._tables.places.longest(units, first, strict=False) == (after, "province"):
            self._implied[Area(_PROVINCE + terms, f"tỉnh {shown}", terms, shown)] += 1

    def _add(self, level: Key, area: Area) -> None:
        self._named.setdefault(level, Counter())[area] += 1

    def _written(self, level: Key, first: int, after: int) -> Area:
        """As the text writes it; numbers and abbreviations keep their level behind a body, too."""
        units, name = self._units, first + len(level)
        terms, shown = tuple(units.terms[first:after]), units.show(first, after)
        if shown[1:2].islower():  # "Tỉnh" at the beginning of a sentence, but "TP"
            shown = shown[0].lower() + shown[1:]
        if units.is_inside(name) or units.terms[name].isdigit():
            return Area(terms, shown, terms, shown)
        return Area(terms, shown, terms[len(level) :], units.show(name, after))
