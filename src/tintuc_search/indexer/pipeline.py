"""Keeping an index in step with the archive: whatever changed since the index's own mark.

The mark is committed with the documents, and the dictionary and the entities are written before it. Killed in
between, the next run reads the same changes again and writes the same over it: nothing is lost, nothing is counted
twice.
"""

from __future__ import annotations

import gc
import logging
import sys
import time
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tintuc_search.errors import IndexLocked
from tintuc_search.indexer.analysing import Analyst

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tintuc_search.analysis.base import Analyzer
    from tintuc_search.archive.base import Archive
    from tintuc_search.catalogue.base import CatalogueWriter
    from tintuc_search.engine.base import Dictionary, Engine, IndexWriter
    from tintuc_search.indexer.analysing import Keeping
    from tintuc_search.indexer.documents import Analysed, Recogniser
    from tintuc_search.indexer.workers import Processes
    from tintuc_search.quotations.base import QuotationStore, QuotationWriter

COMMIT_ARTICLES = 2000
COMMIT_TERMS = 3_000_000
"""A commit costs a merge of what was there, and an uncommitted term memory: this many are one commit."""

COUNTED_ARTICLES = 500
COUNTED_TERMS = 400_000
"""Written into dictionary and catalogue at once: most words and names of a batch stand in the next one too."""

HELP_ARTICLES = 1000
"""Analysed for another process before looking again whether it still writes."""
PAUSE_SECONDS = 0.1
"""Between two looks at whether another process still writes."""

COLLECTED_AFTER = 200_000
"""Objects made, less those freed, after which the collector looks through the youngest."""

TURN_SECONDS = 0.001
"""After which a thread gives way to another; five times as often as Python does."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What one run did. ``documents`` is how many the index holds after it.

    ``failed`` names articles that could not be analysed; they are not in the index, and the log says why.
    ``rebuilt`` is true where the index had seen more than the archive holds, and was made anew; ``stopped`` where the
    run was told to end before it was through: the next one goes on. ``analysed`` is how many articles this process
    analysed, for itself or for another one that writes; what was analysed before is not among them.
    """

    indexed: int
    deleted: int
    documents: int
    mark: int
    seconds: float
    failed: tuple[str, ...] = ()
    rebuilt: bool = False
    stopped: bool = False
    analysed: int = 0


