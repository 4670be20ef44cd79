"""The one place that knows databases apart: connecting, transactions, locks, the wording of failures.

SQLite runs in WAL mode, so that readers and the one writer do not wait for each other. A transaction
that writes takes the write lock when it begins: taken later, it could fail half-way through.
"""

from __future__ import annotations

import logging
import os
import sqlite3
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

from sqlalchemy import create_engine, event, inspect, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from tintuc_search.archive.schema import sequence
from tintuc_search.errors import ArchiveError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import URL, Connection, Engine
    from sqlalchemy.pool import Pool

BUSY_SECONDS = 30.0
"""How long to wait for another process that writes."""

MIGRATION_LOCK = 0x74696E747563
"""PostgreSQL's advisory lock for migrations: "tintuc" in ASCII."""

_engines: WeakSet[Engine] = WeakSet()
_inherited: list[Pool] = []
"""Connections of a parent process, kept from being closed: that would end what the parent does over them."""

log = logging.getLogger(__name__)


class Database:
    """Connections to one database, by an SQLAlchemy URL; every failure is an ArchiveError naming it."""

    def __init__(self, url: str) -> None:
        parsed = _parse(url)
        self.path = _sqlite_path(parsed, url)
        self.name = str(self.path or parsed.render_as_string())
        with self.failures():
            if self.path:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                parsed = parsed.set(database=str(self.path.absolute()))
            self._engine = _make_engine(parsed)

    @contextmanager
    def failures(self) -> Iterator[None]:
        """Turn what the database or the disk says into one line that names the archive."""
        try:
            yield
        except (SQLAlchemyError, sqlite3.Error, OSError, ImportError) as error:
            raise ArchiveError(f"{self.name}: {_reason(error)}") from error

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A consistent view for one or more queries."""
        with self.failures(), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes; one at a time, so that change sequences are given in the order they appear."""
        with self._exclusive() as connection:
            connection.execute(select(sequence.c.value).with_for_update())  # SQLite needs no more
            yield connection

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        """A transaction that may change tables; one at a time over all processes."""
        with self._exclusive() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text(f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})"))
            yield connection

    @contextmanager
    def _exclusive(self) -> Iterator[Connection]:
        with (
            self.failures(),
            self._engine.connect().execution_options(writes=True) as connection,
            connection.begin(),
        ):
            yield connection

    def is_foreign(self, connection: Connection) -> bool:
        """Whether this is some other program's file: a server's database may hold other tables, a file not."""
        return self.path is not None and bool(inspect(connection).get_table_names())

    def forget_deleted(self) -> None:
        """Leave nothing of what was deleted in the files.

        SQLite has overwritten it already (``secure_delete``); here the log of changes goes too. Elsewhere the
        server's own clearing has to do it.
        """
        if self.path is None:
            return
        with self.failures(), self._engine.connect() as connection:
            raw = connection.connection.driver_connection
            assert isinstance(raw, sqlite3.Connection)  # noqa: S101 - by the URL
            if raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
                log.warning(
                    "%s: deleted text stays in the log until the last reader ends", self.name
                )

    def check(self) -> str | None:
        """What is wrong with the file's structure, or None; always None where a server looks after it."""
        if self.path is None:
            return None
        with self.reading() as connection:
            found = connection.execute(text("PRAGMA integrity_check(1)")).scalar_one()
        return None if found == "ok" else str(found)

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()


def is_missing(url: str) -> bool:
    """Whether no archive is there; a server's database is taken to be one."""
    path = _sqlite_path(_parse(url), url)
    return path is not None and not path.exists()


def _parse(url: str) -> URL:
    try:
        return make_url(url)
    except ArgumentError:
        raise ArchiveError(f"{url!r} is no SQLAlchemy URL, such as sqlite:///tin.sqlite") from None


def _sqlite_path(url: URL, given: str) -> Path | None:
    if url.get_backend_name() != "sqlite":
        return None
    if not url.database or url.database == ":memory:" or url.database.startswith("file:"):
        raise ArchiveError(f"{given}: an SQLite archive needs a path: sqlite:///tin.sqlite")
    return Path(url.database).expanduser()


def _reason(error: BaseException) -> str:
    """The database's own words, in one line."""
    if isinstance(error, ModuleNotFoundError):
        return f"this kind of database needs the Python package {error.name}"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    cause = error.orig if isinstance(error, DBAPIError) and error.orig else error
    lines = str(cause).strip().splitlines() or [type(cause).__name__]
    return lines[0]


def _make_engine(url: URL) -> Engine:
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS})
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        engine = create_engine(url, pool_pre_ping=True)
    _engines.add(engine)
    return engine


def _leave_inherited() -> None:
    """Connect anew in a forked process: two must not speak over one connection."""
    for engine in tuple(_engines):
        _inherited.append(engine.pool)
        engine.dispose(close=False)


os.register_at_fork(after_in_child=_leave_inherited)


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = (
        None  # Python's driver must not begin transactions: _begin_sqlite does
    )
    _use_wal(connection)
    # FULL: after a power cut the archive must not be behind an index that has seen more of it.
    for pragma in ("synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _use_wal(connection: sqlite3.Connection) -> None:
    """Switch to WAL; SQLite does not wait by itself where several processes do so at once."""
    end = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > end:
                raise
            time.sleep(0.02)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
