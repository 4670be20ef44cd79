"""When each source is crawled, and what is written down of every run."""

from __future__ import annotations

import asyncio
import logging
import random
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol

from tintuc_search.archive.runs import Run
from tintuc_search.errors import TintucError
from tintuc_search.indexer.crawl.collapse import RUNS, flag_of
from tintuc_search.indexer.crawl.turns import names_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
    from contextlib import AbstractAsyncContextManager

    from tintuc_search.archive.locks_base import Locks
    from tintuc_search.archive.runs import SqlRuns
    from tintuc_search.indexer.crawl.sources import Source
    from tintuc_search.indexer.crawl.tally import Tally

JITTER = 0.1
"""Share of the time between two runs by which the next one comes earlier or later, so that sites and sources do not
meet at the full hour."""
LONGEST_SLEEP = 30.0
"""Seconds between two looks at the list of sources, and before something that failed is tried again."""
SHORTEST_SLEEP = 0.05
_INDEX = ""
"""Stands for the index where sources have their keys."""

log = logging.getLogger(__name__)


def next_run(source: Source, started: datetime) -> datetime:
    """When to crawl a source again that was begun at ``started``."""
    shift = 1 + random.uniform(-JITTER, JITTER)  # noqa: S311 - no secret
    return started + source.every * shift


def due_at(source: Source, newest: Run | None) -> datetime | None:
    """When a source is to be crawled; None: now, it never was.

    Where the file asks for more runs than it did when the newest one ended, it need not wait until then.
    """
    if newest is None or newest.next_at is None:
        return None
    return min(newest.next_at, newest.started_at + source.every * (1 + JITTER))


def is_due(source: Source, newest: Run | None, now: datetime) -> bool:
    """Whether a source is to be crawled now; a run in the future is one of a clock that was wrong."""
    if newest is not None and newest.started_at > now:
        return source.enabled
    at = due_at(source, newest)
    return source.enabled and (at is None or at <= now)


def seconds_left(sources: Iterable[Source], newest: Mapping[str, Run], now: datetime) -> float:
    """How long to sleep before one of these sources is due or it is time to look at the file again."""
    times = [
        (at - now).total_seconds()
        for source in sources
        if source.enabled and (at := due_at(source, newest.get(source.key)))
    ]
    return min(max(SHORTEST_SLEEP, min(times, default=LONGEST_SLEEP)), LONGEST_SLEEP)


class SourcesInForce:
    """The sources as the file names them, or named them before it was broken.

    Args:
        read: gives the sources as they are in the file; raises TintucError where it is broken, and this does so at
            first.
    """

    def __init__(self, read: Callable[[], Sequence[Source]]) -> None:
        self._read = read
        self.now = read()
        """What holds since the file was looked at last."""
        self._told = ""

    def look(self) -> Sequence[Source]:
        """Look at the file again; what is wrong with it is told once."""
        try:
            self.now, self._told = self._read(), ""
        except TintucError as error:
            if str(error) != self._told:
                log.error("%s; going on with the sources read before", error)  # noqa: TRY400 - one line
            self._told = str(error)
        return self.now


class Fetching(Protocol):
    """What fetches a source."""

    def turn(self, source: Source, /) -> AbstractAsyncContextManager[None]:
        """Wait until no other crawl of this process asks the source's hosts, and be the only one that does."""
        ...

    async def crawl(self, source: Source) -> Tally:
        """Crawl a source once, in its turn; what it did."""
        ...


class Recorder:
    """Crawls sources and writes down each run.

    Args:
        crawls: what fetches.
        runs: where the runs are kept.
        locks: what keeps other processes from the same source and hosts.
        keep: how long the runs are kept.
    """

    def __init__(self, crawls: Fetching, runs: SqlRuns, locks: Locks, keep: timedelta) -> None:
        self._crawls = crawls
        self._runs = runs
        self._locks = locks
        self._keep = keep
        self.elsewhere: set[str] = set()
        """Keys of the sources that were left to another process when they were to be crawled last."""

    async def crawl(self, source: Source, *, due: bool = False) -> Run | None:
        """Crawl a source once; the run as written down, an error in it told and not raised.

        None where another process crawls it or one of its hosts, or, with ``due``, did so until now.
        """
        self.elsewhere.discard(source.key)
        async with self._crawls.turn(source):
            # Until the run is written down, so that who comes next sees that the source is not due any more.
            with self._locks.held(*names_of(source)) as taken:
                if taken is not None:
                    self.elsewhere.add(source.key)
                    return None
                newest = next(iter(self._runs.of(source.key, 1)), None)
                if due and not is_due(source, newest, datetime.now(UTC)):
                    return None
                return await self._crawl(source)

    async def _crawl(self, source: Source) -> Run:
        started = datetime.now(UTC)
        error: str | None = None
        counts: dict[str, Any] = {}
        try:
            counts = (await self._crawls.crawl(source)).counts()
        except Exception as problem:
            # One source's trouble must not end the others; what it was is in the report.
            log.exception("%s", source.key)
            error = str(problem) if isinstance(problem, TintucError) else repr(problem)
        ended = datetime.now(UTC)
        flag = flag_of(
            counts,
            self._runs.of(source.key, RUNS),
            self._runs.of(source.key, RUNS, sound=True),
        )
        run = Run(source.key, started, ended, next_run(source, started), counts, flag, error)
        self._runs.add(run, ended - self._keep)
        return run

    async def crawl_all(self, sources: Iterable[Source], *, due: bool = False) -> list[Run]:
        """Crawl sources side by side; the runs in the order of the sources, but for those left out."""
        runs = await asyncio.gather(*(self.crawl(source, due=due) for source in sources))
        return [run for run in runs if run is not None]


