"""A place whose name begins at a unit."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from tintuc_search.analysis.vi.spelling import is_syllable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tintuc_search.entities.tables import Tables
    from tintuc_search.entities.units import Units

LONGEST_NAME = 4
WHOLE_NAME = 3
COMMON_START, COMMON_END = 5, 8
"""How many listed places share a first, a last syllable that makes a name look like a place's."""

_OPENERS = frozenset(".!?:\"“'‘…-–")


class PlaceMatch(NamedTuple):
    """Units ``first`` to ``after`` are the place's name; ``begin`` counts a classifier in front."""

    begin: int
    first: int
    after: int


class Shapes:
    """Which two syllables look like a place's name, by the first and last syllables of all listed."""

    def __init__(self, names: Iterable[list[str]]) -> None:
        pairs = [name for name in names if len(name) == 2]  # noqa: PLR2004
        self._starts = Counter(name[0] for name in pairs)
        self._ends = Counter(name[1] for name in pairs)

    def is_start(self, term: str, *, often: int = COMMON_START) -> bool:
        """Whether many places begin with ``term``."""
        return self._starts[term] >= often

    def is_place(self, terms: Sequence[str]) -> bool:
        """Whether many places begin with the first of two syllables and many end with the second."""
        return self.is_start(terms[0]) and self._ends[terms[1]] >= COMMON_END


