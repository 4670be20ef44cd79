"""Reprints found in a process of its own while the index is written: the same, whatever becomes of it."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import pytest

from tintuc_search.archive.base import Incoming
from tintuc_search.article import Article
from tintuc_search.errors import IndexLocked
from tintuc_search.settings import load
from tintuc_search.wiring import Parts, beside
from tintuc_search.wiring.making import one_at_a_time

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SECONDS = 60.0
SIZE = 30
TEXTS = [
    " ".join(f"đoàn {number} kiểm tra việc {what}" for number in range(20))
    for what in ("cấp nước", "làm đường", "xây trường")
]


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few articles are enough for a process of its own."""
    monkeypatch.setattr(beside, "LEAST", 1)


@pytest.fixture
def parts(tmp_path: Path) -> Iterator[Parts]:
    with Parts(load({}, home=str(tmp_path), index_processes="2")) as opened:
        opened.archive.put(
            [
                Incoming(
                    Article(f"Tin {n}", paragraphs=(TEXTS[n % 3], f"Bản {n}."), source_id=str(n)),
                    "x",
                )
                for n in range(SIZE)
            ]
        )
        opened.prepare_index()
        yield opened


def _copies(parts: Parts) -> list[int]:
    return sorted(len(cluster.copies) for cluster in parts.reprints.clusters())


def test_what_the_process_finds_is_what_one_alone_finds(parts: Parts) -> None:
    finding = beside.find_beside(parts)
    assert finding is not None

    with finding:
        finding.wait(lambda: None, lambda: False)
        assert 0 == finding.process.exitcode

    assert parts.archive.latest() == parts.reprints.mark()
    found = _copies(parts)
    parts.reprints.clear()
    assert parts.find_reprints()
    assert [SIZE // 3 - 1] * 3 == found == _copies(parts)


def test_an_index_run_starts_it_and_tells_how_far_it_is(parts: Parts) -> None:
    steps: list[tuple[int, int]] = []

    report = parts.index(on_finding=lambda *step: steps.append(step))

    assert not report.stopped
    assert (0, 0) == steps[0]
    assert parts.archive.latest() == sum(rise for rise, _ in steps)
    assert [SIZE // 3 - 1] * 3 == _copies(parts)


def test_one_that_is_through_before_the_index_is_told_of_too(
    parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter = beside.FindingBeside.__enter__

    def through(self: beside.FindingBeside) -> beside.FindingBeside:
        enter(self)
        self.process.join()
        return self

    monkeypatch.setattr(beside.FindingBeside, "__enter__", through)
    steps: list[tuple[int, int]] = []
    parts.index(on_finding=lambda *step: steps.append(step))

    assert parts.archive.latest() == sum(rise for rise, _ in steps)


def test_killed_it_leaves_the_rest_to_the_run(
    parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[int] = []
    enter = beside.FindingBeside.__enter__

    def killed(self: beside.FindingBeside) -> beside.FindingBeside:
        enter(self)
        assert self.process.pid is not None
        started.append(self.process.pid)
        os.kill(self.process.pid, signal.SIGKILL)
        return self

    monkeypatch.setattr(beside.FindingBeside, "__enter__", killed)
    report = parts.index()

    assert 1 == len(started)
    assert not report.stopped
    assert [SIZE // 3 - 1] * 3 == _copies(parts)


def test_it_is_ended_when_the_run_is_told_to_end(parts: Parts) -> None:
    finding = beside.find_beside(parts)
    assert finding is not None

    with one_at_a_time(parts._reprints_path, SECONDS), finding:  # which it waits for without end
        process = finding.process.pid
        finding.wait(lambda: None, lambda: True)
        assert finding.process.is_alive()

    assert process is not None
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
    assert parts.index().indexed == SIZE
    assert [SIZE // 3 - 1] * 3 == _copies(parts)


def test_it_is_ended_with_a_run_that_fails(parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[beside.FindingBeside] = []
    monkeypatch.setattr(beside.FindingBeside, "__enter__", started.append)

    def fail(*_: object) -> None:
        started[0].process.start()
        raise IndexLocked("as told")

    monkeypatch.setattr(parts, "_index_changes", fail)
    with one_at_a_time(parts._reprints_path, SECONDS), pytest.raises(IndexLocked):
        parts.index()

    with pytest.raises(ValueError, match="closed"):
        started[0].process.is_alive()


def test_few_changes_or_one_processor_start_none(
    parts: Parts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Parts(load({}, home=str(tmp_path), index_processes="1")) as alone:
        assert beside.find_beside(alone) is None
    monkeypatch.setattr(beside, "LEAST", SIZE + 1)
    assert beside.find_beside(parts) is None
