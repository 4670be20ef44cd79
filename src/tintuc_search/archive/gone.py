"""Articles whose page is no longer there: they stay, and stay findable, with the day since when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, select, update

from tintuc_search.archive.identity import url_key
from tintuc_search.archive.pending import chunks
from tintuc_search.archive.schema import article_keys, articles

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy import Connection


def mark_gone(connection: Connection, url: str, at: datetime) -> str | None:
    """Mark the article known by ``url`` as gone since ``at``; its id, None where there is none.

    The first sighting counts: one that is gone already keeps its day.
    """
    known = (
        select(articles.c.id)
        .join(article_keys, article_keys.c.article_id == articles.c.id)
        .where(article_keys.c.key == url_key(url), articles.c.removed_at.is_(None))
    )
    article_id: str | None = connection.execute(known).scalar()
    if article_id is not None:
        connection.execute(
            update(articles)
            .where(
                and_(
                    articles.c.id == article_id,
                    articles.c.gone_at.is_(None),
                    # A page seen after that day was there.
                    articles.c.last_seen <= at,
                )
            )
            .values(gone_at=at)
        )
    return article_id


def come_back(connection: Connection, ids: Iterable[str]) -> None:
    """Take the mark off articles whose page was seen again."""
    for chunk in chunks(sorted(ids)):
        connection.execute(update(articles).where(articles.c.id.in_(chunk)).values(gone_at=None))
