"""The administrative divisions of Vietnam before and after 1 July 2025, and what became of each.

Until then a province had districts and these had communes; since then 34 provinces have communes alone. Districts are
gone, most communes were merged, and one could be divided among several.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from tintuc_search.analysis.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

PROVINCES, DISTRICTS = "province_successors.tsv", "district_successors.tsv"
COMMUNES = "communes_before.tsv"
REFORM = "2025-07-01"
"""The day on which districts ended and the present communes began."""
_TYPES = (
    "Thành phố ", "Thị xã ", "Thị trấn ", "Đặc khu ", "Quận ", "Huyện ", "Phường ", "Xã ",
)  # fmt: skip


class Level(StrEnum):
    """How wide a division is."""

    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"


@dataclass(frozen=True, slots=True)
class Division:
    """A province, district or commune, with the district and province that it is or was of.

    ``title``: with its type, a province's without (``Quận 1``, ``Bến Tre``). ``since`` and ``until`` are days (ISO) of
    our lists, empty for one that is older, or that still is.
    """

    title: str
    level: Level
    province: str
    district: str = ""
    since: str = ""
    until: str = ""

    @property
    def within(self) -> tuple[str, ...]:
        """Of what it is a part, the nearest first."""
        if self.level is Level.PROVINCE:
            return ()
        return (self.district, self.province) if self.district else (self.province,)


class Homes(NamedTuple):
    """The provinces with a division of a name; of these the ones with a district of it, and with none before 2025."""

    provinces: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    present: tuple[str, ...] = ()


@lru_cache(maxsize=2)
def known_divisions(key: Callable[[str], str]) -> Divisions:
    """The divisions by the keys that ``key`` makes, once for all that ask with the same one."""
    return Divisions(key)


class Divisions:
    """All divisions by name; read when first asked for. ``key`` makes equal spellings of a name equal."""

    def __init__(self, key: Callable[[str], str]) -> None:
        self._key = key

    @cached_property
    def provinces(self) -> dict[str, str]:
        """The usual name of each province, before and since, by key."""
        names = [name for row in self._of_provinces for name in row[:2]]
        names += [province for province, *_ in self._rows]
        return {self._key(name): name for name in dict.fromkeys(names)}

    @cached_property
    def homes(self) -> dict[str, Homes]:
        """By key of a name: the provinces with a division of it, those with a district of it, those with none before.

        A present commune in what was another province is at home there where that had one of the name: ``Vũng Tàu``.
        """
        found: dict[str, tuple[dict[str, None], dict[str, None]]] = {}
        for title, level, province in self._before_reform():
            provinces, districts = found.setdefault(self.name_key(title), ({}, {}))
            provinces[province] = None
            if level is Level.DISTRICT:
                districts[province] = None
        present: dict[str, dict[str, None]] = {}
        for title, province in self._present():
            key = self.name_key(title)
            provinces, _ = found.setdefault(key, ({}, {}))
            if province not in map(self.province_now, provinces):
                present.setdefault(key, {})[province] = None
        return {
            key: Homes(
                (*provinces, *present.get(key, ())), tuple(districts), tuple(present.get(key, ()))
            )
            for key, (provinces, districts) in found.items()
        }

    def name_key(self, title: str) -> str:
        """The key of a title without its type, which only a number keeps: as articles name a place."""
        name = next((title[len(each) :] for each in _TYPES if title.startswith(each)), title)
        return self._key(title if name[:1].isdigit() else name)

    def province_now(self, province: str) -> str:
        """The province that one has become part of; itself where it has not."""
        after = self._province_after.get(province)
        return self.province_now(after[0]) if after else province

    def of(self, name: str) -> Sequence[Division]:
        """The divisions of a name, by key: the widest first, then by province and title."""
        return self._by_key.get(name, ())

    def before(self, division: Division) -> Sequence[Division]:
        """What a division was made of, or took in."""
        return self._before.get(division, ())

    def after(self, division: Division) -> Sequence[Division]:
        """What became of a division: the communes of a district, the province that took one in."""
        return self._after.get(division, ())

    @cached_property
    def _rows(self) -> list[tuple[str, ...]]:
        return read_table(__package__, COMMUNES)

    @cached_property
    def _of_provinces(self) -> list[tuple[str, ...]]:
        return read_table(__package__, PROVINCES)

    @cached_property
    def _of_districts(self) -> list[tuple[str, ...]]:
        return read_table(__package__, DISTRICTS)

    @cached_property
    def _province_after(self) -> dict[str, tuple[str, str]]:
        return {before: (after, day) for before, after, day in self._of_provinces}

    def _before_reform(self) -> Iterator[tuple[str, Level, str]]:
        for province, district, commune, _ in self._rows:
            yield district, Level.DISTRICT, province
            if commune:
                yield commune, Level.COMMUNE, province
        for province, before, _, _ in self._of_districts:
            yield before, Level.DISTRICT, province

    def _present(self) -> Iterator[tuple[str, str]]:
        for province, _, _, after in self._rows:
            now = self.province_now(province)
            yield from ((title, now) for title in after.split(", "))

    @cached_property
    def _after(self) -> dict[Division, tuple[Division, ...]]:
        made: dict[Division, dict[Division, None]] = {}
        for before, after in (*self._province_links(), *self._links()):
            made.setdefault(before, {})[after] = None
        return {before: tuple(after) for before, after in made.items()}

    @cached_property
    def _before(self) -> dict[Division, tuple[Division, ...]]:
        made: dict[Division, dict[Division, None]] = {}
        for before, following in self._after.items():
            for after in following:
                made.setdefault(after, {})[before] = None
        return {after: _nearest(before) for after, before in made.items()}

    def _province(self, name: str) -> Division:
        after = self._province_after.get(name)
        return Division(name, Level.PROVINCE, name, until=after[1] if after else "")

    def _province_links(self) -> Iterator[tuple[Division, Division]]:
        for before, after, _ in self._of_provinces:
            yield self._province(before), self._province(after)

    def _links(self) -> Iterator[tuple[Division, Division]]:
        for province, title, taker, day in self._of_districts:
            ended = Division(title, Level.DISTRICT, province, until=day)
            yield ended, Division(taker, Level.DISTRICT, province, until=REFORM)
        for province, district, commune, following in self._rows:
            whole = Division(district, Level.DISTRICT, province, until=REFORM)
            now = self.province_now(province)
            for title in following.split(", "):
                after = Division(title, Level.COMMUNE, now, since=REFORM)
                yield whole, after
                if commune:
                    yield Division(commune, Level.COMMUNE, province, district, until=REFORM), after

    @cached_property
    def _by_key(self) -> dict[str, list[Division]]:
        known = dict.fromkeys([*self._after, *self._before])
        known |= dict.fromkeys(map(self._province, self.provinces.values()))
        levels = list(Level)
        found: dict[str, list[Division]] = {}
        for each in known:
            key = (
                self._key(each.title) if each.level is Level.PROVINCE else self.name_key(each.title)
            )
            found.setdefault(key, []).append(each)
        for divisions in found.values():
            divisions.sort(
                key=lambda d: (levels.index(d.level), d.province, d.until, d.title, d.district)
            )
        return found


def _nearest(before: Iterable[Division]) -> tuple[Division, ...]:
    """The communes, where there are any, not their districts as well."""
    communes = tuple(each for each in before if each.level is Level.COMMUNE)
    return communes or tuple(before)
