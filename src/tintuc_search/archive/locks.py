"""Locks by name: advisory locks of a server, locked files beside an SQLite archive.

Both are freed by the system when their holder dies, so that no work is ever left undone for a lock.
"""

from __future__ import annotations

import fcntl
import hashlib
import re
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from pathlib import Path

    from sqlalchemy import Connection

    from tintuc_search.archive.database import Database

FOLDER = "locks"
_NOT_IN_NAMES = re.compile(r"[^a-z0-9.-]+")


class SqlLocks:
    """The :class:`~tintuc_search.archive.locks_base.Locks` of an archive's database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @contextmanager
    def held(self, names: Collection[str], shared: Collection[str] = ()) -> Iterator[str | None]:
        """Hold all of these while the block runs, or none; the block is given the name of one that is taken."""
        wanted = [(name, False) for name in shared if name not in names]
        wanted += [(name, True) for name in names]
        with ExitStack() as left:
            with self._database.failures():
                take = self._taker(left)
                taken = next(
                    (name for name, alone in sorted(wanted) if not take(name, alone)), None
                )
            if taken is not None:
                left.close()
            yield taken

    def _taker(self, left: ExitStack) -> Callable[[str, bool], bool]:
        """What takes a lock, alone if told so, and says whether it was to be had."""
        if self._database.path is not None:
            folder = self._database.path.parent / FOLDER
            folder.mkdir(parents=True, exist_ok=True)
            return lambda name, alone: _lock_file(folder / _file_name(name), left, alone=alone)
        connection = left.enter_context(self._connection())
        return lambda name, alone: _lock_key(connection, _key(name), alone=alone)

    @contextmanager
    def _connection(self) -> Iterator[Connection]:
        """A connection of its own, really closed at the end: that frees all its locks."""
        connection = self._database.connect_alone()
        try:
            yield connection
        finally:
            with suppress(SQLAlchemyError):  # the server may be gone, and the locks with it
                connection.close()


def _lock_file(path: Path, left: ExitStack, *, alone: bool) -> bool:
    stream = left.enter_context(path.open("a"))
    try:
        fcntl.flock(stream, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _lock_key(connection: Connection, key: int, *, alone: bool) -> bool:
    take = func.pg_try_advisory_lock if alone else func.pg_try_advisory_lock_shared
    return bool(connection.execute(select(take(key))).scalar_one())


def _key(name: str) -> int:
    """A name as PostgreSQL numbers locks, 64 bits with sign."""
    digest = hashlib.blake2b(f"tintuc:{name}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def _file_name(name: str) -> str:
    """A name as a file's: readable, and another one for every name."""
    return f"{_NOT_IN_NAMES.sub('-', name)[:60]}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"
