"""The areas that an article names, by level: which province, city or commune it is about."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tintuc_search.entities.base import Kind

if TYPE_CHECKING:
    from tintuc_search.entities.groups import Key
    from tintuc_search.entities.scan import Scan
    from tintuc_search.entities.tables import Tables
    from tintuc_search.entities.units import Units

Area = tuple["Key", str]
"""The terms of an area with its classifier, and how to show it."""

_CITY: Key = ("thành", "phố")


class Areas:
    """Counts how often each area of each level is named in one article."""

    def __init__(self, units: Units, scan: Scan, tables: Tables) -> None:
        self._levels = {tuple(key.split(" ")) for key in tables.part("level")}
        self._cities = tables.part("city")
        self._named: dict[Key, Counter[Area]] = {}
        for found in scan.names:
            if found.kind is not Kind.PERSON and 0 <= found.area < found.after:
                self._count(units, found.area, found.after)

    def main(self, level: Key) -> Area | None:
        """The area of that level that the article names most often; of equals the first."""
        named = self._named.get(level)
        return named.most_common(1)[0][0] if named else None

    def level_at_end(self, key: Key) -> int:
        """How many terms at the end of ``key`` are a bare level (``… tỉnh``); 0 if none is."""
        return next((length for length in (2, 1) if key[-length:] in self._levels), 0)

    def _count(self, units: Units, first: int, after: int) -> None:
        terms = tuple(units.terms[first:after])
        level = next((terms[:length] for length in (2, 1) if terms[:length] in self._levels), None)
        if level and len(terms) > len(level) and units.is_name(first + len(level)):
            shown = units.show(first, after)
            if shown[1:2].islower():  # "Tỉnh" at the beginning of a sentence, but "TP"
                shown = shown[0].lower() + shown[1:]
            self._named.setdefault(level, Counter())[terms, shown] += 1
        elif " ".join(terms) in self._cities:
            area = (_CITY + terms, f"thành phố {units.show(first, after)}")
            self._named.setdefault(_CITY, Counter())[area] += 1
