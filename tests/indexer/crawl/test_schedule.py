"""When a source is due; what the schedule does when something breaks."""

from __future__ import annotations

import asyncio
import itertools
import logging
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

import pytest

from tintuc_search.archive.runs import Run
from tintuc_search.errors import ArchiveError, BadInput, NotFound
from tintuc_search.indexer.crawl import schedule as module
from tintuc_search.indexer.crawl.schedule import (
    LONGEST_SLEEP,
    Recorder,
    Schedule,
    SourcesInForce,
    due_at,
    is_due,
    next_run,
    seconds_left,
)
from tintuc_search.indexer.crawl.sources import Source
from tintuc_search.indexer.crawl.tally import Tally

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine, Iterator

    from tintuc_search.archive.store import SqlArchive

NOW = datetime(2024, 3, 1, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)
T = TypeVar("T")
SOURCE = Source("thu", "Báo thử", feeds=("https://thu.example/rss",), every=HOUR)


def run_of(started: datetime, next_at: datetime | None, key: str = "thu") -> Run:
    return Run(key, started, started, next_at, {})


@pytest.mark.parametrize(
    ("source", "newest", "due"),
    [
        (SOURCE, None, True),
        (SOURCE, run_of(NOW - HOUR, NOW), True),
        (SOURCE, run_of(NOW - HOUR, NOW + timedelta(seconds=1)), False),
        (SOURCE, run_of(NOW, None), True),
        (Source("thu", "x", enabled=False), None, False),
        # The file asked for one run a day when the newest ended, and asks for one an hour now.
        (SOURCE, run_of(NOW - 2 * HOUR, NOW + 22 * HOUR), True),
        (SOURCE, run_of(NOW - HOUR, NOW + 22 * HOUR), False),  # the jitter has its room
        (SOURCE, run_of(NOW + 999 * HOUR, NOW + 1000 * HOUR), True),  # the clock was wrong then
    ],
)
def test_a_source_is_due_when_its_time_has_come(
    source: Source, newest: Run | None, *, due: bool
) -> None:
    assert is_due(source, newest, NOW) is due


def test_the_next_run_comes_a_little_earlier_or_later() -> None:
    times = [next_run(SOURCE, NOW) - NOW for _ in range(500)]

    assert min(times) >= 0.9 * HOUR
    assert max(times) <= 1.1 * HOUR
    assert min(times) < 0.95 * HOUR < 1.05 * HOUR < max(times)


def test_no_run_is_waited_for_longer_than_the_file_says() -> None:
    assert due_at(SOURCE, run_of(NOW, NOW + 24 * HOUR)) == NOW + 1.1 * HOUR


@pytest.mark.parametrize(
    ("seconds", "left"), [(5.0, 5.0), (-5.0, module.SHORTEST_SLEEP), (500.0, LONGEST_SLEEP)]
)
def test_the_sleep_ends_when_the_next_source_is_due(seconds: float, left: float) -> None:
    newest = {"thu": run_of(NOW, NOW + timedelta(seconds=seconds))}

    assert seconds_left([SOURCE], newest, NOW) == left
    assert seconds_left([], newest, NOW) == LONGEST_SLEEP


def test_a_file_that_breaks_leaves_what_was_read_before_and_is_told_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    answers: Iterator[list[Source] | str] = iter([[SOURCE], "hỏng", "hỏng", "khác", [], "hỏng"])

    def read() -> list[Source]:
        answer = next(answers)
        if isinstance(answer, str):
            raise BadInput(answer)
        return answer

    sources = SourcesInForce(read)
    seen = [list(sources.look()) for _ in range(5)]

    assert seen == [[SOURCE], [SOURCE], [SOURCE], [], []]
    assert [record.getMessage().split(";")[0] for record in caplog.records] == [
        "hỏng",
        "khác",
        "hỏng",
    ]
    with pytest.raises(BadInput):
        SourcesInForce(lambda: (_ for _ in ()).throw(BadInput("hỏng")))


