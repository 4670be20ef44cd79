"""Offices that a text names, whoever holds them: ``nguyên Phó Chủ tịch UBND tỉnh``."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tintuc_search.entities.base import Kind

if TYPE_CHECKING:
    from tintuc_search.entities.cast import Cast
    from tintuc_search.entities.tables import Tables
    from tintuc_search.entities.units import Units

DEEPEST = 2
"""So many words like ``quyền`` may stand one before the other."""
LONGEST_REST = 6
"""So many unknown words may stand between an office and the name behind it."""


class Office(NamedTuple):
    """Units ``first`` to ``after`` name an office; from ``begin`` on, a word like ``nguyên`` with it.

    ``bare``: by its head only.
    """

    begin: int
    first: int
    after: int
    former: bool
    bare: bool


class Offices:
    """Finds offices by their head and what may go on behind it; holds nothing between texts."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        words = tables.offices
        self._heads, self._before, self._former = words["head"], words["before"], words["former"]
        self._modifiers, self._numbers = words["modifier"], words["number"]
        self._appointed = words["appointed"]
        self._joints, self._apart = words["joint"], words["apart"]
        self._unfinished = words["unfinished"]
        self._verbs = (tables.speech["say"], tables.speech["ask"], tables.speech["weak"])
        self._between = (self._apart, self._heads, self._joints, *self._verbs)
        self._levels = tables.part("level")
        beginnings = (*self._heads.beginnings(), *self._before.beginnings())
        self._past = {first for first, *_ in self._former.beginnings()}
        self._begin = self._past | {first for first, *_ in beginnings}

    def find(self, units: Units, cast: Cast) -> list[Office]:
        """All offices in the order of the text, none within another."""
        offices: list[Office] = []
        goes_on = 0
        begin = self._begin
        for i in [i for i, term in enumerate(units.terms) if term in begin]:
            if i < goes_on:
                continue
            office = self._match(units, cast, i)
            if office:
                offices.append(office)
                goes_on = office.after
        return offices

    def _match(self, units: Units, cast: Cast, i: int) -> Office | None:
        former = self._former.longest(units, i) if units.terms[i] in self._past else None
        first = former[0] if former else i
        within = cast.within.get(first)
        if within and within.first < first:
            return None
        head = self._head(units, first)
        if head is None or (units.is_inside(first) and first == i):
            return None
        body = self._tables.heads.longest(units, first)
        if self._is_part_of_word(units, i) or (body and body[0] > head):
            return None  # "đại sứ quán"
        after = self._rest(units, cast, head)
        after = self._to_name(units, cast, after)
        if self._unfinished.longest(units, first) == (after, units.terms[first]):
            return None  # "cấp phó", "thuyền trưởng"
        return Office(i, first, after, former is not None, after == head)

    def _head(self, units: Units, i: int, depth: int = 0) -> int | None:
        """Where the head at ``i`` ends: of ``phó chủ tịch`` and ``phó`` the longer."""
        found = self._heads.longest(units, i)
        before = self._before.longest(units, i)
        if before and depth < DEEPEST and before[0] < units.count and units.spaced[before[0]]:
            behind = self._head(units, before[0], depth + 1)
            if behind and (not found or behind > found[0]):
                return behind
        return found[0] if found else None

    def _rest(self, units: Units, cast: Cast, after: int) -> int:
        """Where the body, the place, the number and the like behind a head end."""
        while after < units.count:
            further = self._further(units, cast, after)
            if further is None:
                return after
            after = further
        return after

    def _further(self, units: Units, cast: Cast, i: int) -> int | None:
        within = cast.within.get(i)
        if within and within.kind is Kind.PERSON:
            return None
        if within and (within.first < i or units.spaced[i]):
            return within.after
        if not units.spaced[i]:
            return None
        number = self._numbers.longest(units, i)
        numbered = self._number(units, number[0]) if number else None
        if numbered:
            return numbered
        joint = self._joints.longest(units, i)
        if joint:
            named = cast.within.get(joint[0])
            level = joint[0] < units.count and units.terms[joint[0]] in self._levels
            return named.after if named else joint[0] + 1 if level else None
        return self._word(units, i)

    def _number(self, units: Units, i: int) -> int | None:
        end = i
        while end < units.count and units.soft[end] and _is_number(units, end):
            end += 1
        return end if end > i else None

    def _word(self, units: Units, i: int) -> int | None:
        """A word of offices and bodies, or a capital that begins no other office."""
        modifier = self._modifiers.longest(units, i)
        if modifier:
            return modifier[0]
        if self._heads.longest(units, i) or self._apart.longest(units, i) or self._says(units, i):
            return None
        field = self._tables.fields.longest(units, i, strict=False)
        if field:
            return field[0]
        body = self._tables.heads.longest(units, i)
        if body:
            return body[0]
        word = self._tables.words.longest(units, i)
        if word and word[1] == "noun":
            return word[0]
        return i + 1 if units.caps[i] or units.terms[i] in self._levels else None

    def _is_part_of_word(self, units: Units, i: int) -> bool:
        """``chính quyền Tổng thống``: another word, not ``quyền Tổng thống``; ``chức vụ Phó Chủ tịch``."""
        if i == 0 or not units.spaced[i] or units.caps[i]:
            return False
        appointed = self._appointed.longest(units, i - 1)
        if appointed and appointed[0] > i:
            return True
        word = self._tables.words.longest(units, i - 1)
        return word is not None and word[0] > i and not self._heads.longest(units, i)

    def _says(self, units: Units, i: int) -> bool:
        return any(verbs.longest(units, i) for verbs in self._verbs)

    def _to_name(self, units: Units, cast: Cast, after: int) -> int:
        """``công tố viên đặc biệt Robert Mueller``: unknown words, too, up to the name."""
        end = after
        while end - after <= LONGEST_REST and end < units.count and units.spaced[end]:
            within = cast.within.get(end)
            if within and within.kind is Kind.PERSON:
                return end
            if any(words.longest(units, end) for words in self._between):
                return after
            end = within.after if within else end + 1
        return after


def _is_number(units: Units, i: int) -> bool:
    term = units.terms[i]
    return term.isdigit() or (units.upper[i] and not set(term) - set("ivxlIVXL"))
