"""Pairs and triples of neighbouring terms as numbers, and the tables that keep their counts in SQLite.

Each batch of documents appends a segment of signed counts within the dictionary's own transaction. As soon as
:data:`FANOUT` segments of a level are there, they are merged into one of the next, so there are few to read and
every count is rewritten a few times only. A segment never changes, and its number is never given again.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

import numpy as np

from tintuc_search.engine.tallies import Tally, difference, merged, pack, parts, unpack

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

    from tintuc_search.engine.postings import Array

BITS = 21
NOTHING = (1 << BITS) - 1
"""A number that no term has."""
RARE = NOTHING - 1
"""The number that terms share whose own do not fit: in an archive of two million terms, the latest ones."""
BREAK = 0
"""Stands before the first term of a paragraph or field in a document's row of numbers."""
PAIRS, TRIPLES = SIZES = (2, 3)
FANOUT = 8

SCHEMA = """
CREATE TABLE IF NOT EXISTS segments (
    number INTEGER PRIMARY KEY AUTOINCREMENT, size INTEGER NOT NULL, level INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS parts (
    segment INTEGER NOT NULL, part INTEGER NOT NULL, counts BLOB NOT NULL, PRIMARY KEY (segment, part));
"""
TABLES = ("segments", "parts")


def grams(row: Array, size: int) -> Array:
    """The keys of all pairs or triples of a row of numbers, uint64; none reaches over a break.

    The break itself may stand first, so that pairs tell what a paragraph begins with.
    """
    numbers = np.minimum(row, RARE).astype(np.uint64)
    keys = numbers[: len(numbers) - size + 1].copy()
    inside = np.ones(len(keys), bool)
    for place in range(1, size):
        following = numbers[place : place + len(keys)]
        keys = (keys << np.uint64(BITS)) | following
        inside &= following != BREAK
    return keys[inside]


def append(connection: sqlite3.Connection, added: Sequence[Array], gone: Sequence[Array]) -> None:
    """Count the rows of documents in, and those that they take the place of out."""
    for size in SIZES:
        changes = difference(_all(added, size), _all(gone, size))
        if len(changes.keys):
            _store(connection, size, 0, parts(changes))
            _merge(connection, size)


def _all(rows: Sequence[Array], size: int) -> Array:
    return np.concatenate([np.empty(0, np.uint64), *(grams(row, size) for row in rows)])


def numbers_of(connection: sqlite3.Connection) -> tuple[int, ...]:
    """The numbers of all segments: others as soon as any count is."""
    rows = connection.execute("SELECT number FROM segments ORDER BY number")
    return tuple(number for (number,) in rows)


def read(connection: sqlite3.Connection, size: int) -> Iterator[Tally]:
    """The counts of all pairs or triples, in parts; none of them is below 1."""
    rows = connection.execute("SELECT number FROM segments WHERE size = ?", (size,)).fetchall()
    return merged([_parts(connection, number) for (number,) in rows])


def _parts(connection: sqlite3.Connection, segment: int) -> Iterator[Tally]:
    question = "SELECT counts FROM parts WHERE segment = ? ORDER BY part"
    for (data,) in connection.execute(question, (segment,)):
        yield unpack(data)


def _store(connection: sqlite3.Connection, size: int, level: int, tallies: Iterator[Tally]) -> None:
    added = connection.execute("INSERT INTO segments (size, level) VALUES (?, ?)", (size, level))
    connection.executemany(
        "INSERT INTO parts VALUES (?, ?, ?)",
        ((added.lastrowid, part, pack(each)) for part, each in enumerate(tallies)),
    )


def _merge(connection: sqlite3.Connection, size: int) -> None:
    """Merge from the lowest level upwards wherever a level is full."""
    question = "SELECT number FROM segments WHERE size = ? AND level = ?"
    for level in count():
        full = connection.execute(question, (size, level)).fetchall()
        if len(full) < FANOUT:
            return
        tallies = merged([_parts(connection, number) for (number,) in full])
        _store(connection, size, level + 1, tallies)
        connection.executemany("DELETE FROM parts WHERE segment = ?", full)
        connection.executemany("DELETE FROM segments WHERE number = ?", full)