def in_a_loop(work: Coroutine[Any, Any, T]) -> T:
    """Run it in a thread of its own: that of the tests may hold the loop of a browser."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


class Crawls:
    """Stands for the fetching only: gives a tally, or fails."""

    def __init__(self, on_crawl: Callable[[Source], Tally]) -> None:
        self._on_crawl = on_crawl
        self.stop = asyncio.Event()

    @asynccontextmanager
    async def turn(self, _source: Source) -> AsyncIterator[None]:
        yield

    async def crawl(self, source: Source) -> Tally:
        await asyncio.sleep(0)
        return self._on_crawl(source)


def test_an_error_in_one_source_is_written_down_and_does_not_end_the_others(
    archive: SqlArchive, caplog: pytest.LogCaptureFixture
) -> None:
    def crawl(source: Source) -> Tally:
        if source.key == "hong":
            raise ValueError("hỏng thật")
        return Tally(fetched=1, new=1)

    recorder = Recorder(Crawls(crawl), archive.runs, archive.locks, timedelta(days=90))
    sources = [Source("hong", "Hỏng"), SOURCE]
    with caplog.at_level(logging.CRITICAL):
        runs = in_a_loop(recorder.crawl_all(sources))

    assert [run.error for run in runs] == ["ValueError('hỏng thật')", None]
    assert archive.runs.newest() == {"hong": runs[0], "thu": runs[1]}
    assert runs[0].reached_nothing
    assert not runs[1].reached_nothing


def test_the_schedule_survives_an_index_that_fails_and_tries_again(
    archive: SqlArchive, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(module, "LONGEST_SLEEP", 0.01)
    tries = itertools.count(1)
    crawls = Crawls(lambda _source: Tally(fetched=1, new=1))

    async def index() -> None:
        await asyncio.sleep(0)
        if next(tries) < 3:
            raise ArchiveError("đĩa đầy")
        crawls.stop.set()

    async def go() -> None:
        recorder = Recorder(crawls, archive.runs, archive.locks, timedelta(days=90))
        sources = SourcesInForce(lambda: [SOURCE])
        newest = archive.runs.newest
        await Schedule(
            recorder, sources, newest, index, stop=crawls.stop, on_run=lambda _run: None
        ).run()

    in_a_loop(go())
    assert next(tries) >= 4
    assert "the index could not be brought up to date" in caplog.text


def test_a_run_that_cannot_be_written_down_is_not_begun_again_at_once(
    archive: SqlArchive, caplog: pytest.LogCaptureFixture
) -> None:
    crawled: list[str] = []

    def crawl(source: Source) -> Tally:
        crawled.append(source.key)
        archive.close()
        return Tally()

    async def go() -> None:
        crawls = Crawls(crawl)
        broken: Any = Broken()
        recorder = Recorder(crawls, broken, archive.locks, timedelta(days=90))

        async def index() -> None:
            await asyncio.sleep(0)

        schedule = Schedule(
            recorder,
            SourcesInForce(lambda: [SOURCE]),
            dict,
            index,
            stop=crawls.stop,
            on_run=lambda _run: None,
        )
        task = asyncio.create_task(schedule.run())
        for _ in range(200):
            await asyncio.sleep(0.001)
        crawls.stop.set()
        await task

    in_a_loop(go())
    assert crawled == ["thu"]
    assert "đĩa đầy" in caplog.text


class Broken:
    """Runs that cannot be stored."""

    def of(self, *_asked: object, **_more: object) -> list[Run]:
        return []

    def add(self, *_given: object) -> None:
        raise ArchiveError("đĩa đầy")


def test_old_runs_go_but_never_a_sources_newest(archive: SqlArchive) -> None:
    runs = archive.runs
    old = [run_of(NOW - timedelta(days=days), None, key) for days in (9, 8) for key in ("a", "b")]
    for run in old:
        runs.add(run, NOW - timedelta(days=90))
    fresh = run_of(NOW, None, "a")
    runs.add(fresh, NOW - timedelta(days=1))

    assert runs.recent(10) == {"a": [fresh], "b": [old[3]]}
    assert runs.recent(10, ["b"]) == {"b": [old[3]]}


def test_recent_runs_are_bounded_for_each_source(archive: SqlArchive) -> None:
    runs = [
        run_of(NOW + timedelta(minutes=minute), None, key) for minute in range(5) for key in "ab"
    ]
    for run in runs:
        archive.runs.add(run, NOW - timedelta(days=90))

    assert archive.runs.recent(2) == {"a": [runs[8], runs[6]], "b": [runs[9], runs[7]]}
    assert archive.runs.of("a", 3) == [runs[8], runs[6], runs[4]]


def test_accepting_marks_the_newest_run_only(archive: SqlArchive) -> None:
    flagged = Run("a", NOW, NOW, NOW + HOUR, {"recognised": 3}, "noArticles")
    for _ in range(2):
        archive.runs.add(flagged, NOW - HOUR)
    archive.runs.accept("a")
    first, second = archive.runs.of("a", 5)

    assert (first.flag, first.tally) == (None, {"recognised": 3, "accepted": True})
    assert first.next_at == NOW + HOUR
    assert second == flagged
    assert archive.runs.of("a", 5, sound=True) == [first]
    with pytest.raises(NotFound, match="b: was never crawled"):
        archive.runs.accept("b")
