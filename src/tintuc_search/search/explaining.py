"""Tells how a query was run and why its results score what they do, in the words that were typed.

The engine knows only leaves; a plan's :class:`Trace` remembers what each was made of.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from math import prod
from typing import TYPE_CHECKING

from tintuc_search.article import format_time
from tintuc_search.engine.base import (
    AllOf,
    AnyOf,
    Except,
    HasId,
    HasKeyword,
    MostOf,
    Phrase,
    Prefer,
    Published,
    Synonyms,
    Terms,
    TextField,
    WeightedTerm,
)
from tintuc_search.search.explanation import (
    AlternativeTold,
    Branch,
    HitExplanation,
    Kind,
    Part,
    QueryExplanation,
    TokenTold,
)
from tintuc_search.search.leaves import tokens_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tintuc_search.engine.base import Explanation, Leaf, QueryNode
    from tintuc_search.search.alternatives import Alternative
    from tintuc_search.search.forms import ReadRun
    from tintuc_search.search.leaves import Run

IDS_SHOWN = 100
"""Ids told of a restriction to documents; its text says how many there are."""
_CHILDREN = {AllOf: Kind.ALL, AnyOf: Kind.ANY, MostOf: Kind.MOST}


@dataclass(frozen=True, slots=True)
class Origin:
    """What a leaf is, and the text that it was made of."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Trace:
    """What a plan was made from, run by run, and where its leaves come from."""

    text: str = ""
    runs: Sequence[Run] = ()
    found: Sequence[ReadRun] = ()
    alternatives: Sequence[Sequence[Alternative]] = ()
    origins: Mapping[Leaf, Origin] = field(default_factory=dict)

    def query(self, node: QueryNode) -> QueryExplanation:
        """How the query was run, which was as ``node``."""
        compounds = (
            origin.text for origin in self.origins.values() if origin.kind is Kind.COMPOUND
        )
        return QueryExplanation(
            tuple(self._tokens()), tuple(self._alternatives()), tuple(compounds), self._branch(node)
        )

    def hit(self, score: float, explanation: Explanation) -> HitExplanation:
        """What a result's score is made of."""
        closeness = explanation.closeness
        parts = [
            Part(
                (origin := self._origin(each.leaf)).kind,
                origin.text,
                each.score,
                each.fields,
                each.frequencies,
                each.rarity,
                each.leaf.boost,
            )
            for each in explanation.contributions
        ]
        if closeness and closeness.score:
            parts.append(Part(Kind.NEARNESS, "", closeness.score, {}, {}))
        parts.sort(key=lambda part: -part.score)
        return HitExplanation(
            score, tuple(parts), closeness, explanation.recency, explanation.demotion
        )

    def _tokens(self) -> Iterator[TokenTold]:
        for read in self.found:
            for slot in read.slots:
                start, end = slot.typed.start, slot.typed.end
                yield TokenTold(start, end, self.text[start:end], slot.typed.term, slot.forms)

    def _alternatives(self) -> Iterator[AlternativeTold]:
        for run, several in zip(self.runs, self.alternatives, strict=True):
            tokens = tokens_of(run)
            told = {
                (tokens[each.first].start, tokens[each.last - 1].end, each.text): each
                for each in reversed(several)
            }
            for (start, end, other), each in sorted(told.items(), key=lambda item: item[0]):
                typed = self.text[start:end]
                yield AlternativeTold(start, end, typed, other, each.rule, each.weight)

    def _origin(self, leaf: Leaf) -> Origin:
        """Where a leaf comes from; one that no word of the query made is called by its best form."""
        best = max(_forms(leaf), key=lambda form: form.weight, default=WeightedTerm(""))
        return self.origins.get(leaf) or Origin(Kind.WORD, best.term)

    def _branch(self, node: QueryNode) -> Branch:  # noqa: PLR0911 - one per kind
        match node:
            case Terms() | Phrase() | Synonyms():
                origin = self._origin(node)
                return Branch(origin.kind, origin.text, tuple(_forms(node)), _fields(node))
            case AllOf() | AnyOf() | MostOf():
                return Branch(_CHILDREN[type(node)], children=self._branches(node.children))
            case Except():
                return Branch(Kind.NOT, children=self._branches((node.child,)))
            case Prefer():
                children = self._branches((node.required, *node.optional))
                return Branch(Kind.PREFER, children=children)
            case HasKeyword():
                ids = tuple(WeightedTerm(each) for each in sorted(node.ids))
                return Branch(Kind.KEYWORD, node.field.value, ids)
            case HasId():
                ids = tuple(WeightedTerm(each) for each in sorted(node.ids)[:IDS_SHOWN])
                return Branch(Kind.ID, str(len(node.ids)), ids)
            case Published():
                return Branch(Kind.PUBLISHED, f"{_moment(node.since)}..{_moment(node.until)}")

    def _branches(self, nodes: Sequence[QueryNode]) -> tuple[Branch, ...]:
        return tuple(map(self._branch, nodes))


def _forms(leaf: Leaf) -> Iterator[WeightedTerm]:
    """The ways to write what a leaf looks for; a phrase is one, with ``/`` between the terms of a place."""
    match leaf:
        case Terms():
            yield from leaf.terms
        case Phrase():
            written = ("/".join(form.term for form in slot) for slot in leaf.slots)
            most = (max((form.weight for form in slot), default=0.0) for slot in leaf.slots)
            yield WeightedTerm(" ".join(written), prod(most))
        case Synonyms():
            for each in leaf.leaves:
                yield from _forms(each)


def _fields(leaf: Leaf) -> tuple[str, ...]:
    """The fields that a leaf is kept to; empty where there are no others."""
    inner = leaf.leaves[0] if isinstance(leaf, Synonyms) and leaf.leaves else leaf
    if isinstance(inner, Synonyms) or inner.fields.issuperset(TextField):
        return ()
    return tuple(field.value for field in TextField if field in inner.fields)


def _moment(seconds: int | None) -> str:
    return "" if seconds is None else format_time(datetime.fromtimestamp(seconds, UTC)) or ""
