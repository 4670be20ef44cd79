"""Of which province a body or place is whose name does not say so: ``Sở Xây dựng``, ``huyện Châu Thành``."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from tintuc_search.entities.base import Kind
from tintuc_search.entities.divisions import Homes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from tintuc_search.entities.base import Entity
    from tintuc_search.entities.divisions import Divisions
    from tintuc_search.entities.tables import Tables
    from tintuc_search.entities.units import Units

OFTEN = 2
"""So many mentions of a province, and so many times those of any other, make it the article's."""
FARTHEST = 7
"""So many units behind a place its province may stand: ``Bình An, huyện Long Mẫu, tỉnh Hậu Giang``."""
LONGEST = 5
_WIDE = frozenset(["country", "region", "foreign"])


class Span(NamedTuple):
    """Units ``first`` to ``after``."""

    first: int
    after: int


class Provinces:
    """Tells bodies and places of one name apart by province; holds nothing between texts."""

    def __init__(self, tables: Tables, divisions: Divisions) -> None:
        self._tables, self._divisions = tables, divisions
        self._bodies = tables.part("provincial")
        self._cities = tables.part("city")
        self._levels, self._districts = tables.part("level"), tables.part("district")

    def settle(
        self, units: Units, found: Mapping[Kind, tuple[Entity, ...]]
    ) -> dict[Kind, tuple[Entity, ...]]:
        """The same entities, with the province of those that need one and have one."""
        settled = dict(found)
        named = {
            kind: [(entity, _spans(units, entity)) for entity in found[kind]]
            for kind in (Kind.PLACE, Kind.ORGANISATION)
        }
        seen = sorted(self._sightings(units, named))
        if seen:
            surroundings = Surroundings(units, seen, self._divisions.province_now)
            for kind, tell in ((Kind.PLACE, self._of_place), (Kind.ORGANISATION, self._of_body)):
                settled[kind] = tuple(
                    replace(entity, note=area)
                    if (area := tell(units, entity, spans, surroundings))
                    else entity
                    for entity, spans in named[kind]
                )
        return settled

    def _sightings(
        self, units: Units, named: Mapping[Kind, list[tuple[Entity, list[Span]]]]
    ) -> Iterator[tuple[int, str]]:
        """Where which province is named: itself, at a body's end, or by a district that no other has."""
        provinces = self._divisions.provinces
        for _, spans in named[Kind.PLACE]:
            key = _key(units, spans[0])
            province = provinces.get(key) or provinces.get(f"thành phố {key}")
            if province is None and key in self._divisions.homes:
                province = self._only(units, key, spans)
            if province:
                yield from ((span.first, province) for span in spans)
        for _, spans in named[Kind.ORGANISATION]:
            for span in spans:
                province = self._at_end(units, span)
                if province:
                    yield span.first, province

    def _only(self, units: Units, key: str, spans: list[Span]) -> str:
        """The province with the only district of a name; ``quận Ba Đình``, though there are communes of that name."""
        homes = self._divisions.homes[key]
        if len(homes.districts) != 1:
            return ""
        sure = len(homes.provinces) == 1 or any(self._is_called_district(units, s) for s in spans)
        return homes.districts[0] if sure else ""

    def _is_called_district(self, units: Units, span: Span) -> bool:
        return any(
            " ".join(units.terms[max(0, span.first - length) : span.first]) in self._districts
            for length in (1, 2)
        )

    def _at_end(self, units: Units, span: Span) -> str | None:
        """The province that a body's name ends with; a city's first leader has given his name to many."""
        for k in range(max(span.first + 1, span.after - LONGEST), span.after):
            province = self._divisions.provinces.get(_key(units, Span(k, span.after)))
            if province:
                return province
        return None

    def _of_place(self, units: Units, _: Entity, spans: list[Span], around: Surroundings) -> str:
        """A district's or commune's province, where several have one of the name."""
        key = _key(units, spans[0])
        homes = self._homes(key)
        if not homes:
            return ""
        only = self._only(units, key, spans)
        if only:
            return only
        listed = self._tables.places.longest(units, spans[0].first, strict=False)
        if listed and listed[0] == spans[0].after and listed[1] in _WIDE:
            return ""
        return around.of(spans, homes)

    def _homes(self, key: str) -> Homes | None:
        """The homes of a name, where several provinces have a division of it and none is it."""
        homes = self._divisions.homes.get(key)
        several = homes and len(homes.provinces) > 1 and key not in self._divisions.provinces
        return homes if several else None

    def _of_body(
        self, units: Units, entity: Entity, spans: list[Span], around: Surroundings
    ) -> str:
        """The province of a body that every province has, or of a district that several have."""
        span = max(spans, key=lambda span: span.after - span.first)
        level = self._level(units, span)
        if level is None:
            return self._of_part(units, span, spans, around)
        last = self._divisions.name_key(entity.name.rsplit(maxsplit=1)[-1])
        if last != units.terms[span.after - 1]:
            return ""  # the article itself has told it: "UBND tỉnh Quảng Nam"
        return around.main(spans, self._may_be(level))

    def _level(self, units: Units, span: Span) -> str | None:
        """``tỉnh`` or ``thành phố`` of a body that ends with it, empty for one of any; None for all others."""
        terms = units.terms[span.first : span.after]
        for level in ("tỉnh", "thành phố"):
            if " ".join(terms).endswith(f" {level}"):
                return level
        body = self._tables.level_bodies.get(tuple(terms[-2:]))
        if body and body[0] in {"tỉnh", "thành"}:
            return " ".join(body)
        if terms[0] in self._bodies and len(terms) > 1:
            return None if self._has_place(units, span) else ""
        return None

    def _has_place(self, units: Units, span: Span) -> bool:
        for k in range(span.first + 1, span.after):
            listed = self._tables.places.longest(units, k, strict=False)
            if listed and units.caps[k] and listed[0] == span.after:
                return True
        return False

    def _may_be(self, level: str) -> Callable[[str], bool]:
        """Which provinces a level fits: six are cities."""
        key = self._divisions.name_key
        if level == "tỉnh":
            return lambda province: key(province) not in self._cities
        if level:
            return lambda province: key(province) in self._cities
        return lambda _: True

    def _of_part(self, units: Units, span: Span, spans: list[Span], around: Surroundings) -> str:
        """``UBND huyện Châu Thành``: of the province whose district that is."""
        for k in range(span.after - 2, span.first, -1):
            for length in (1, 2):
                level = " ".join(units.terms[k : k + length])
                if level in self._levels:
                    homes = self._homes(_key(units, Span(k + length, span.after)))
                    if homes and level in self._districts and homes.districts:
                        homes = Homes(homes.districts)
                    if homes and len(homes.provinces) > 1:
                        return around.of(spans, homes)
        return ""


