"""From a syntax tree to engine nodes, and to the units that highlighting marks."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from math import log
from typing import TYPE_CHECKING

from tintuc_search.engine.base import (
    UNMARKED_WORD,
    AnyOf,
    MostOf,
    Prefer,
    Stretch,
    Terms,
    WeightedTerm,
)
from tintuc_search.query.problems import problem
from tintuc_search.query.render import render
from tintuc_search.query.tree import PhraseNode, WordNode
from tintuc_search.ranking import RANKING
from tintuc_search.search.base import Match
from tintuc_search.search.equivalents import Equivalents, expansions
from tintuc_search.search.explaining import Origin, Trace
from tintuc_search.search.explanation import Kind
from tintuc_search.search.filters import Filters, join_names
from tintuc_search.search.forms import UNMARKED_FORM, Expander, ReadRun, Slot
from tintuc_search.search.keystrokes import KeystrokeReader
from tintuc_search.search.leaves import find_leaves, find_runs, without_phrases
from tintuc_search.search.marking import Unit
from tintuc_search.search.nodes import NodeBuilder, all_of, restricts
from tintuc_search.search.rewriting import whole_readings
from tintuc_search.search.standins import stand_ins
from tintuc_search.search.wildcards import Wildcards, bare_terms

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tintuc_search.analysis.base import Analyzer
    from tintuc_search.engine.base import Leaf, QueryNode
    from tintuc_search.query.tree import ParsedQuery, Problem
    from tintuc_search.ranking import Ranking
    from tintuc_search.search.alternatives import Alternative
    from tintuc_search.search.base import Expansion
    from tintuc_search.search.filters import DocumentsOf
    from tintuc_search.search.leaves import Place, Run
    from tintuc_search.search.lookup import Lookup
    from tintuc_search.search.standins import StandIn

AS_TYPED_BOOST = RANKING.as_typed
"""What forms as typed add where the likeliest, which count nearly as much, are others, but all are there as typed."""
RUN_GAP = 1000
"""Query positions between two runs, so that words of different runs never count as neighbours."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How a query is to be run.

    ``wanted`` are the top-level parts that score, ``restrictions`` those that do not, ``optional`` what only raises
    the rank; ``stretches`` are the words whose nearness does. ``trace`` remembers what all this was made from.
    """

    wanted: tuple[QueryNode, ...] = ()
    restrictions: tuple[QueryNode, ...] = ()
    optional: tuple[QueryNode, ...] = ()
    stretches: tuple[Stretch, ...] = ()
    units: tuple[Unit, ...] = ()
    understood: str = ""
    reading: str | None = None
    alternatives: tuple[str, ...] = ()
    unmatched: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    expansions: tuple[Expansion, ...] = ()
    trace: Trace = field(default_factory=Trace)

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

    def __init__(
        self,
        dictionary: Lookup,
        analyzer: Analyzer,
        ranking: Ranking = RANKING,
        documents_of: DocumentsOf = frozenset,
    ) -> None:
        self._ranking = ranking
        self._documents_of = documents_of
        self._dictionary = dictionary
        self._analyzer = analyzer
        self._equivalents = Equivalents(dictionary, analyzer)
        self._abbreviations = frozenset(analyzer.key(each.short) for each in analyzer.abbreviations)

    def filters(self) -> Filters:
        """What makes nodes of the filters of one search."""
        return Filters(self._dictionary, self._documents_of)

    def plan(
        self, parsed: ParsedQuery, match: Match, documents: int, *, abbreviations: bool = True
    ) -> Plan:
        """Plan a parsed query; ``documents`` is how many articles the index holds."""
        filters = self.filters()
        root = join_names(parsed.root, filters)
        if match is Match.ANY:
            root = without_phrases(parsed.text, root)
        keystrokes = self._keystrokes()
        leaves = find_leaves(parsed.text, root, self._analyzer)
        runs = find_runs(parsed.text, keystrokes.leaves(parsed.text, leaves))
        expander = Expander(self._dictionary, self._analyzer, documents)
        wildcards = Wildcards(expander, self._dictionary, self._analyzer)
        found = wildcards.expand(parsed.text, runs)
        alternatives, cut = self._equivalents.find(
            parsed.text, runs, found, abbreviations=abbreviations
        )
        others, too_many = stand_ins(runs, found, alternatives)
        slots = _slots_by_place(runs, found)
        bare = self._bare_articles(slots)
        builder = NodeBuilder(slots, filters, match, self._analyzer.fold if bare else None, others)
        parts = builder.parts(root)
        if bare:
            found = [self._with_bare_forms(read) for read in found]
        compounds = _compounds(runs, found, self._ranking.compound)
        as_typed = tuple(_as_typed(runs, found))
        readings = keystrokes.readings(parsed.text) or whole_readings(parsed.text, runs, found)
        return Plan(
            wanted=tuple(part for part in parts if not restricts(part)),
            restrictions=tuple(part for part in parts if restricts(part)),
            optional=(*compounds, *map(all_of, as_typed)),
            stretches=_stretches(runs, found),
            units=tuple(_units(runs, found, others, documents)),
            understood=render(builder.kept(root)),
            reading=readings[0] if readings else None,
            alternatives=tuple(readings[1:4]),
            unmatched=_unmatched(parsed.text, runs, found, alternatives),
            problems=(
                *(*parsed.problems, *keystrokes.problems, *builder.problems, *filters.problems),
                *(*expander.problems, *wildcards.problems),
                *(
                    problem("tooManyForms", *place, value=parsed.text[slice(*place)])
                    for place in (*cut, *too_many)
                ),
            ),
            expansions=expansions(parsed.text, runs, alternatives),
            trace=Trace(
                parsed.text,
                runs,
                found,
                alternatives,
                _origins(parsed.text, builder, compounds, as_typed),
            ),
        )

    def runs(self, parsed: ParsedQuery) -> list[Run]:
        """The words and phrases of a query, those together that stand side by side; keystrokes as they were meant."""
        leaves = find_leaves(parsed.text, parsed.root, self._analyzer)
        keystrokes = self._keystrokes()
        return find_runs(parsed.text, keystrokes.leaves(parsed.text, leaves))

    def _keystrokes(self) -> KeystrokeReader:
        return KeystrokeReader(self._dictionary, self._analyzer, self._abbreviations)

    def suggestions(self, parsed: ParsedQuery, documents: int) -> tuple[str, ...]:
        """The query with other accents, likeliest first: for one that found nothing."""
        expander = Expander(self._dictionary, self._analyzer, documents)
        wildcards = Wildcards(expander, self._dictionary, self._analyzer)
        runs = self.runs(parsed)
        found = [ReadRun(readings=tuple(wildcards.suggest(run))) for run in runs]
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
        slots = [
            replace(
                slot,
                forms=(
                    *slot.forms,
                    *(
                        WeightedTerm(bare, UNMARKED_FORM)
                        for bare in bare_terms(slot, fold)
                        if all(bare != form.term for form in slot.forms)
                    ),
                ),
            )
            for slot in read.slots
        ]
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


def _compounds(runs: Sequence[Run], found: Sequence[ReadRun], compound: float) -> tuple[Terms, ...]:
    """The words of several syllables that neighbouring words of the query form."""
    terms = {
        (word, run[0].fields)
        for run, read in zip(runs, found, strict=True)
        if run[0].wanted and isinstance(run[0].node, WordNode)
        for word in read.words
    }
    return tuple(
        Terms((WeightedTerm(word),), fields, compound)
        for word, fields in sorted(terms, key=lambda pair: pair[0])
    )


def _as_typed(runs: Sequence[Run], found: Sequence[ReadRun]) -> Iterator[list[Terms]]:
    """All that a run holds as it was typed, where the archive makes it read otherwise."""
    for run, read in zip(runs, found, strict=True):
        typed = {slot.typed.term: AS_TYPED_BOOST if slot.as_typed else 0.0 for slot in read.slots}
        if run[0].wanted and any(typed.values()):
            fields = run[0].fields
            yield [Terms((WeightedTerm(t),), fields, boost) for t, boost in typed.items()]


def _origins(
    text: str,
    builder: NodeBuilder,
    compounds: Sequence[Terms],
    as_typed: Sequence[Sequence[Terms]],
) -> dict[Leaf, Origin]:
    """What each leaf of a plan is, and what it was made of."""
    origins: dict[Leaf, Origin] = {
        leaf: Origin(kind, text[start:end])
        for leaf, (kind, (start, end)) in builder.origins.items()
    }
    for leaf in compounds:
        origins[leaf] = Origin(Kind.COMPOUND, leaf.terms[0].term.replace("_", " "))
    for leaf in (leaf for each in as_typed for leaf in each):
        origins.setdefault(leaf, Origin(Kind.AS_TYPED, leaf.terms[0].term))
    return origins


def _stretches(runs: Sequence[Run], found: Sequence[ReadRun]) -> tuple[Stretch, ...]:
    """The wanted words that stand side by side, each in the forms that the query most likely means."""
    return tuple(
        Stretch(tuple(slot.full for slot in read.slots), run[0].fields)
        for run, read in zip(runs, found, strict=True)
        if run[0].wanted and read.slots
    )


def _units(
    runs: Sequence[Run],
    found: Sequence[ReadRun],
    others: Mapping[Place, tuple[StandIn, ...]],
    documents: int,
) -> list[Unit]:
    """What is to be marked: every wanted word and phrase, and what may stand in their place."""
    units: list[Unit] = []
    for number, (run, read) in enumerate(zip(runs, found, strict=True)):
        begin = position = number * RUN_GAP
        left = list(read.slots)
        known: set[StandIn] = set()
        for leaf in run if run[0].wanted else ():
            slots = left[: len(leaf.tokens)]
            del left[: len(slots)]
            if slots:
                slop = leaf.node.slop if isinstance(leaf.node, PhraseNode) else 0
                forms = tuple({form.term: form.weight for form in slot.forms} for slot in slots)
                value = sum(log(1 + documents / (1 + slot.count)) for slot in slots)
                signed = leaf.tokens[-1].signed
                units.append(Unit(forms, position, slop, leaf.fields, value, every_form=signed))
                for other in others.get((leaf.node.start, leaf.node.end), ()):
                    if other not in known:
                        known.add(other)
                        forms = tuple({form.term: form.weight for form in s} for s in other.slots)
                        covers = other.last - other.first
                        place = begin + other.first
                        units.append(Unit(forms, place, slop, leaf.fields, value, covers=covers))
            position += len(slots)
    return units


def _unmatched(
    text: str,
    runs: Sequence[Run],
    found: Sequence[ReadRun],
    alternatives: Sequence[Sequence[Alternative]],
) -> tuple[str, ...]:
    """The wanted words that no article holds in any form, as typed."""
    words = [
        text[slot.typed.start : slot.typed.end]
        for run, read, several in zip(runs, found, alternatives, strict=True)
        if run[0].wanted
        for at, slot in enumerate(read.slots)
        if not slot.held and not any(each.first <= at < each.last for each in several)
    ]
    return tuple(dict.fromkeys(words))
