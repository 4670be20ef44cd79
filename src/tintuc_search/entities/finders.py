"""The three that know names, and which of them is worth asking at a term."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tintuc_search.entities.organisations import Organisations
from tintuc_search.entities.persons import Persons
from tintuc_search.entities.places import Places

if TYPE_CHECKING:
    from tintuc_search.entities.tables import Tables

TITLE, BODY, PLACE, AREA = 1, 2, 4, 8


class Finders:
    """Places, organisations, persons over the same tables.

    ``looks`` tells for each term that begins an entry of some list, which lists those are (the sum of
    ``TITLE``, ``BODY``, ``PLACE``, ``AREA``): the others need no look there.
    """

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.places = Places(tables)
        self.organisations = Organisations(tables, self.places)
        self.persons = Persons(tables)
        self.credits = tables.part("credit")
        self.title_ends = tables.part("title-end")
        self.whereabouts = tables.part("whereabouts")
        self.looks = _looks(tables)


def _looks(tables: Tables) -> dict[str, int]:
    """For each term that begins an entry of some list, which lists: the others need no look."""
    looks: dict[str, int] = {}
    for by_first, look in (
        (tables.titles.by_first, TITLE),
        (tables.heads.by_first, BODY),
        (tables.organisations.by_first, BODY),
        (tables.brands.by_first, BODY),
        (tables.places.by_first, PLACE),
        (tables.communes.by_first, AREA),
        (tables.classifiers.by_first, AREA),
    ):
        for term in by_first:
            looks[term] = looks.get(term, 0) | look
    return looks
