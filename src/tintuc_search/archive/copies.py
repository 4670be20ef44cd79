"""Copying an SQLite archive while it is in use, and making a copy the archive again.

Other databases bring tools for this, and an ArchiveError names them.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tintuc_search.archive.database import Database
from tintuc_search.archive.migrating import check_known
from tintuc_search.archive.schema import VERSION_TABLE
from tintuc_search.errors import ArchiveError

if TYPE_CHECKING:
    from collections.abc import Iterator

IN_USE_SECONDS = 2.0
SIDE_FILES = ("-wal", "-shm")


def back_up(database: Database, target: Path) -> None:
    """Write a consistent copy of an open archive to the new file ``target``.

    Raises:
        ArchiveError: there is such a file, it cannot be written, or the database is not SQLite.
    """
    if database.path is None:
        raise ArchiveError(f"{database.name}: back this database up with pg_dump")
    if target.exists():
        raise ArchiveError(f"{target}: there is such a file already")
    with _failures(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        _copy(database.path, target)


def restore(source: Path, url: str, *, force: bool = False) -> None:
    """Make the backup ``source`` the archive at ``url``.

    It is checked and copied beside the archive first, then takes its place at one stroke. An archive too
    damaged to be opened is kept under the name ``….damaged-<time>``.

    Raises:
        ArchiveError: the backup is damaged or newer than this program, there is an archive and ``force`` is not
            given, or another process uses it; nothing has been changed then.
    """
    with closing(Database(url)) as database:
        target = database.path
    if target is None:
        raise ArchiveError(f"{database.name}: restore this database with pg_restore")
    if not source.is_file():
        raise ArchiveError(f"{source}: there is no such file")
    if target.exists() and not force:
        raise ArchiveError(f"{target}: there is an archive already; it is replaced only by force")
    check_backup(source)
    aside = target.with_name(f"{target.name}.restoring")
    with _failures(target):
        aside.unlink(missing_ok=True)
        _copy(source, aside)
        with _nobody_using(target):
            aside.replace(target)
            _flush(target.parent)


def check_backup(source: Path) -> None:
    """Raise ArchiveError unless ``source`` is a whole archive that this program can read."""
    with _failures(source), closing(_open_read_only(source)) as connection:
        found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
        if found != "ok":
            raise ArchiveError(f"{source}: is damaged: {' '.join(found.split())}")
        tables = "SELECT 1 FROM sqlite_master WHERE name = ?"
        if not connection.execute(tables, (VERSION_TABLE,)).fetchone():
            raise ArchiveError(f"{source}: is no archive")
        version = connection.execute(f"SELECT version_num FROM {VERSION_TABLE}").fetchone()  # noqa: S608
    check_known(version[0] if version else None, str(source))


@contextmanager
def _failures(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise ArchiveError(f"{path}: {error}") from error
    except OSError as error:
        raise ArchiveError(f"{path}: {error.strerror or error}") from error


def _open_read_only(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)


def _copy(source: Path, target: Path) -> None:
    """Copy a database that others may be writing; ``target`` appears whole or not at all."""
    part = target.with_name(f"{target.name}.part")
    part.unlink(missing_ok=True)
    try:
        with closing(_open_read_only(source)) as old, closing(sqlite3.connect(part)) as new:
            old.backup(new)
            # One file, which can be carried about without a log beside it.
            new.execute("PRAGMA journal_mode=DELETE")
        _flush(part)
        part.replace(target)
        _flush(target.parent)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


@contextmanager
def _nobody_using(target: Path) -> Iterator[None]:
    """Hold the archive at ``target``, if there is a readable one, alone and with an empty log."""
    if not target.exists():
        _drop_side_files(target)
        yield
        return
    connection = sqlite3.connect(target, timeout=IN_USE_SECONDS, isolation_level=None)
    with closing(connection):
        try:
            # Leaving WAL needs every other connection gone, and takes the log away.
            connection.execute("PRAGMA journal_mode=DELETE")
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise ArchiveError(f"{target}: another process uses it; stop that first") from error
            _put_aside(target)
        except sqlite3.DatabaseError:
            _put_aside(target)
        yield


def _put_aside(target: Path) -> None:
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    for suffix in ("", *SIDE_FILES):
        with suppress(FileNotFoundError):
            Path(f"{target}{suffix}").rename(f"{target}.damaged-{stamp}{suffix}")


def _drop_side_files(target: Path) -> None:
    """Remove a log left without its database: it must not be applied to another one."""
    for suffix in SIDE_FILES:
        Path(f"{target}{suffix}").unlink(missing_ok=True)


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
