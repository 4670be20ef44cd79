"""The archive in an SQL database."""

from __future__ import annotations

import zlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, select, update

from tintuc_search.archive.analyses import SqlAnalyses
from tintuc_search.archive.base import Change, RawPage, Revision, StoredArticle
from tintuc_search.archive.codec import decode
from tintuc_search.archive.copies import back_up
from tintuc_search.archive.database import Database
from tintuc_search.archive.frontier import SqlFrontier
from tintuc_search.archive.gone import mark_gone
from tintuc_search.archive.locks import SqlLocks
from tintuc_search.archive.migrating import migrate
from tintuc_search.archive.moving import copy_archive, rows_of
from tintuc_search.archive.pending import chunks
from tintuc_search.archive.putting import Putting, prepare
from tintuc_search.archive.runs import SqlRuns
from tintuc_search.archive.schema import (
    NEWEST,
    analyses,
    articles,
    pages,
    revisions,
    sequence,
)
from tintuc_search.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from sqlalchemy import Connection

    from tintuc_search.archive.base import Incoming, Outcome
    from tintuc_search.archive.moving import Moved

PAGE = 200
"""Articles read at once by :meth:`SqlArchive.everything`."""

STORED = (
    articles.c.id,
    articles.c.revision,
    articles.c.sequence,
    articles.c.first_seen,
    articles.c.last_seen,
    articles.c.gone_at,
    revisions.c.content,
)


class SqlArchive:
    """An :class:`~tintuc_search.archive.base.Archive`; fit for several threads and processes at once.

    Args:
        url: an SQLAlchemy URL.

    Raises:
        ArchiveError: it cannot be opened, is no archive, or has a newer schema than this program.
    """

    def __init__(self, url: str) -> None:
        self._database = Database(url)
        try:
            migrate(self._database)
        except BaseException:
            self._database.close()
            raise

    def put(self, batch: Sequence[Incoming]) -> Sequence[tuple[str, Outcome]]:
        """Store a batch in one transaction; ids and outcomes in the batch's order."""
        items = [prepare(incoming) for incoming in batch]
        if not items:
            return []
        with self._database.writing() as connection:
            return Putting(connection, datetime.now(UTC)).put(items)

    def get(self, article_id: str) -> StoredArticle | None:
        """The article, or None if unknown or removed."""
        return self.get_many([article_id]).get(article_id)

    def get_many(self, ids: Iterable[str]) -> dict[str, StoredArticle]:
        """The articles of these ids; unknown ones are left out."""
        query = select(*STORED).join(revisions, NEWEST)
        found: dict[str, StoredArticle] = {}
        with self._database.reading() as connection:
            for chunk in chunks([each for each in ids if _may_be_id(each)]):
                for row in connection.execute(query.where(articles.c.id.in_(chunk))):
                    found[row.id] = _stored(row)
        return found

    def changes(self, after: int, limit: int) -> Sequence[Change]:
        """The newest state of articles whose change sequence is above ``after``, rising, at most ``limit``."""
        query = (
            select(*STORED)
            .outerjoin(revisions, NEWEST)
            .where(articles.c.sequence > after)
            .order_by(articles.c.sequence)
            .limit(limit)
        )
        with self._database.reading() as connection:
            rows = connection.execute(query).all()
        return [
            Change(row.sequence, row.id, None if row.content is None else _stored(row))
            for row in rows
        ]

    def latest(self) -> int:
        """The highest change sequence given so far, 0 at first."""
        with self._database.reading() as connection:
            value: int = connection.execute(select(sequence.c.value)).scalar_one()
        return value

    def revisions(self, article_id: str) -> Sequence[Revision]:
        """All texts of an article, oldest first. Raises NotFound."""
        query = (
            select(revisions)
            .where(revisions.c.article_id == article_id)
            .order_by(revisions.c.number)
        )
        with self._database.reading() as connection:
            _check_present(connection, article_id)
            rows = connection.execute(query).all()
        return [
            Revision(row.number, decode(row.content), row.first_seen, row.last_seen) for row in rows
        ]

    def raw(self, article_id: str, revision: int | None = None) -> RawPage | None:
        """The raw page of a revision (the newest if None), or None if there is none. Raises NotFound."""
        query = (
            select(pages.c.content, revisions.c.media_type)
            .select_from(revisions)
            .outerjoin(pages, pages.c.sha256 == revisions.c.page)
            .where(revisions.c.article_id == article_id)
        )
        with self._database.reading() as connection:
            newest = _check_present(connection, article_id)
            number = newest if revision is None else revision
            row = connection.execute(query.where(revisions.c.number == number)).one_or_none()
        if row is None:
            raise NotFound(f"there is no revision {number} of an article {article_id}")
        return (
            None if row.content is None else RawPage(zlib.decompress(row.content), row.media_type)
        )

    def remove(self, article_id: str, reason: str = "") -> None:
        """Take an article down: texts and raw pages go, a tombstone stays. Raises NotFound."""
        with self._database.writing() as connection:
            _check_present(connection, article_id)
            _bury(connection, article_id, reason)
        self._database.forget_deleted()

    def mark_gone(self, url: str, at: datetime) -> str | None:
        """Note that the page at ``url`` is no longer there since ``at``, if an article is known by it; its id.

        The article stays as it is, and findable. The mark goes when its page is seen again later.
        """
        with self._database.writing() as connection:
            return mark_gone(connection, url, at)

    @property
    def name(self) -> str:
        """Where it is: a file, or a server's URL without what is secret in it."""
        return self._database.name

    @property
    def is_on_a_server(self) -> bool:
        """Whether it is in a database that other machines may share."""
        return self._database.path is None

    @property
    def analyses(self) -> SqlAnalyses:
        """What was made of the articles by analysing them, in the same database."""
        return SqlAnalyses(self._database)

    @property
    def frontier(self) -> SqlFrontier:
        """The crawler's addresses, in the same database."""
        return SqlFrontier(self._database)

    @property
    def locks(self) -> SqlLocks:
        """Locks by name over all processes that share the archive."""
        return SqlLocks(self._database)

    @property
    def runs(self) -> SqlRuns:
        """What the crawls did, in the same database."""
        return SqlRuns(self._database)

    def everything(self) -> Iterator[StoredArticle]:
        """All articles in the order of their ids, in constant memory."""
        query = select(*STORED).join(revisions, NEWEST).order_by(articles.c.id).limit(PAGE)
        last = ""
        while True:
            with self._database.reading() as connection:
                rows = connection.execute(query.where(articles.c.id > last)).all()
            if not rows:
                return
            yield from map(_stored, rows)
            last = rows[-1].id

    def count(self) -> int:
        """The number of articles."""
        query = select(func.count()).select_from(articles).where(articles.c.removed_at.is_(None))
        with self._database.reading() as connection:
            return connection.execute(query).scalar_one()

    def check(self) -> str | None:
        """What is wrong, in one line, or None: the file's structure, all of it, and the counter of changes."""
        if damage := self._database.check():
            return damage
        highest = select(func.coalesce(func.max(articles.c.sequence), 0))
        with self._database.reading() as connection:
            given = connection.execute(select(sequence.c.value)).scalar_one()
            stored = connection.execute(highest).scalar_one()
        return None if given == stored else f"its counter says {given}, its newest change {stored}"

    def backup(self, target: Path) -> None:
        """Write a consistent copy to a new file while others go on writing."""
        back_up(self._database, target)

    def rows(self) -> int:
        """The rows of all its tables, as :meth:`copy_to` counts them."""
        return rows_of(self._database)

    def copy_to(self, url: str, on_progress: Callable[[int], None]) -> list[Moved]:
        """Copy all of it to an empty database, or go on with such a copy; see :func:`.moving.copy_archive`."""
        return copy_archive(self._database, url, on_progress)

    def close(self) -> None:
        """Release connections."""
        self._database.close()


