"""Entries of entities out of the tables."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tintuc_search.article import VIETNAM
from tintuc_search.catalogue.base import EntityEntry
from tintuc_search.catalogue.keys import digest_of, is_id
from tintuc_search.engine.database import select
from tintuc_search.entities.base import Kind

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

COLUMNS = "number, id, kind, name, note, articles, mentions, first, last"


def find_number(connection: sqlite3.Connection, entity_id: str) -> int | None:
    """The number of an entity by its id, or by one that leads or ever led to it."""
    number = known_number(connection, entity_id)
    if number is None and is_id(entity_id):
        return _by_article(connection, entity_id)
    return number


def known_number(connection: sqlite3.Connection, entity_id: str) -> int | None:
    """The number of an entity by its id, or by that of one of its names."""
    row = connection.execute("SELECT number FROM entities WHERE id = ?", (entity_id,)).fetchone()
    row = (
        row
        or connection.execute("SELECT entity FROM redirects WHERE id = ?", (entity_id,)).fetchone()
    )
    return int(row[0]) if row else None


def _by_article(connection: sqlite3.Connection, entity_id: str) -> int | None:
    """The person whose id this was when another article was the earliest that told of them."""
    slug, _, digest = entity_id.rpartition("-")
    rows = connection.execute(
        "SELECT entities.number, entities.root, articles.id FROM entities"
        " JOIN mentions ON mentions.entity = entities.number"
        " JOIN articles ON articles.number = mentions.article"
        " WHERE entities.id > ? AND entities.id < ? AND LENGTH(entities.id) = ? AND entities.kind = ?",
        (f"{slug}-", f"{slug}.", len(entity_id), Kind.PERSON.value),
    )
    return next(
        (
            number
            for number, root, article in rows
            if digest_of(Kind.PERSON, root, article) == digest
        ),
        None,
    )


def entries(connection: sqlite3.Connection, numbers: Iterable[int]) -> dict[int, EntityEntry]:
    """The entries of entities by number."""
    question = f"SELECT {COLUMNS} FROM entities WHERE number IN"  # noqa: S608 - our own names
    return {row[0]: entry_of(row) for row in select(connection, question, numbers)}


def entry_of(row: tuple[Any, ...]) -> EntityEntry:
    """The entry of a row of :data:`COLUMNS`."""
    _, entity_id, kind, name, note, articles, mentions, first, last = row
    return EntityEntry(
        entity_id, Kind(kind), name, note, articles, mentions or 0, moment(first), moment(last)
    )


def moment(seconds: int | None) -> datetime | None:
    """A time of publication as stored."""
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC).astimezone(VIETNAM)
