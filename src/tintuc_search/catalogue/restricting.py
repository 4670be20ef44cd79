"""What finds the articles of an entity in an index that knows names by their keys, not entities."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tintuc_search.catalogue.base import Restriction
from tintuc_search.engine.database import select
from tintuc_search.entities.base import Kind

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

MOST_ARTICLES = 20_000
"""Articles of a namesake that a search is narrowed to, the newest."""


def restriction(connection: sqlite3.Connection, number: int) -> Restriction | None:
    """The keys of an entity, and its articles where another has one of these keys too; None where there is none."""
    row = connection.execute("SELECT kind FROM entities WHERE number = ?", (number,)).fetchone()
    if row is None:
        return None
    keys = _keys(connection, number)
    question = (
        "SELECT DISTINCT entities.number FROM aliases JOIN entities"
        " ON entities.number = aliases.entity AND entities.articles > 0 WHERE aliases.indexed IN"
    )
    kinds = {
        other
        for (other,) in select(connection, question, keys)
        if other != number and _kind(connection, other) == row[0]
    }
    return Restriction(Kind(row[0]), keys, _articles(connection, number) if kinds else None)


def ids_of(
    connection: sqlite3.Connection, kind: Kind, keys: Iterable[str]
) -> dict[str, tuple[str, ...]]:
    """The ids of the entities that the index knows by each key, the most named first."""
    question = (
        "SELECT DISTINCT aliases.indexed, entities.id, entities.articles, entities.kind FROM aliases"
        " JOIN entities ON entities.number = aliases.entity AND entities.articles > 0"
        " WHERE aliases.indexed IN"
    )
    rows = [row for row in select(connection, question, set(keys)) if row[3] == kind.value]
    found: dict[str, list[str]] = {}
    for key, entity, _, _ in sorted(rows, key=lambda row: (-row[2], row[1])):
        found.setdefault(key, []).append(entity)
    return {key: tuple(entities) for key, entities in found.items()}


def _keys(connection: sqlite3.Connection, number: int) -> frozenset[str]:
    rows = connection.execute("SELECT DISTINCT indexed FROM aliases WHERE entity = ?", (number,))
    return frozenset(row[0] for row in rows.fetchall())


def _kind(connection: sqlite3.Connection, number: int) -> str:
    row = connection.execute("SELECT kind FROM entities WHERE number = ?", (number,)).fetchone()
    return str(row[0])


def _articles(connection: sqlite3.Connection, number: int) -> frozenset[str]:
    rows = connection.execute(
        "SELECT articles.id FROM mentions JOIN articles ON articles.number = mentions.article"
        " WHERE mentions.entity = ? ORDER BY mentions.published DESC LIMIT ?",
        (number, MOST_ARTICLES),
    )
    return frozenset(row[0] for row in rows.fetchall())