class Surroundings:
    """Which provinces an article names where: ``seen`` gives units and provinces in order."""

    def __init__(
        self, units: Units, seen: list[tuple[int, str]], now: Callable[[str], str]
    ) -> None:
        self._seen, self._now = seen, now
        self._firsts = [first for first, _ in seen]
        self._lines = [i for i, gap in enumerate(units.gaps) if "\n" in gap]
        self._counts = Counter(province for _, province in seen)
        self._count = units.count

    def of(self, spans: list[Span], homes: Homes) -> str:
        """The one of ``homes`` that is named right behind, else in the same line, else in the article.

        Only where it is right behind, one that has a division of the name since 2025 and had none: nobody knows
        here when an article was written.
        """
        every = frozenset(homes.provinces)
        behind: set[str] = set()
        for span in spans:
            seen = self._within(span.after, span.after + FARTHEST)
            behind |= next(
                filter(None, (self._fitting([each], every) for each in seen)), frozenset()
            )
        if len(behind) == 1:
            return behind.pop()
        older = every - frozenset(homes.present) or every
        if not behind:
            line = self._fitting(self._in_lines(spans), older)
            if len(line) == 1:
                return next(iter(line))
        counts: Counter[str] = Counter()
        for province, count in self._counts.items():
            for home in self._fitting([province], older):
                counts[home] += count
        return _clear(counts, least=1)

    def main(self, spans: list[Span], fits: Callable[[str], bool]) -> str:
        """The province that the article is about, else the only one in the lines of ``spans``."""
        counts = Counter({p: count for p, count in self._counts.items() if fits(p)})
        clear = _clear(counts, least=OFTEN)
        if clear:
            return clear
        line = {province for province in self._in_lines(spans) if fits(province)}
        return line.pop() if len(line) == 1 else ""

    def _fitting(self, provinces: Iterable[str], homes: frozenset[str]) -> frozenset[str]:
        """The homes that are one of the provinces, else have become part of one."""
        named = frozenset(provinces)
        same = homes & named
        return same or frozenset(home for home in homes if self._now(home) in named)

    def _within(self, first: int, after: int) -> list[str]:
        """The provinces named in units ``first`` to ``after`` of one line, in order."""
        end = min(after, self._end_of_line(max(first - 1, 0)))
        start = bisect_left(self._firsts, first)
        return [province for _, province in self._seen[start : bisect_left(self._firsts, end)]]

    def _in_lines(self, spans: list[Span]) -> list[str]:
        found: list[str] = []
        for span in spans:
            line = bisect_right(self._lines, span.first) - 1
            found += self._within(self._lines[line], self._count)
        return found

    def _end_of_line(self, unit: int) -> int:
        after = bisect_right(self._lines, unit)
        return self._lines[after] if after < len(self._lines) else self._count


def _clear(counts: Counter[str], *, least: int) -> str:
    """The one counted often enough, and often as many times as any other; empty where none is."""
    ranked = counts.most_common(2)
    if not ranked or ranked[0][1] < least:
        return ""
    return ranked[0][0] if len(ranked) == 1 or ranked[0][1] >= OFTEN * ranked[1][1] else ""


def _spans(units: Units, entity: Entity) -> list[Span]:
    starts = units.starts
    return [Span(bisect_left(starts, m.start), bisect_left(starts, m.end)) for m in entity.mentions]


def _key(units: Units, span: Span) -> str:
    return " ".join(units.terms[span.first : span.after])
