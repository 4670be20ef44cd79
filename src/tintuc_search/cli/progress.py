"""How far indexing is, how fast it goes, and how long it will take yet."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

import click

from tintuc_search.cli.common import note

if TYPE_CHECKING:
    from collections.abc import Iterator

LINE_SECONDS = 10.0
"""Time between two lines where there is no terminal to draw a bar on."""


class Update(Protocol):
    """Takes how far it went, in steps of the whole and in articles."""

    def __call__(self, risen: int, articles: int) -> None:
        """Go on."""
        ...


@contextmanager
def indexing_progress(total: int) -> Iterator[Update]:
    """A bar on a terminal; elsewhere a line every ten seconds. Either says the rate and the time left."""
    if sys.stderr.isatty():
        with _bar(total) as update:
            yield update
    else:
        yield _Lines(total)


@contextmanager
def _bar(total: int) -> Iterator[Update]:
    began, done = time.monotonic(), 0
    with click.progressbar(
        length=total, label="index", file=sys.stderr, item_show_func=lambda rate: rate
    ) as bar:

        def update(risen: int, articles: int) -> None:
            nonlocal done
            done += articles
            bar.update(risen, f"{_rate(done, began):.0f} articles/s")

        yield update


class _Lines:
    """Writes a line now and then."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._began = self._told = time.monotonic()
        self._risen = self._done = 0

    def __call__(self, risen: int, articles: int) -> None:
        """Count, and write a line if it is time."""
        self._risen += risen
        self._done += articles
        now = time.monotonic()
        if now - self._told >= LINE_SECONDS:
            self._told = now
            note(progress_line(self._risen, self._total, self._done, now - self._began))


def progress_line(risen: int, total: int, articles: int, seconds: float) -> str:
    """What is told in one line.

    >>> progress_line(2400, 8000, 2400, 16.0)
    'index: 2,400 articles, 30 %, 150 articles/s, 37 s left'
    """
    share = risen / max(total, risen, 1)
    left = seconds * (1 / share - 1) if share else 0.0
    rate = articles / max(seconds, 1e-9)
    return f"index: {articles:,} articles, {share:.0%}, {rate:.0f} articles/s, {_time(left)} left".replace(
        "%,", " %,"
    )


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


def _rate(articles: int, began: float) -> float:
    return articles / max(time.monotonic() - began, 1e-9)