def _stored(row: Any) -> StoredArticle:
    return StoredArticle(
        id=row.id,
        article=decode(row.content),
        revision=row.revision,
        sequence=row.sequence,
        first_seen=row.first_seen,
        last_seen=row.last_seen,
        gone_at=row.gone_at,
    )


def _may_be_id(text: str) -> bool:
    """Whether ``text`` can be asked for: no database takes NUL or half a surrogate pair, no id holds either."""
    return text.isascii() and "\0" not in text


def _check_present(connection: Connection, article_id: str) -> int:
    """The newest revision of an article that is there. Raises NotFound."""
    query = select(articles.c.revision).where(
        articles.c.id == article_id, articles.c.removed_at.is_(None)
    )
    found: int | None = connection.execute(query).scalar() if _may_be_id(article_id) else None
    if found is None:
        raise NotFound(f"there is no article {article_id}")
    return found


def _bury(connection: Connection, article_id: str, reason: str) -> None:
    """Delete what an article says, and leave its tombstone with a change sequence of its own."""
    own = revisions.c.article_id == article_id
    used = select(revisions.c.page).where(own, revisions.c.page.is_not(None))
    candidates = list(connection.scalars(used.distinct()))
    connection.execute(delete(revisions).where(own))
    connection.execute(delete(analyses).where(analyses.c.article_id == article_id))
    for chunk in chunks(candidates):
        kept = select(revisions.c.page).where(revisions.c.page == pages.c.sha256)
        connection.execute(delete(pages).where(pages.c.sha256.in_(chunk), ~kept.exists()))
    connection.execute(update(sequence).values(value=sequence.c.value + 1))
    nothing = dict.fromkeys(("url", "source", "section", "published_at"))
    connection.execute(
        update(articles)
        .where(articles.c.id == article_id)
        .values(
            sequence=select(sequence.c.value).scalar_subquery(),
            removed_at=datetime.now(UTC),
            reason=reason,
            **nothing,
        )
    )
