"""Lines that hold nothing but the names of those who wrote the article."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tintuc_search.analysis.vi.spelling import is_syllable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tintuc_search.entities.finders import Finders
    from tintuc_search.entities.units import Units

LONGEST_BYLINE = 8
LONGEST_NOTE = 6
_NOTE = re.compile(r"\s*\((?:tổng hợp|theo [^)]*|ghi|thực hiện|lược dịch)\)$", re.IGNORECASE)
_SIGNS = re.compile(r"[^\w\s.,\-–&()]")


def is_byline(units: Units, finders: Finders, first: int, after: int) -> bool:
    """Whether units ``first`` to ``after``, a line, are names of writers: ``Như An - Hoài Thơ``."""
    if after - first > LONGEST_BYLINE + LONGEST_NOTE:
        return False
    end = without_note(units, first, after)
    return (
        1 < end - first <= LONGEST_BYLINE
        and all(units.caps[first:end])
        and all(is_syllable(term) for term in units.terms[first:end])
        and not _SIGNS.search(units.text[units.starts[first] : units.ends[after - 1]])
        and _begins_with_person(units, finders, first)
    )


def _begins_with_person(units: Units, finders: Finders, first: int) -> bool:
    title = finders.tables.titles.longest(units, first)
    also_name = units.terms[first] in finders.given_names and units.goes_on(first + 1)
    if (title and not also_name) or finders.organisations.match(units, first):
        return False  # but "Anh Ngọc"
    place = finders.tables.places.longest(units, first)
    if place and "vi" in finders.tables.family_names.get(units.terms[first], ()):
        return place[1] == "city"  # Hoàng Mai is a district, and a name
    found = finders.places.match(units, first)
    return found is None or units.goes_on(found.after)


def names_of_byline(units: Units, first: int, after: int) -> Iterator[tuple[int, int]]:
    """First unit and end of each name of the line."""
    end = without_note(units, first, after)
    begin = first
    for i in range(first + 1, end + 1):
        if i == end or not (units.spaced[i] or units.gaps[i] in {".", ". "}):
            if i - begin > 1:
                yield begin, i
            begin = i


def without_note(units: Units, first: int, after: int) -> int:
    """Where the line ends without ``(Tổng hợp)``, ``(Theo BBC)``."""
    written = units.text[units.starts[first] : units.ends[after - 1] + 1]
    note = _NOTE.search(written)
    if not note:
        return after
    limit = units.starts[first] + note.start()
    return next((i for i in range(first, after) if units.starts[i] >= limit), after)
