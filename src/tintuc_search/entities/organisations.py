"""An organisation whose name begins at a unit."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tintuc_search.analysis.vi.spelling import is_syllable
from tintuc_search.entities.places import begins_sentence

if TYPE_CHECKING:
    from tintuc_search.entities.places import Places
    from tintuc_search.entities.tables import Tables
    from tintuc_search.entities.units import Units

DEEPEST_NEST = 3
LONGEST_RUN = 6


class OrganisationMatch(NamedTuple):
    """Units ``first`` to ``after`` name a body; from ``area`` on its area or country, if any."""

    first: int
    after: int
    area: int


class Organisations:
    """Finds bodies by list and by the words that begin, make up and end their names."""

    def __init__(self, tables: Tables, places: Places) -> None:
        self._tables = tables
        self._places = places
        self._any = tables.part("any")
        self._laws = tables.part("law")
        self._after_name = tables.part("after-name")
        self._several = tables.part("several")
        self._counted = tables.part("counted")

    def match(self, units: Units, i: int, depth: int = 0) -> OrganisationMatch | None:
        """The body named at ``i``, if any; ``depth``: how many names it stands in."""
        after = self._brand(units, i)
        if after:
            return OrganisationMatch(i, after, after)
        if i and units.terms[i - 1] in self._laws and units.spaced[i]:
            return None
        listed, headed = self._listed(units, i), self._headed(units, i, depth)
        if listed and headed and self._only_repeats(units, listed, headed):
            return listed
        return max((m for m in (listed, headed) if m), key=lambda match: match.after, default=None)

    def _only_repeats(
        self, units: Units, listed: OrganisationMatch, headed: OrganisationMatch
    ) -> bool:
        """``Thanh tra Chính phủ thanh tra``: behind a whole name its own first word, small, is a verb."""
        word = units.terms[listed.first : listed.first + 2]
        if headed.after < listed.after + len(word) or units.caps[listed.after]:
            return False
        return units.terms[listed.after : listed.after + len(word)] == word

    def _brand(self, units: Units, i: int, *, as_written: bool = True) -> int | None:
        found = self._tables.brands.longest(units, i, strict=False)
        if not found or not units.caps[i]:
            return None
        after, name = found
        if not as_written:
            return after
        written = units.text[units.starts[i] : units.ends[after - 1]]
        shouted = len(written) > 4 and written == name.upper()  # noqa: PLR2004 - no short word by chance
        return after if written == name or shouted else None

    def _listed(self, units: Units, i: int) -> OrganisationMatch | None:
        found = self._tables.organisations.longest(units, i, strict=False)
        if not found:
            return None
        after, kind = found
        head = self._tables.heads.longest(units, i)
        if self._is_common(units, i) or (head and head[0] > after):
            return None  # "Đảng" in "Đảng ủy"
        if kind == "capital":
            return self._capital(units, i, after)
        if not (units.caps[i] or (i + 1 < after and units.caps[i + 1])):
            return None
        return self._parent(units, i, after)

    def _capital(self, units: Units, i: int, after: int) -> OrganisationMatch | None:
        """``Quốc hội``, ``Đảng``: capitalised; or small with its country (``quốc hội Nga``)."""
        if after - i == 1 and (units.goes_on(after) or self._is_plural(units, after)):
            return None  # a party with a name of its own; "Đảng viên"
        if after - i == 1 and self._tables.is_half(units, i):
            return None  # "Đảng đối lập"
        country = self._places.listed(units, after) if _follows(units, after) else None
        if country and not self._places.is_domestic(units, after):
            return OrganisationMatch(i, country.after, after)
        capital = units.caps[i] or (after - i > 1 and units.caps[after - 1])
        return OrganisationMatch(i, after, after) if capital else None

    def _parent(self, units: Units, i: int, after: int) -> OrganisationMatch:
        """The name with the area, country or parent body behind it."""
        end = after
        if _follows(units, after):
            area = self._places.area(units, after)
            if area:
                return OrganisationMatch(i, area, after)
            behind = after + (units.terms[after] == "của")
            parent = self._tables.organisations.longest(units, behind, strict=False)
            capital = parent and (units.caps[behind] or units.caps[parent[0] - 1])
            if parent and capital and units.spaced[behind]:
                named = behind > after or parent[1] == "capital"
                end = parent[0] if named else after
        return OrganisationMatch(i, end, end)

    def _headed(self, units: Units, i: int, depth: int) -> OrganisationMatch | None:
        found = self._tables.heads.longest(units, i)
        if not found or self._is_common(units, i):
            return None
        after, kinds = found
        if _follows(units, after) and units.terms[after] in self._laws:
            return None  # "Bộ luật Hình sự"
        capital = units.caps[i]
        if "quoted" in kinds and (
            not capital or begins_sentence(units, i) or self._brand(units, after)
        ):
            return self._quoted(units, after)
        matches = []
        if "nest" in kinds and depth < DEEPEST_NEST and (capital or "small" in kinds):
            matches.append(self._nest(units, i, after, depth))
        if "area" in kinds:
            matches.append(self._area(units, i, after))
        if "words" in kinds and (capital or "small" in kinds):
            matches.append(self._field(units, i, after) or self._words(units, i, after, kinds))
        best = max((m for m in matches if m), key=lambda match: match.after, default=None)
        if best or not capital or "alone" not in kinds:
            return best
        return None if self._is_plural(units, after) else OrganisationMatch(i, after, after)

    def _is_plural(self, units: Units, after: int) -> bool:
        """Whether no one body is meant: ``UBND các xã``, ``Tỉnh ủy viên``."""
        small = _follows(units, after) and not units.caps[after]  # "Tỉnh ủy Viên Đình Mẫu"
        return small and units.terms[after] in self._any

    def _is_common(self, units: Units, i: int) -> bool:
        """Whether many are meant (các Bộ) or the word is the end of another (đại hội)."""
        if i and not units.caps[i] and _is_hyphen(units, i):
            return True  # "khối Dân - Chính - đảng"
        if i == 0 or not units.spaced[i]:
            return False
        before = units.terms[i - 1]
        if units.caps[i]:
            return before in self._several
        return before in self._any or (before, units.terms[i]) in self._tables.common

    def _nest(self, units: Units, i: int, after: int, depth: int) -> OrganisationMatch | None:
        """``Văn phòng`` before another body's name."""
        if not _follows(units, after):
            return None
        inner = self.match(units, after, depth + 1) or self._office(units, i, after)
        if not inner or inner.first != after:
            return None
        return OrganisationMatch(i, inner.after, inner.area)

    def _office(self, units: Units, i: int, after: int) -> OrganisationMatch | None:
        """``Văn phòng Tổng thống Lào``: whose office that is, by title, area and country."""
        title = self._tables.titles.longest(units, after)
        if units.terms[i:after] != ["văn", "phòng"] or not title or title[1] == "address":
            return None
        parent = self._parent(units, after, title[0]) if units.caps[after] else None
        return parent._replace(first=after) if parent and title[0] - after > 1 else None

    def _area(self, units: Units, i: int, after: int) -> OrganisationMatch | None:
        if not _follows(units, after):
            return None
        if units.terms[after].isdigit() and units.caps[i]:
            return OrganisationMatch(i, after + 1, after + 1)
        area = self._places.area(units, after)
        if area is None or (
            self._is_national(units, i, after) and self._places.is_domestic(units, after)
        ):
            return None
        named = units.caps[area - 1] or units.terms[area - 1].isdigit()
        return OrganisationMatch(i, area, after) if named or units.caps[i] else None

    def _is_national(self, units: Units, i: int, after: int) -> bool:
        """``Quốc hội``, which no province has one of."""
        return self._tables.organisations.longest(units, i) == (after, "capital")

    def _field(self, units: Units, i: int, after: int) -> OrganisationMatch | None:
        """``Sở Kế hoạch và đầu tư``: what ministries deal with, whole and known."""
        if units.terms[i] not in {"bộ", "sở"} or after - i > 1 or not _follows(units, after):
            return None
        found = self._tables.fields.longest(units, after, strict=False)
        if not found or not (units.caps[i] or units.caps[after]):
            return None
        return self._parent(units, i, found[0])

    def _words(
        self, units: Units, i: int, after: int, kinds: frozenset[str]
    ) -> OrganisationMatch | None:
        """A name made of the words that such names are made of, and of capitals."""
        end, joint, whole = after, True, after
        own = "firm" in kinds or ("own" in kinds and units.caps[i])
        while end < units.count:
            step = self._word(units, end, joint=joint)
            named = step is None
            if step is None and "firm" in kinds and self._is_firm(units, end):
                inner = self._headed(units, end, DEEPEST_NEST)
                if inner:
                    return OrganisationMatch(i, inner.after, inner.area)
            if step is None:
                step = self._own_step(units, end, first=end == after, own=own, kinds=kinds)
            if step is None:
                break
            if named or not self._is_verb(units, end):
                whole = step
            bridge = end = step
            if not named:
                bridge = self._bridge(units, end, party=units.terms[i] == "đảng")
            joint = bridge > end
            end = bridge
        if whole == after or not self._is_name(units, i, after):
            return None
        if "strict" in kinds and not units.caps[after]:
            return None
        return self._parent(units, i, whole)

    def _is_name(self, units: Units, i: int, after: int) -> bool:
        """Capitals decide: on the words behind, or on the head if no sentence begins there."""
        return units.caps[after] or (units.caps[i] and not begins_sentence(units, i))

    def _word(self, units: Units, i: int, *, joint: bool) -> int | None:
        if i >= units.count or not (units.spaced[i] or _is_hyphen(units, i)):
            return None
        found = self._tables.words.longest(units, i)
        if not found:
            return None
        joint = joint or not units.spaced[i] or units.caps[i]
        return found[0] if joint or found[1] != "verb" else None

    def _is_verb(self, units: Units, i: int) -> bool:
        """A small verb at the end is the sentence's: ``Sở Y tế kiểm tra``."""
        found = self._tables.words.longest(units, i)
        return found is not None and found[1] != "noun" and not units.caps[i]

    def _is_firm(self, units: Units, i: int) -> bool:
        """``Công ty cổ phần Tập đoàn Mẫu``: a firm's name in a firm's."""
        if not _follows(units, i):
            return False
        head = self._tables.heads.longest(units, i)
        return head is not None and head[0] - i > 1 and "firm" in head[1]

    def _own_step(
        self, units: Units, i: int, *, first: bool, own: bool, kinds: frozenset[str]
    ) -> int | None:
        """Behind the next word of a name of its own; ``Viện Dinh dưỡng``: a word half in small."""
        if own and self._is_own_word(units, i, first=first):
            whole = first and not kinds & {"firm", "named"} and self._is_whole_name(units, i)
            half = first or not units.caps[i - 1]
            return None if whole else (self._half_word(units, i) if half else None) or i + 1
        return self._half_word(units, i) if first else None

    def _half_word(self, units: Units, i: int) -> int | None:
        """Where a word ends whose first syllable alone is capitalised."""
        small = i + 1
        if not (units.goes_on(i) and _follows(units, small) and not units.caps[small]):
            return None
        if units.terms[small] in self._after_name or units.is_acronym(i):
            return None
        word = self._tables.words.longest(units, small)
        if word and word[0] - small > 1:
            return None  # "Viện Tim quốc gia"
        native = is_syllable(units.terms[i]) and is_syllable(units.terms[small])
        tables = (self._tables.places, self._tables.titles, self._tables.heads)
        listed = any(table.longest(units, i) for table in tables)
        return small + 1 if native and not listed else None

    def _is_whole_name(self, units: Units, i: int) -> bool:
        """``Giám đốc Trung tâm Lê Văn Thử``: a person, whom no centre is named after."""
        known = units.terms[i] in self._tables.family_names
        return known and units.goes_on(i + 1) and units.goes_on(i + 2) and not units.goes_on(i + 3)

    def _is_own_word(self, units: Units, i: int, *, first: bool) -> bool:
        if not (
            units.spaced[i] or units.gaps[i] == "&" or self._is_hyphened(units, i, first=first)
        ):
            return False
        if units.terms[i].isdigit():
            return first and not self._counts(units, i)
        if not first and self._tables.is_half(units, i):
            return False  # "Trường Y Đại học Mẫu"
        if not units.caps[i] or (not first and units.terms[i] in self._tables.given_names):
            return False
        return first or not (self._begins_person(units, i) or self._is_country(units, i))

    def _is_hyphened(self, units: Units, i: int, *, first: bool) -> bool:
        """``Công ty G-Mẫu``, ``Đại học Việt - Mẫu``."""
        if first or not units.caps[i - 1]:
            return False
        return units.gaps[i] == "-" or (units.gaps[i] == " - " and units.terms[i - 1] == "việt")

    def _is_country(self, units: Units, i: int) -> bool:
        """``Đảng Lao động Triều Tiên Kim Mẫu``: the name ends with its country."""
        listed = self._tables.places.longest(units, i)
        return listed is not None and listed[1] == "country" and listed[0] - i > 1

    def _counts(self, units: Units, i: int) -> bool:
        """``Chương trình Quỹ 1 triệu cây``: a number that counts what follows it."""
        return _follows(units, i + 1) and units.terms[i + 1] in self._counted

    def _begins_person(self, units: Units, i: int) -> bool:
        families = self._tables.family_names.get(units.terms[i], ())
        return "vi" in families and units.goes_on(i + 1) and units.goes_on(i + 2)

    def _bridge(self, units: Units, i: int, *, party: bool) -> int:
        """Behind ``và`` before a capital, or behind ``về``, a further word may follow.

        ``party``: two parties are joined rather than two words (``đảng Dân chủ và Cộng hòa``).
        """
        if (
            i + 1 >= units.count
            or units.terms[i] not in {"và", "về"}
            or not units.spaced[i]
            or party
        ):
            return i
        if units.terms[i] == "và" and not self._is_further(units, i + 1):
            return i
        return i + 1 if self._word(units, i + 1, joint=True) else i

    def _is_further(self, units: Units, i: int) -> bool:
        """Whether a word behind ``và`` goes on with the name: a capital, or more than one small word."""
        if units.caps[i]:
            return not self.match(units, i, DEEPEST_NEST)
        word = self._tables.words.longest(units, i)
        if not word or self._tables.heads.longest(units, i):
            return False
        return units.goes_on(word[0]) or self._word(units, word[0], joint=True) is not None

    def _quoted(self, units: Units, first: int) -> OrganisationMatch | None:
        """The capitals behind ``báo``, ``hãng tin``: a name in themselves."""
        end = first
        while end - first < LONGEST_RUN and (
            units.goes_on(end) or self._is_number(units, first, end)
        ):
            end += 1
        if end == first:
            return None
        end = max(end, self._half_word(units, first) or end)
        brand = self._brand(units, first, as_written=False)
        if brand:
            return OrganisationMatch(first, brand, brand)
        place = self._tables.places.longest(units, first, strict=False)
        if (place and place[0] >= end) or self._tables.organisations.longest(units, first):
            return None
        return OrganisationMatch(first, end, end)

    def _is_number(self, units: Units, first: int, i: int) -> bool:
        return first < i < units.count and units.spaced[i] and units.terms[i].isdigit()


def _follows(units: Units, i: int) -> bool:
    return i < units.count and units.spaced[i]


def _is_hyphen(units: Units, i: int) -> bool:
    return units.soft[i] and units.gaps[i].strip() in {"-", "–"}
