"""When each source is crawled, and what is written down of every run."""

from __future__ import annotations

import asyncio
import logging
import random
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from tintuc_search.archive.runs import Run
from tintuc_search.errors import TintucError
from tintuc_search.indexer.crawl.collapse import RUNS, flag_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence

    from tintuc_search.archive.runs import SqlRuns
    from tintuc_search.indexer.crawl.crawling import Crawls
    from tintuc_search.indexer.crawl.sources import Source

JITTER = 0.1
"""Share of the time between two runs by which the next one comes earlier or later, so that sites and sources do not
meet at the full hour."""
LONGEST_SLEEP = 30.0
"""Seconds between two looks at the list of sources."""

log = logging.getLogger(__name__)


def is_due(source: Source, newest: Run | None, now: datetime) -> bool:
    """Whether a source is to be crawled now: never was, or its time has come."""
    return source.enabled and (newest is None or newest.next_at is None or newest.next_at <= now)


def next_run(source: Source, started: datetime) -> datetime:
    """When to crawl a source again that was begun at ``started``."""
    shift = 1 + random.uniform(-JITTER, JITTER)  # noqa: S311 - no secret
    return started + source.every * shift


class Recorder:
    """Crawls sources and writes down each run.

    Args:
        crawls: what fetches.
        runs: where the runs are kept.
        keep: how long.
    """

    def __init__(self, crawls: Crawls, runs: SqlRuns, keep: timedelta) -> None:
        self._crawls = crawls
        self._runs = runs
        self._keep = keep

    async def crawl(self, source: Source) -> Run:
        """Crawl a source once; the run as written down, an error in it told and not raised."""
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
        earlier = self._runs.of(source.key, RUNS)
        flag = flag_of([counts, *(run.tally for run in earlier)])
        run = Run(source.key, started, ended, next_run(source, started), counts, flag, error)
        self._runs.add(run, ended - self._keep)
        return run

    async def crawl_all(self, sources: Iterable[Source]) -> list[Run]:
        """Crawl sources side by side; their runs in the order of the sources."""
        return list(await asyncio.gather(*map(self.crawl, sources)))


class Schedule:
    """Crawls every source when its time has come, and has the index brought up to date, until it is stopped.

    Args:
        recorder: what crawls.
        read_sources: gives the sources as they are in the file now; may raise.
        newest: gives the newest run of every source.
        index: brings the index up to date.
        stop: set to end.
    """

    def __init__(
        self,
        recorder: Recorder,
        read_sources: Callable[[], Sequence[Source]],
        newest: Callable[[], Mapping[str, Run]],
        index: Callable[[], Awaitable[None]],
        stop: asyncio.Event,
    ) -> None:
        self._recorder = recorder
        self._read_sources = read_sources
        self._newest = newest
        self._index = index
        self._stop = stop
        self._sources: Sequence[Source] = ()
        self._running: dict[str, asyncio.Task[None]] = {}
        self._ended = asyncio.Event()

    async def run(self) -> None:
        """Go on until stopped; crawls under way end after their open requests, then the index is updated."""
        try:
            while not self._stop.is_set():
                self._begin_due()
                await self._sleep()
        finally:
            if self._running:
                await asyncio.wait(self._running.values())

    def _begin_due(self) -> None:
        try:
            self._sources = self._read_sources()
        except TintucError as error:
            log.error("%s; going on with the sources read before", error)  # noqa: TRY400 - one line
        now, newest = datetime.now(UTC), self._newest()
        for source in self._sources:
            if source.key not in self._running and is_due(source, newest.get(source.key), now):
                task = asyncio.create_task(self._once(source))
                self._running[source.key] = task

    async def _once(self, source: Source) -> None:
        try:
            run = await self._recorder.crawl(source)
            if run.tally.get("new") or run.tally.get("changed"):
                await self._index()
        except Exception:
            log.exception("%s", source.key)
        finally:
            del self._running[source.key]
            self._ended.set()

    async def _sleep(self) -> None:
        """Until a source is due, a crawl has ended, or it is time to look at the file again."""
        self._ended.clear()
        waits = [asyncio.create_task(each.wait()) for each in (self._stop, self._ended)]
        try:
            await asyncio.wait(waits, timeout=self._time_left(), return_when="FIRST_COMPLETED")
        finally:
            for task in waits:
                task.cancel()

    def _time_left(self) -> float:
        now, newest = datetime.now(UTC), self._newest()
        times = [
            (run.next_at - now).total_seconds()
            for source in self._sources
            if source.enabled
            and source.key not in self._running
            and (run := newest.get(source.key))
            and run.next_at
        ]
        return min(max(0.05, min(times, default=LONGEST_SLEEP)), LONGEST_SLEEP)
