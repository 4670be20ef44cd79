"""Foreign names that no list holds, told to be persons' by what stands around them.

``Ilhan Mẫu, một người gốc Somalia``, ``Đại sứ Nga tại Liên Hợp Quốc Vassily Mẫu``, ``Jay Mẫu (trái)``,
``Steffen Mẫu cho biết``, and whoever stands in one list with a person.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from tintuc_search.analysis.vi.spelling import is_syllable
from tintuc_search.entities.groups import key_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tintuc_search.entities.groups import Groups, Key
    from tintuc_search.entities.scan import Found
    from tintuc_search.entities.tables import Tables
    from tintuc_search.entities.units import Units

FARTHEST_TITLE = 12
"""So many units of bodies and places may stand between a title and the name."""
LONGEST_TITLE = 4


class Foreigners:
    """Looks for persons among the capitals of one text that nothing explained."""

    def __init__(self, units: Units, names: Iterable[Found], tables: Tables) -> None:
        self._units, self._tables = units, tables
        self._names = names
        words = tables.speech
        self._verbs = (words["say"], words["ask"])
        self._adverbs, self._times = words["adverb"], words["time"]
        self._beings, self._things = tables.part("person-behind"), tables.part("thing-before")
        self._sides, self._others = tables.part("side"), tables.part("firm-word")
        self._joints = tables.part("between-title-and-name")

    def join(self, loose: Iterable[Found], persons: Groups) -> None:
        """Put those that are persons into the groups."""
        open_: dict[Key, list[Found]] = {}
        titled = set()
        for found in loose:
            if found.after - found.first == 1:
                titled |= {self._units.terms[found.first]} if found.titled else set()
            elif self._is_foreign(found):
                open_.setdefault(key_of(self._units, found), []).append(found)
        if not open_:
            return
        told = [
            key
            for key, founds in open_.items()
            if key[-1] in titled or any(map(self._is_told, founds))
        ]
        told = [key for key in told if key[1:] not in open_ and key[1:] not in persons]
        ends = {end for founds in persons.values() for end in _ends(founds)}
        while True:
            for key in told:
                founds = open_.pop(key)
                persons.setdefault(key, []).extend(founds)
                ends.update(_ends(founds))
            told = [key for key, founds in open_.items() if self._is_listed(founds, ends)]
            if not told:
                return

    @cached_property
    def _named(self) -> frozenset[int]:
        """The units that names cover."""
        return frozenset(i for found in self._names for i in range(found.first, found.after))

    def _is_foreign(self, found: Found) -> bool:
        """No word of firms and media, nothing behind a word for a thing: ``nhóm Mẫu``."""
        units, terms = self._units, self._units.terms[found.first : found.after]
        if all(map(is_syllable, terms)) or not self._others.isdisjoint(terms):
            return False
        if self._tables.places.longest(units, found.first, strict=False):
            return False  # "Cộng hoà Czech Andrej Mẫu"
        if found.first and units.spaced[found.first]:
            return units.terms[found.first - 1] not in self._things
        return True

    def _is_told(self, found: Found) -> bool:
        return (
            self._has_being_behind(found.after)
            or self._speaks(found.after)
            or self._has_title(found.first)
        )

    def _has_being_behind(self, after: int) -> bool:
        """``…, người dẫn chương trình``, ``…, luật sư của ông Thử``, ``… (trái)``."""
        units = self._units
        if after >= units.count:
            return False
        gap = units.gaps[after].strip()
        if gap == "(":
            aged = units.terms[after].isdigit() and units.terms[after + 1 : after + 2] == ["tuổi"]
            return units.terms[after] in self._sides or aged
        if gap != ",":
            return False
        if units.terms[after] == "một":
            after += 1
        behind = " ".join(units.terms[after : after + 1])
        title = self._tables.titles.longest(units, after)
        office = title is not None and title[1] != "address" and not units.caps[after]
        return behind in self._beings or office

    def _speaks(self, after: int) -> bool:
        units = self._units
        adverb = self._adverbs.longest(units, after) or self._times.longest(units, after)
        k = adverb[0] if adverb else after
        while adverb and k < units.count and units.terms[k].isdigit():
            k += 1
        if k >= units.count or not units.spaced[k] or units.caps[k]:
            return False
        return any(verbs.longest(units, k) for verbs in self._verbs)

    def _has_title(self, first: int) -> bool:
        """A title in front, not the half of a body's name, with nothing but body and place between."""
        units = self._units
        for k in range(first, max(0, first - FARTHEST_TITLE), -1):
            if not units.spaced[k]:
                return False
            if self._ends_title(k):
                return True
            if k - 1 not in self._named and not self._is_between(k - 1):
                return False
        return False

    def _is_between(self, i: int) -> bool:
        """A word of bodies, or a capital of our own language: ``Giám đốc Chiến lược John Mẫu``."""
        term = self._units.terms[i]
        return term in self._joints or (self._units.caps[i] and is_syllable(term))

    def _ends_title(self, k: int) -> bool:
        """Whether a title, none of address, ends before unit ``k``."""
        for first in range(max(0, k - LONGEST_TITLE), k):
            title = self._tables.titles.longest(self._units, first)
            if title and title[0] == k and title[1] != "address" and first not in self._named:
                return True
        return False

    def _is_listed(self, founds: Iterable[Found], ends: set[int]) -> bool:
        """Whether a comma or ``và`` parts one of these from a person."""
        units = self._units
        for found in founds:
            first, after = found.first, found.after
            before = units.gaps[first] == ", " and first in ends
            behind = after < units.count and units.gaps[after] == ", " and after in ends
            joined = first > 0 and units.terms[first - 1] == "và" and first - 1 in ends
            if before or behind or joined:
                return True
        return False


def _ends(founds: Iterable[Found]) -> set[int]:
    return {end for found in founds for end in (found.first, found.after)}
