"""A person whose name begins at a unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tintuc_search.analysis.vi.spelling import is_syllable

if TYPE_CHECKING:
    from tintuc_search.entities.tables import Tables
    from tintuc_search.entities.units import Units

LONGEST_NAME = 5
WHOLE_NAME = 3
_JOINTS = frozenset(["-", " - ", " -", "- "])
_APOSTROPHES = frozenset("'’‘")


class Persons:
    """Finds names of persons by family name, by foreign given name, by the title in front."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._particles = tables.part("particle")
        self._middle_names = tables.part("middle-name")
        self._years = tables.part("year")
        self._froms, self._tills = tables.part("from"), tables.part("till")

    def match(self, units: Units, i: int, *, titled: bool) -> int | None:
        """Where the person's name at ``i`` ends; ``titled``: a title stands right before it."""
        if not units.caps[i] or i in units.full_forms or units.is_inside(i):
            return None
        term = units.terms[i]
        languages = self._tables.family_names.get(term, ())
        if not titled and not languages and term not in self._tables.given_names:
            return self._by_middle_name(units, i)
        after = self._whole_words(units, i, self.run(units, i))
        if after == i:
            return None
        if titled:
            return after if "." not in term or after - i > 1 else None
        return after if self._is_name(units, i, after) else None

    def _whole_words(self, units: Units, i: int, after: int) -> int:
        """``Ban Chỉ`` of ``Ban Chỉ đạo``: capitals whose last goes on small are no name."""
        sure = after - i >= WHOLE_NAME and units.terms[i] in self._tables.family_names
        if sure or not self._tables.is_half(units, after - 1):
            return after
        return after - 1 if after - i > WHOLE_NAME - 1 else i

    def _by_middle_name(self, units: Units, i: int) -> int | None:
        """``Bàn Thị Mẫu``: a family name that no list holds, told by the name behind it."""
        if (
            units.goes_on(i + 1)
            and units.terms[i + 1] in self._middle_names
            and units.goes_on(i + 2)
        ):
            return self.run(units, i)
        return None

    def part_of_titled(self, units: Units, i: int, after: int) -> int:
        """Where the person begins in capitals behind an office: ``Thị trưởng Kazan Ivan Mẫu``."""
        given = self._tables.given_names
        if units.terms[i] in given or units.terms[i] in self._tables.family_names:
            return i
        return next((k for k in range(i + 1, after - 1) if units.terms[k] in given), i)

    def _is_name(self, units: Units, i: int, after: int) -> bool:
        """Whether capitals without a title are a name; a rare family name needs two names behind."""
        languages = self._tables.family_names.get(units.terms[i], ())
        if self._is_from(units, i, after):
            return False
        if after - i == 1 or (after - i == 2 and self._is_year(units, i)):  # noqa: PLR2004
            return False
        if units.terms[i] in self._tables.given_names or (languages and after - i >= WHOLE_NAME):
            return True
        native = is_syllable(units.terms[i + 1])
        return ("vi" in languages and native) or ("ko" in languages and not native)

    def _is_from(self, units: Units, i: int, after: int) -> bool:
        """``Từ Thổ Mẫu đến Hòn Mẫu``: the preposition, no family name."""
        return (
            units.terms[i] in self._froms
            and after < units.count
            and units.terms[after] in self._tills
        )

    def _is_year(self, units: Units, i: int) -> bool:
        """``năm Đinh Dậu``: a year of the lunar calendar."""
        return i > 0 and units.spaced[i] and units.terms[i - 1] in self._years

    def is_whole(self, units: Units, k: int) -> bool:
        """Whether a Vietnamese name of three syllables or more, family name first, begins at ``k``."""
        if not units.goes_on(k) or not self._tables.family_names.get(units.terms[k]):
            return False
        after = self.run(units, k)
        return after - k >= WHOLE_NAME and all(map(is_syllable, units.terms[k:after]))

    def run(self, units: Units, i: int) -> int:
        """Where the name that begins at ``i`` ends: with the capitals, or where a title begins."""
        after = i + 1
        while after < units.count and after - i < LONGEST_NAME and self._goes_on(units, i, after):
            after += 1
        while (
            after - 1 > i
            and not units.caps[after - 1]
            and units.terms[after - 1] in self._particles
        ):
            after -= 1
        return after

    def _goes_on(self, units: Units, i: int, k: int) -> bool:
        gap = units.gaps[k]
        if gap in _JOINTS:
            return self._is_joined(units, i, k)
        if gap.strip() in _APOSTROPHES:  # "Kpă H’Mẫu"
            return units.ends[k - 1] - units.starts[k - 1] == 1 and units.caps[k - 1]
        if units.terms[k] in self._particles and gap == " " and not units.caps[k]:
            return units.terms[i] in self._tables.given_names
        if not units.caps[k] or k in units.full_forms:
            return False
        if gap != " ":
            initial = units.ends[k - 1] - units.starts[k - 1] == 1
            return initial and gap in {".", ". "} and k - i < WHOLE_NAME
        return not self._begins_other(units, i, k)

    def _is_joined(self, units: Units, i: int, k: int) -> bool:
        """``Kim Mok-un``, ``Bashar al - Mẫu``, ``Jean-Pierre``, ``Testov-Sample``: a hyphen inside."""
        if units.terms[k - 1] in self._particles:
            return units.caps[k]
        if self._is_foreign_small(units, i, k):
            return True
        given = self._tables.given_names
        if units.terms[k - 1] in given and units.terms[k] in given:
            return units.caps[k]
        foreign = not is_syllable(units.terms[k - 1]) and not is_syllable(units.terms[k])
        if units.gaps[k] == "-" and foreign and units.caps[k]:
            return True
        korean = "ko" in self._tables.family_names.get(units.terms[i], ())
        close = len(units.gaps[k]) == 1
        return korean and k - i > 1 and (close or (k - i == 2 and not units.caps[k]))  # noqa: PLR2004

    def _is_foreign_small(self, units: Units, i: int, k: int) -> bool:
        """``Prayuth Chan - o - cha``; but a dash and a word can follow any name."""
        if units.caps[k] or is_syllable(units.terms[i]):
            return False
        within = k - i > 1 and not units.caps[k - 1]
        return within or not is_syllable(units.terms[k]) or len(units.terms[k]) == 1

    def _begins_other(self, units: Units, i: int, k: int) -> bool:
        """Whether a title, or a place behind a whole name, begins at ``k``."""
        title = self._tables.titles.longest(units, k)
        if title and title[0] - k > 1:
            return True
        place = self._tables.places.longest(units, k, strict=False)
        return place is not None and place[0] - k > 1 and k - i >= WHOLE_NAME
