"""Stores what files hold."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tintuc_search.archive.base import Incoming, Outcome
from tintuc_search.indexer.importers.base import Bad, Skipped
from tintuc_search.indexer.importers.files import read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from tintuc_search.archive.base import Archive


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What one import did: how many articles by outcome, files skipped, what was bad and where.

    ``removed`` counts articles that were taken down before and stay so.
    """

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    skipped: int = 0
    bad: tuple[tuple[str, str], ...] = field(default=())


def import_paths(
    archive: Archive,
    paths: Iterable[Path],
    *,
    batch: int = 200,
    on_progress: Callable[[int], None] | None = None,
) -> ImportReport:
    """Store the articles of files and folders, ``batch`` of them in one transaction.

    Stopped in between, the batches before are stored; run again, it changes nothing that is stored already.
    ``on_progress`` is told how many bytes of the files were read since it was told last.

    Raises:
        ArchiveError: a batch cannot be stored; those before are.
    """
    run = _Run(archive)
    waiting: list[Incoming] = []
    for item in read(paths, on_progress):
        if isinstance(item, Bad):
            run.bad.append((item.place, item.reason))
        elif isinstance(item, Skipped):
            run.skipped += 1
        else:
            waiting.append(item)
        if len(waiting) >= batch:
            run.store(waiting)
            waiting = []
    run.store(waiting)
    return run.report()


class _Run:
    """One import, counting."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._outcomes: Counter[Outcome] = Counter()
        self.skipped = 0
        self.bad: list[tuple[str, str]] = []

    def store(self, batch: list[Incoming]) -> None:
        """Store a batch in one transaction."""
        if batch:
            self._outcomes.update(outcome for _, outcome in self._archive.put(batch))

    def report(self) -> ImportReport:
        """What was done so far."""
        return ImportReport(
            new=self._outcomes[Outcome.NEW],
            changed=self._outcomes[Outcome.CHANGED],
            unchanged=self._outcomes[Outcome.UNCHANGED],
            removed=self._outcomes[Outcome.REMOVED],
            skipped=self.skipped,
            bad=tuple(self.bad),
        )
