"""The reprints beside the index, in SQLite: bands to find candidates by, verified pairs, clusters.

All of it is derived from the archive, and made anew where it is lost, like the index.
"""

from __future__ import annotations

from array import array
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np

from tintuc_search.engine.database import Database, select
from tintuc_search.reprints.base import Cluster, Copy
from tintuc_search.reprints.clustering import assign

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

_VERSION = 1
_SCHEMA = """
CREATE TABLE IF NOT EXISTS articles (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, moment INTEGER NOT NULL, bands BLOB NOT NULL,
    original INTEGER);
CREATE INDEX IF NOT EXISTS articles_by_original ON articles (original) WHERE original IS NOT NULL;
CREATE TABLE IF NOT EXISTS bands (
    band INTEGER NOT NULL, article INTEGER NOT NULL, PRIMARY KEY (band, article)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS alike (
    article INTEGER NOT NULL, other INTEGER NOT NULL, share REAL NOT NULL,
    PRIMARY KEY (article, other)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS state (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""
_TABLES = ("articles", "bands", "alike", "state")
_CLUSTER = """
SELECT first.id, copy.id, there.share, back.share FROM articles AS copy
JOIN articles AS first ON first.number = copy.original
JOIN alike AS there ON there.article = copy.number AND there.other = first.number
JOIN alike AS back ON back.article = first.number AND back.other = copy.number
"""


class SqliteReprints:
    """Implements :class:`~.base.Reprints` in the SQLite file ``path``, or ``":memory:"``.

    Safe for threads; several processes may read while one writes. A file must first be made by ``clear``.
    """

    def __init__(self, path: Path | str) -> None:
        self._database = Database(path, _SCHEMA, _VERSION, "file of reprints")

    def cluster_of(self, article_id: str) -> Cluster | None:
        """The cluster that an article belongs to; None where it has no copies."""
        if not article_id.isascii():
            return None  # no id, and half a surrogate pair could not even be asked for
        where = "WHERE copy.original = (SELECT original FROM articles WHERE id = ?)"
        with self._database.reading() as connection:
            rows = connection.execute(
                f"{_CLUSTER} {where} ORDER BY copy.moment, copy.id", (article_id,)
            ).fetchall()
        return Cluster(rows[0][0], tuple(Copy(*row[1:]) for row in rows)) if rows else None

    def originals(self, ids: Iterable[str]) -> Mapping[str, str]:
        """The original of every article of ``ids`` that is in a cluster."""
        question = (
            "SELECT copy.id, first.id FROM articles AS copy "
            "JOIN articles AS first ON first.number = copy.original WHERE copy.id IN"
        )
        with self._database.reading() as connection:
            return dict(select(connection, question, ids))

    def clusters(self) -> Iterator[Cluster]:
        """All clusters, the originals in the order of time."""
        with self._database.reading() as connection:
            rows = connection.execute(
                f"{_CLUSTER} ORDER BY first.moment, first.id, copy.moment, copy.id"
            ).fetchall()
        found: dict[str, list[Copy]] = {}
        for original, *copy in rows:
            found.setdefault(original, []).append(Copy(*copy))
        return (Cluster(original, tuple(copies)) for original, copies in found.items())

    def mark(self) -> int:
        """The change sequence up to which the archive has been seen."""
        with self._database.reading() as connection:
            return Writing(connection).mark()

    def made_by(self) -> str:
        """What :meth:`Writing.finish` was told made these rows; empty at first."""
        with self._database.reading() as connection:
            row = connection.execute("SELECT value FROM state WHERE key = 'made_by'").fetchone()
        return str(row[0]) if row else ""

    def clear(self) -> None:
        """Forget everything, and make the file where it is missing or of no use."""
        self._database.clear(_TABLES)

    @contextmanager
    def writing(self) -> Iterator[Writing]:
        """A transaction: all that is written in it is there at its end, or nothing is."""
        with self._database.writing() as connection:
            yield Writing(connection)

    def close(self) -> None:
        """Close the connections."""
        self._database.close()


class Writing:
    """What a run writes in one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def mark(self) -> int:
        """The change sequence up to which the archive has been seen."""
        row = self._connection.execute("SELECT value FROM state WHERE key = 'mark'").fetchone()
        return int(row[0]) if row else 0

    def finish(self, mark: int, made_by: str) -> None:
        """Note how far the archive has been seen, and by which way of comparing texts."""
        rows = [("mark", str(mark)), ("made_by", made_by)]
        self._connection.executemany("INSERT OR REPLACE INTO state VALUES (?, ?)", rows)

    def forget(self, ids: Sequence[str]) -> set[int]:
        """Take articles out with their pairs; the numbers of those that were like them."""
        question = "SELECT number, bands FROM articles WHERE id IN"
        gone = dict(select(self._connection, question, ids))
        touched: set[int] = set()
        for number, bands in gone.items():
            mine = self._connection.execute(
                "SELECT other FROM alike WHERE article = ?", (number,)
            ).fetchall()
            touched.update(row[0] for row in mine)
            pairs = [*((number, other) for (other,) in mine), *((o, number) for (o,) in mine)]
            self._connection.executemany("DELETE FROM alike WHERE article = ? AND other = ?", pairs)
            self._connection.executemany(
                "DELETE FROM bands WHERE band = ? AND article = ?",
                ((band, number) for band in array("q", bands)),
            )
            self._connection.execute("DELETE FROM articles WHERE number = ?", (number,))
        return touched - set(gone)

    def add(
        self, articles: Sequence[tuple[str, int]], bands: np.ndarray
    ) -> tuple[dict[str, int], dict[int, set[int]]]:
        """Put in articles that are not there: id and time in microseconds, and their bands, int64 ``[articles, n]``.

        Gives their numbers, and for each number those of earlier articles that share a band, where there are any.
        """
        last = self._connection.execute("SELECT max(number) FROM articles").fetchone()[0] or 0
        numbers = range(last + 1, last + 1 + len(articles))
        self._connection.executemany(
            "INSERT INTO articles (number, id, moment, bands) VALUES (?, ?, ?, ?)",
            (
                (number, *article, row.tobytes())
                for number, article, row in zip(numbers, articles, bands, strict=True)
            ),
        )
        # In their order: a page of the table is then read once for all its rows.
        order = np.argsort(bands, axis=None, kind="stable")
        flat = bands.ravel()[order].tolist()
        owners = (order // max(bands.shape[1], 1) + numbers.start).tolist()
        shared = self._sharing(flat, owners)
        rows = zip(flat, owners, strict=True)
        self._connection.executemany("INSERT OR IGNORE INTO bands VALUES (?, ?)", rows)
        return {each: number for number, (each, _) in zip(numbers, articles, strict=True)}, shared

    def _sharing(self, bands: Sequence[int], owners: Sequence[int]) -> dict[int, set[int]]:
        """For each owner of bands, which are sorted, the articles before it that have one of them too."""
        question = "SELECT band, article FROM bands WHERE band IN"
        holders: dict[int, list[int]] = {}
        for band, article in select(self._connection, question, dict.fromkeys(bands)):
            holders.setdefault(band, []).append(article)
        shared: dict[int, set[int]] = {}
        before = None
        for place, (band, owner) in enumerate(zip(bands, owners, strict=True)):
            if band == before:  # of several articles that are new; they are sorted too
                holders.setdefault(band, []).append(owners[place - 1])
            before = band
            if band in holders:
                shared.setdefault(owner, set()).update(holders[band])
        for owner, others in shared.items():
            others.discard(owner)
        return shared

    def ids(self, numbers: Iterable[int]) -> dict[int, str]:
        """The ids of articles by number."""
        return dict(
            select(self._connection, "SELECT number, id FROM articles WHERE number IN", numbers)
        )

    def pair(self, pairs: Iterable[tuple[int, int, float, float]]) -> None:
        """Note pairs that print the same text: both numbers, the part of the first shared, that of the second."""
        rows = (row for a, b, mine, theirs in pairs for row in ((a, b, mine), (b, a, theirs)))
        self._connection.executemany("INSERT OR REPLACE INTO alike VALUES (?, ?, ?)", rows)

    def cluster(self, touched: Iterable[int]) -> None:
        """Find the originals anew for these articles and all that hang together with them."""
        alike = self._connected(touched)
        question = "SELECT number, moment, id FROM articles WHERE number IN"
        moments = {
            number: (moment, article_id)
            for number, moment, article_id in select(self._connection, question, alike)
        }
        originals = assign(moments, alike)
        self._connection.executemany(
            "UPDATE articles SET original = ? WHERE number = ?",
            ((originals.get(number), number) for number in moments),
        )

    def _connected(self, start: Iterable[int]) -> dict[int, set[int]]:
        """Everything that pairs lead to from here, each with what it is like."""
        found: dict[int, set[int]] = {}
        edge = set(start)
        while edge:
            found |= {number: set() for number in edge}
            question = "SELECT article, other FROM alike WHERE article IN"
            for article, other in select(self._connection, question, edge):
                found[article].add(other)
            edge = {other for number in edge for other in found[number]} - found.keys()
        return found
