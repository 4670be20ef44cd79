"""Sees when a source stops giving articles, or gives half of their text: most often its markup has changed.

A run may hold a page or a thousand, so runs are joined, from the newest on, to stretches that hold enough pages to be
judged. The newest stretch is compared with the median of those before; the median, because one odd day in the past
must not move the measure. Measured are the share of pages on which an article was recognised, and the mean length of
the articles.

Runs that were flagged are no measure, so a collapse stays flagged however long it lasts, and the flag goes by itself
when the yield is back. An operator who finds a change right accepts it, and the comparison begins anew there.
"""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from tintuc_search.archive.runs import ACCEPTED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from tintuc_search.archive.runs import Run

NO_ARTICLES = "noArticles"
SHORTER_TEXTS = "shorterTexts"

FEWEST_PAGES = 20
"""Pages in a stretch of runs. Where half of the pages hold an article, less than a quarter of 20 do by chance once in
170 times, of 8 once in 28."""
FEWEST_EMPTY = 10
"""Pages in a row without one article that are a collapse, whatever is known of the past."""
FEWEST_ARTICLES = 8
"""Articles in a stretch whose length is compared."""
FEWEST_BEFORE = 3
"""Stretches that a source must have behind it before its newest is compared with them."""
HALF = 0.5
RUNS = 500
"""Runs of a source that are looked at."""


def flag_of(newest: Mapping[str, Any], earlier: Sequence[Run], sound: Sequence[Run]) -> str | None:
    """What is wrong with a source; None if nothing is, or too little is known.

    Args:
        newest: the counts of the run to be judged.
        earlier: the source's runs before it, newest first.
        sound: those of them that were not flagged; they reach further back where many were.
    """
    tallies = [newest, *(run.tally for run in _since_accepted(earlier))]
    shortest = next(_stretches(tallies, FEWEST_EMPTY), None)
    if shortest is not None and not shortest.recognised:
        return NO_ARTICLES
    now = next(_stretches(tallies, FEWEST_PAGES), None)
    if now is None:
        return None
    # What fills up the newest stretch must not stand on both sides of the comparison.
    joined = earlier[: now.runs - 1]
    kept = [run.tally for run in _since_accepted(sound) if run not in joined]
    before = list(_stretches(kept, FEWEST_PAGES))
    if len(before) < FEWEST_BEFORE:
        return None
    if now.share < HALF * median(each.share for each in before):
        return NO_ARTICLES
    lengths = [each.length for each in before if each.recognised >= FEWEST_ARTICLES]
    enough = now.recognised >= FEWEST_ARTICLES and len(lengths) >= FEWEST_BEFORE
    return SHORTER_TEXTS if enough and now.length <= HALF * median(lengths) else None


class _Stretch:
    """Runs side by side that hold enough pages together."""

    def __init__(self) -> None:
        self.runs = 0
        self.pages = 0
        self.recognised = 0
        self._syllables = 0

    def add(self, tally: Mapping[str, Any]) -> None:
        """Join one more run."""
        recognised = int(tally.get("recognised", 0))
        self.runs += 1
        self.recognised += recognised
        # A page that is refused again and again says nothing of the articles.
        refused = int(tally.get("refused", 0)) - int(tally.get("refused_before", 0))
        self.pages += recognised + refused
        self._syllables += int(tally.get("syllables", 0))

    @property
    def share(self) -> float:
        """Of the pages that were fetched anew and should have held an article, those that did."""
        return self.recognised / self.pages

    @property
    def length(self) -> float:
        """Syllables of an article, on the average."""
        return self._syllables / max(1, self.recognised)


def _stretches(tallies: Sequence[Mapping[str, Any]], pages: int) -> Iterator[_Stretch]:
    """Stretches of so many pages, from the newest run on; what is left over at the end is none."""
    stretch = _Stretch()
    for tally in tallies:
        stretch.add(tally)
        if stretch.pages >= pages:
            yield stretch
            stretch = _Stretch()


def _since_accepted(runs: Sequence[Run]) -> Sequence[Run]:
    """The runs that came after the newest accepted one."""
    place = next((place for place, run in enumerate(runs) if run.tally.get(ACCEPTED)), len(runs))
    return runs[:place]
