"""The crawler's frontier in the archive's database.

A visit is stored with its article and with the addresses that it named in one transaction, so a crawl that is killed
anywhere has either all of a visit or nothing of it, and fetches again what it had nothing of.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from sqlalchemy import and_, func, insert, or_, select, update

from tintuc_search.archive.frontier_base import Address, Found, Kind, State
from tintuc_search.archive.gone import mark_gone
from tintuc_search.archive.identity import url_key
from tintuc_search.archive.pending import chunks
from tintuc_search.archive.putting import Putting, prepare
from tintuc_search.archive.schema import addresses, articles, revisions

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from tintuc_search.archive.base import Incoming, Outcome
    from tintuc_search.archive.database import Database
    from tintuc_search.archive.frontier_base import Visit

LISTING_RANK, NEW_RANK, KNOWN_RANK = 0, 1, 2


def key_of(url: str) -> str | None:
    """The key of an address: the same for all addresses of one page; None for what is no web address."""
    key = url_key(url)
    return key and key.removeprefix("url:")


class SqlFrontier:
    """A :class:`~tintuc_search.archive.frontier_base.Frontier` over an archive's database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, source: str, starts: Sequence[Found], at: datetime) -> None:
        """Make the start points of a source due now; what else waits stays as it is."""
        with self._database.writing() as connection:
            _find(connection, source, starts, at)

    def due(self, source: str, at: datetime, begun: datetime, limit: int) -> Sequence[Address]:
        """Addresses to visit now: listings before pages, new pages before those seen, long due ones first.

        Those that were visited since ``begun`` wait for the next run, whatever they are due for.
        """
        visited = addresses.c.visited_at
        query = (
            select(addresses)
            .where(_is_due(source, at), or_(visited.is_(None), visited < begun))
            .order_by(addresses.c.rank, addresses.c.next_at, addresses.c.key)
            .limit(limit)
        )
        with self._database.reading() as connection:
            return [_address(row) for row in connection.execute(query)]

    def waiting(self, source: str, at: datetime) -> int:
        """How many addresses are due."""
        query = select(func.count()).select_from(addresses).where(_is_due(source, at))
        with self._database.reading() as connection:
            return connection.execute(query).scalar_one()

    def state(self, source: str, url: str) -> State | None:
        """What came of an address of a source; None where it is unknown."""
        mine = and_(addresses.c.source == source, addresses.c.key == key_of(url))
        with self._database.reading() as connection:
            found = connection.execute(select(addresses.c.state).where(mine)).scalar()
        return None if found is None else State(found)

    def record(self, visit: Visit) -> Outcome | None:
        """Store a visit, its article too, in one transaction; the article's outcome, None if it was a copy or none."""
        with self._database.writing() as connection:
            return _record(connection, visit)


def _record(connection: Connection, visit: Visit) -> Outcome | None:
    own = visit.address
    values: dict[str, Any] = _values(visit)
    outcome: Outcome | None = None
    if visit.incoming is not None and not _is_copy(connection, visit):
        article_id, outcome = _put(connection, visit.incoming, visit.at)
        values |= {"article_id": article_id, "content": _digest(visit.text or "")}
    elif visit.incoming is not None:
        values |= {"state": State.COPY, "next_at": None}
    if visit.state is State.GONE:
        mark_gone(connection, own.url, visit.at)
    elif visit.same and own.article_id:
        _touch(connection, own.article_id, visit.at)
    moved = visit.final is not None and own.kind is Kind.PAGE  # a list stays where it was asked for
    if moved and (key := key_of(visit.final or "")) not in (None, own.key):
        _store(connection, own, {"state": State.COPY, "next_at": None, "visited_at": visit.at})
        _store_final(connection, visit, key, values)
    else:
        _store(connection, own, values)
    _find(connection, own.source, visit.found, visit.at)
    if visit.parts:
        _find(connection, own.source, [Found(url) for url in visit.parts], visit.at)
        keys = [key for url in visit.parts if (key := key_of(url))]
        parts = and_(addresses.c.source == own.source, addresses.c.key.in_(keys))
        connection.execute(update(addresses).where(parts).values(state=State.COPY, next_at=None))
    return outcome


def _values(visit: Visit) -> dict[str, Any]:
    """What a visit changes in the row of its address."""
    values: dict[str, Any] = {
        "state": visit.state,
        "rank": LISTING_RANK if visit.address.kind is not Kind.PAGE else KNOWN_RANK,
        "visited_at": visit.at,
        "next_at": visit.next_at,
        "tries": visit.address.tries + visit.tried if visit.state is State.FAILED else 0,
        "status": visit.status,
        "reason": visit.reason or None,
    }
    if visit.state is State.FAILED:  # what was known of the page stays true
        return values
    if not visit.same:
        values |= {"etag": visit.etag, "last_modified": visit.last_modified}
    return values


