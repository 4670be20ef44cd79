"""From changes of the archive to what an index holds of them: kept analyses where there are, else new ones.

With several processes batches are read ahead, so that the processes have work while the index is written; what waits
is bounded by number and by length. Results come in the order of the changes, whoever made them.
"""

from __future__ import annotations

import logging
import time
from collections import deque
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tintuc_search.archive.analyses import KeptAnalysis
from tintuc_search.indexer.documents import Analysed, build
from tintuc_search.indexer.kept import pack, unpack, version_of
from tintuc_search.indexer.sharing import Helper
from tintuc_search.indexer.taking_over import TakingOver
from tintuc_search.indexer.workers import Analysis, Workers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import Future
    from contextlib import AbstractContextManager
    from typing import Self

    from tintuc_search.analysis.base import Analyzer
    from tintuc_search.archive.analyses import SqlAnalyses
    from tintuc_search.archive.base import Archive, Change, StoredArticle
    from tintuc_search.indexer.documents import Built, Recogniser
    from tintuc_search.indexer.sharing import Claims
    from tintuc_search.indexer.workers import Processes

AHEAD_ARTICLES = 1_000
AHEAD_CHARACTERS = 20_000_000
"""What may wait at most: enough to keep two processes at work while some thousand articles are committed."""
INLINE = 100
"""Articles analysed in this process before others are started: they may be all."""
OTHERS_SECONDS = 60.0
"""How long to wait for another process that analyses a block."""
PAUSE_SECONDS = 0.05

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Keeping:
    """Where analyses are kept, and by whom those are made that count (any string)."""

    analyses: SqlAnalyses
    made_by: str
    claims: Claims | None = None
    """Which articles other processes analyse, where several share the work."""


