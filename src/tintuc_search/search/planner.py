"""From a syntax tree to engine nodes, and to the units that highlighting marks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise, product
from math import log
from typing import TYPE_CHECKING

from tintuc_search.engine.base import (
    UNMARKED_WORD,
    AnyOf,
    MostOf,
    Phrase,
    Prefer,
    Terms,
    WeightedTerm,
)
from tintuc_search.query.render import render
from tintuc_search.query.tree import PhraseNode, WordNode
from tintuc_search.search.filters import Filters, join_names
from tintuc_search.search.forms import UNMARKED_FORM, Expander, ReadRun, Slot
from tintuc_search.search.leaves import find_leaves, find_runs
from tintuc_search.search.marking import Unit
from tintuc_search.search.nodes import RESTRICTIONS, NodeBuilder, all_of
from tintuc_search.search.rewriting import whole_readings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tintuc_search.analysis.base import Analyzer
    from tintuc_search.engine.base import QueryNode
    from tintuc_search.query.tree import ParsedQuery, Problem
    from tintuc_search.search.base import Match
    from tintuc_search.search.leaves import Run
    from tintuc_search.search.lookup import Lookup
    from tintuc_search.search.nodes import Place

WORD_BOOST = 0.9
"""What a compound that stands as one word adds, beside the scores of its syllables."""
NEIGHBOUR_BOOST = 0.5
"""What two words add that stand side by side in an article as in the query."""
NEIGHBOURS = 12
"""Longer runs get nothing for their neighbours: each pair costs a look at positions."""
RUN_GAP = 1000
"""Query positions between two runs, so that words of different runs never count as neighbours."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How a query is to be run.

    ``wanted`` are the top-level parts that score, ``restrictions`` those that do not, ``optional`` what only raises
    the rank.
    """

    wanted: tuple[QueryNode, ...] = ()
    restrictions: tuple[QueryNode, ...] = ()
    optional: tuple[QueryNode, ...] = ()
    units: tuple[Unit, ...] = ()
    understood: str = ""
    reading: str | None = None
    alternatives: tuple[str, ...] = ()
    unmatched: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    def strict(self) -> QueryNode:
        """Articles that match every part."""
        return self._preferring(all_of((*self.wanted, *self.restrictions)))

    def loose(self) -> QueryNode:
        """Articles that match any wanted part."""
        wanted = (AnyOf(self.wanted),) if self.wanted else ()
        return self._preferring(all_of((*wanted, *self.restrictions)))

    def relaxed(self) -> QueryNode | None:
        """Articles that match as many wanted parts as any does; None where there is but one."""
        if len(self.wanted) < 2:  # noqa: PLR2004 - one part cannot be relaxed
            return None
        return self._preferring(all_of((MostOf(self.wanted), *self.restrictions)))

    def _preferring(self, required: QueryNode) -> QueryNode:
        return Prefer(required, self.optional) if self.optional else required


class Planner:
    """Plans queries over one dictionary."""

    def __init__(self, dictionary: Lookup, analyzer: Analyzer) -> None:
        self._dictionary = dictionary
        self._analyzer = analyzer

    def plan(self, parsed: ParsedQuery, match: Match, documents: int) -> Plan:
        """Plan a parsed query; ``documents`` is how many articles the index holds."""
        filters = Filters(self._dictionary)
        root = join_names(parsed.root, filters)
        leaves = find_leaves(parsed.text, root, self._analyzer)
        runs = find_runs(parsed.text, leaves)
        expander = Expander(self._dictionary, self._analyzer, documents)
        found = expander.expand(parsed.text, runs)
        slots = _slots_by_place(runs, found)
        bare = self._bare_articles(slots)
        builder = NodeBuilder(slots, filters, match, self._analyzer.fold if bare else None)
        parts = builder.parts(root)
        if bare:
            found = [self._with_bare_forms(read) for read in found]
        readings = whole_readings(parsed.text, runs, found)
        return Plan(
            wanted=tuple(part for part in parts if not isinstance(part, RESTRICTIONS)),
            restrictions=tuple(part for part in parts if isinstance(part, RESTRICTIONS)),
            optional=(*_compounds(runs, found), *_neighbours(runs, found)),
            units=tuple(_units(runs, found, documents)),
            understood=render(builder.kept(root)),
            reading=readings[0] if readings else None,
            alternatives=tuple(readings[1:4]),
            unmatched=_unmatched(parsed.text, runs, found),
            problems=(*parsed.problems, *builder.problems, *filters.problems, *expander.problems),
        )

    def runs(self, parsed: ParsedQuery) -> list[Run]:
        """The words and phrases of a query, those together that stand side by side."""
        return find_runs(parsed.text, find_leaves(parsed.text, parsed.root, self._analyzer))

    def suggestions(self, parsed: ParsedQuery, documents: int) -> tuple[str, ...]:
        """The query with other accents, likeliest first: for one that found nothing."""
        expander = Expander(self._dictionary, self._analyzer, documents)
        runs = self.runs(parsed)
        found = [ReadRun(readings=tuple(expander.suggest(run))) for run in runs]
        readings = whole_readings(parsed.text, runs, found)
        if parsed.text in readings[:1]:
            return ()
        return tuple(reading for reading in readings if reading != parsed.text)[:3]

    def _bare_articles(self, slots: Mapping[Place, tuple[Slot, ...]]) -> bool:
        """Whether articles without marks matter: there are some, and the query has marks."""
        typed = [slot.typed.term for row in slots.values() for slot in row]
        if not any(map(self._analyzer.is_marked, typed)):
            return False
        return self._dictionary.entry(UNMARKED_WORD) is not None

    def _with_bare_forms(self, read: ReadRun) -> ReadRun:
        """The run with forms without marks to be highlighted too, where no other stands."""
        fold = self._analyzer.fold
        slots = (
            replace(slot, forms=(*slot.forms, WeightedTerm(bare, UNMARKED_FORM)))
            if (bare := fold(slot.typed.term)) != slot.typed.term
            else slot
            for slot in read.slots
        )
        return replace(read, slots=tuple(slots))


def _slots_by_place(runs: Sequence[Run], found: Sequence[ReadRun]) -> dict[Place, tuple[Slot, ...]]:
    """The slots of every leaf, by its place in the query."""
    slots: dict[Place, tuple[Slot, ...]] = {}
    for run, read in zip(runs, found, strict=True):
        left = list(read.slots)
        for leaf in run:
            count = len(leaf.tokens)
            slots[leaf.node.start, leaf.node.end] = tuple(left[:count])
            del left[:count]
    return slots


def _compounds(runs: Sequence[Run], found: Sequence[ReadRun]) -> tuple[QueryNode, ...]:
    """The words of several syllables that neighbouring words of the query form."""
    terms = {
        (word, run[0].fields)
        for run, read in zip(runs, found, strict=True)
        if run[0].wanted and isinstance(run[0].node, WordNode)
        for word in read.words
    }
    return tuple(
        Terms((WeightedTerm(word),), fields, WORD_BOOST)
        for word, fields in sorted(terms, key=lambda pair: pair[0])
    )


def _neighbours(runs: Sequence[Run], found: Sequence[ReadRun]) -> tuple[QueryNode, ...]:
    """The pairs of words that stand side by side in the query, each in the forms that count in full.

    Pairs within a compound are left out: the compound itself raises the rank, without a look at positions.
    """
    pairs: list[QueryNode] = []
    for run, read in zip(runs, found, strict=True):
        if run[0].wanted and isinstance(run[0].node, WordNode) and len(read.slots) <= NEIGHBOURS:
            full = [tuple(form for form in slot.forms if form.weight == 1.0) for slot in read.slots]
            fields = run[0].fields
            joined = {pair for word in read.words for pair in pairwise(word.split("_"))}
            pairs += [
                Phrase(pair, 0, fields, NEIGHBOUR_BOOST)
                for pair in pairwise(full)
                if joined.isdisjoint((one.term, other.term) for one, other in product(*pair))
            ]
    return tuple(dict.fromkeys(pairs))


def _units(runs: Sequence[Run], found: Sequence[ReadRun], documents: int) -> list[Unit]:
    """What is to be marked: every wanted word and phrase."""
    units: list[Unit] = []
    for number, (run, read) in enumerate(zip(runs, found, strict=True)):
        position = number * RUN_GAP
        left = list(read.slots)
        for leaf in run if run[0].wanted else ():
            slots = left[: len(leaf.tokens)]
            del left[: len(slots)]
            if slots:
                slop = leaf.node.slop if isinstance(leaf.node, PhraseNode) else 0
                forms = tuple({form.term: form.weight for form in slot.forms} for slot in slots)
                value = sum(log(1 + documents / (1 + slot.count)) for slot in slots)
                units.append(Unit(forms, position, slop, leaf.fields, value))
            position += len(slots)
    return units


def _unmatched(text: str, runs: Sequence[Run], found: Sequence[ReadRun]) -> tuple[str, ...]:
    """The wanted words that no article holds in any form, as typed."""
    words = [
        text[slot.typed.start : slot.typed.end]
        for run, read in zip(runs, found, strict=True)
        if run[0].wanted
        for slot in read.slots
        if not slot.held
    ]
    return tuple(dict.fromkeys(words))
