"""A text with what was found in it, as the rules for sayings want it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

from tintuc_search.entities.marks import quoted
from tintuc_search.entities.sentences import Sentences

if TYPE_CHECKING:
    from tintuc_search.entities.cast import Cast
    from tintuc_search.entities.units import Units

SHORTEST_QUOTE = 3
"""Fewer syllables in marks are no quotation, only a word used with distance."""


class Span(NamedTuple):
    """Units ``first`` to ``after``, ``text[start:end]``, stand in quotation marks."""

    first: int
    after: int
    start: int
    end: int


class Passage:
    """The units, names, sentences and quoted ``spans`` of one text."""

    def __init__(self, units: Units, cast: Cast) -> None:
        self.units, self.cast = units, cast
        self.sentences = Sentences(units)
        spans = [self._span(start, end) for start, end in quoted(units.text)]
        self.spans = [span for span in spans if span.after - span.first >= SHORTEST_QUOTE]
        self._firsts = [span.first for span in self.spans]

    def clause_start(self, i: int) -> int:
        """Where the sentence of unit ``i`` begins, or goes on behind a quotation in it."""
        at = bisect_left(self.spans, (i,))
        behind = self.spans[at - 1].after if at else 0
        return max(self.sentences.start(i), behind)

    def is_quoted(self, i: int) -> bool:
        """Whether unit ``i`` stands in quotation marks."""
        at = bisect_right(self._firsts, i)
        return at > 0 and i < self.spans[at - 1].after

    def next_span(self, i: int) -> int:
        """Where the next quotation at or behind unit ``i`` begins; the text's end if there is none."""
        at = bisect_left(self.spans, (i,))
        return self.spans[at].first if at < len(self.spans) else self.units.count

    def _span(self, start: int, end: int) -> Span:
        starts = self.units.starts
        return Span(bisect_left(starts, start), bisect_left(starts, end), start, end)
