"""Analysis in several processes, by a :class:`~tintuc_search.indexer.pool.Pool`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from tintuc_search.indexer.documents import build
from tintuc_search.indexer.kept import pack
from tintuc_search.indexer.pool import Pool, Work

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from concurrent.futures import Future

    from tintuc_search.analysis.base import Analyzer
    from tintuc_search.archive.base import StoredArticle
    from tintuc_search.indexer.documents import Recogniser

ARTICLE_SECONDS = 120.0
"""Time after which an article is given up; the longest known ones take two."""
GROUP = 8
"""Articles handed to a worker at once, so that it does not wait for each."""


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
    """A bounded number of processes that analyse."""

    def __init__(self, processes: Processes) -> None:
        work: Work[StoredArticle, Analysis] = Work(
            name="analysing",
            make=partial(_analysing, processes.make),
            failed=lambda _, reason: Analysis(None, reason),
            called=lambda stored: f"article {stored.id}",
            seconds=processes.seconds,
        )
        self._pool = Pool(work, processes.count)

    def analyse(self, articles: Sequence[StoredArticle]) -> list[Future[list[Analysis]]]:
        """Begin to analyse articles; the results in their order, some in each.

        A result raises AnalysisError where no worker could be started.
        """
        groups = (articles[start : start + GROUP] for start in range(0, len(articles), GROUP))
        return [self._pool.submit(group) for group in groups]

    def close(self) -> None:
        """End all workers, whatever they are at."""
        self._pool.close()


def _analysing(
    make: Callable[[], tuple[Analyzer, Recogniser]],
) -> Callable[[StoredArticle], Analysis]:
    """What analyses in a worker."""
    analyzer, recogniser = make()

    def analyse(stored: StoredArticle) -> Analysis:
        return Analysis(pack(build(stored, analyzer, recogniser)))

    return analyse