class Schedule:
    """Crawls every source when its time has come, and has the index brought up to date, until it is stopped.

    Args:
        recorder: what crawls.
        sources: what is to be crawled.
        newest: gives the newest run of every source.
        index: brings the index up to date.
        stop: set to end.
        on_run: told of every run.
    """

    def __init__(
        self,
        recorder: Recorder,
        sources: SourcesInForce,
        newest: Callable[[], Mapping[str, Run]],
        index: Callable[[], Awaitable[None]],
        *,
        stop: asyncio.Event,
        on_run: Callable[[Run], None],
    ) -> None:
        self._recorder = recorder
        self._sources = sources
        self._newest = newest
        self._index = index
        self._stop = stop
        self._on_run = on_run
        self._running: dict[str, asyncio.Task[None]] = {}
        self._indexing: asyncio.Task[None] | None = None
        self._behind = True  # an earlier process may have ended between crawl and index
        self._held: dict[str, float] = {}
        self._woken = asyncio.Event()

    async def run(self) -> None:
        """Go on until stopped; crawls under way end after their open requests, then the index is updated."""
        try:
            while not self._stop.is_set():
                self._woken.clear()
                left = self._begin_due()
                self._begin_indexing()
                await self._sleep(left)
        finally:
            if self._running:
                await asyncio.wait(self._running.values())
            if self._indexing:
                await self._indexing
            if self._behind:
                await self._index_once()

    def _begin_due(self) -> float:
        """Begin the crawls that are due; the seconds until the next one is."""
        now = datetime.now(UTC)
        try:
            newest = self._newest()
        except TintucError:
            log.exception("cannot tell what is due")
            return LONGEST_SLEEP
        waiting = []
        for source in self._sources.look():
            if source.key in self._running or self._is_held(source.key):
                continue
            if is_due(source, newest.get(source.key), now):
                self._running[source.key] = asyncio.create_task(self._crawl(source))
            else:
                waiting.append(source)
        return seconds_left(waiting, newest, now)

    async def _crawl(self, source: Source) -> None:
        try:
            run = await self._recorder.crawl(source, due=True)
            if run is not None:
                self._behind = self._behind or _adds_changes(run)
                self._on_run(run)
            elif source.key in self._recorder.elsewhere:
                self._hold(source.key)
        except Exception:
            # Most likely the run could not be written down; without that it would be due again at once.
            log.exception("%s", source.key)
            self._hold(source.key)
        finally:
            del self._running[source.key]
            self._woken.set()

    def _begin_indexing(self) -> None:
        if self._behind and self._indexing is None and not self._is_held(_INDEX):
            self._indexing = asyncio.create_task(self._index_in_background())

    async def _index_in_background(self) -> None:
        try:
            await self._index_once()
        finally:
            self._indexing = None
            self._woken.set()

    async def _index_once(self) -> None:
        self._behind = False
        try:
            await self._index()
        except Exception:
            log.exception("the index could not be brought up to date")
            self._behind = True
            self._hold(_INDEX)

    def _hold(self, key: str) -> None:
        self._held[key] = asyncio.get_running_loop().time() + LONGEST_SLEEP

    def _is_held(self, key: str) -> bool:
        return self._held.get(key, 0.0) > asyncio.get_running_loop().time()

    async def _sleep(self, seconds: float) -> None:
        """Until a source is due, a crawl has ended, or it is time to look at the file again."""
        waits = [asyncio.create_task(each.wait()) for each in (self._stop, self._woken)]
        try:
            await asyncio.wait(waits, timeout=seconds, return_when="FIRST_COMPLETED")
        finally:
            for task in waits:
                task.cancel()


def _adds_changes(run: Run) -> bool:
    """Whether a run may have changed what the index should hold."""
    return any(run.tally.get(name) for name in ("new", "changed", "gone")) or bool(run.error)
