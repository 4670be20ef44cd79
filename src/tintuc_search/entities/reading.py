"""Reads a line and asks, wherever a name could begin, whose it is."""

from __future__ import annotations

from bisect import bisect_left
from itertools import compress, count
from typing import TYPE_CHECKING

from tintuc_search.analysis.vi.spelling import is_syllable
from tintuc_search.entities.base import Kind
from tintuc_search.entities.finders import AREA, BODY, PLACE, TITLE
from tintuc_search.entities.places import begins_sentence
from tintuc_search.entities.scan import OFFICES, Found

if TYPE_CHECKING:
    from tintuc_search.entities.finders import Finders
    from tintuc_search.entities.places import PlaceMatch
    from tintuc_search.entities.scan import Scan
    from tintuc_search.entities.units import Units

LONGEST_HOUSE_NUMBER = 3
FARTHEST_CAPITAL = 8
FARTHEST_NAME = 5
LONGEST_REST = 5
_NOWHERE: tuple[int, dict[str, int]] = (0, {})


class LineReader:
    """The reading of a text line by line; ``titled_at`` is where a name stands right behind a title."""

    def __init__(self, finders: Finders, units: Units, scan: Scan) -> None:
        self._finders, self._units, self._scan = finders, units, scan
        self._tables = finders.tables
        self._titled_at, self._title = -1, ""
        looks = finders.looks
        looked_at = [
            capital or term in looks for capital, term in zip(units.caps, units.terms, strict=True)
        ]
        self._candidates = list(compress(count(), looked_at))
        self._following = [*units.terms[1:], ""]
        solid = [
            capital or term[0].isdigit()
            for capital, term in zip(units.caps, units.terms, strict=True)
        ]
        self._solid = list(compress(count(), solid))

    def read(self, first: int, after: int) -> None:
        """Put what units ``first`` to ``after``, a line, name into the scan."""
        caps, terms, looks = self._units.caps, self._units.terms, self._finders.looks
        goes_on = first
        start = bisect_left(self._candidates, first)
        for i in self._candidates[start : bisect_left(self._candidates, after, start)]:
            if i < goes_on:
                continue
            alone, with_second = looks.get(terms[i], _NOWHERE)
            look = alone | with_second.get(self._following[i], 0)
            if not caps[i]:
                if not look:
                    continue
                # Without a capital or number near, small words are only words.
                far = FARTHEST_CAPITAL if look & (TITLE | BODY) else FARTHEST_NAME
                if self._next_solid(i) - i > far:
                    continue
            goes_on = self._read_listed(i, look) if look else self._read_person(i) or self._leave(i)

    def _next_solid(self, i: int) -> int:
        """The next unit that could be of a name: a capital or number."""
        at = bisect_left(self._solid, i)
        return self._solid[at] if at < len(self._solid) else self._units.count + FARTHEST_CAPITAL

    def _read_listed(self, i: int, look: int) -> int:
        """What begins at ``i``, where a term of the lists ``look`` stands; gives where to go on."""
        if self._titled_at == i and self._title == "address" and not self._is_title(i):
            end = self._read_person(i)
            if end:
                return end
        if look & PLACE and self._titled_at == i and self._title in OFFICES:
            place = self._finders.places.titled(self._units, i)
            if place and not (look & BODY and self._finders.organisations.match(self._units, i)):
                return self._take_place(place)
        if look & PLACE and self._units.caps[i]:
            place = self._finders.places.listed(self._units, i)
            if place and place.after - i > 1:
                body = self._finders.organisations.match(self._units, i) if look & BODY else None
                headed = self._tables.heads.longest(self._units, i)
                longer = body is not None and body.after > place.after and not headed
                return (self._organisation(i) if longer else None) or self._take_place(place)
        return (
            (self._read_title(i) if look & TITLE else None)
            or (self._organisation(i) if look & BODY else None)
            or (self._place(i) if look & (PLACE | AREA) else None)
            or (self._read_person(i) if self._units.caps[i] else None)
            or self._leave(i)
        )

    def _is_title(self, i: int) -> bool:
        """``đồng chí Bí thư thứ nhất``: one title behind another."""
        found = self._tables.titles.longest(self._units, i)
        return found is not None and found[0] - i > 1

    def _read_title(self, i: int) -> int | None:
        units = self._units
        found = self._tables.titles.longest(units, i)
        if not found or found[0] >= units.count:
            return None
        after, kind = found
        head = self._tables.heads.longest(units, i)
        if self._finders.is_part_of_word(units, i) or (head and head[0] > after):
            return None  # "trẻ em"; "Đại sứ quán"
        if kind == "address" and not units.caps[after]:
            return None if units.caps[i] else after
        if after - i == 1 and units.caps[i] and self._finders.places.listed(units, i):
            return None  # "nước Anh": a country that is spelt like an address
        after = self._body_in_title(i, after) or after
        if kind in OFFICES and units.spaced[after]:
            of = self._tables.fields.longest(units, after, strict=False)
            if of and not self._finders.organisations.match(units, after):
                after = of[0]
        if kind in OFFICES and self._finders.is_local(units, after):
            kind = "local"
        self._set_title(i, after, kind)
        return after

    def _body_in_title(self, i: int, after: int) -> int | None:
        """Where the body begins whose first word ends the title: ``trưởng ban Dân vận``."""
        for first in (after - 2, after - 1):
            if first > i and " ".join(self._units.terms[first:after]) in self._finders.title_ends:
                body = self._finders.organisations.match(self._units, first)
                if body and body.after > after:
                    return first
        return None

    def _set_title(self, i: int, after: int, kind: str) -> None:
        units = self._units
        if after >= units.count:
            return
        gap, word = units.gaps[after], units.terms[after - 1]
        short = units.caps[after - 1] and gap in {".", ". "} and not is_syllable(word)
        credit = gap.strip() == ":" and " ".join(units.terms[i:after]) in self._finders.credits
        if gap == " " or short or credit:
            self._titled_at, self._title = after, "byline" if credit else kind

    def _organisation(self, i: int) -> int | None:
        found = self._finders.organisations.match(self._units, i)
        if found is None:
            return None
        after = self._bracketed(found.after) or found.after
        area = min(found.area, found.after) if after == found.after else after
        self._scan.names.append(Found(Kind.ORGANISATION, found.first, after, area=area))
        self._keep_title(i, after)
        return self._read_alias(after)

    def _bracketed(self, after: int) -> int | None:
        """Where an abbreviation in brackets shows that a name goes on: ``Quỹ Mẫu tử ta (QMT)``."""
        units = self._units
        for k in range(after, min(after + LONGEST_REST, units.count)):
            if units.gaps[k].strip() == "(":
                return k if k > after and self._is_alias(k) else None
            if units.caps[k] or not units.spaced[k]:
                return None
        return None

    def _read_alias(self, after: int) -> int:
        """``Liên đoàn Chống phỉ báng (ADL)``: the abbreviation in brackets names it from now on."""
        if after < self._units.count and self._is_alias(after):
            self._scan.aliases[self._units.terms[after]] = self._scan.names[-1]
            return after + 1
        return after

    def _is_alias(self, i: int) -> bool:
        """Whether unit ``i`` is an abbreviation, or a firm's short name, alone in brackets."""
        units = self._units
        start, end = units.starts[i], units.ends[i]
        if units.gaps[i].strip() != "(" or units.text[end : end + 1] != ")" or end - start == 1:
            return False
        listed = self._tables.places.longest(units, i)
        return units.upper[i] or (units.caps[i] and not is_syllable(units.terms[i]) and not listed)

    def _place(self, i: int) -> int | None:
        found = self._finders.places.match(self._units, i)
        return self._take_place(found) if found else None

    def _take_place(self, found: PlaceMatch) -> int:
        first = found
        next_one: PlaceMatch | None = found
        while next_one:
            found = next_one
            self._scan.names.append(Found(Kind.PLACE, found.first, found.after, area=found.begin))
            next_one = self._finders.places.further(self._units, first, found.after)
        self._keep_title(found.begin, found.after)
        return found.after

    def _keep_title(self, first: int, after: int) -> None:
        """``Tổng thống Mỹ Donald Trump``: the title still stands before the name."""
        if self._titled_at == first and self._units.goes_on(after):
            self._titled_at, self._title = after, "office"

    def _read_person(self, i: int) -> int | None:
        titled = self._title if self._titled_at == i else ""
        after = self._finders.persons.match(self._units, i, titled=bool(titled))
        if after is None:
            return None
        if titled == "byline" and not _is_signature(self._units, i, after):
            return after
        if titled in OFFICES:
            first, after = self._part_of_titled(i, after)
            if self._is_firm_name(first, after):
                return after
            i = first
        kind = (
            Kind.PERSON
            if titled
            or self._is_term(i)
            or not _is_address(self._units, i, self._finders.addresses)
            else Kind.PLACE
        )
        found = Found(kind, i, after, titled)
        (self._scan.loose if after - i == 1 else self._scan.names).append(found)
        return after

    def _is_term(self, i: int) -> bool:
        """``Chủ tịch Quốc hội khóa 13 Lê Văn Thử``: a term of office stands before the name."""
        term = self._tables.offices["number"].longest(self._units, i - 2) if i > 1 else None
        return term is not None and term[0] == i - 1 and self._units.terms[i - 1].isdigit()

    def _part_of_titled(self, i: int, after: int) -> tuple[int, int]:
        """The person in capitals behind an office; the place in front of the name is found, too."""
        finders, units = self._finders, self._units
        first = finders.persons.part_of_titled(units, i, after)
        if first > i or units.terms[i] in self._tables.given_names:
            return first, after
        for k in (i + 1, i + 2):
            if not finders.persons.is_whole(units, k):
                continue
            place = k - i == 2 and finders.places.shapes.is_place(units.terms[i:k])  # noqa: PLR2004
            if place:
                self._scan.names.append(Found(Kind.PLACE, i, k, area=i))
            if place or units.terms[i] not in self._tables.family_names:
                return k, finders.persons.run(units, k)
        return i, after

    def _is_firm_name(self, first: int, after: int) -> bool:
        """``Giám đốc Mẫu Việt Oil``: a word of firms, or words of two languages and of no family."""
        tables, terms = self._tables, self._units.terms
        if not self._finders.firm_words.isdisjoint(terms[first:after]):
            return True
        if terms[first] in tables.family_names or terms[first] in tables.given_names:
            return False
        native = sum(is_syllable(term) for term in terms[first:after])
        return 0 < native < after - first and is_syllable(terms[first])

    def _leave(self, i: int) -> int:
        """Capitals that nothing explains here: the rest of the article may."""
        units = self._units
        if not units.caps[i]:
            return i + 1
        if is_syllable(units.terms[i]):
            place = self._finders.places.lived_in(units, i)
            if place:
                return self._take_place(place)
            if not begins_sentence(units, i):
                self._scan.loose.append(Found(Kind.PERSON, i, i + 1))
            return i + 1
        after = i + 1
        while units.goes_on(after) and not is_syllable(units.terms[after]):
            if units.terms[after] in self._finders.looks:
                break
            after += 1
        if (
            i
            and units.spaced[i]
            and units.terms[i - 1] in self._finders.whereabouts
            and not units.upper[i]
        ):
            self._scan.names.append(Found(Kind.PLACE, i, after, "guess", area=i))
        else:
            self._scan.loose.append(Found(Kind.PERSON, i, after))
        return after


def _is_address(units: Units, i: int, addresses: frozenset[str]) -> bool:
    """A street named after a person: the number of a house stands before it."""
    number = units.terms[i - 1] if i and units.spaced[i] else ""
    if not number.isdigit() or len(number) > LONGEST_HOUSE_NUMBER:
        return False
    # Only an address has a fraction before a name, and words of addresses before that.
    before = units.terms[i - 3] if i > 2 and units.gaps[i - 1] == "/" else ""  # noqa: PLR2004
    return not before.isalpha() or before in addresses


def _is_signature(units: Units, first: int, after: int) -> bool:
    """A credit with a name in it, not initials alone (``Ảnh: TH``)."""
    return any(
        is_syllable(units.terms[i]) and units.ends[i] - units.starts[i] > 1
        for i in range(first, after)
    )
