"""Reads the tables: lists, one entity with all that is known of it, what an article names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tintuc_search.catalogue.base import (
    Alias,
    EntityEntry,
    EntityView,
    OfficeHeld,
    Proof,
    Related,
    Saying,
)
from tintuc_search.catalogue.evidence import unpack
from tintuc_search.catalogue.keys import BORDER
from tintuc_search.catalogue.ordering import Told, over_time
from tintuc_search.catalogue.places import divisions_of
from tintuc_search.catalogue.relations import LEAST_TOGETHER, SURE, expected, log_likelihood
from tintuc_search.catalogue.rows import COLUMNS, entries, entry_of, moment
from tintuc_search.engine.database import select
from tintuc_search.entities.base import Kind

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from tintuc_search.catalogue.keys import Keys

READ = 2000
"""Relations are counted in so many articles at most, the newest: a capital is named in half of all."""
RELATED = 20
NEWEST = 10
SAYINGS = 10
LOOKED_THROUGH = 200
"""So many of the newest articles are looked through for what an entity said."""
_DAY_SHIFT = 7 * 3600  # months are Vietnam's
_NEXT = chr(ord(BORDER[-1]) + 1)


def find(
    connection: sqlite3.Connection, keys: Keys, text: str, kind: Kind | None, page: tuple[int, int]
) -> tuple[int, list[EntityEntry]]:
    """How many entities a name is of, with a word that begins so, and those from ``page[0]`` on, ``page[1]`` many."""
    where, values = ["articles > 0"], list[Any]()
    if kind is not None:
        where.append("kind = ?")
        values.append(kind.value)
    if text.strip():
        marked = keys.is_marked(text)
        key = keys.spelling(text) if marked else keys.folded(text)
        if not key:
            return 0, []
        forms = [f"instr(' ' || {'spelling' if marked else 'folded'}, ?)"]
        values.append(f" {key}")
        # An abbreviation is found by what it is read as, whatever way the articles write it.
        full = (
            keys.read_out(text)
            if any(word.isupper() and len(word) > 1 for word in text.split())
            else key
        )
        if full != key:
            forms.append("instr(' ' || canonical, ?)")
            values.append(f" {full}")
        where.append(f"number IN (SELECT entity FROM aliases WHERE {' OR '.join(forms)})")  # noqa: S608 - our own
    condition = " AND ".join(where)
    total = connection.execute(f"SELECT COUNT(*) FROM entities WHERE {condition}", values)  # noqa: S608
    offset, limit = page
    rows = connection.execute(
        f"SELECT {COLUMNS} FROM entities WHERE {condition}"  # noqa: S608
        " ORDER BY articles DESC, name, id LIMIT ? OFFSET ?",
        (*values, limit, offset),
    )
    return int(total.fetchone()[0]), [entry_of(row) for row in rows.fetchall()]


def view(connection: sqlite3.Connection, keys: Keys, number: int) -> EntityView:
    """All of an entity."""
    entry = entries(connection, [number])[number]
    places, is_unsure = (
        divisions_of(connection, keys, number) if entry.kind is Kind.PLACE else ((), False)
    )
    return EntityView(
        entry=entry,
        aliases=_aliases(connection, number),
        namesakes=_namesakes(connection, number),
        offices=_offices(connection, number) if entry.kind is Kind.PERSON else (),
        related=_related(connection, number, entry.articles),
        months=_months(connection, number),
        divisions=places,
        is_unsure=is_unsure,
        newest=tuple(_newest(connection, number, NEWEST).values()),
        sayings=_sayings(connection, number),
    )


def _aliases(connection: sqlite3.Connection, number: int) -> tuple[Alias, ...]:
    rows = connection.execute(
        "SELECT text, SUM(articles) AS articles FROM aliases WHERE entity = ? GROUP BY text"
        " ORDER BY articles DESC, text",
        (number,),
    )
    return tuple(Alias(*row) for row in rows.fetchall())


def _namesakes(connection: sqlite3.Connection, number: int) -> tuple[EntityEntry, ...]:
    """People of the name, places of it in other provinces."""
    question = "SELECT kind, root FROM entities WHERE number = ?"
    kind, root = connection.execute(question, (number,)).fetchone()
    name = root.partition(BORDER)[0]
    rows = connection.execute(
        f"SELECT {COLUMNS} FROM entities WHERE kind = ? AND number <> ? AND articles > 0"  # noqa: S608
        " AND (root IN (?, ?) OR (root > ? AND root < ?)) ORDER BY articles DESC, id",
        (kind, number, root, name, name + BORDER, name + BORDER[:-1] + _NEXT),
    )
    return tuple(entry_of(row) for row in rows.fetchall())


def _offices(connection: sqlite3.Connection, number: int) -> tuple[OfficeHeld, ...]:
    rows = connection.execute(
        "SELECT held.key, held.office, held.former, body.entity, articles.id, articles.published"
        " FROM mentions JOIN held ON held.name = mentions.name AND held.article = mentions.article"
        " JOIN articles ON articles.number = mentions.article"
        " LEFT JOIN mentions AS body ON body.article = held.article AND body.name = held.body"
        " WHERE mentions.entity = ?",
        (number,),
    ).fetchall()
    bodies = entries(connection, {row[3] for row in rows if row[3] is not None})
    told = [
        Told(
            key,
            office,
            bool(former),
            body,
            Proof(article, moment(published)),
        )
        for key, office, former, body, article, published in rows
    ]
    return over_time(told, bodies)


def _newest(connection: sqlite3.Connection, number: int, most: int) -> dict[int, str]:
    """The newest articles that name an entity, by number; those without a date last."""
    rows = connection.execute(
        "SELECT DISTINCT articles.number, articles.id FROM mentions INDEXED BY mentions_by_entity"
        " JOIN articles ON articles.number = mentions.article WHERE mentions.entity = ?"
        " ORDER BY mentions.published DESC, articles.id DESC LIMIT ?",
        (number, most),
    )
    return dict(rows.fetchall())


def _related(connection: sqlite3.Connection, number: int, named_in: int) -> tuple[Related, ...]:
    (articles,) = connection.execute("SELECT COUNT(*) FROM articles").fetchone()
    counted = min(named_in, READ)
    rows = connection.execute(
        "SELECT beside.entity, COUNT(DISTINCT beside.article) AS both FROM mentions AS beside"
        " WHERE beside.article IN (SELECT article FROM mentions WHERE entity = ?"
        " ORDER BY published DESC LIMIT ?) AND beside.entity <> ?"
        " GROUP BY beside.entity HAVING both >= ?",
        (number, READ, number, LEAST_TOGETHER),
    ).fetchall()
    known = entries(connection, [row[0] for row in rows])
    related = []
    for other, both in rows:
        if other in known:
            entry = known[other]
            score = log_likelihood(both, counted, max(entry.articles, both), articles)
            if score > SURE:
                chance = expected(counted, entry.articles, articles)
                related.append(Related(entry, both, chance, score))
    related.sort(key=lambda each: (-each.score, each.entity.id))
    return tuple(related[:RELATED])


def _months(connection: sqlite3.Connection, number: int) -> tuple[tuple[str, int], ...]:
    rows = connection.execute(
        "SELECT strftime('%Y-%m', published + ?, 'unixepoch') AS month, COUNT(DISTINCT article)"
        " FROM mentions WHERE entity = ? AND published IS NOT NULL GROUP BY month ORDER BY month",
        (_DAY_SHIFT, number),
    )
    return tuple(rows.fetchall())


def _sayings(connection: sqlite3.Connection, number: int) -> tuple[Saying, ...]:
    """What an entity said in the newest articles, the newest first."""
    newest = _newest(connection, number, LOOKED_THROUGH)
    names = _names_of(connection, number)
    rows = {
        row[0]: row
        for row in select(
            connection, "SELECT number, revision, named FROM articles WHERE number IN", newest
        )
    }
    found: list[Saying] = []
    for article, article_id in newest.items():
        _, revision, packed = rows[article]
        for name, kind, start, end in _unpacked(packed)["said"]:
            if name in names:
                found.append(Saying(article_id, revision, start, end, kind))
        if len(found) >= SAYINGS:
            break
    return tuple(found[:SAYINGS])


def _names_of(connection: sqlite3.Connection, number: int) -> set[int]:
    rows = connection.execute("SELECT DISTINCT name FROM mentions WHERE entity = ?", (number,))
    return {row[0] for row in rows.fetchall()}


def named_in(
    connection: sqlite3.Connection, article: str, revision: int
) -> Sequence[tuple[int, int, int]]:
    """Start, end and entity number of each mention in an article's text, in order."""
    row = connection.execute(
        "SELECT number, named FROM articles WHERE id = ? AND revision = ?", (article, revision)
    ).fetchone()
    if row is None:
        return []
    rows = connection.execute(
        "SELECT name, entity FROM mentions WHERE article = ? AND entity IS NOT NULL", (row[0],)
    )
    entities = dict(rows.fetchall())
    found = [
        (start, end, entities[name])
        for name, *places in _unpacked(row[1])["names"]
        if name in entities
        for start, end in zip(places[::2], places[1::2], strict=True)
    ]
    return sorted(found)


def _unpacked(packed: bytes) -> dict[str, Any]:
    value: dict[str, Any] = unpack(packed)  # type: ignore[assignment]  # what evidence.pack was given
    return value
