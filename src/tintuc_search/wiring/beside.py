"""Finding reprints in a process of its own while an index is written: neither needs the other.

It takes what the processors have left, for analysing comes first, and goes on while entities are settled. Killed at
any moment, it leaves what its last batch found, and whoever comes next goes on from there.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from typing import TYPE_CHECKING, Self

from tintuc_search.reprints.finding import BATCH

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tintuc_search.settings import Settings
    from tintuc_search.wiring import Parts

LEAST = 2 * BATCH
"""The number of changes from which on a process pays: it takes two seconds to start."""
LOOK_SECONDS = 0.2
_POLITENESS = 15
"""Of a hundred thousand articles the search for reprints then ends about when all else does."""


class FindingBeside:
    """The process; a context manager that ends it.

    Args:
        settings: of the program that starts it.
        folder: of the index whose reprints are found.
    """

    def __init__(self, settings: Settings, folder: Path) -> None:
        context = multiprocessing.get_context("spawn")
        self.process = context.Process(
            target=_find, args=(settings, folder, os.getpid()), name="tintuc reprints", daemon=True
        )

    def __enter__(self) -> Self:
        self.process.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.join()
        self.process.close()

    def wait(self, look: Callable[[], object], stop: Callable[[], bool]) -> None:
        """Wait until it is through, dead or told to end; ``look`` is called now and then, and at the end."""
        while self.process.is_alive() and not stop():
            self.process.join(LOOK_SECONDS)
            look()
        look()  # it may have been through before


class Told:
    """What was told of how far the mark has risen since ``mark``: at first that it begins."""

    def __init__(self, mark: int, tell: Callable[[int, int], None] | None) -> None:
        self._mark, self._tell = mark, tell
        if tell:
            tell(0, 0)

    def tell(self, mark: int) -> None:
        """Tell how far it has risen since; a change a step, for nobody counted them."""
        if self._tell and mark > self._mark:
            self._tell(mark - self._mark, mark - self._mark)
            self._mark = mark


def find_beside(parts: Parts) -> FindingBeside | None:
    """The process, where there is enough to find and a processor to do it on."""
    to_come = parts.archive.latest() - parts.reprints.mark()
    if to_come < LEAST or not parts.has_processes:
        return None
    return FindingBeside(parts.settings, parts.folder)


def _find(settings: Settings, folder: Path, starter: int) -> None:
    """What the process does; it ends with the program that started it."""
    from tintuc_search.wiring import Parts

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(_POLITENESS)
    with Parts(settings, folder) as parts:
        try:
            parts.find_reprints(stop=lambda: os.getppid() != starter)
        except Exception:  # noqa: BLE001 - the program meets the same after it, and says so
            return
