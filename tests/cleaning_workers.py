"""What worker processes of tests clean with: cleaners that fail, crash or hang where a page says so."""

from __future__ import annotations

import os
import re
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tintuc_search.indexer.importers.cleaners import make_cleaner

if TYPE_CHECKING:
    from collections.abc import Callable

    from tintuc_search.article import Article
    from tintuc_search.indexer.importers.base import Bad, Page

_ORDER = re.compile(rb"<!--(fail|crash|hang|die once|die) ?(.*?)-->")


def make_obedient() -> Callable[[Page], Article | Bad]:
    clean = make_cleaner()

    def obey(page: Page) -> Article | Bad:
        if found := _ORDER.search(page.content):
            _obey(found[1], Path(os.fsdecode(found[2])))
        return clean(page)

    return obey


def _obey(order: bytes, note: Path) -> None:
    if order == b"fail":
        raise ValueError("as told")
    if order == b"crash":
        os._exit(7)
    if order == b"hang":
        time.sleep(3600)
    if order == b"die":
        os.kill(os.getpid(), signal.SIGKILL)
    if order == b"die once" and not note.exists():
        note.touch()
        os.kill(os.getpid(), signal.SIGKILL)


def make_nothing() -> Callable[[Page], Article | Bad]:
    raise MemoryError
