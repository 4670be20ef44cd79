"""The search for reprints after indexing is told of, ends when told to, and goes on with the next run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tintuc_search.archive.base import Incoming
from tintuc_search.article import Article
from tintuc_search.reprints.finding import BATCH
from tintuc_search.settings import load
from tintuc_search.wiring import Parts

if TYPE_CHECKING:
    from pathlib import Path

SIZE = BATCH + 2
TEXT = " ".join(f"đoàn {number} kiểm tra việc cấp nước" for number in range(20))


def test_it_ends_at_a_batch_and_the_next_run_goes_on(tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    with Parts(load({}, home=str(tmp_path), index_processes="1")) as parts:
        articles = [Article(f"Họp lần {number}", source_id=str(number)) for number in range(SIZE)]
        articles[:: SIZE - 1] = [
            Article(f"Bản {number}", paragraphs=(TEXT,), source_id=f"b{number}")
            for number in (1, 2)
        ]
        parts.archive.put([Incoming(article, "x") for article in articles])

        stopped = parts.index(
            on_finding=lambda *step: steps.append(step), stop=lambda: len(steps) > 1
        )

        assert stopped.stopped
        assert (SIZE, SIZE) == (stopped.indexed, parts.engine.count()), "the index is complete"
        assert [(0, 0), (BATCH, BATCH)] == steps
        assert BATCH == parts.reprints.mark()
        assert not list(parts.reprints.clusters())
        rest = parts.index(stop_finding=lambda: True)
        assert (0, False) == (rest.indexed, rest.stopped)
        assert [1] == [len(cluster.copies) for cluster in parts.reprints.clusters()]