class Analyst:
    """Gives batches of analysed changes, in order; a context manager, which ends the processes.

    Args:
        archive: where the changes are.
        analyzer: what turns text into terms.
        recogniser: what finds names.
        batch: changes in a batch.
        keeping: where analyses are kept, if they are.
        processes: how to analyse in several processes, if so.
        known: the change up to which nobody needs more than what engines hold.
    """

    def __init__(
        self,
        archive: Archive,
        analyzer: Analyzer,
        recogniser: Recogniser,
        *,
        batch: int,
        keeping: Keeping | None = None,
        processes: Processes | None = None,
        known: int = 0,
    ) -> None:
        self._archive, self._analyzer, self._recogniser = archive, analyzer, recogniser
        self._batch, self._keeping, self._processes = batch, keeping, processes
        self._taking_over = (
            TakingOver(keeping.analyses, keeping.made_by, known, batch) if keeping else None
        )
        self._ahead: deque[_Batch] = deque()
        self._next = self._read_to = self._helped_to = 0
        self._new = 0
        self.analysed = 0
        """Articles analysed so far, for itself or for another process."""
        self._workers: Workers | None = None

    def after(self, mark: int) -> Sequence[Analysed]:
        """The changes that follow ``mark``, analysed; empty where there are none.

        Raises:
            AnalysisError: no process can be started.
            ArchiveError: the archive cannot be read or written.
        """
        if mark != self._next:
            self._give_up_ahead()  # another process has gone on: what was read ahead is of no use
            self._read_to = mark
        if self._taking_over and not self._ahead and (taken := self._taking_over.after(mark)):
            self._next = self._read_to = taken[-1].change.sequence
            return taken
        while self._has_room() and self._read():
            pass
        if not self._ahead:
            return ()
        batch = self._ahead.popleft()
        self._next = batch.changes[-1].sequence
        try:
            if batch.elsewhere:
                self._await_others(batch)
            done = list(self._finished(batch))
            self._keep(batch)
        finally:
            self._release(batch)
        return done

    def reading_ahead(self) -> AbstractContextManager[None]:
        """Read what is kept, where nobody needs more, while the block waits for something else."""
        return self._taking_over.reading_ahead() if self._taking_over else nullcontext()

    def help(self, after: int, stop: Callable[[], bool], most: int | None = None) -> int:
        """Analyse what follows the change ``after`` for another process, which writes it; how many articles it was.

        What was looked at once is not looked at again: whoever writes comes by there. ``stop`` is asked now and then
        whether to end; ``most`` is how many articles are enough.

        Raises:
            AnalysisError: no process can be started.
            ArchiveError: the archive cannot be read or written.
        """
        helper = self._helper()
        if helper is None:
            return 0
        self._finish_ahead()
        helped, self._helped_to = helper.help(max(after, self._helped_to), stop, most)
        self.analysed += helped
        return helped

    def _finish_ahead(self) -> None:
        """Keep what was analysed ahead, now that another process writes: it waits for it."""
        while self._ahead:
            batch = self._ahead.popleft()
            try:
                if batch.sent:
                    for _ in self._finished(batch):
                        pass
                    self._keep(batch)
            finally:
                self._release(batch)
        self._next = -1  # nothing follows what was given last

    def _keep(self, batch: _Batch) -> None:
        self.analysed += len(batch.versions.keys() - batch.kept.keys())
        if self._keeping and batch.new:
            self._keeping.analyses.keep(batch.new)

    def _helper(self) -> Helper | None:
        keeping = self._keeping
        if keeping is None or keeping.claims is None:
            return None
        return Helper(self._archive, keeping.analyses, keeping.claims, self.analyse)

    def analyse(self, articles: Sequence[StoredArticle]) -> Iterator[bytes | None]:
        """Analyses of articles, packed, in order, for whoever needs them; None where one cannot be analysed."""
        self._new += len(articles)
        if self._processes and (self._workers or self._new > INLINE):
            self._workers = self._workers or Workers(self._processes)
            for result in self._workers.analyse(articles):
                yield from (found.packed for found in result.result())
            return
        for each in articles:
            built = self._make(each, None)
            yield None if built is None else pack(built)

    def close(self) -> None:
        """End the processes, and leave to others what was claimed."""
        self._give_up_ahead()
        if self._workers:
            self._workers.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _has_room(self) -> bool:
        if not self._ahead:
            return True
        if self._workers is None:
            return False
        articles = sum(len(batch.changes) for batch in self._ahead)
        characters = sum(batch.characters for batch in self._ahead)
        return articles + self._batch <= AHEAD_ARTICLES and characters < AHEAD_CHARACTERS

    def _read(self) -> bool:
        """Read the next batch and have its articles analysed; False where there is none."""
        changes = self._archive.changes(self._read_to, self._batch)
        if not changes:
            return False
        batch = self._look_up(changes)
        if batch.new_articles and self._keeping and self._keeping.claims:
            batch = batch.only(self._keeping.claims.first_block(changes))
        if batch.new_articles:
            self._claim(batch)
        new = [] if batch.elsewhere else batch.new_articles
        self._new += len(new)
        if new and self._processes and self._pays(changes):
            self._workers = self._workers or Workers(self._processes)
            batch.sent = {each.id for each in new}
            batch.results = self._workers.analyse(new)
        self._ahead.append(batch)
        self._read_to = batch.changes[-1].sequence
        return True

    def _look_up(self, changes: Sequence[Change]) -> _Batch:
        """A batch of these changes, with what is kept of them."""
        stored = [change.stored for change in changes if change.stored is not None]
        batch = _Batch(changes, sum(len(each.article.text) for each in stored))
        if self._keeping:
            batch.versions = {each.id: version_of(each, self._keeping.made_by) for each in stored}
            self._read_what_is_kept(batch)
        batch.new_articles = [each for each in stored if each.id not in batch.kept]
        return batch

    def _read_what_is_kept(self, batch: _Batch) -> None:
        assert self._keeping is not None  # noqa: S101 - nothing is kept otherwise
        kept = self._keeping.analyses.of(list(batch.versions))
        batch.kept = {
            name: found.content
            for name, found in kept.items()
            if found.version == batch.versions[name]
        }

    def _claim(self, batch: _Batch) -> None:
        if self._keeping and self._keeping.claims:
            block = self._keeping.claims.block_of(batch.changes[0])
            batch.elsewhere = not self._keeping.claims.claim(block)
            batch.claimed = None if batch.elsewhere else block

    def _await_others(self, batch: _Batch) -> None:
        """Wait until another process has analysed a batch or is dead, and analyse what comes after it meanwhile.

        One that hangs is not waited for: what two analyse is kept once.
        """
        helper = self._helper()
        assert helper is not None  # noqa: S101 - nothing is elsewhere otherwise
        ahead = self._read_to
        end = time.monotonic() + OTHERS_SECONDS
        while True:
            self._claim(batch)
            if not batch.elsewhere or time.monotonic() > end:
                break
            helped, ahead = helper.help(ahead, most=1)
            self.analysed += helped
            if not helped:
                time.sleep(PAUSE_SECONDS)
        self._read_what_is_kept(batch)

    def _release(self, batch: _Batch) -> None:
        if batch.claimed is not None and self._keeping and self._keeping.claims:
            self._keeping.claims.release(batch.claimed)
            batch.claimed = None

    def _give_up_ahead(self) -> None:
        while self._ahead:
            self._release(self._ahead.pop())

    def _pays(self, changes: Sequence[Change]) -> bool:
        """Whether there is enough to do for several processes."""
        if self._workers or not self._processes:
            return True
        to_come = self._archive.latest() - changes[0].sequence
        return to_come >= self._processes.least and self._new > min(INLINE, self._processes.least)

    def _finished(self, batch: _Batch) -> Iterator[Analysed]:
        sent = (each for result in batch.results for each in result.result())
        for change in batch.changes:
            stored = change.stored
            if stored is None:
                yield Analysed(change, None)
                continue
            built = self._read_kept(stored, batch)
            if built is None:
                built = (
                    self._received(stored, next(sent), batch)
                    if stored.id in batch.sent
                    else self._make(stored, batch)
                )
            yield Analysed(change, built, failed=built is None)

    def _read_kept(self, stored: StoredArticle, batch: _Batch) -> Built | None:
        packed = batch.kept.get(stored.id)
        if packed is None:
            return None
        try:
            return unpack(packed)
        except Exception:  # noqa: BLE001 - whatever damage can do
            log.warning("the kept analysis of article %s is damaged; it is made anew", stored.id)
            return None

    def _received(self, stored: StoredArticle, found: Analysis, batch: _Batch) -> Built | None:
        if found.packed is None:
            log.error("article %s cannot be analysed: %s", stored.id, found.reason)
            return None
        batch.keep(stored.id, found.packed)
        return unpack(found.packed)

    def _make(self, stored: StoredArticle, batch: _Batch | None) -> Built | None:
        try:
            built = build(stored, self._analyzer, self._recogniser)
            if self._keeping and batch is not None:
                batch.keep(stored.id, pack(built))
        except Exception:
            # One article must not keep all that come after it out of the index for ever.
            log.exception("article %s cannot be analysed", stored.id)
            return None
        return built


