"""What each quotation is, in SQLite beside the engine that finds them.

Written before the engine commits, and in place of what was there: a kill between the two is repaired by the next run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tintuc_search.engine.database import Database, select
from tintuc_search.quotations.base import Quotation, article_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from tintuc_search.quotations.base import Quoted

_VERSION = 1
_SCHEMA = """
CREATE TABLE IF NOT EXISTS articles (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, most INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS quotations (
    article INTEGER NOT NULL, number INTEGER NOT NULL, revision INTEGER NOT NULL, start INTEGER NOT NULL,
    end INTEGER NOT NULL, direct INTEGER NOT NULL, speaker TEXT NOT NULL,
    PRIMARY KEY (article, number)) WITHOUT ROWID;
"""
_TABLES = ("articles", "quotations")
_READ = (
    "SELECT articles.id, quotations.number, revision, start, end, direct, speaker FROM articles"
    " JOIN quotations ON quotations.article = articles.number WHERE articles.id IN"
)


class SqliteQuotations:
    """Implements :class:`~.base.Quotations` in the SQLite file ``path``, or ``":memory:"``.

    Safe for threads; several processes may read while one writes. A file must first be made by ``clear``.
    """

    def __init__(self, path: Path | str) -> None:
        self._database = Database(path, _SCHEMA, _VERSION, "file of quotations")

    def of(self, ids: Iterable[str]) -> Mapping[str, Quotation]:
        """The quotations of these ids; one that is there no more is left out."""
        wanted = set(ids)
        found = self._read({article_of(each) for each in wanted})
        return {each.id: each for each in found if each.id in wanted}

    def within(self, articles: Iterable[str]) -> Sequence[Quotation]:
        """All that articles quote, in the order of their ids and texts."""
        return sorted(self._read(set(articles)), key=lambda q: (q.article, q.start, q.number))

    def replace(self, quoted: Iterable[Quoted], deleted: Iterable[str]) -> Mapping[str, int]:
        """Keep what articles quote in place of what was kept of them.

        Returns:
            For every article, how many quotations an engine may hold of it, from earlier runs too, one of which may
            have ended before the engine's commit.
        """
        newest = {each.article: each for each in quoted}
        ids = [*newest, *(each for each in deleted if each not in newest)]
        held: dict[str, int] = {}
        with self._database.writing() as connection:
            known = {
                article: (number, most)
                for article, number, most in select(
                    connection, "SELECT id, number, most FROM articles WHERE id IN", ids
                )
            }
            for article in ids:
                new = newest[article].quotations if article in newest else ()
                number, most = known.get(article, (None, 0))
                held[article] = most
                if number is None:
                    if not new:
                        continue
                    row = (article, len(new))
                    number = connection.execute(
                        "INSERT INTO articles (id, most) VALUES (?, ?)", row
                    ).lastrowid
                elif len(new) > most:
                    connection.execute(
                        "UPDATE articles SET most = ? WHERE number = ?", (len(new), number)
                    )
                connection.execute("DELETE FROM quotations WHERE article = ?", (number,))
                connection.executemany(
                    "INSERT INTO quotations VALUES (?, ?, ?, ?, ?, ?, ?)",
                    (
                        (
                            number,
                            q.number,
                            q.revision,
                            q.start,
                            q.end,
                            q.kind == "direct",
                            q.speaker,
                        )
                        for q in new
                    ),
                )
        return held

    def held_open(self) -> AbstractContextManager[None]:
        """Keep the file open over many writes."""
        return self._database.held_open()

    def check(self) -> None:
        """Raise IndexUnusable unless the file can be read."""
        self._read([""])

    def clear(self) -> None:
        """Forget everything, and make the file where it is missing or of no use."""
        self._database.clear(_TABLES)

    def close(self) -> None:
        """Close the connections."""
        self._database.close()

    def _read(self, articles: Iterable[str]) -> list[Quotation]:
        # An address may hold lone surrogates, which SQLite does not take and no id holds.
        asked = [each for each in articles if each.isascii()]
        with self._database.reading() as connection:
            rows = list(select(connection, _READ, asked))
        return [
            Quotation(
                article, number, revision, start, end, "direct" if direct else "indirect", speaker
            )
            for article, number, revision, start, end, direct, speaker in rows
        ]
