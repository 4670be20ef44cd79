"""Analysis in several processes: each worker analyses one article at a time, and is replaced when it dies or hangs.

A thread looks after each worker and waits for what it says, so that a worker's end is seen at once and belongs to one
article. Workers are started anew, not forked: the program around may have threads. They end when their pipe does,
so that none outlives a program that was killed.
"""

from __future__ import annotations

import logging
import multiprocessing
import signal
import threading
import traceback
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from tintuc_search.errors import AnalysisError
from tintuc_search.indexer.documents import build
from tintuc_search.indexer.kept import pack

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from concurrent.futures import Future
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

    from tintuc_search.analysis.base import Analyzer
    from tintuc_search.archive.base import StoredArticle
    from tintuc_search.indexer.documents import Recogniser

ARTICLE_SECONDS = 120.0
"""Time after which an article is given up; the longest known ones take two."""
STARTING_SECONDS = 120.0
GROUP = 8
"""Articles handed to a worker at once, so that it does not wait for each."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Processes:
    """How to analyse in several processes.

    ``make`` gives an analyzer and a recogniser; it is called in each worker and must be a function of a module.
    ``count`` is how many there are; ``least`` the number of changes from which on starting them pays.
    ``seconds`` is the time after which an article is given up.
    """

    make: Callable[[], tuple[Analyzer, Recogniser]]
    count: int
    least: int = 500
    seconds: float = ARTICLE_SECONDS


class Analysis(NamedTuple):
    """What a worker made of an article, packed; None and the reason where it could not."""

    packed: bytes | None
    reason: str = ""


class Workers:
    """A bounded number of processes that analyse; made when first needed."""

    def __init__(self, processes: Processes) -> None:
        self._processes = processes
        self._threads = ThreadPoolExecutor(processes.count, thread_name_prefix="analysis")
        self._own = threading.local()
        self._all: list[_Worker] = []
        self._closed = threading.Event()

    def analyse(self, articles: Sequence[StoredArticle]) -> list[Future[list[Analysis]]]:
        """Begin to analyse articles; the results in their order, some in each.

        A result raises AnalysisError where no worker could be started.
        """
        groups = [articles[start : start + GROUP] for start in range(0, len(articles), GROUP)]
        return [self._threads.submit(self._analyse_group, group) for group in groups]

    def close(self) -> None:
        """End all workers, whatever they are at."""
        self._closed.set()
        for worker in tuple(self._all):
            worker.kill()  # what its thread waits for ends
        self._threads.shutdown(wait=True, cancel_futures=True)
        for worker in self._all:
            worker.end()

    def _analyse_group(self, articles: Sequence[StoredArticle]) -> list[Analysis]:
        done: list[Analysis] = []
        while len(done) < len(articles) and not self._closed.is_set():
            self._go_on(articles[len(done) :], done)
        return done

    def _go_on(self, articles: Sequence[StoredArticle], done: list[Analysis]) -> None:
        """Have a worker analyse articles until it is through, or one of them ended it."""
        worker = self._worker()
        worker.begin(articles)
        for article in articles:
            found = worker.result(self._processes.seconds)
            if found is None and not self._closed.is_set() and not worker.hung:
                # Whoever looks after the machine's memory may have ended it: that says nothing of the article.
                log.warning("a process ended while it analysed article %s; once more", article.id)
                worker = self._worker()
                worker.begin([article])
                found = worker.result(self._processes.seconds)
                done.append(found or Analysis(None, worker.end()))
                return
            if found is None:
                done.append(Analysis(None, worker.end()))
                return
            done.append(found)

    def _worker(self) -> _Worker:
        """This thread's worker, a new one where it has none or it is dead."""
        worker: _Worker | None = getattr(self._own, "worker", None)
        if worker is None or not worker.is_alive:
            if worker is not None:
                self._all.remove(worker)
                worker.end()
            worker = self._own.worker = _Worker(self._processes)
            self._all.append(worker)
        return worker


class _Worker:
    """One process, as seen from the program."""

    def __init__(self, processes: Processes) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self.hung = False
        self.is_alive = True
        self._process: BaseProcess = context.Process(
            target=_serve, args=(theirs, processes.make), name="tintuc analysis", daemon=True
        )
        self._process.start()
        theirs.close()
        if self.result(STARTING_SECONDS) is None:
            raise AnalysisError(f"no process for analysing can be started: {self.end()}")

    def begin(self, articles: Sequence[StoredArticle]) -> None:
        """Give it articles to analyse; one that is dead takes none, as the first result says."""
        try:
            self._pipe.send(articles)
        except OSError:
            self.is_alive = False

    def result(self, seconds: float) -> Analysis | None:
        """What it made of the next article; None where it died over it or takes too long, and is dead then."""
        try:
            if self._pipe.poll(seconds):
                found: Analysis = self._pipe.recv()
                return found
            self.hung = True
        except (EOFError, OSError):
            pass
        self.kill()
        return None

    def end(self) -> str:
        """End it, where it has not ended yet, and give back what it held; how it ended."""
        self.kill()
        self._process.join()
        self._pipe.close()
        if self.hung:
            return "it took too long"
        return f"its process ended with code {self._process.exitcode}"

    def kill(self) -> None:
        """End it now."""
        self.is_alive = False
        self._process.kill()


def _serve(pipe: Connection, make: Callable[[], tuple[Analyzer, Recogniser]]) -> None:
    """Analyse what comes through the pipe until it is closed; what a worker process does."""
    # Ctrl-C and a service's end reach every process; the program says when this one ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    analyzer, recogniser = make()
    try:
        pipe.send(Analysis(None))
        while True:
            for stored in pipe.recv():
                pipe.send(_analysed(stored, analyzer, recogniser))
    except (EOFError, OSError):
        return


def _analysed(stored: StoredArticle, analyzer: Analyzer, recogniser: Recogniser) -> Analysis:
    try:
        return Analysis(pack(build(stored, analyzer, recogniser)))
    except Exception:  # noqa: BLE001 - told where the articles are counted
        return Analysis(None, traceback.format_exc())