@dataclass(slots=True)
class _Batch:
    """Changes on their way; ``new`` collects the analyses to be kept.

    ``new_articles`` are those of which none was kept when the batch was read.
    ``claimed`` is the block that others leave to us until they are, ``elsewhere`` says that it is another's.
    """

    changes: Sequence[Change]
    characters: int
    versions: dict[str, str] = field(default_factory=dict)
    kept: dict[str, bytes] = field(default_factory=dict)
    sent: set[str] = field(default_factory=set)
    results: list[Future[list[Analysis]]] = field(default_factory=list)
    new: list[KeptAnalysis] = field(default_factory=list)
    new_articles: list[StoredArticle] = field(default_factory=list)
    claimed: int | None = None
    elsewhere: bool = False

    def only(self, changes: Sequence[Change]) -> _Batch:
        """A batch of the first ``changes`` of this one alone, before anything is done with it."""
        ids = {change.id for change in changes}
        new = [each for each in self.new_articles if each.id in ids]
        characters = sum(len(change.stored.article.text) for change in changes if change.stored)
        versions = {each: version for each, version in self.versions.items() if each in ids}
        kept = {each: content for each, content in self.kept.items() if each in ids}
        return _Batch(changes, characters, versions, kept, new_articles=new)

    def keep(self, article_id: str, packed: bytes) -> None:
        """Have an analysis kept, where any are."""
        if article_id in self.versions:
            self.new.append(KeptAnalysis(article_id, self.versions[article_id], packed))
