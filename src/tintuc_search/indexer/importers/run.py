"""Stores what files hold."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tintuc_search.archive.base import Incoming, Outcome
from tintuc_search.indexer.importers.base import Bad, Skipped
from tintuc_search.indexer.importers.cleaners import Cleaning
from tintuc_search.indexer.importers.files import read_steps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from tintuc_search.archive.base import Archive
    from tintuc_search.indexer.importers.cleaners import Cleaners

MOST_HELD = 32 << 20
"""Bytes of pages that wait to be stored together; pages may be large."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What one import did: how many articles by outcome, files skipped, what was bad and where.

    ``removed`` counts articles that were taken down before and stay so, ``passed_over`` records of captures
    that are no pages, by what they are. ``stopped`` is true where it was told to end before it was through.
    """

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    skipped: int = 0
    bad: tuple[tuple[str, str], ...] = field(default=())
    passed_over: dict[str, int] = field(default_factory=dict)
    stopped: bool = False


def import_paths(
    archive: Archive,
    paths: Iterable[Path],
    *,
    batch: int = 200,
    cleaners: Cleaners | None = None,
    on_progress: Callable[[int, int], None] | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> ImportReport:
    """Store the articles of files and folders, ``batch`` of them in one transaction.

    What is stored and what is told is the same with any number of ``cleaners``, which clean pages in processes of
    their own. Stopped in between, the batches before are stored; run again, it changes nothing that is stored already.
    ``on_progress`` is told how many bytes of the files were read since it was told last, and how many articles were in
    them. ``stop`` is asked now and then whether to end; what is cleaned by then is stored.

    Raises:
        AnalysisError: no process that cleans can be started.
        ArchiveError: a batch cannot be stored; those before are.
    """
    run = _Run(archive)
    waiting: list[Incoming] = []
    held = 0
    cleaning = Cleaning(cleaners, stop)
    with closing(cleaning.items(read_steps(paths))) as items:
        for item, size in items:
            if isinstance(item, Incoming):
                waiting.append(item)
                held += len(item.raw.content) if item.raw else 0
            elif item is not None:
                run.note(item)
            if len(waiting) >= batch or held > MOST_HELD:
                run.store(waiting)
                waiting, held = [], 0
            if on_progress:
                on_progress(size, isinstance(item, Incoming))
    run.store(waiting)
    return run.report(stopped=cleaning.stopped)


class _Run:
    """One import, counting."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._outcomes: Counter[Outcome] = Counter()
        self._passed_over: Counter[str] = Counter()
        self._skipped = 0
        self._bad: list[tuple[str, str]] = []

    def note(self, item: Bad | Skipped) -> None:
        """Count what is bad, or not ours to read."""
        if isinstance(item, Bad):
            self._bad.append((item.place, item.reason))
        elif item.reason:
            self._passed_over[item.reason] += 1
        else:
            self._skipped += 1

    def store(self, batch: list[Incoming]) -> None:
        """Store a batch in one transaction."""
        if batch:
            self._outcomes.update(outcome for _, outcome in self._archive.put(batch))

    def report(self, *, stopped: bool) -> ImportReport:
        """What was done so far."""
        return ImportReport(
            new=self._outcomes[Outcome.NEW],
            changed=self._outcomes[Outcome.CHANGED],
            unchanged=self._outcomes[Outcome.UNCHANGED],
            removed=self._outcomes[Outcome.REMOVED],
            skipped=self._skipped,
            bad=tuple(self._bad),
            passed_over=dict(sorted(self._passed_over.items())),
            stopped=stopped,
        )
