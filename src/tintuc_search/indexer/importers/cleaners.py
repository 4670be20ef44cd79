"""Cleans what was read, in several processes where it is much, and gives it on in the order in which it was read.

What was read and not given on yet is bounded by number and by bytes, for pages may be large.
"""

from __future__ import annotations

import logging
import traceback
from collections import deque
from concurrent.futures import wait
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tintuc_search.archive.base import Incoming
from tintuc_search.indexer.importers.base import Bad, Page
from tintuc_search.indexer.importers.pages import clean_page
from tintuc_search.indexer.pool import Pool, Work

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator
    from concurrent.futures import Future

    from tintuc_search.article import Article
    from tintuc_search.indexer.importers.base import Item, Step

    Clean = Callable[[Page], Article | Bad]

PAGE_SECONDS = 120.0
"""Time after which a page is given up; the largest ones take some ten."""
GROUP_PAGES = 4
GROUP_BYTES = 1 << 20
"""Pages handed to a worker at once, so that it does not wait for each: so many or so large."""
AHEAD_STEPS = 400
AHEAD_BYTES = 64 << 20
"""What may wait at most: enough to keep the processes at work while a batch is stored."""
PAUSE_SECONDS = 0.1
"""Between two looks at whether to end, while a page is waited for."""

log = logging.getLogger(__name__)


def make_cleaner() -> Clean:
    """What cleans; called in every process that does."""
    return clean_page


@dataclass(frozen=True, slots=True)
class Cleaners:
    """How to clean in several processes.

    ``count`` is how many there are; with one, pages are cleaned in this one. ``least`` is the number of pages, and
    ``least_bytes`` their size, from which on starting others pays; ``seconds`` the time after which a page is given
    up. ``make`` gives what cleans; it is called in each process and must be a function of a module.
    """

    count: int
    least: int = 50
    least_bytes: int = 16 << 20
    seconds: float = PAGE_SECONDS
    make: Callable[[], Clean] = make_cleaner


class Cleaning:
    """One run over what is read.

    Args:
        cleaners: how to clean in several processes, if so.
        stop: asked after each page, and while one is waited for, whether to end.
    """

    def __init__(
        self, cleaners: Cleaners | None = None, stop: Callable[[], bool] = lambda: False
    ) -> None:
        self._cleaners = cleaners if cleaners and cleaners.count > 1 else None
        self._stop = stop
        self.stopped = False
        """Whether it ended before it was through."""

    def items(self, steps: Iterable[Step]) -> Generator[tuple[Item | None, int]]:
        """What ``steps`` hold, pages cleaned, each with the bytes that were read for it.

        Raises:
            AnalysisError: no process can be started.
        """
        with closing(self._in_order(steps)) as in_order:
            for found in in_order:
                if self._stop():
                    self.stopped = True
                    return
                yield found

    def _in_order(self, steps: Iterable[Step]) -> Generator[tuple[Item | None, int]]:
        if self._cleaners is None:
            for found, size in steps:
                yield _cleaned_here(found) if isinstance(found, Page) else found, size
            return
        with closing(_Queue(self._cleaners, self._stop)) as queue:
            for found, size in steps:
                if isinstance(found, Page):
                    queue.add(found, size)
                    yield from queue.ready()
                elif isinstance(found, Incoming) or not queue.steps:
                    # Ready articles do not wait behind pages, where nobody would count their bytes.
                    yield from queue.rest()
                    yield found, size
                else:
                    queue.add(found, size)
                    yield from queue.ready()
            yield from queue.rest()


@dataclass(slots=True)
class _Group:
    """What was read in a row; its pages are cleaned by one worker."""

    steps: list[Step] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    bytes: int = 0
    cleaned: Future[list[Article | Bad]] | None = None

    @property
    def is_full(self) -> bool:
        return len(self.pages) >= GROUP_PAGES or self.bytes >= GROUP_BYTES

    @property
    def is_done(self) -> bool:
        return not self.pages or (self.cleaned is not None and self.cleaned.done())


class _Queue:
    """What was read and not given on yet."""

    def __init__(self, cleaners: Cleaners, stop: Callable[[], bool]) -> None:
        self._cleaners, self._stop = cleaners, stop
        self._pool: Pool[Page, Article | Bad] | None = None
        self._groups: deque[_Group] = deque()
        self._pages = self._bytes = 0
        self.steps = 0

    def add(self, found: Item | Page | None, size: int) -> None:
        """Put in what was read, and have it cleaned as soon as there is enough for a worker."""
        if not self._groups or self._groups[-1].cleaned or self._groups[-1].is_full:
            self._groups.append(_Group())
        group = self._groups[-1]
        group.steps.append((found, size))
        self.steps += 1
        if isinstance(found, Page):
            self._pages += 1
            group.pages.append(found)
            group.bytes += len(found.content)
            self._bytes += len(found.content)
        if self._pool is None and (
            self._pages >= self._cleaners.least or self._bytes >= self._cleaners.least_bytes
        ):
            self._start()
        elif group.is_full:
            self._submit(group)

    def ready(self) -> Iterator[tuple[Item | None, int]]:
        """What is cleaned, and as much more as must be taken out before there is room again."""
        while self._groups and (self._groups[0].is_done or not self._has_room()):
            yield from self._first()

    def rest(self) -> Iterator[tuple[Item | None, int]]:
        """Everything that is left."""
        for group in self._groups:
            self._submit(group)
        while self._groups:
            yield from self._first()

    def close(self) -> None:
        """End the processes."""
        if self._pool is not None:
            self._pool.close()

    def _start(self) -> None:
        work: Work[Page, Article | Bad] = Work(
            name="cleaning",
            make=self._cleaners.make,
            failed=_failed,
            called=lambda page: page.place,
            seconds=self._cleaners.seconds,
        )
        self._pool = Pool(work, self._cleaners.count)
        for group in self._groups:
            self._submit(group)

    def _submit(self, group: _Group) -> None:
        if self._pool is not None and group.cleaned is None and group.pages:
            group.cleaned = self._pool.submit(group.pages)

    def _has_room(self) -> bool:
        return self.steps < AHEAD_STEPS and self._bytes < AHEAD_BYTES

    def _first(self) -> Iterator[tuple[Item | None, int]]:
        """What was read first, as soon as it is cleaned; nothing where that is to be waited for no longer."""
        group = self._groups.popleft()
        self._submit(group)
        self.steps -= len(group.steps)
        self._bytes -= group.bytes
        if group.cleaned is None:
            for found, size in group.steps:
                yield _cleaned_here(found) if isinstance(found, Page) else found, size
            return
        while not wait([group.cleaned], PAUSE_SECONDS).done:
            if self._stop():
                yield None, 0  # whoever takes it asks the same
        articles = iter(group.cleaned.result())
        for found, size in group.steps:
            yield _item(found, next(articles)) if isinstance(found, Page) else found, size


def _cleaned_here(page: Page) -> Item:
    try:
        return _item(page, clean_page(page))
    except Exception:  # noqa: BLE001 - one page must not keep away all that come after it
        return _failed(page, traceback.format_exc())


def _item(page: Page, cleaned: Article | Bad) -> Item:
    return cleaned if isinstance(cleaned, Bad) else page.with_article(cleaned)


def _failed(page: Page, reason: str) -> Bad:
    """Tell the last line of a stack of calls to the user, and all of it to the log."""
    lines = reason.strip().splitlines()
    if len(lines) > 1:
        log.error("%s cannot be cleaned: %s", page.place, reason)
    return Bad(page.place, f"cannot be cleaned: {lines[-1]}")
