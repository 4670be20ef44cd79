"""The one place that knows databases apart: transactions, locks, the wording of failures.

SQLite runs in WAL mode, so that readers and the one writer do not wait for each other. A transaction
that writes takes the write lock when it begins: taken later, it could fail half-way through. On a server that lock is
the row of the counter: what one writer stored is visible before the next one gets it, so change sequences appear in
their order, whoever gives them.
"""

from __future__ import annotations

import logging
import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import inspect, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from tintuc_search.archive.connecting import BUSY_SECONDS, make_engine
from tintuc_search.archive.schema import VERSION_TABLE, sequence
from tintuc_search.errors import ArchiveError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import URL, Connection

SERVER = "postgresql"
MIGRATION_LOCK = 0x74696E747563
"""PostgreSQL's advisory lock for migrations: "tintuc" in ASCII."""

SNAPSHOT = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
"""What makes several queries on a server see one state."""
LOCK_NOT_AVAILABLE = "55P03"
"""PostgreSQL's code for a lock that was waited for too long."""
SECRETS = ("password", "sslpassword")
"""Parameters of a URL that nobody is shown."""

log = logging.getLogger(__name__)


class Database:
    """Connections to one database, by an SQLAlchemy URL; every failure is an ArchiveError naming it."""

    def __init__(self, url: str) -> None:
        parsed = _parse(url)
        self.path = _sqlite_path(parsed, url)
        self.name = str(self.path or _shown(parsed))
        self._is_server = parsed.get_backend_name() == SERVER
        with self.failures():
            if self.path:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                parsed = parsed.set(database=str(self.path.absolute()))
            self._engine = make_engine(parsed)

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
        options = SNAPSHOT if self._is_server else {}
        with (
            self.failures(),
            self._engine.connect().execution_options(**options) as connection,
            connection.begin(),
        ):
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes; one at a time, so that change sequences are given in the order they appear."""
        with self._exclusive() as connection:
            connection.execute(select(sequence.c.value).with_for_update())  # SQLite needs no more
            yield connection

    @contextmanager
    def stopping_writers(self) -> Iterator[Connection]:
        """Read while nobody writes, for as long as it takes; those who want to are told so after their time."""
        with self.writing() as connection:
            if self._is_server:
                connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
            yield connection

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        """A transaction that may change tables; one at a time over all processes."""
        with self._exclusive() as connection:
            if self._is_server:
                connection.execute(text("SET LOCAL lock_timeout = 0"))  # it may take hours
                connection.execute(text(f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})"))
                if inspect(connection).has_table(sequence.name):
                    # Before any other lock, so that no writer waits for us while we wait for it.
                    connection.execute(text(f"LOCK TABLE {sequence.name} IN EXCLUSIVE MODE"))
            yield connection

    @contextmanager
    def _exclusive(self) -> Iterator[Connection]:
        with (
            self.failures(),
            self._engine.connect().execution_options(writes=True) as connection,
            connection.begin(),
        ):
            yield connection

    def connect_alone(self) -> Connection:
        """A connection of its own without transactions, not to be used again by others; closed by the caller."""
        with self.failures():
            connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            connection.detach()
            return connection

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
    """Whether no archive is there: no file, or a server's database without its tables."""
    path = _sqlite_path(_parse(url), url)
    if path is not None:
        return not path.exists()
    with closing(Database(url)) as database, database.reading() as connection:
        return not inspect(connection).has_table(VERSION_TABLE)


def _parse(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise ArchiveError(f"{url!r} is no SQLAlchemy URL, such as sqlite:///tin.sqlite") from None
    if parsed.drivername in {SERVER, "postgres"}:  # as other programs write it
        parsed = parsed.set(drivername=f"{SERVER}+psycopg")
    return parsed


def _shown(url: URL) -> str:
    """The URL without what is secret in it."""
    secret = {name: "hidden" for name in SECRETS if name in url.query}
    return url.update_query_dict(secret).render_as_string()


def _sqlite_path(url: URL, given: str) -> Path | None:
    if url.get_backend_name() != "sqlite":
        return None
    if not url.database or url.database == ":memory:" or url.database.startswith("file:"):
        raise ArchiveError(f"{given}: an SQLite archive needs a path: sqlite:///tin.sqlite")
    return Path(url.database).expanduser()


def _reason(error: BaseException) -> str:
    """The database's own words, in one line."""
    if isinstance(error, ModuleNotFoundError):
        extra = ": pip install 'tintuc-search[postgresql]'" if error.name == "psycopg" else ""
        return f"this kind of database needs the Python package {error.name}{extra}"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    cause = error.orig if isinstance(error, DBAPIError) and error.orig else error
    if getattr(cause, "sqlstate", None) == LOCK_NOT_AVAILABLE:
        return f"another process has been writing for {BUSY_SECONDS:.0f} s"
    lines = str(cause).strip().splitlines() or [type(cause).__name__]
    return lines[0]
