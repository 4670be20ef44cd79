"""Puts a text into an article's past: a capture may be imported years after a later one.

It becomes a revision among the older ones; the newest text, and so the index, stays as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, insert, select, update

from tintuc_search.archive.codec import encode
from tintuc_search.archive.schema import articles, revisions

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from typing import Any

    from sqlalchemy import Connection

    from tintuc_search.article import Article


def put_older(
    connection: Connection, article_id: str, article: Article, fingerprint: str, seen: datetime
) -> tuple[int, bool]:
    """Note that ``article`` was the text at ``seen``; its revision's number, and whether that is a new one.

    It stands behind what was seen first before it, and never behind the newest text, which was seen last.
    """
    rows = connection.execute(
        select(revisions).where(revisions.c.article_id == article_id).order_by(revisions.c.number)
    ).all()
    newest: int = rows[-1].number
    number = next((row.number for row in rows if row.first_seen > seen), newest)
    same = _same(rows, number, fingerprint)
    if same is None:
        _make_room(connection, article_id, number, newest)
        row = {"number": number, "fingerprint": fingerprint, "content": encode(article)}
        times = {"first_seen": seen, "last_seen": seen}
        connection.execute(insert(revisions).values(article_id=article_id, **row, **times))
    else:
        times = {"first_seen": min(same.first_seen, seen), "last_seen": max(same.last_seen, seen)}
        connection.execute(update(revisions).where(_is(article_id, same.number)).values(times))
    earlier = and_(articles.c.id == article_id, articles.c.first_seen > seen)
    connection.execute(update(articles).where(earlier).values(first_seen=seen))
    return (number, True) if same is None else (same.number, False)


def _same(rows: Sequence[Any], number: int, fingerprint: str) -> Any | None:
    """The revision of the same text right before or at the place that ``number`` says."""
    near = (row for row in rows if row.number in (number, number - 1))
    return next((row for row in near if row.fingerprint == fingerprint), None)


def _make_room(connection: Connection, article_id: str, number: int, newest: int) -> None:
    for taken in range(newest, number - 1, -1):  # each number is free when it is given
        connection.execute(update(revisions).where(_is(article_id, taken)).values(number=taken + 1))
    connection.execute(
        update(articles).where(articles.c.id == article_id).values(revision=newest + 1)
    )


def _is(article_id: str, number: int) -> Any:
    return and_(revisions.c.article_id == article_id, revisions.c.number == number)
