"""What the words of a query can also be written as: abbreviations both ways, numerals, dates, dots.

All of it happens to the query, nothing to the index, so every engine agrees. An alternative stands for some
tokens of a run: each of these words is satisfied by it, so a span counts as its words however the rest of
the query is put together.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from tintuc_search.search.abbreviating import Abbreviating
from tintuc_search.search.abbreviations import LEAST, Abbreviations
from tintuc_search.search.alternatives import REWRITTEN, Alternative
from tintuc_search.search.base import Expansion
from tintuc_search.search.leaves import tokens_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tintuc_search.analysis.base import Analyzer
    from tintuc_search.search.forms import ReadRun
    from tintuc_search.search.leaves import Place, Run
    from tintuc_search.search.lookup import Lookup

MOST = 40
"""Alternatives of a query at most; each costs a look at positions."""


class Equivalents:
    """Finds the alternatives of one dictionary's queries; threads may share it."""

    def __init__(self, dictionary: Lookup, analyzer: Analyzer) -> None:
        self._dictionary = dictionary
        self._analyzer = analyzer
        self._senses: tuple[Mapping[tuple[str, str], int], Abbreviations] | None = None

    def find(
        self, text: str, runs: Sequence[Run], found: Sequence[ReadRun], *, abbreviations: bool
    ) -> tuple[list[tuple[Alternative, ...]], list[Place]]:
        """The alternatives of each run that the archive can hold, :data:`MOST` in all; and the runs that have more."""
        senses = self._renewed() if abbreviations else None
        left = MOST
        rows: list[tuple[Alternative, ...]] = []
        cut: list[Place] = []
        for run, read in zip(runs, found, strict=True):
            terms = self._taken(run, read)
            every = self._alternatives(text, run, terms, senses)
            # A sign says what a word stands for: no other writing of it does.
            signed = [token.signed for token in tokens_of(run)]
            possible = dict.fromkeys(
                each
                for each in every
                if not any(signed[each.first : each.last]) and self._possible(terms, each)
            )
            if len(possible) > left:
                cut.append((run[0].node.start, run[-1].node.end))
            rows.append(tuple(possible)[:left])
            left -= len(rows[-1])
        return rows, cut

    def _renewed(self) -> Abbreviations:
        """The abbreviations with what the archive explains now."""
        learnt = self._dictionary.definitions(LEAST)
        known = self._senses
        if known is None or known[0] is not learnt:
            known = self._senses = learnt, Abbreviations(learnt, self._analyzer)
        return known[1]

    def _taken(self, run: Run, read: ReadRun) -> list[str]:
        """The terms of a run, those without marks as they were read."""
        typed = [token.term for token in tokens_of(run)]
        forms = read.readings[0].forms if read.readings else typed
        marked = self._analyzer.is_marked
        return [term if marked(term) else form for term, form in zip(typed, forms, strict=True)]

    def _alternatives(
        self, text: str, run: Run, terms: Sequence[str], senses: Abbreviations | None
    ) -> Iterator[Alternative]:
        """All that may stand for some of the tokens, whether the archive holds it or not."""
        tokens = tokens_of(run)
        gaps = [text[a.end : b.start] for a, b in pairwise(tokens)]
        joined = [False, *(len(gap) == 1 and not gap.isspace() for gap in gaps)]
        typed, read = [token.term for token in tokens], list(terms)
        for each in self._analyzer.rewritings(terms, joined):
            place = each.first, each.last
            yield Alternative(*place, each.slots, each.text, each.rule, REWRITTEN, each.before)
            if each.rule == "dotted":
                typed[each.first] = read[each.first] = each.slots[0][0]
        if senses is not None:
            alone = len(tokens) == 1 < len(terms[0]) and text.strip().isupper()
            abbreviating = Abbreviating(senses, self._analyzer, read, alone=alone)
            yield from abbreviating.alternatives(typed)

    def _possible(self, terms: Sequence[str], each: Alternative) -> bool:
        """Whether it is another writing than the query's, and the archive holds its terms."""
        if each.slots == tuple((term,) for term in terms[each.first : each.last]):
            return False
        held = self._dictionary.entry
        around = ((term,) for term in (*each.before, *each.behind))
        return all(any(map(held, slot)) for slot in (*each.slots, *around))


def expansions(
    text: str, runs: Sequence[Run], alternatives: Sequence[Sequence[Alternative]]
) -> tuple[Expansion, ...]:
    """What is told of the alternatives: each place once for each rule."""
    told: dict[tuple[int, int, str], dict[str, None]] = {}
    for run, several in zip(runs, alternatives, strict=True):
        tokens = tokens_of(run)
        for each in several:
            start, end = tokens[each.first].start, tokens[each.last - 1].end
            if each.text.lower() != text[start:end].lower():
                told.setdefault((start, end, each.rule), {})[each.text] = None
    return tuple(
        Expansion(start, end, text[start:end], tuple(others), rule)
        for (start, end, rule), others in sorted(told.items(), key=lambda item: item[0])
    )
