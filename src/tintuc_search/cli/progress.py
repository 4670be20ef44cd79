"""How far importing, indexing and the search for reprints are, how fast they go, and how long they will take yet."""

from __future__ import annotations

import sys
import time
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any, Protocol

import click

from tintuc_search.cli.common import note

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LINE_SECONDS = 10.0
"""Time between two lines where there is no terminal to draw a bar on."""
BAR_SECONDS = 0.1
"""Time between two changes of a bar."""


class Update(Protocol):
    """Takes how far it went, in steps of the whole and in articles."""

    def __call__(self, risen: int, articles: int) -> None:
        """Go on; a phase begins with its first call, which may be ``(0, 0)``."""
        ...


@contextmanager
def phases() -> Iterator[Callable[[str, int], Update]]:
    """What makes the progress of a phase out of its name and its whole; one phase follows the other.

    A bar on a terminal; elsewhere a line every ten seconds. Either says the rate and the time left.
    """
    if sys.stderr.isatty():
        with ExitStack() as open_bar:
            yield lambda label, total: _Bar(label, total, open_bar)
    else:
        yield _Lines


class _Phase:
    """Counts, and shows what was counted now and then."""

    seconds = 0.0

    def __init__(self, label: str, total: int) -> None:
        self._label, self._total = label, total
        self._began: float | None = None
        self._told = 0.0
        self._risen = self._done = 0

    def __call__(self, risen: int, articles: int) -> None:
        """Count, and show it if it is time."""
        now = time.monotonic()
        if self._began is None:
            self._began = self._told = now
            self._begin()
        self._risen += risen
        self._done += articles
        if now - self._told >= self.seconds:
            self._told = now
            self._show(now - self._began)

    def _begin(self) -> None:
        """The phase begins."""

    def _show(self, seconds: float) -> None:
        """Show what was counted in so many seconds."""
        raise NotImplementedError


class _Bar(_Phase):
    """A bar, which ends when its phase or the block does."""

    seconds = BAR_SECONDS

    def __init__(self, label: str, total: int, open_bar: ExitStack) -> None:
        super().__init__(label, total)
        self._open_bar = open_bar
        self._bar: Any = None
        self._drawn = 0

    def _begin(self) -> None:
        self._open_bar.close()  # the one of the phase before
        self._bar = self._open_bar.enter_context(
            click.progressbar(
                length=self._total,
                label=self._label,
                file=sys.stderr,
                item_show_func=lambda rate: rate,
            )
        )
        self._open_bar.callback(self._draw, None)

    def _show(self, seconds: float) -> None:
        self._draw(f"{_rate(self._done, seconds):.0f} articles/s")

    def _draw(self, rate: str | None) -> None:
        self._bar.update(self._risen - self._drawn, rate)
        self._drawn = self._risen


class _Lines(_Phase):
    """Writes a line now and then."""

    seconds = LINE_SECONDS

    def _show(self, seconds: float) -> None:
        note(progress_line(self._label, self._risen, self._total, self._done, seconds))


def progress_line(label: str, risen: int, total: int, articles: int, seconds: float) -> str:
    """What is told in one line.

    >>> progress_line("index", 2400, 8000, 2400, 16.0)
    'index: 2,400 articles, 30 %, 150 articles/s, 37 s left'
    """
    share = risen / max(total, risen, 1)
    left = seconds * (1 / share - 1) if share else 0.0
    told = f"{label}: {articles:,} articles, {share:.0%}, {_rate(articles, seconds):.0f} articles/s, {_time(left)} left"
    return told.replace("%,", " %,")


def _time(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return (
        f"{hours} h {minutes:02} min"
        if hours
        else f"{minutes} min {rest:02} s"
        if minutes
        else f"{rest} s"
    )


def _rate(articles: int, seconds: float) -> float:
    return articles / max(seconds, 1e-9)
