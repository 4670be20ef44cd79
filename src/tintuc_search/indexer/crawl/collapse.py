"""Sees when a source stops giving articles, or gives half of their text: most often its markup has changed.

The newest runs, as many as hold some pages, are compared with those before. What is counted is the share of pages on
which an article was recognised, and the length of the articles. A collapse stays flagged while the newest runs show it
and ends by itself when the yield is back; an operator who finds the change right accepts it, and the comparison begins
anew there.
"""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

NO_ARTICLES = "noArticles"
SHORTER_TEXTS = "shorterTexts"
ACCEPTED = "accepted"
"""The key of a run that is none: an operator has accepted what the source gives."""

FEWEST_NOW = 8
"""Pages that the newest runs must hold before they are judged."""
FEWEST_BEFORE = 20
HALF = 0.5
RUNS = 60
"""Runs that are looked at."""


def flag_of(tallies: Sequence[Mapping[str, Any]]) -> str | None:
    """What is wrong with a source by its runs' counts, newest first; None if nothing is, or too little is known."""
    now, before = _parted(tallies)
    pages = sum(map(_pages, now))
    if pages < FEWEST_NOW:
        return None
    share = sum(map(_recognised, now)) / pages
    earlier = sum(map(_pages, before))
    usual = sum(map(_recognised, before)) / earlier if earlier >= FEWEST_BEFORE else None
    if share < HALF * usual if usual is not None else share == 0:
        return NO_ARTICLES
    lengths = [_length(each) for each in before if _recognised(each)]
    known = sum(map(_recognised, before)) >= FEWEST_BEFORE
    current = [_length(each) for each in now if _recognised(each)]
    if known and current and median(current) <= HALF * median(lengths):
        return SHORTER_TEXTS
    return None


def _parted(
    tallies: Sequence[Mapping[str, Any]],
) -> tuple[Sequence[Mapping[str, Any]], Sequence[Mapping[str, Any]]]:
    """The newest runs that hold enough pages together, and those before them, back to the last acceptance."""
    accepted = next((place for place, each in enumerate(tallies) if each.get(ACCEPTED)), None)
    tallies = tallies[:accepted]
    pages = 0
    for place, each in enumerate(tallies):
        pages += _pages(each)
        if pages >= FEWEST_NOW:
            return tallies[: place + 1], tallies[place + 1 :]
    return tallies, ()


def _pages(tally: Mapping[str, Any]) -> int:
    """Pages that were fetched anew and should have held an article."""
    return _recognised(tally) + int(tally.get("refused", 0))


def _recognised(tally: Mapping[str, Any]) -> int:
    return int(tally.get("recognised", 0))


def _length(tally: Mapping[str, Any]) -> float:
    return float(tally.get("syllables", 0)) / max(1, _recognised(tally))