def _put(connection: Connection, incoming: Incoming, at: datetime) -> tuple[str, Outcome]:
    [(article_id, outcome)] = Putting(connection, at).put([prepare(incoming)])
    return article_id, outcome


def _is_copy(connection: Connection, visit: Visit) -> bool:
    """Whether another address, different in its query only, has the same words already."""
    assert visit.text is not None  # noqa: S101 - every article comes with its words
    url = visit.final or visit.address.url
    same = select(addresses.c.url).where(
        addresses.c.source == visit.address.source,
        addresses.c.content == _digest(visit.text),
        addresses.c.key.not_in([visit.address.key, key_of(url)]),
    )
    return any(_path(other) == _path(url) for other in connection.scalars(same))


def _touch(connection: Connection, article_id: str, at: datetime) -> None:
    """Note that an article was seen again, unchanged; the same as putting it again."""
    own = articles.c.id == article_id
    newest = select(articles.c.revision).where(own).scalar_subquery()
    connection.execute(update(articles).where(own).values(last_seen=at, gone_at=None))
    connection.execute(
        update(revisions)
        .where(and_(revisions.c.article_id == article_id, revisions.c.number == newest))
        .values(last_seen=at)
    )


def _store(connection: Connection, own: Address, values: dict[str, Any]) -> None:
    mine = and_(addresses.c.source == own.source, addresses.c.key == own.key)
    connection.execute(update(addresses).where(mine).values(values))


def _store_final(
    connection: Connection, visit: Visit, key: str | None, values: dict[str, Any]
) -> None:
    """Store what was found at the end of redirects under the address there."""
    own = visit.address
    mine = and_(addresses.c.source == own.source, addresses.c.key == key)
    if connection.scalar(select(addresses.c.kind).where(mine)) not in (None, own.kind):
        return  # a page that was taken away often leads to the home page, which is a list of its own
    there = values | {"url": visit.final}  # its validators are those of this very address
    if connection.execute(update(addresses).where(mine).values(there)).rowcount:
        return
    row: dict[str, Any] = {"source": own.source, "key": key, "url": visit.final, "kind": own.kind}
    row |= {"depth": own.depth, "found_at": visit.at}
    connection.execute(insert(addresses).values(row | values))


def _find(connection: Connection, source: str, found: Sequence[Found], at: datetime) -> None:
    """Take in addresses: new ones wait, known ones are due again where they are a start or were changed since."""
    by_key = {key: each for each in reversed(found) if (key := key_of(each.url))}
    known: dict[str, Any] = {}
    columns = (addresses.c.key, addresses.c.visited_at, addresses.c.state, addresses.c.stated_at)
    for chunk in chunks(list(by_key)):
        query = select(*columns).where(addresses.c.source == source, addresses.c.key.in_(chunk))
        known |= {row.key: row for row in connection.execute(query)}
    new = [_new_row(source, key, each, at) for key, each in by_key.items() if key not in known]
    if new:
        connection.execute(insert(addresses), new)
    for key, row in known.items():
        each = by_key[key]
        values: dict[str, Any] = {"next_at": at} if each.start or _is_newer(each, row) else {}
        if each.stated_at and each.stated_at != row.stated_at:
            values["stated_at"] = each.stated_at
        if values:
            mine = and_(addresses.c.source == source, addresses.c.key == key)
            connection.execute(update(addresses).where(mine).values(values))


def _is_newer(found: Found, row: Any) -> bool:
    """Whether a listing says that a page changed after we saw it; said once more of the same time, it is no news."""
    if found.stated_at is None or row.visited_at is None or row.state == State.COPY:
        return False
    return bool(found.stated_at > row.visited_at) and found.stated_at != row.stated_at


def _new_row(source: str, key: str, found: Found, at: datetime) -> dict[str, Any]:
    return {
        "source": source,
        "key": key,
        "url": found.url,
        "kind": found.kind,
        "state": State.NEW,
        "rank": NEW_RANK if found.kind is Kind.PAGE else LISTING_RANK,
        "depth": found.depth,
        "found_at": at,
        "stated_at": found.stated_at,
        "next_at": at,
        "tries": 0,
    }


def _is_due(source: str, at: datetime) -> Any:
    return and_(addresses.c.source == source, addresses.c.next_at <= at)


def _address(row: Any) -> Address:
    return Address(
        source=row.source,
        key=row.key,
        url=row.url,
        kind=Kind(row.kind),
        state=State(row.state),
        depth=row.depth,
        found_at=row.found_at,
        visited_at=row.visited_at,
        tries=row.tries,
        etag=row.etag,
        last_modified=row.last_modified,
        article_id=row.article_id,
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:40]


def _path(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return (parts.hostname or "").lower(), parts.path
