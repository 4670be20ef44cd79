"""What was made of articles by analysing them, kept beside them: derived, but slow to make.

The archive knows nothing of what it keeps here: bytes, and a version by which the keeper knows them again. They lie in
the archive, so that an article that is taken down takes them along in the same transaction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import delete, insert, select

from tintuc_search.archive.pending import chunks
from tintuc_search.archive.schema import NEWEST, analyses, articles, revisions

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tintuc_search.archive.database import Database


class KeptAnalysis(NamedTuple):
    """What is kept of one article. ``version`` tells whether it is of the present text and program."""

    article_id: str
    version: str
    content: bytes


class KeptChange(NamedTuple):
    """A change with what is kept of its article, as bytes, and the article as it is stored, unread.

    ``text`` is None where the article was removed, ``version`` and ``content`` where nothing is kept of it.
    """

    sequence: int
    article_id: str
    revision: int
    text: str | None
    version: str | None
    content: bytes | None


class SqlAnalyses:
    """The analyses of an archive's articles; every method may raise ArchiveError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, ids: Sequence[str]) -> dict[str, KeptAnalysis]:
        """What is kept of these articles, by id; of many nothing may be."""
        found: dict[str, KeptAnalysis] = {}
        with self._database.reading() as connection:
            for chunk in chunks(ids):
                query = select(analyses).where(analyses.c.article_id.in_(chunk))
                for row in connection.execute(query):
                    found[row.article_id] = KeptAnalysis(*row)
        return found

    def versions(self, ids: Sequence[str]) -> dict[str, str]:
        """Of which version what is kept of these articles is, by id; of many nothing may be."""
        found: dict[str, str] = {}
        columns = select(analyses.c.article_id, analyses.c.version)
        with self._database.reading() as connection:
            for chunk in chunks(ids):
                query = columns.where(analyses.c.article_id.in_(chunk))
                found |= {row.article_id: row.version for row in connection.execute(query)}
        return found

    def changes(self, after: int, upto: int, limit: int) -> list[KeptChange]:
        """The changes above ``after`` up to ``upto``, rising, at most ``limit``, each with what is kept of it."""
        query = (
            select(
                *(articles.c.sequence, articles.c.id, articles.c.revision, revisions.c.content),
                *(analyses.c.version, analyses.c.content.label("kept")),
            )
            .outerjoin(revisions, NEWEST)
            .outerjoin(analyses, analyses.c.article_id == articles.c.id)
            .where(articles.c.sequence > after, articles.c.sequence <= upto)
            .order_by(articles.c.sequence)
            .limit(limit)
        )
        with self._database.reading() as connection:
            return [KeptChange(*row) for row in connection.execute(query)]

    def keep(self, kept: Iterable[KeptAnalysis]) -> None:
        """Keep these in place of what was kept of the same articles, in one transaction.

        Those of articles that are no longer there are passed over.
        """
        given = {each.article_id: each for each in kept}
        if not given:
            return
        with self._database.writing() as connection:
            there: set[str] = set()
            for chunk in chunks(list(given)):
                present = articles.c.id.in_(chunk), articles.c.removed_at.is_(None)
                there.update(connection.scalars(select(articles.c.id).where(*present)))
                connection.execute(delete(analyses).where(analyses.c.article_id.in_(chunk)))
            rows = [each._asdict() for each in given.values() if each.article_id in there]
            if rows:
                connection.execute(insert(analyses), rows)
