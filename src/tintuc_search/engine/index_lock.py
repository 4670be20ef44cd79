"""The lock that lets one process write an index, and the note of which one does.

The lock belongs to an open file, so the system takes it from a process that dies; the note beside it is only
for the message.
"""

from __future__ import annotations

import json
import os
import shutil
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from tintuc_search.article import format_time
from tintuc_search.errors import IndexLocked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOCK_FILE, NOTE_FILE = "writer.lock", "writer.json"


def lock_for_writing(path: Path, wait: float) -> FileLock:
    """Take the lock of the index in ``path``, waiting up to ``wait`` seconds.

    Raises:
        IndexLocked: another writer holds it; the message says which process, and since when.
    """
    lock = FileLock(path / LOCK_FILE, thread_local=False)
    try:
        lock.acquire(timeout=max(wait, 0.0))
    except Timeout:
        raise IndexLocked(
            f"the index {path} is being written by {_holder(path)}; try again when it has ended"
        ) from None
    note = {"pid": os.getpid(), "since": format_time(datetime.now(UTC))}
    (path / NOTE_FILE).write_text(json.dumps(note), "utf-8")
    return lock


@contextmanager
def locked_for_rebuild(path: Path) -> Iterator[None]:
    """Hold the lock of the index in ``path`` while it is made anew; the folder is made where something else is there.

    Raises:
        IndexLocked: a writer holds it.
    """
    if path.exists() and not path.is_dir():
        path.unlink()
    path.mkdir(parents=True, exist_ok=True)
    for name in (LOCK_FILE, NOTE_FILE):
        if (path / name).is_dir():
            shutil.rmtree(path / name)
    lock = lock_for_writing(path, 0.0)
    try:
        yield
    finally:
        lock.release()


def _holder(path: Path) -> str:
    try:
        note = json.loads((path / NOTE_FILE).read_text("utf-8"))
        return f"process {int(note['pid'])} (since {note['since']})"
    except (OSError, ValueError, TypeError, KeyError):
        return "another process"
