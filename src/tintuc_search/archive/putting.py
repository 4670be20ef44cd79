"""Deciding what becomes of each article of a batch, within one open transaction.

What the database knows of the batch is read with a few queries, every article is decided in memory, and
:class:`~tintuc_search.archive.pending.Pending` writes the rows with a few statements: single look-ups
would take most of the time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from tintuc_search.archive.base import Outcome
from tintuc_search.archive.codec import clean
from tintuc_search.archive.gone import come_back
from tintuc_search.archive.identity import (
    candidate_ids,
    fingerprint_of,
    given_id_key,
    keys,
    seen_key,
)
from tintuc_search.archive.older import put_older
from tintuc_search.archive.pending import Known, Pending, chunks
from tintuc_search.archive.schema import NEWEST, article_keys, articles, revisions

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from tintuc_search.archive.base import Incoming, RawPage
    from tintuc_search.article import Article


@dataclass(frozen=True, slots=True)
class Item:
    """An incoming article with what can be worked out before the transaction begins.

    ``given`` is the key by which it is known if its own id is one that we gave, ``seen`` the one that says that
    this very thing was imported before.
    """

    article: Article
    place: str
    raw: RawPage | None
    fingerprint: str
    keys: tuple[str, ...]
    given: str | None
    seen: str | None
    captured_at: datetime | None

    @property
    def lookups(self) -> tuple[str, ...]:
        """The keys under which it may be known already, the one to trust most first."""
        return (*self.keys, self.given) if self.given else self.keys

    def without_own_id(self) -> Item:
        """The same without the own id and the keys that come from it."""
        article = replace(self.article, source_id=None)
        return replace(self, article=article, fingerprint=fingerprint_of(article), keys=())


def prepare(incoming: Incoming) -> Item:
    """Clean an article and work out its keys."""
    article = clean(incoming.article)
    own = article.source_id
    fingerprint = fingerprint_of(article)
    content = incoming.raw.content if incoming.raw else b""
    return Item(
        article=article,
        place=incoming.place,
        raw=incoming.raw,
        fingerprint=fingerprint,
        keys=keys(article, incoming.place),
        given=given_id_key(article, own) if own else None,
        seen=seen_key(fingerprint, incoming.place, content) if incoming.from_file else None,
        captured_at=incoming.captured_at,
    )


class Putting:
    """One batch on its way into the database.

    Args:
        connection: in a transaction that no other writer shares.
        now: the time at which the batch is seen.
    """

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now
        self._pending = Pending(connection)
        self._by_key: dict[str, Known] = {}
        self._taken: dict[str, bool] = {}
        self._back: set[str] = set()

    def put(self, items: Sequence[Item]) -> list[tuple[str, Outcome]]:
        """Store the items in order; the id and outcome of each."""
        self._load(items)
        outcomes = [self._put(item) for item in items]
        self._pending.write()
        come_back(self._connection, self._back)
        return outcomes

    def _put(self, item: Item) -> tuple[str, Outcome]:
        seen = min(item.captured_at or self._now, self._now)
        known = next((self._by_key[key] for key in item.lookups if key in self._by_key), None)
        if known is None:
            known = self._pending.add(self._new_id(item), item.article, item.fingerprint, seen)
            given = None if item.given else given_id_key(item.article, known.id)
            self._learn_keys((*item.keys, given, item.seen), known)
            self._attach(item, known)
            return known.id, Outcome.NEW
        if known.removed:
            return known.id, Outcome.REMOVED
        if known.gone_at and seen > known.gone_at and (item.captured_at or not item.seen):
            self._back.add(known.id)  # a file may be older than its reading
        if self._is_named_by_us(item, known):
            item = item.without_own_id()
        seen_before = item.seen is not None and self._by_key.get(item.seen) is known
        self._learn_keys((*item.keys, item.seen), known)
        if item.fingerprint != known.fingerprint and seen_before:
            return known.id, Outcome.UNCHANGED
        if item.captured_at and _is_older(known, item.fingerprint, seen):
            return known.id, self._put_older(item, known, seen)
        if item.fingerprint != known.fingerprint:
            self._pending.revise(known, item.article, item.fingerprint, seen)
            self._attach(item, known)
            return known.id, Outcome.CHANGED
        self._pending.touch(known, seen)
        self._attach(item, known)
        return known.id, Outcome.UNCHANGED

    def _put_older(self, item: Item, known: Known, seen: datetime) -> Outcome:
        """Put a text into the past, after all that waits to be written."""
        self._pending.write()
        number, is_new = put_older(self._connection, known.id, item.article, item.fingerprint, seen)
        known.revision += is_new
        if number == known.revision:
            known.since = min(known.since, seen)
            self._attach(item, known)
        elif is_new and item.raw is not None:
            self._pending.attach(known, item.raw, number)
        return Outcome.CHANGED if is_new else Outcome.UNCHANGED

    def _is_named_by_us(self, item: Item, known: Known) -> bool:
        """Whether the item is our own export of an article that has no id of its own.

        Its own id is then the one that we gave, which is no part of what a reader sees.
        """
        named = item.given is not None and self._by_key.get(item.given) is known
        return named and not any(self._by_key.get(key) is known for key in item.keys)

    def _attach(self, item: Item, known: Known) -> None:
        """Keep the first page that a text was read from: later ones differ in their surroundings only."""
        if item.raw is not None and not known.has_page:
            self._pending.attach(known, item.raw)

    def _learn_keys(self, found: Sequence[str | None], known: Known) -> None:
        for key in found:
            if key is not None and key not in self._by_key:
                self._by_key[key] = known
                self._pending.key(known, key)

    def _new_id(self, item: Item) -> str:
        for candidate in candidate_ids(item.article, item.place):
            if candidate not in self._taken:
                self._look_up_ids([candidate])
            if not self._taken[candidate]:
                self._taken[candidate] = True
                return candidate
        raise AssertionError("candidates never end")

    # --- what the database knows -------------------------------------------------------------------

    def _load(self, items: Sequence[Item]) -> None:
        """Read all that bears on the batch."""
        self._look_up_keys([key for item in items for key in (*item.lookups, item.seen) if key])
        new = (item for item in items if not any(key in self._by_key for key in item.lookups))
        self._look_up_ids([next(candidate_ids(item.article, item.place)) for item in new])

    def _look_up_keys(self, wanted: Sequence[str]) -> None:
        newest_columns = (
            *(revisions.c.fingerprint, revisions.c.page),
            *(revisions.c.first_seen, revisions.c.last_seen),
        )
        columns = (
            *(articles.c.id, articles.c.revision),
            *(articles.c.removed_at, articles.c.gone_at),
        )
        query = (
            select(article_keys.c.key, *columns, *newest_columns)
            .join(articles, articles.c.id == article_keys.c.article_id)
            .outerjoin(revisions, NEWEST)
        )
        known: dict[str, Known] = {}
        for chunk in chunks(wanted):
            for row in self._connection.execute(query.where(article_keys.c.key.in_(chunk))):
                if row.id not in known:
                    known[row.id] = _known(row)
                self._by_key[row.key] = known[row.id]

    def _look_up_ids(self, ids: Sequence[str]) -> None:
        self._taken |= dict.fromkeys(ids, False)
        for chunk in chunks(ids):
            query = select(articles.c.id).where(articles.c.id.in_(chunk))
            self._taken |= dict.fromkeys(self._connection.scalars(query), True)


def _known(row: Any) -> Known:
    return Known(
        row.id,
        row.revision,
        row.fingerprint,
        has_page=row.page is not None,
        removed=row.removed_at is not None,
        since=row.first_seen,
        until=row.last_seen,
        gone_at=row.gone_at,
    )


def _is_older(known: Known, fingerprint: str, seen: datetime) -> bool:
    """Whether a text captured at ``seen`` is of the time before the newest text."""
    return seen < (known.since if fingerprint == known.fingerprint else known.until)
