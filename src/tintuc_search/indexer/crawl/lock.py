"""One crawl at a time: two would ask the same sites twice as often as either was told."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from tintuc_search.errors import TintucError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FILE = "crawl.lock"


@contextmanager
def crawling_alone(home: Path) -> Iterator[None]:
    """Hold the lock of crawls; the system takes it from a process that dies.

    Raises:
        TintucError: another process crawls.
    """
    home.mkdir(parents=True, exist_ok=True)
    lock = FileLock(home / FILE, thread_local=False)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise TintucError(
            f"{home}: another process is crawling; try again when it has ended"
        ) from None
    try:
        yield
    finally:
        lock.release()
