"""The people who bear one name, told from what is kept of the articles that name them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tintuc_search.analysis.tables import read_table
from tintuc_search.analysis.vi.spelling import is_syllable
from tintuc_search.catalogue.namesakes import Bearer, Item, allot, part
from tintuc_search.engine.database import select
from tintuc_search.entities.base import Kind

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from tintuc_search.catalogue.edits import Edit, Part
    from tintuc_search.catalogue.keys import Keys
    from tintuc_search.catalogue.offices import OfficeReader, Standing

_VIETNAMESE = frozenset(["vi", "vi-rare"])


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A part of a split, its words by key."""

    note: str
    words: tuple[str, ...]
    articles: frozenset[str]

    def fits(self, item: Item) -> bool:
        """Whether the article is listed, or tells one of the words of the bearer."""
        if item.article in self.articles:
            return True
        told = (*item.offices, *item.bodies, *item.persons, *item.places)
        return any(f" {word} " in f" {each} " for word in self.words for each in told)


class Bearers:
    """Tells how many people bear a name."""

    def __init__(self, keys: Keys, offices: OfficeReader) -> None:
        self._keys, self._offices = keys, offices
        rows = read_table("tintuc_search.entities", "family_names.tsv")
        self._families = {keys.spelling(name) for name, of in rows if of in _VIETNAMESE}

    def of(
        self, connection: sqlite3.Connection, names: Sequence[tuple[int, str]], split: Edit | None
    ) -> list[Bearer]:
        """The bearers of names, given by number and canonical key; empty where they are surely one."""
        numbers = [number for number, _ in names]
        if split is None and not any(self._may_be_shared(key) for _, key in names):
            return []
        told = self._told(connection, numbers)
        if split is None and not _may_differ(told):
            return []
        items = self._items(connection, numbers, told)
        if split is not None:
            return allot(items, [self._wanted(each) for each in split.parts])
        bearers = part(items)
        return bearers if len(bearers) > 1 else []

    def _may_be_shared(self, key: str) -> bool:
        """Whether a name has the form of a Vietnamese person's: only these are parted unasked."""
        terms = key.split()
        return len(terms) > 1 and terms[0] in self._families and all(map(is_syllable, terms))

    def _wanted(self, given: Part) -> _Wanted:
        words = tuple(filter(None, map(self._keys.spelling, given.words)))
        return _Wanted(given.note, words, frozenset(given.articles))

    def _told(
        self, connection: sqlite3.Connection, numbers: Sequence[int]
    ) -> dict[int, list[tuple[str, Standing, str | None]]]:
        """The offices that each article tells of, each with the name of its body."""
        question = (
            "SELECT held.article, held.office, names.text FROM held"
            " LEFT JOIN names ON names.number = held.body WHERE held.name IN"
        )
        told: dict[int, list[tuple[str, Standing, str | None]]] = {}
        for article, office, body in select(connection, question, numbers):
            told.setdefault(article, []).append((office, self._offices.read(office), body))
        return told

    def _items(
        self,
        connection: sqlite3.Connection,
        numbers: Sequence[int],
        told: dict[int, list[tuple[str, Standing, str | None]]],
    ) -> list[Item]:
        question = (
            "SELECT DISTINCT articles.number, articles.id, articles.published FROM mentions"
            " JOIN articles ON articles.number = mentions.article WHERE mentions.name IN"
        )
        rows = {row[0]: row for row in select(connection, question, numbers)}
        own = set(numbers)
        beside: dict[int, dict[str, set[str]]] = {number: {} for number in rows}
        question = (
            "SELECT mentions.article, names.number, names.kind, names.canonical FROM mentions"
            # A cross join: SQLite must begin with the few articles.
            " CROSS JOIN names ON names.number = mentions.name"
            " WHERE names.kind IN ('person', 'place') AND mentions.article IN"
        )
        for article, number, kind, key in select(connection, question, rows):
            if number not in own:
                beside[article].setdefault(kind, set()).add(key)
        return [
            self._item(article, published, number, told.get(number, []), beside[number])
            for number, article, published in rows.values()
        ]

    def _item(
        self,
        article: str,
        published: int | None,
        unit: int,
        told: list[tuple[str, Standing, str | None]],
        beside: dict[str, set[str]],
    ) -> Item:
        standings = [standing for _, standing, _ in told]
        areas = frozenset(area for standing in standings for area in standing.areas)
        bodies = {self._keys.spelling(body): body for _, _, body in told if body}
        # "Đảng ủy xã" is a body of every commune; a capital or two tell which.
        named = {key: body for key, body in bodies.items() if _is_named(body)}
        shown = {(standing.key, office) for office, standing, _ in told}
        return Item(
            article=article,
            unit=unit,
            published=published,
            offices=frozenset(standing.key for standing in standings),
            lines=frozenset(standing.line for standing in standings if standing.line),
            areas=areas,
            bodies=frozenset(named),
            persons=frozenset(beside.get(Kind.PERSON.value, ())),
            places=frozenset(beside.get(Kind.PLACE.value, ())),
            shown=frozenset(shown | set(named.items())).union(*(s.shown for s in standings)),
        )


def _may_differ(told: dict[int, list[tuple[str, Standing, str | None]]]) -> bool:
    """Whether any two offices could speak against one holder."""
    standings = {standing for offices in told.values() for _, standing, _ in offices}
    lines = {standing.line for standing in standings if standing.line}
    areas = {name for standing in standings for name, _ in standing.areas}
    return len(lines) > 1 or len(areas) > 1


def _is_named(body: str) -> bool:
    """Whether a body's name ends with a name of its own: ``Đảng ủy xã Nậm Lìn``, not ``Đảng ủy xã``."""
    last = body.rsplit(maxsplit=1)[-1]
    return last[:1].isupper() or last.isdigit()