class Places:
    """Finds places by list, by the classifier in front, by the preposition in front."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self.shapes = Shapes(tables.place_names)
        self.locatives = tables.part("locative")
        self._whereabouts = tables.part("lived-in")
        self._several = tables.part("several")
        self._letters = tables.part("letter")
        self._levels, self._closed = tables.part("level"), tables.part("closed-level")
        self._middle_names = tables.part("middle-name") | tables.part("short-middle-name")
        self._like_words = tables.part("like-a-word")

    def match(self, units: Units, i: int) -> PlaceMatch | None:
        """The place at ``i``, if any."""
        return self.listed(units, i) or self._classified(units, i) or self._located(units, i)

    def listed(self, units: Units, i: int) -> PlaceMatch | None:
        """A name of the list at ``i``. One syllable counts only where it stands by itself."""
        listed = self._tables.places.longest(units, i, strict=False)
        if not listed or not units.caps[listed[0] - 1]:
            return None
        after = listed[0]
        if after - i > 1:
            return PlaceMatch(i, i, after) if self._is_capital(units, i) else None
        alone = self._alone(units, i) and not self._tables.is_half(units, i)  # "Bảo tàng Mỹ thuật"
        return PlaceMatch(i, i, after) if alone else None

    def _is_capital(self, units: Units, i: int) -> bool:
        """Whether a listed name at ``i`` is spelt as one: ``thành phố Hồ Chí Minh``; not ``công an Giang Mẫu``."""
        if units.caps[i] or units.caps[i + 1]:
            return True
        classified = self._tables.classifiers.longest(units, i)
        named = classified is not None and units.goes_on(classified[0])
        return named and not self.is_plural(units, i)

    def titled(self, units: Units, i: int) -> PlaceMatch | None:
        """The place right behind an office: whatever follows, it is whose office that is."""
        listed = self._tables.places.longest(units, i, strict=False)
        if listed and units.caps[i] and units.caps[listed[0] - 1]:
            return PlaceMatch(i, i, listed[0])
        return None

    def area(self, units: Units, i: int) -> int | None:
        """Where an area that a body belongs to ends: ``tỉnh Quảng Nam``, ``phường 9``, ``xã``."""
        if not units.spaced[i]:
            return None
        listed = self.listed(units, i)
        if listed:
            return listed.after
        classified = self._tables.classifiers.longest(units, i)
        if not classified or "bare" not in classified[1]:
            return self._unknown_area(units, i)
        after, kinds = classified
        end = self._name(units, after, number="number" in kinds)
        if end and not (
            self._is_person(units, after, end) or self._is_unknown(units, i, after, end)
        ):
            return end
        return (
            after if self._is_level(units, i, after) and not self._is_list(units, after) else None
        )

    def _is_unknown(self, units: Units, i: int, first: int, after: int) -> bool:
        """``tỉnh Ngạc Văn Mẫu``: a whole name of ours that is no province, all of which we know."""
        if " ".join(units.terms[i:first]) not in self._closed or after - first < WHOLE_NAME:
            return False
        listed = self._tables.places.longest(units, first, strict=False)
        return listed is None and all(map(is_syllable, units.terms[first:after]))

    def _unknown_area(self, units: Units, i: int) -> int | None:
        """``Huyện ủy Sơn Giang``: two capitals that no list holds, but that look like a place."""
        after = i + 2
        if not (units.caps[i] and units.goes_on(i + 1)) or units.goes_on(after):
            return None
        family = "vi" in self._tables.family_names.get(units.terms[i], ())
        if family and not self.shapes.is_start(units.terms[i], often=2 * COMMON_START):
            return None
        return after if self.shapes.is_place(units.terms[i:after]) else None

    def further(self, units: Units, found: PlaceMatch, after: int) -> PlaceMatch | None:
        """One more name of the list that ``found`` began: ``xã Bình An, Bình Khánh và An Khánh``.

        Where it began with many (``các xã``), with a street, or is a stretch (``đoạn Văn Mẫu - Hòa Mẫu``),
        names unknown to us count too.
        """
        if after >= units.count:
            return None
        i = after
        plural = found.begin < found.first and self.is_plural(units, found.begin)
        plural = plural or self._is_street(units, found)
        if units.terms[after] == "và" and units.spaced[after]:
            i = after + 1
        elif self._is_stretch(units, found) and units.gaps[after] in {" - ", " – "}:
            plural = True
        elif units.gaps[after] not in {", ", "; "}:
            return None
        if i >= units.count or not units.caps[i]:
            return None
        for table in (self._tables.places, self._tables.communes):
            listed = table.longest(units, i, strict=False)
            end = self._with_letter(units, listed[0] if listed else None)
            if listed and end and units.caps[listed[0] - 1] and not units.goes_on(end):
                return PlaceMatch(i, i, end)
        begins_other = self._tables.classifiers.longest(units, i) or self._is_body(units, i)
        if not plural or i in units.full_forms or begins_other:
            return None
        end = self._capitals(units, i)
        whole = end - i > 1 and not self._tables.is_half(units, end - 1)
        return PlaceMatch(i, i, end) if whole else None

    def _with_letter(self, units: Units, end: int | None) -> int | None:
        """``phường Phước Long B``: the letter of a divided commune is of its name."""
        if end is None or not units.goes_on(end) or units.starts[end] + 1 < units.ends[end]:
            return end
        return end + 1 if units.terms[end] in self._letters else end

    def _is_street(self, units: Units, found: PlaceMatch) -> bool:
        """Whether the name is a street's, with that word: what is listed behind are streets too."""
        classified = self._tables.classifiers.longest(units, found.begin)
        return classified is not None and "street" in classified[1]

    def _is_stretch(self, units: Units, found: PlaceMatch) -> bool:
        """Whether the name is the beginning of a road's or line's stretch: ``đoạn``."""
        classified = self._tables.classifiers.longest(units, found.begin)
        return found.begin < found.first and classified is not None and "ends" in classified[1]

    def is_domestic(self, units: Units, i: int) -> bool:
        """Whether the place listed at ``i`` is a province or city of our own."""
        listed = self._tables.places.longest(units, i, strict=False)
        return listed is not None and listed[1] in {"province", "city"}

    def is_plural(self, units: Units, i: int) -> bool:
        """Whether the classifier at ``i`` speaks of several: ``các đảo``, ``hai xã``."""
        return i > 0 and units.spaced[i] and units.terms[i - 1] in self._several

    def _classified(self, units: Units, i: int) -> PlaceMatch | None:
        classified = self._tables.classifiers.longest(units, i)
        if not classified or self._is_other_word(units, i, classified[0]):
            return None
        after, kinds = classified
        end = self._with_letter(units, self._name(units, after, number="number" in kinds))
        if end is None or (end - after == 1 and self._is_half_word(units, i, after)):
            return None
        known = "ends" in kinds or "bare" not in kinds
        if not known and not self._is_bare_name(units, i, after, end):
            return None
        country = self._country(units, after, end)
        if country and "kept" in kinds and "country" not in kinds:
            return PlaceMatch(after, after, end)
        if "route" in kinds:
            end = self._route(units, end)
        keeps = ("kept" in kinds and not self.is_plural(units, i)) or units.terms[after].isdigit()
        return PlaceMatch(i, i if keeps else after, end)

    def _is_other_word(self, units: Units, i: int, after: int) -> bool:
        """A person of the family Hồ, no lake; ``yêu cầu``, no bridge."""
        if units.caps[i] and after - i == 1 and self._is_family(units, i):
            return True
        before = units.terms[i - 1] if i and units.spaced[i] else ""
        return (before, units.terms[i]) in self._tables.common

    def _is_bare_name(self, units: Units, i: int, first: int, after: int) -> bool:
        """Not ``chủ tịch xã Lê Văn Mẫu``; but ``ở phường Phan Bội Mẫu``."""
        alone = self._is_level(units, i, first) and not self._ends_other_name(units, i)
        return alone or not self._is_person(units, first, after)

    def _country(self, units: Units, first: int, after: int) -> bool:
        """``khí cầu Trung Quốc``, ``tàu sân bay Mỹ``: whose it is, not what it is called."""
        listed = self._tables.places.longest(units, first, strict=False)
        return listed == (after, "country")

    def _name(self, units: Units, i: int, *, number: bool) -> int | None:
        """Where the name after a classifier ends: listed, a number, or capitals."""
        if i >= units.count or not units.spaced[i]:
            return None
        if units.terms[i].isdigit():
            return i + 1 if number else None
        if not units.caps[i] or i in units.full_forms:
            return None
        listed = self._tables.places.longest(units, i, strict=False)
        if not listed and not number and units.is_acronym(i):
            return None  # "các nước NATO", "Con đường BRI"
        if listed and units.caps[listed[0] - 1]:
            # "phường Mỹ Đình" is not in Mỹ; but "bang Florida Pam Mẫu" is one.
            half = listed[0] - i == 1 and units.goes_on(listed[0])
            half = half and (is_syllable(units.terms[i]) or not units.goes_on(listed[0] + 1))
            return self._unlisted(units, i) if half else listed[0]
        return self._unlisted(units, i)

    def _unlisted(self, units: Units, i: int) -> int | None:
        """The end of a commune's name, or of capitals that begin no body nor further classifier."""
        commune = self._tables.communes.longest(units, i, strict=False)
        if commune and units.caps[commune[0] - 1]:
            return max(commune[0], self._capitals(units, i))
        classified = self._tables.classifiers.longest(units, i)
        if (classified and classified[0] - i > 1) or self._is_body(units, i):
            return None
        return self._capitals(units, i)

    def _is_body(self, units: Units, i: int) -> bool:
        """Whether a body begins at ``i``; ``phường Trường Mẫu`` is none, spelt in capitals only."""
        head = self._tables.heads.longest(units, i)
        if not head:
            return False
        if head[0] - i > 1 or not units.goes_on(i + 1) or units.goes_on(i + 2):
            return True
        listed = self._tables.organisations.longest(units, i, strict=False)
        return listed is not None or self._tables.is_half(units, i + 1)

    def _capitals(self, units: Units, i: int) -> int:
        """Where capitals end; a family name in them begins a person's name, unless it is first."""
        after = i + 1
        while after - i < LONGEST_NAME and units.goes_on(after):
            term = units.terms[after]
            if term in self._tables.given_names:
                break
            if after - i > 1 and units.goes_on(after + 1) and self._is_family_before(units, after):
                break
            after += 1
        return after

    def _is_family_before(self, units: Units, i: int) -> bool:
        """``huyện Phú Bình Ma A Mẫu``: a family name, or a seldom one before a middle name."""
        languages = self._tables.family_names.get(units.terms[i], ())
        middle = units.terms[i + 1] in self._middle_names
        return "vi" in languages or (bool(languages) and middle)

    def _is_person(self, units: Units, first: int, after: int) -> bool:
        """``UBND TP Trần Văn Thử``: a whole name with a family name, of no area that we know."""
        if after - first < WHOLE_NAME or units.terms[first] not in self._tables.family_names:
            return False
        tables = self._tables
        return not any(
            t.longest(units, first, strict=False) for t in (tables.places, tables.communes)
        )

    def _is_level(self, units: Units, i: int, after: int) -> bool:
        return " ".join(units.terms[i:after]) in self._levels

    def _is_list(self, units: Units, after: int) -> bool:
        """``UBND huyện, thị xã, thành phố``: levels in general, none in particular."""
        if after >= units.count or units.gaps[after] != ", ":
            return False
        classified = self._tables.classifiers.longest(units, after)
        return classified is not None and self._is_level(units, after, classified[0])

    def _is_family(self, units: Units, i: int) -> bool:
        languages = self._tables.family_names.get(units.terms[i], ())
        whole = units.goes_on(i + 2) and not begins_sentence(units, i)
        return "vi" in languages or ("vi-rare" in languages and whole)

    def _is_half_word(self, units: Units, i: int, k: int) -> bool:
        """``Vùng Nhận dạng``: the capital goes on small, so it is the first half of a word."""
        if self._tables.is_half(units, k):
            return True
        if self._is_level(units, i, k) or k + 1 >= units.count:
            return False
        small = units.spaced[k + 1] and not units.caps[k + 1] and units.caps[i] and k - i == 1
        return small and self._tables.places.longest(units, k) is None

    def _route(self, units: Units, end: int) -> int:
        """``cao tốc Bắc Ninh - Lạng Sơn``: the hyphen is part of the name."""
        if end < units.count and units.soft[end] and units.gaps[end].strip() in {"-", "–"}:
            return self._name(units, end, number=False) or (
                self._capitals(units, end) if units.caps[end] else end
            )
        return end

    def _located(self, units: Units, i: int) -> PlaceMatch | None:
        """A commune's name after a preposition of place."""
        if not units.goes_on(i) or i == 0 or units.terms[i - 1] not in self.locatives:
            return None
        listed = self._tables.communes.longest(units, i)
        if listed and units.caps[listed[0] - 1] and not units.goes_on(listed[0]):
            return PlaceMatch(i, i, listed[0])
        return None

    def lived_in(self, units: Units, i: int) -> PlaceMatch | None:
        """``ở Yên Mẫu``: two syllables of ours that no list holds, behind the surest of prepositions."""
        after = i + 2
        if i == 0 or units.terms[i - 1] not in self._whereabouts or not units.goes_on(i + 1):
            return None
        ours = all(map(is_syllable, units.terms[i:after])) and i not in units.full_forms
        if not ours or units.goes_on(after) or not units.spaced[i]:
            return None
        other = self._is_body(units, i) or self._tables.is_half(units, i + 1)
        return None if other else PlaceMatch(i, i, after)

    def _alone(self, units: Units, i: int) -> bool:
        """Whether the capital at ``i`` is no part of a longer name, nor just a sentence's first word."""
        if units.goes_on(i + 1) and not self._begins_other_name(units, i + 1):
            return self._tables.places.longest(units, i) == (i + 1, "country") and self._is_foreign(
                units, i
            )
        if units.goes_on(i) and i and units.caps[i - 1] and i - 1 not in units.full_forms:
            return self._ends_other_name(units, i)
        return units.terms[i] not in self._like_words or not begins_sentence(units, i)

    def _is_foreign(self, units: Units, i: int) -> bool:
        """``tại Campuchia Jay Mẫu``: a country in its own spelling, and a name of two words or more."""
        alone = not is_syllable(units.terms[i]) and not (units.goes_on(i) and units.caps[i - 1])
        return alone and units.goes_on(i + 2) and not is_syllable(units.terms[i + 1])

    def _begins_other_name(self, units: Units, i: int) -> bool:
        term, tables = units.terms[i], self._tables
        if term in tables.given_names or term in tables.family_names:
            return True
        return tables.places.longest(units, i, strict=False) is not None

    def _ends_other_name(self, units: Units, i: int) -> bool:
        """Whether the capital before ends a title or body, so that a country may follow it."""
        tables = self._tables
        return any(
            found is not None and found[0] == i
            for k in range(max(0, i - 4), i)
            for found in (
                tables.titles.longest(units, k),
                tables.organisations.longest(units, k, strict=False),
                tables.heads.longest(units, k),
            )
        )


def begins_sentence(units: Units, i: int) -> bool:
    """Whether unit ``i`` is capitalised for its place alone."""
    gap = units.gaps[i]
    return "\n" in gap or gap.strip(" ")[-1:] in _OPENERS
