"""Writes what articles name into the tables, in place of what was there of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tintuc_search.catalogue.evidence import pack
from tintuc_search.engine.database import select
from tintuc_search.entities.base import Kind

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from tintuc_search.catalogue.evidence import Evidence, NameKey
    from tintuc_search.catalogue.keys import Keys

Row = tuple[object, ...]


def record(
    connection: sqlite3.Connection,
    evidence: Sequence[Evidence],
    deleted: Iterable[str],
    keys: Keys,
) -> None:
    """Keep what is told of articles; forget those deleted. The names concerned are dirty then."""
    newest = {each.article: each for each in evidence}
    _forget(connection, [*newest, *deleted])
    named = {name for each in newest.values() for name in each.names}
    numbers = _number(connection, named, keys)
    for each in newest.values():
        _insert(connection, each, numbers)
    touched = ((number,) for number in numbers.values())
    connection.executemany("UPDATE names SET dirty = 1 WHERE number = ?", touched)


def _forget(connection: sqlite3.Connection, articles: Sequence[str]) -> None:
    question = "SELECT number FROM articles WHERE id IN"
    numbers = [(number,) for (number,) in select(connection, question, articles)]
    connection.executemany(
        "UPDATE names SET dirty = 1 WHERE number IN (SELECT name FROM mentions WHERE article = ?)",
        numbers,
    )
    # The entity of a mention that goes must be counted anew, though its name may be another's by then.
    for table in ("mentions", "held"):
        connection.executemany(f"DELETE FROM {table} WHERE article = ?", numbers)  # noqa: S608
    connection.executemany("DELETE FROM articles WHERE number = ?", numbers)


def _number(connection: sqlite3.Connection, named: set[NameKey], keys: Keys) -> dict[NameKey, int]:
    """The numbers of names; unknown ones are stored."""
    question = "SELECT kind, text, note, number FROM names WHERE text IN"
    texts = sorted({text for _, text, _ in named})
    numbers: dict[NameKey, int] = {
        (Kind(kind), text, note): number
        for kind, text, note, number in select(connection, question, texts)
        if (Kind(kind), text, note) in named
    }
    for kind, text, note in sorted(named - numbers.keys()):
        canonical = keys.canonical(kind, text, note)
        cursor = connection.execute(
            "INSERT INTO names (kind, text, note, spelling, indexed, canonical, folded, short)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                kind.value,
                text,
                note,
                keys.spelling(text),
                keys.indexed(kind, text, note),
                canonical,
                keys.folded(text),
                keys.short(kind, text, canonical),
            ),
        )
        numbers[kind, text, note] = int(cursor.lastrowid or 0)
    return numbers


def _insert(
    connection: sqlite3.Connection, evidence: Evidence, numbers: dict[NameKey, int]
) -> None:
    packed = pack(
        {
            "names": [[numbers[name], *places] for name, places in evidence.names.items()],
            "said": [[numbers[name], *rest] for name, *rest in evidence.said],
        }
    )
    article = connection.execute(
        "INSERT INTO articles (id, published, revision, named) VALUES (?, ?, ?, ?)",
        (evidence.article, evidence.published, evidence.revision, packed),
    ).lastrowid
    connection.executemany(
        "INSERT INTO mentions (article, name, times, published) VALUES (?, ?, ?, ?)",
        (
            (article, numbers[name], len(places) // 2, evidence.published)
            for name, places in evidence.names.items()
        ),
    )
    connection.executemany(
        "INSERT INTO held VALUES (?, ?, ?, ?, ?, ?)",
        (
            (
                numbers[Kind.PERSON, each.person, ""],
                article,
                each.office,
                each.key,
                None if each.body is None else numbers[each.body],
                each.former,
            )
            for each in evidence.held
        ),
    )
