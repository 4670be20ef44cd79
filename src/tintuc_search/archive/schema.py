"""The archive's tables, as the newest migration leaves them.

::

    articles ──< article_keys          how an incoming article is known again
        ├──────< revisions >── pages   each text it has had, and the page that text was read from
        └─────── analyses              what the indexer made of its newest text
    sequence                           one row: the highest change sequence given
    addresses                          the crawler's frontier: what was found, looked at when, due when
    runs                               what each crawl of a source did

An article that was taken down keeps its row with ``removed_at`` set (the tombstone) and its keys, nothing else.
One whose page is no longer there (404, 410) keeps everything and has ``gone_at`` set.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    and_,
)
from sqlalchemy.types import TypeDecorator

from tintuc_search.archive.codec import NOT_STORABLE

if TYPE_CHECKING:
    from sqlalchemy.engine import Dialect

SCHEMA = "0004"
"""The newest migration; an archive that says so needs none."""

VERSION_TABLE = "archive_version"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)

Id = String(100).with_variant(String(100, collation="C"), "postgresql")
"""Ids sort by code point on every database."""


class Moment(TypeDecorator[datetime]):
    """An aware time, kept as microseconds since 1970 UTC: exact and sortable on every database."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """Python to database."""
        return None if value is None else (value - EPOCH) // MICROSECOND

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Database to Python."""
        return None if value is None else EPOCH + value * MICROSECOND


class Words(TypeDecorator[str]):
    """Text from elsewhere (a header, an address, a message), with U+FFFD for what cannot be stored."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Python to database."""
        return None if value is None else NOT_STORABLE.sub("\ufffd", value)


metadata = MetaData()

sequence = Table(
    "sequence",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("value", BigInteger, nullable=False),
)

articles = Table(
    "articles",
    metadata,
    Column("id", Id, primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("sequence", BigInteger, nullable=False, unique=True),
    Column("first_seen", Moment, nullable=False),
    Column("last_seen", Moment, nullable=False),
    Column("url", Text),
    Column("source", Text),
    Column("section", Text),
    Column("published_at", Moment),
    Column("removed_at", Moment),
    Column("reason", Words),
    Column("gone_at", Moment),
)

article_keys = Table(
    "article_keys",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("article_id", Id, ForeignKey("articles.id"), nullable=False),
)

pages = Table(
    "pages",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("content", LargeBinary, nullable=False),  # zlib
)

revisions = Table(
    "revisions",
    metadata,
    Column("article_id", Id, ForeignKey("articles.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("fingerprint", String(64), nullable=False),
    Column("content", Text, nullable=False),  # codec.encode
    Column("first_seen", Moment, nullable=False),
    Column("last_seen", Moment, nullable=False),
    Column("page", String(64), ForeignKey("pages.sha256")),
    Column("media_type", Words),
)

Index("revisions_page", revisions.c.page)

NEWEST = and_(revisions.c.article_id == articles.c.id, revisions.c.number == articles.c.revision)
"""What joins an article to its newest revision."""

analyses = Table(
    "analyses",
    metadata,
    Column("article_id", Id, ForeignKey("articles.id"), primary_key=True),
    Column("version", String(64), nullable=False),
    Column("content", LargeBinary, nullable=False),
)

addresses = Table(
    "addresses",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("key", String(40), primary_key=True),  # of the canonical address
    Column("url", Words, nullable=False),
    Column("kind", String(8), nullable=False),
    Column("state", String(8), nullable=False),
    Column("rank", Integer, nullable=False),
    Column("depth", Integer, nullable=False),
    Column("found_at", Moment, nullable=False),
    Column("stated_at", Moment),
    Column("visited_at", Moment),
    Column("next_at", Moment),
    Column("tries", Integer, nullable=False),
    Column("status", Integer),
    Column("etag", Words),
    Column("last_modified", Words),
    Column("article_id", Id),
    Column("content", String(40)),
    Column("reason", Words),
)

Index("addresses_due", addresses.c.source, addresses.c.next_at)
Index("addresses_content", addresses.c.source, addresses.c.content)

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source", String(64), nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("ended_at", Moment, nullable=False),
    Column("next_at", Moment),
    Column("tally", Text, nullable=False),  # JSON
    Column("flag", Text),
    Column("error", Words),
)

Index("runs_source", runs.c.source, runs.c.started_at)
