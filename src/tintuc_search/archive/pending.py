"""The rows of a batch until they are written, a few statements for all of them."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, insert, select, update

from tintuc_search.archive.codec import encode
from tintuc_search.archive.schema import EPOCH, article_keys, articles, pages, revisions, sequence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from sqlalchemy import Connection, Table

    from tintuc_search.archive.base import RawPage
    from tintuc_search.article import Article

CHUNK = 500
"""Values in one ``IN``; databases limit them."""

Row = dict[str, Any]


@dataclass(slots=True)
class Known:
    """What is known of a stored article, kept up to date while a batch is worked through.

    ``since`` and ``until`` are when its newest text was seen first and last; a tombstone has none.
    """

    id: str
    revision: int = 0
    fingerprint: str | None = None
    has_page: bool = False
    removed: bool = False
    since: datetime = EPOCH
    until: datetime = EPOCH
    gone_at: datetime | None = None
    changed: Row = field(default_factory=dict)
    """New values of the article's row."""


class Pending:
    """Takes what was decided about articles, gives change sequences, and writes it all at the end.

    Args:
        connection: in a transaction that no other writer shares.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._sequence: int = connection.execute(select(sequence.c.value)).scalar_one()
        self._begin()

    def _begin(self) -> None:
        self._inserted: dict[str, Known] = {}
        self._touched: dict[str, Known] = {}
        self._keys: list[Row] = []
        self._revisions: dict[tuple[str, int], Row] = {}
        self._attached: list[Row] = []
        self._pages: dict[str, bytes] = {}

    def add(self, article_id: str, article: Article, fingerprint: str, seen: datetime) -> Known:
        """A new article with its first text."""
        known = Known(article_id, changed={"id": article_id, "first_seen": seen})
        self._inserted[article_id] = known
        self._add_revision(known, article, fingerprint, seen)
        return known

    def revise(self, known: Known, article: Article, fingerprint: str, seen: datetime) -> None:
        """A new text of an article."""
        self._see_again(known)
        self._add_revision(known, article, fingerprint, seen)

    def touch(self, known: Known, seen: datetime) -> None:
        """An article seen again with its newest text."""
        known.until = max(known.until, seen)
        if (known.id, known.revision) in self._revisions:
            self._revisions[known.id, known.revision]["last_seen"] = known.until
        self._see_again(known)

    def _see_again(self, known: Known) -> None:
        if known.id not in self._inserted:
            self._touched[known.id] = known

    def key(self, known: Known, key: str) -> None:
        """A further key of an article."""
        self._keys.append({"key": key, "article_id": known.id})

    def attach(self, known: Known, raw: RawPage, older: int | None = None) -> None:
        """The page from which an article's newest text was read, or the ``older`` one of this number."""
        digest = hashlib.sha256(raw.content).hexdigest()
        self._pages[digest] = raw.content
        known.has_page = known.has_page or older is None
        number = older or known.revision
        values: Row = {"page": digest, "media_type": raw.media_type}
        pending = self._revisions.get((known.id, number))
        if pending is None:
            where = {"for_id": known.id, "for_number": number}
            self._attached.append(where | {f"new_{name}": value for name, value in values.items()})
        else:
            pending |= values

    def _add_revision(
        self, known: Known, article: Article, fingerprint: str, seen: datetime
    ) -> None:
        self._sequence += 1
        known.revision += 1
        known.fingerprint = fingerprint
        known.has_page = False
        known.since = known.until = seen
        known.changed |= {
            "revision": known.revision,
            "sequence": self._sequence,
            "url": article.url,
            "source": article.source,
            "section": article.section,
            "published_at": article.published_at,
        }
        self._revisions[known.id, known.revision] = {
            "article_id": known.id,
            "number": known.revision,
            "fingerprint": fingerprint,
            "content": encode(article),
            "first_seen": seen,
            "last_seen": seen,
            "page": None,
            "media_type": None,
        }

    # --- writing -------------------------------------------------------------------------------------

    def write(self) -> None:
        """Write all of it, pages and articles before what refers to them, and begin anew."""
        if self._revisions:
            self._connection.execute(update(sequence).values(value=self._sequence))
        self._write_pages()
        new = self._inserted.values()
        self._insert(articles, [known.changed | {"last_seen": known.until} for known in new])
        self._insert(article_keys, self._keys)
        self._insert(revisions, list(self._revisions.values()))
        self._update_articles([known for known in self._touched.values() if known.changed])
        self._mark_seen()
        self._write_attached()
        for known in (*self._inserted.values(), *self._touched.values()):
            known.changed = {}
        self._begin()

    def _insert(self, table: Table, rows: Sequence[Row]) -> None:
        if rows:
            self._connection.execute(insert(table), rows)

    def _write_pages(self) -> None:
        stored: set[str] = set()
        for chunk in chunks(list(self._pages)):
            query = select(pages.c.sha256).where(pages.c.sha256.in_(chunk))
            stored.update(self._connection.scalars(query))
        new = ((key, content) for key, content in self._pages.items() if key not in stored)
        self._insert(
            pages, [{"sha256": key, "content": zlib.compress(content)} for key, content in new]
        )

    def _update_articles(self, changed: Sequence[Known]) -> None:
        if not changed:
            return
        names = tuple(changed[0].changed)
        self._connection.execute(
            update(articles)
            .where(articles.c.id == bindparam("for_id"))
            .values({name: bindparam(f"new_{name}") for name in names}),
            [
                {"for_id": known.id} | {f"new_{name}": known.changed[name] for name in names}
                for known in changed
            ],
        )

    def _mark_seen(self) -> None:
        """Set when articles and their newest texts were seen last; most were so at one time."""
        ids: dict[datetime, list[str]] = {}
        for known in self._touched.values():
            ids.setdefault(known.until, []).append(known.id)
        for until, seen in ids.items():
            self._mark_seen_at(until, seen)

    def _mark_seen_at(self, until: datetime, ids: Sequence[str]) -> None:
        own = articles.c.id == revisions.c.article_id
        newest = select(articles.c.revision).where(own).scalar_subquery()
        for chunk in chunks(ids):
            for seen in (
                update(articles).where(articles.c.id.in_(chunk)),
                update(revisions).where(
                    revisions.c.article_id.in_(chunk), revisions.c.number == newest
                ),
            ):
                self._connection.execute(seen.values(last_seen=until))

    def _write_attached(self) -> None:
        if self._attached:
            self._connection.execute(
                update(revisions)
                .where(
                    revisions.c.article_id == bindparam("for_id"),
                    revisions.c.number == bindparam("for_number"),
                )
                .values(page=bindparam("new_page"), media_type=bindparam("new_media_type")),
                self._attached,
            )


def chunks(values: Sequence[str]) -> Iterator[Sequence[str]]:
    """``values`` in runs that fit into one statement."""
    for start in range(0, len(values), CHUNK):
        yield values[start : start + CHUNK]
