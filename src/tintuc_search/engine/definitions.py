"""The abbreviations that documents explain, counted: tables of the dictionary's SQLite file.

What each document explains is kept beside the counts, so that a change or a deletion takes back exactly what
was counted.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence

SCHEMA = """
CREATE TABLE IF NOT EXISTS abbreviations (
    short TEXT NOT NULL, full TEXT NOT NULL, count INTEGER NOT NULL,
    PRIMARY KEY (short, full)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS definitions (
    document TEXT NOT NULL, short TEXT NOT NULL, full TEXT NOT NULL,
    PRIMARY KEY (document, short, full)) WITHOUT ROWID;
"""
TABLES = ("abbreviations", "definitions")


def count(
    connection: sqlite3.Connection, explained: Mapping[str, Sequence[tuple[str, str]]]
) -> None:
    """Count what documents explain, by id, in place of what they explained before."""
    changes: Counter[tuple[str, str]] = Counter()
    for document in explained:
        question = "SELECT short, full FROM definitions WHERE document = ?"
        changes.subtract(connection.execute(question, (document,)))
    connection.executemany(
        "DELETE FROM definitions WHERE document = ?", [(document,) for document in explained]
    )
    rows = [(document, *pair) for document, pairs in explained.items() for pair in set(pairs)]
    connection.executemany("INSERT INTO definitions VALUES (?, ?, ?)", rows)
    changes.update((short, full) for _, short, full in rows)
    connection.executemany(
        "INSERT INTO abbreviations VALUES (?, ?, ?)"
        " ON CONFLICT DO UPDATE SET count = count + excluded.count",
        [(*pair, change) for pair, change in changes.items() if change],
    )
    connection.execute("DELETE FROM abbreviations WHERE count <= 0")


def explained(connection: sqlite3.Connection, least: int) -> dict[tuple[str, str], int]:
    """The pairs that ``least`` and more documents explain, most often explained first."""
    rows = connection.execute(
        "SELECT short, full, count FROM abbreviations WHERE count >= ? ORDER BY count DESC, short, full",
        (least,),
    )
    return {(short, full): documents for short, full, documents in rows}