def index_changes(
    archive: Archive,
    engine: Engine,
    dictionary: Dictionary,
    analyzer: Analyzer,
    recogniser: Recogniser,
    *,
    catalogue: CatalogueWriter | None = None,
    quotations: QuotationStore | None = None,
    keeping: Keeping | None = None,
    processes: Processes | None = None,
    known: int = 0,
    batch: int = 200,
    wait: float = 0.0,
    commit_articles: int = COMMIT_ARTICLES,
    on_progress: Callable[[int, int], None] | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> IndexReport:
    """Bring the index up to date with the archive.

    Args:
        archive: the record of truth.
        engine: the index.
        dictionary: the terms and names beside the index.
        analyzer: what turns text into terms.
        recogniser: what finds names.
        catalogue: the entities beside the index, where they are kept.
        quotations: the index of quotations, where there is one.
        keeping: where analyses are kept, if they are: what was analysed before is then read, not analysed.
        processes: how to analyse in several processes, if so.
        known: the change sequence up to which dictionary and catalogue are complete already, taken over from another
            index: changes up to it go to the engines alone.
        batch: changes read, and counted into the dictionary, at once.
        wait: seconds to wait for another process that writes the index.
        commit_articles: changes after which a commit is made, fewer where articles are long.
        on_progress: told after each batch by how much the mark has risen towards ``archive.latest()``, and how many
            changes that were.
        stop: asked after each batch whether to end; what was done by then is committed first.

    Raises:
        AnalysisError: no process that analyses can be started.
        IndexUnusable: the index is damaged, too old, or was never made with ``engine.rebuild()``.
        IndexLocked: another process writes it.
        ArchiveError: the archive cannot be read.
    """
    with Analyst(
        archive,
        analyzer,
        recogniser,
        batch=batch,
        keeping=keeping,
        processes=processes,
        known=known,
    ) as analyst:
        run = _Run(
            archive=archive,
            engine=engine,
            dictionary=dictionary,
            analyst=analyst,
            catalogue=catalogue,
            quotations=quotations,
            known=known,
            commit_articles=commit_articles,
            on_progress=on_progress,
            stop=stop,
        )
        with _at_work():
            return run.until_done(wait)


@contextmanager
def _at_work() -> Iterator[None]:
    """Let the collector of cycles look less often, and threads take turns more often.

    Millions of terms come and go, and hold no cycles: a fifth of the processor time of a rebuild from kept analyses
    was spent in looking through them. The threads that wait for the processes that analyse have little to do, and a
    process waits while its thread waits for a turn.
    """
    before, turn = gc.get_threshold(), sys.getswitchinterval()
    gc.set_threshold(COLLECTED_AFTER, *before[1:])
    sys.setswitchinterval(TURN_SECONDS)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        sys.setswitchinterval(turn)


@dataclass(slots=True)
class _Run:
    """One run over the changes, and what it counted."""

    archive: Archive
    engine: Engine
    dictionary: Dictionary
    analyst: Analyst
    catalogue: CatalogueWriter | None
    quotations: QuotationStore | None
    known: int
    commit_articles: int
    on_progress: Callable[[int, int], None] | None
    stop: Callable[[], bool]
    indexed: int = 0
    deleted: int = 0
    failed: list[str] = field(default_factory=list)
    pending: list[Analysed] = field(default_factory=list)
    pending_terms: int = 0

    def until_done(self, wait: float) -> IndexReport:
        """Commit group after group until the index has seen every change."""
        began = time.monotonic()
        rebuilt = self.engine.mark() > self.archive.latest()
        if rebuilt:
            log.warning("the index has seen more than the archive holds; it is made anew")
            self.engine.rebuild()
            self.known = 0
            self._clear()
        while self._mark() < self.archive.latest() and self._commit_next(wait):
            if self.stop():
                break
        stopped = self.stop() and self._mark() < self.archive.latest()
        if not stopped:  # what is settled here can wait for the run that goes on
            self.dictionary.settle()
            if self.catalogue is not None:
                self.catalogue.settle()
        return IndexReport(
            indexed=self.indexed,
            deleted=self.deleted,
            documents=self.engine.count(),
            mark=self.engine.mark(),
            seconds=time.monotonic() - began,
            failed=tuple(self.failed),
            rebuilt=rebuilt,
            stopped=stopped,
            analysed=self.analyst.analysed,
        )

    def _commit_next(self, wait: float) -> bool:
        """Write the next changes, or analyse them for the process that does; False where there were none.

        Raises:
            IndexLocked: for ``wait`` seconds there was nothing to analyse, and the other process wrote nothing.
        """
        end = time.monotonic() + wait
        while True:
            try:
                return self._commit_group(0.0)
            except IndexLocked:
                mark = self._mark()
                helped = self.analyst.help(mark, self.stop, HELP_ARTICLES)
                if self.stop() or self._mark() >= self.archive.latest():
                    return True
                if helped or self._mark() != mark:
                    end = time.monotonic() + wait
                elif time.monotonic() > end:
                    raise
                else:
                    time.sleep(PAUSE_SECONDS)

    def _commit_group(self, wait: float) -> bool:
        """Write the next changes in one commit; False where there were none."""
        with self.engine.writer(wait=wait) as writer:
            # Read under the lock: a process that held it until now may have gone on.
            if self.engine.mark() == 0:
                self._clear()  # they may know documents of an index that is gone
            return self._write_group(writer, wait)

    def _write_group(self, writer: IndexWriter, wait: float) -> bool:
        with self.quotations.writer(wait=wait) if self.quotations else nullcontext() as quoting:
            start = mark = self._mark()
            terms = 0
            while mark - start < self.commit_articles and terms < COMMIT_TERMS:
                analysed = self.analyst.after(mark)
                if not analysed:
                    break
                terms += self._write(analysed, writer, quoting)
                latest = analysed[-1].change.sequence
                if self.on_progress:
                    self.on_progress(latest - mark, len(analysed))
                mark = latest
                if self.stop():
                    break
            self._write_beside()
            if mark == start:
                return False
            with self.analyst.reading_ahead():
                if quoting is not None:
                    quoting.commit(mark)
                writer.commit(mark)
            return True

    def _mark(self) -> int:
        """What both indexes have seen; after a kill between their commits the one behind sees it again."""
        if self.quotations is None:
            return self.engine.mark()
        return min(self.engine.mark(), self.quotations.mark())

    def _clear(self) -> None:
        if self.known == 0:
            self.dictionary.clear()
            if self.catalogue is not None:
                self.catalogue.clear()
        if self.quotations is not None:
            self.quotations.clear()

    def _write(
        self, analysed: Sequence[Analysed], writer: IndexWriter, quoting: QuotationWriter | None
    ) -> int:
        """Write changes to engines, dictionary and catalogue; how many terms they hold."""
        for each in analysed:
            if each.built is None:
                writer.delete(each.change.id)
            else:
                writer.add(each.built.document)
        built = [each.built for each in analysed if each.built is not None]
        deleted = [each.change.id for each in analysed if each.built is None]
        if quoting is not None:
            quoting.apply((each.quoted for each in built), deleted)
        self.indexed += len(built)
        self.deleted += sum(each.built is None and not each.failed for each in analysed)
        self.failed += [each.change.id for each in analysed if each.failed]
        terms = sum(each.document.syllables for each in built)
        self.pending += (each for each in analysed if each.change.sequence > self.known)
        self.pending_terms += terms
        if len(self.pending) >= COUNTED_ARTICLES or self.pending_terms >= COUNTED_TERMS:
            self._write_beside()
        return terms

    def _write_beside(self) -> None:
        """Write the changes that wait for it to dictionary and catalogue."""
        newest = {each.change.id: each for each in self.pending}  # one may have changed again
        analysed, self.pending, self.pending_terms = list(newest.values()), [], 0
        if not analysed:
            return
        there = [
            (each.change.stored, each.built)
            for each in analysed
            if each.change.stored and each.built
        ]
        deleted = [each.change.id for each in analysed if each.built is None]
        self.dictionary.apply(
            [built.document for _, built in there],
            dict.fromkeys(label for _, built in there for label in built.labels),
            deleted,
        )
        if self.catalogue is not None:
            self.catalogue.apply([(stored, built.found) for stored, built in there], deleted)
