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

MOST_HELD = 32 << 20
"""Bytes of pages that wait to be stored together; pages may be large."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What one import did: how many articles by outcome, files skipped, what was bad and where.

    ``removed`` counts articles that were taken down before and stay so, ``passed_over`` records of captures
    that are no pages, by what they are.
    """

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    skipped: int = 0
    bad: tuple[tuple[str, str], ...] = field(default=())
    passed_over: dict[str, int] = field(default_factory=dict)


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
    held = 0
    for item in read(paths, on_progress):
        if isinstance(item, Bad):
            run.bad.append((item.place, item.reason))
        elif isinstance(item, Skipped):
            run.skip(item)
        else:
            waiting.append(item)
            held += len(item.raw.content) if item.raw else 0
        if len(waiting) >= batch or held > MOST_HELD:
            run.store(waiting)
            waiting, held = [], 0
    run.store(waiting)
    return run.report()


class _Run:
    """One import, counting."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._outcomes: Counter[Outcome] = Counter()
        self._passed_over: Counter[str] = Counter()
        self._skipped = 0
        self.bad: list[tuple[str, str]] = []

    def skip(self, item: Skipped) -> None:
        """Count a file or record that is not ours to read."""
        if item.reason:
            self._passed_over[item.reason] += 1
        else:
            self._skipped += 1

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
            skipped=self._skipped,
            bad=tuple(self.bad),
            passed_over=dict(sorted(self._passed_over.items())),
        )
