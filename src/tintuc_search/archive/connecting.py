"""How to connect to each kind of database: SQLite's pragmas, a server's time-outs, connections after a fork."""

from __future__ import annotations

import os
import sqlite3
import time
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

from sqlalchemy import create_engine, event

if TYPE_CHECKING:
    from sqlalchemy import URL, Connection, Engine
    from sqlalchemy.engine.interfaces import DBAPIConnection
    from sqlalchemy.pool import Pool

BUSY_SECONDS = 30.0
"""How long to wait for another process that writes."""
FORGOTTEN_SECONDS = 600
"""After which a server ends a transaction in which nothing happens: a process that hangs must not keep all others."""
CONNECTING = {
    "application_name": "tintuc",
    "connect_timeout": "10",
    # A server or a network that is gone is noticed in a minute and a half, not in two hours.
    "keepalives_idle": "60",
    "keepalives_interval": "10",
    "keepalives_count": "3",
}
"""What libpq is told, where the URL says nothing else."""

_engines: WeakSet[Engine] = WeakSet()
_inherited: list[Pool] = []
"""Connections of a parent process, kept from being closed: that would end what the parent does over them."""


def make_engine(url: URL) -> Engine:
    """Connections to a database, made when they are needed."""
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS})
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    elif url.get_backend_name() == "postgresql":
        given = {name: value for name, value in CONNECTING.items() if name not in url.query}
        engine = create_engine(url, pool_pre_ping=True, connect_args=given)
        event.listen(engine, "connect", _prepare_postgresql)
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


def _prepare_postgresql(connection: DBAPIConnection, _record: Any) -> None:
    cursor = connection.cursor()
    cursor.execute(f"SET lock_timeout = '{BUSY_SECONDS:.0f}s'")
    cursor.execute(f"SET idle_in_transaction_session_timeout = '{FORGOTTEN_SECONDS}s'")
    cursor.close()
    connection.commit()


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
