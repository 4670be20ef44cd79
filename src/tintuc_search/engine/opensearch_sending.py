"""Sending batches in threads of their own, so that the next ones are prepared meanwhile."""

from __future__ import annotations

from collections import deque
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

THREADS = 2
"""Batches on their way at once; a node stores each by a thread of its own."""
WAITING = 1
"""Batches that wait beside them: more would only take memory."""


class Sending:
    """Carries out tasks, a few at once, in no certain order; what one raises is raised where the next one is given."""

    def __init__(self) -> None:
        self._pool: ThreadPoolExecutor | None = None
        self._given: deque[Future[None]] = deque()

    def give(self, task: Callable[[], None]) -> None:
        """Have a task carried out, waiting while too many are not done yet."""
        while self._given and (self._given[0].done() or len(self._given) >= THREADS + WAITING):
            self._given.popleft().result()
        if self._pool is None:
            self._pool = ThreadPoolExecutor(THREADS, "opensearch-sending")
        self._given.append(self._pool.submit(task))

    def wait(self) -> None:
        """Wait until all are done."""
        while self._given:
            self._given.popleft().result()

    def stop(self) -> None:
        """Give up those that have not begun, wait for the others whatever becomes of them, and end the threads."""
        self._given.clear()
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None
