"""The three that know names, and which of them is worth asking at a term."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tintuc_search.entities.evidence import Evidence
from tintuc_search.entities.organisations import Organisations
from tintuc_search.entities.persons import Persons
from tintuc_search.entities.places import Places

if TYPE_CHECKING:
    from tintuc_search.entities.tables import Tables
    from tintuc_search.entities.units import Units

TITLE, BODY, PLACE, AREA = 1, 2, 4, 8


class Finders:
    """Places, organisations, persons over the same tables.

    ``looks`` tells for the first term of every entry of some list, which lists have it alone, and which
    have it with which second term: sums of ``TITLE``, ``BODY``, ``PLACE``, ``AREA``. The others need no
    look there.
    """

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.places = Places(tables)
        self.organisations = Organisations(tables, self.places)
        self.persons = Persons(tables)
        self.evidence = Evidence(tables, self.places.shapes)
        self.credits = tables.part("credit")
        self.title_ends = tables.part("title-end")
        self.whereabouts = tables.part("whereabouts")
        self.addresses = tables.part("address")
        self.firm_words = tables.part("firm-word")
        self.given_names = tables.part("given-name")
        self.closed_levels = tables.part("closed-level")
        self.looks = _looks(tables)

    def is_part_of_word(self, units: Units, i: int) -> bool:
        """``trẻ em``, ``đàn ông``: the end of another word."""
        if i == 0 or not units.spaced[i] or units.caps[i]:
            return False
        return (units.terms[i - 1], units.terms[i]) in self.tables.common

    def is_local(self, units: Units, after: int) -> bool:
        """Whether a word for a kind of place ends at ``after``: ``trưởng thôn``."""
        found = self.tables.classifiers.longest(units, after - 1)
        if found is None or found[0] > after or "bare" not in found[1]:
            return False
        return units.terms[after - 1] not in self.closed_levels  # "Chủ tịch nước"


def _looks(tables: Tables) -> dict[str, tuple[int, dict[str, int]]]:
    looks: dict[str, dict[str, int]] = {}
    for beginnings, look in (
        (tables.titles.beginnings(), TITLE),
        (tables.heads.beginnings(), BODY),
        (tables.organisations.beginnings(), BODY),
        (tables.brands.beginnings(), BODY),
        (tables.places.beginnings(), PLACE),
        (tables.communes.beginnings(), AREA),
        (tables.classifiers.beginnings(), AREA),
    ):
        for first, *second in beginnings:
            following = looks.setdefault(first, {"": 0})
            key = second[0] if second else ""
            following[key] = following.get(key, 0) | look
    return {first: (following.pop(""), following) for first, following in looks.items()}
