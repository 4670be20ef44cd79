"""How the reports of crawls are written on a terminal."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tintuc_search.archive.runs import Run

FLAGS = {
    "noArticles": "pages, but hardly an article recognised: has its markup changed?",
    "shorterTexts": "articles half as long as before: has its markup changed?",
}
_COUNTS = ("fetched", "not_modified", "new", "changed", "unchanged", "refused", "gone")


def print_run(run: Run) -> None:
    """Print a run; what is wrong goes to standard error."""
    for level, line in run_lines(run):
        click.echo(line, err=level > logging.INFO)


def run_lines(run: Run) -> Iterator[tuple[int, str]]:
    """A run line by line, each with its level of logging: counts, what failed and why, when next."""
    from tintuc_search.article import format_time

    counts = ", ".join(f"{run.tally.get(word, 0)} {word.replace('_', ' ')}" for word in _COUNTS)
    next_at = format_time(run.next_at) or "none"
    yield logging.INFO, f"{run.source}: {counts}; {format_time(run.ended_at)}, next {next_at}"
    for reason, count in sorted(run.tally.get("failed", {}).items()):
        yield logging.INFO, f"  failed {count} times: {reason}"
    if run.tally.get("left"):
        yield logging.INFO, f"  {run.tally['left']} addresses wait for the next run"
    if run.error:
        yield logging.ERROR, f"{run.source}: {run.error}"
    if run.flag:
        yield logging.WARNING, f"!! {run.source}: {FLAGS.get(run.flag, run.flag)}"
