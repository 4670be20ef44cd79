"""A SQLite file beside the index (dictionary, reprints): opened, checked, lent to threads, asked for many rows."""

from __future__ import annotations

import os
import sqlite3
import zlib
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from threading import Lock, RLock
from typing import TYPE_CHECKING

from tintuc_search.errors import IndexUnusable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MEMORY = ":memory:"
REBUILD = "rebuild it with: tintuc index --rebuild"
_NOT_DAMAGE = tuple(
    f"SQLITE_{name}" for name in ("BUSY", "CANTOPEN", "FULL", "LOCKED", "NOMEM", "PERM", "READONLY")
)
_WRITER_CACHE = 32 * 1024  # KiB; terms come in no order, so a batch touches pages all over the file
_ASKED = 500  # values in one question to SQLite, which takes at least 999
_WAIT = 30.0  # seconds that one writer waits for another


class Database:
    """A SQLite file with a schema of its own; ``":memory:"`` for one that dies with its process.

    Readers are lent a connection each, for as long as they read; a file put in the old one's place, or a
    fork, makes the idle ones useless, and they are opened anew. All of it raises IndexUnusable for a file that
    is missing, damaged or of another version, calling it ``what``.
    """

    def __init__(
        self, path: Path | str, schema: str, version: int, what: str = "dictionary"
    ) -> None:
        self._what = what
        self._path = None if str(path) == MEMORY else Path(path)
        self._schema, self._version = schema, version
        self._lock, self._alone = Lock(), RLock()
        self._idle: list[sqlite3.Connection] = []
        self._inherited: list[sqlite3.Connection] = []
        self._identity: tuple[int, ...] = ()
        self._memory = None if self._path else self._create(":memory:")

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection to read from."""
        if self._memory is not None:
            with self._alone:
                yield self._memory
            return
        with self._reported():
            connection = self._borrow()
            try:
                yield connection
            except BaseException:
                connection.close()
                raise
            self._give_back(connection)

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Open a transaction: committed at the end of the block, undone if it raises."""
        with self._alone, self._reported():
            connection = self._memory or self._open("rw")
            try:
                connection.execute("BEGIN IMMEDIATE")
                try:
                    yield connection
                except BaseException:
                    connection.execute("ROLLBACK")
                    raise
                connection.execute("COMMIT")
            finally:
                if connection is not self._memory:
                    connection.close()

    @contextmanager
    def held_open(self) -> Iterator[None]:
        """Keep the file open over many transactions: when the last one closes it, SQLite waits for the disk."""
        if self._memory is not None:
            yield
            return
        with self._reported():
            connection = self._open("rw")
        try:
            yield
        finally:
            connection.close()

    def clear(self, tables: tuple[str, ...]) -> None:
        """Empty the tables; make the file anew if it is missing or of no use."""
        try:
            with self.writing() as connection:
                for table in tables:
                    connection.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names
        except IndexUnusable:
            if self._path is None:
                raise
            self.close()
            _remove(self._path)
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._create(str(self._path)).close()

    def close(self) -> None:
        """Close the idle connections; a dictionary in memory is gone."""
        with self._lock:
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()
        if self._memory is not None:
            self._memory.close()

    def _create(self, name: str) -> sqlite3.Connection:
        connection = sqlite3.connect(name, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(self._schema)
        connection.execute(f"PRAGMA user_version = {self._version}")
        return connection

    def _open(self, mode: str) -> sqlite3.Connection:
        if self._path is None or not self._path.is_file():
            raise IndexUnusable(f"there is no {self._what} {self._path}; {REBUILD}")
        connection = sqlite3.connect(
            f"{self._path.absolute().as_uri()}?mode={mode}",
            uri=True,
            timeout=_WAIT,
            isolation_level=None,
            check_same_thread=False,
        )
        try:
            connection.execute("PRAGMA synchronous = NORMAL")
            if mode == "rw":
                connection.execute(f"PRAGMA cache_size = -{_WRITER_CACHE}")
            version = connection.execute("PRAGMA user_version").fetchone()[0]
        except BaseException:
            connection.close()
            raise
        if version != self._version:
            connection.close()
            raise IndexUnusable(
                f"the {self._what} {self._path} was written by another version; {REBUILD}"
            )
        return connection

    def _borrow(self) -> sqlite3.Connection:
        identity = self._identify()
        with self._lock:
            if identity != self._identity:
                stale, self._idle = self._idle, []
                if self._identity[:1] == identity[:1]:
                    for connection in stale:
                        connection.close()
                else:  # a process must not close what another, from which it was forked, opened
                    self._inherited += stale
                self._identity = identity
            if self._idle:
                return self._idle.pop()
        return self._open("ro")

    def _give_back(self, connection: sqlite3.Connection) -> None:
        with self._lock:
            self._idle.append(connection)

    def _identify(self) -> tuple[int, ...]:
        try:
            status = os.stat(self._path or "")  # noqa: PTH116 - called for every query
        except OSError:
            return (os.getpid(),)
        return (os.getpid(), status.st_dev, status.st_ino)

    @contextmanager
    def _reported(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, zlib.error) as error:
            if getattr(error, "sqlite_errorname", "").startswith(_NOT_DAMAGE):
                raise IndexUnusable(
                    f"the {self._what} {self._path} cannot be used: {error}"
                ) from error
            raise IndexUnusable(
                f"the {self._what} {self._path} is damaged ({error}); {REBUILD}"
            ) from error


def _remove(path: Path) -> None:
    for name in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
        with suppress(FileNotFoundError):
            name.unlink()


def select(
    connection: sqlite3.Connection, question: str, values: Iterable[str | int]
) -> Iterator[tuple]:  # type: ignore[type-arg]
    """The rows that answer a question ending in ``IN``, however many values there are."""
    every = iter(values)
    while asked := tuple(islice(every, _ASKED)):
        yield from connection.execute(f"{question} ({', '.join('?' * len(asked))})", asked)
