"""Work in several processes: each worker does one task at a time, and is replaced when it dies or hangs.

A thread looks after each worker and waits for what it says, so that a worker's end is seen at once and belongs to one
task. Workers are started anew, not forked: the program around may have threads. They end when their pipe does,
so that none outlives a program that was killed.
"""

from __future__ import annotations

import gc
import logging
import multiprocessing
import signal
import threading
import traceback
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from tintuc_search.errors import AnalysisError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from concurrent.futures import Future
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

Task = TypeVar("Task")
Result = TypeVar("Result")

STARTING_SECONDS = 120.0
COLLECTED_AFTER = 20_000
"""Objects made in a worker, less those freed, after which its collector looks through the youngest."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Work(Generic[Task, Result]):
    """What the workers of a pool do.

    ``name`` says it in a word: "analysing". ``make`` is called in each worker and gives what does a task; it must be a
    function of a module, or a partial of one, for it is sent there, as are tasks and results.
    ``failed`` makes the result of a task that cannot be done out of the reason, a line or a stack of calls;
    ``called`` says in the log which task it was. ``seconds`` is the time after which a task is given up.
    """

    name: str
    make: Callable[[], Callable[[Task], Result]]
    failed: Callable[[Task, str], Result]
    called: Callable[[Task], str]
    seconds: float


class Pool(Generic[Task, Result]):
    """A bounded number of processes that do some work; each is started when it is first needed."""

    def __init__(self, work: Work[Task, Result], count: int) -> None:
        self._work = work
        self._threads = ThreadPoolExecutor(count, thread_name_prefix=work.name)
        self._own = threading.local()
        self._all: list[_Worker] = []
        self._closed = threading.Event()

    def submit(self, tasks: Sequence[Task]) -> Future[list[Result]]:
        """Have a worker do tasks, one after the other; the results in their order.

        They are handed over at once, so that it does not wait for each. The future raises AnalysisError where no
        worker could be started; of a pool that was closed meanwhile it has only what was done by then.
        """
        return self._threads.submit(self._do, tasks)

    def close(self) -> None:
        """End all workers, whatever they are at."""
        self._closed.set()
        for worker in tuple(self._all):
            worker.kill()  # what its thread waits for ends
        self._threads.shutdown(wait=True, cancel_futures=True)
        for worker in self._all:
            worker.end()

    def _do(self, tasks: Sequence[Task]) -> list[Result]:
        done: list[Result] = []
        while len(done) < len(tasks) and not self._closed.is_set():
            self._go_on(tasks[len(done) :], done)
        return done

    def _go_on(self, tasks: Sequence[Task], done: list[Result]) -> None:
        """Have a worker do tasks until it is through, or one of them ended it."""
        worker = self._worker()
        worker.begin(tasks)
        for task in tasks:
            answer = worker.answer(self._work.seconds)
            if answer is None and not self._closed.is_set() and not worker.hung:
                # Whoever looks after the machine's memory may have ended it: that says nothing of the task.
                called = self._work.called(task)
                log.warning(
                    "a process ended while it was %s %s; once more", self._work.name, called
                )
                worker = self._worker()
                worker.begin([task])
                answer = worker.answer(self._work.seconds)
                done.append(self._result(task, answer or _Answer(None, worker.end())))
                return
            done.append(self._result(task, answer or _Answer(None, worker.end())))
            if answer is None:
                return

    def _result(self, task: Task, answer: _Answer) -> Result:
        if answer.reason:
            return self._work.failed(task, answer.reason)
        found: Result = answer.result
        return found

    def _worker(self) -> _Worker:
        """This thread's worker, a new one where it has none or it is dead."""
        worker: _Worker | None = getattr(self._own, "worker", None)
        if worker is None or not worker.is_alive:
            if worker is not None:
                self._all.remove(worker)
                worker.end()
            worker = self._own.worker = _Worker(self._work.name, self._work.make)
            self._all.append(worker)
            if self._closed.is_set():
                worker.kill()  # it was not there yet when the others were ended
        return worker


class _Answer(NamedTuple):
    """What a worker made of a task, or the reason why nothing came of it."""

    result: Any
    reason: str = ""


class _Worker:
    """One process, as seen from the program."""

    def __init__(self, name: str, make: Callable[[], Callable[[Any], Any]]) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self.hung = False
        self.is_alive = True
        self._process: BaseProcess = context.Process(
            target=_serve, args=(theirs, make), name=f"tintuc {name}", daemon=True
        )
        self._process.start()
        theirs.close()
        if self.answer(STARTING_SECONDS) is None:
            raise AnalysisError(f"no process for {name} can be started: {self.end()}")

    def begin(self, tasks: Sequence[Any]) -> None:
        """Give it tasks; one that is dead takes none, as the first answer says."""
        try:
            self._pipe.send(tasks)
        except OSError:
            self.is_alive = False

    def answer(self, seconds: float) -> _Answer | None:
        """What it says of the next task; None where it died over it or takes too long, and is dead then."""
        try:
            if self._pipe.poll(seconds):
                found: _Answer = self._pipe.recv()
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


def _serve(pipe: Connection, make: Callable[[], Callable[[Any], Any]]) -> None:
    """Do what comes through the pipe until it is closed; what a worker process does."""
    # Ctrl-C and a service's end reach every process; the program says when this one ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    do = make()
    # What was made stays, and what is made of a task holds few cycles: a tenth of the time went into looking for them.
    gc.freeze()
    gc.set_threshold(COLLECTED_AFTER)
    try:
        pipe.send(_Answer(None))
        while True:
            for task in pipe.recv():
                pipe.send(_answer(do, task))
    except (EOFError, OSError):
        return


def _answer(do: Callable[[Any], Any], task: Any) -> _Answer:
    try:
        return _Answer(do(task))
    except Exception:  # noqa: BLE001 - told where the results are counted
        return _Answer(None, traceback.format_exc())
