"""From the port's query nodes to OpenSearch's: first what matches, exactly; then what scores, nearly.

OpenSearch's own score only chooses the documents that are then scored by our formula. It is made to be near that:
each leaf's rarity is given as a boost, with Lucene's own taken out of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING, Any, Protocol

from tintuc_search.engine.base import (
    JOINT,
    AllOf,
    AnyOf,
    Except,
    HasId,
    HasKeyword,
    Phrase,
    Prefer,
    Published,
    Synonyms,
    Terms,
    TextField,
)
from tintuc_search.engine.opensearch_schema import (
    ID,
    MOST_TERMS,
    PUBLISHED,
    SCALE,
    WEIGHTS,
    field_k1,
)
from tintuc_search.engine.opensearch_terms import choices, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tintuc_search.engine.base import Leaf, WeightedTerm
    from tintuc_search.ranking import Ranking

Query = dict[str, Any]

NOTHING: Query = {"match_none": {}}
EVERYTHING: Query = {"match_all": {}}
_LONG = 1 << 63
_LEAST_IDF = 1e-3
SCORED = 16
"""Of a word's many forms so many, the heaviest, are scored by themselves; the others all alike."""
CLAUSES = 700
"""The most clauses for that in one query; OpenSearch takes 1,024 in all, if not set otherwise."""


@dataclass(frozen=True, slots=True)
class AtLeast:
    """A :class:`~.base.MostOf` whose largest number is known; 0 matches nothing."""

    children: tuple[Resolved, ...]
    least: int


Resolved = Any
"""A query node with :class:`AtLeast` in place of every MostOf."""


class Rarities(Protocol):
    """What is known of the whole index."""

    def of_leaf(self, leaf: Leaf) -> float:
        """The weight of a leaf, its boost aside."""
        ...

    def of_term(self, term: str) -> float:
        """Lucene's idf of a term, about."""
        ...


def lucene_idf(matching: int, count: int) -> float:
    """The idf of Lucene's BM25, never so small that it could not be divided by."""
    return max(log(1.0 + max(count - matching + 0.5, 0.5) / (matching + 0.5)), _LEAST_IDF)


def both(filters: Iterable[Query], excluded: Iterable[Query] = ()) -> Query:
    """All of ``filters`` and none of ``excluded``, without scores."""
    return {"bool": {"filter": list(filters) or [EVERYTHING], "must_not": list(excluded)}}


def usable(terms: Iterable[WeightedTerm]) -> list[WeightedTerm]:
    """The terms, each once, the heaviest first."""
    seen: dict[str, WeightedTerm] = {}
    for each in sorted(terms, key=lambda weighted: -weighted.weight):
        seen.setdefault(each.term, each)
    return list(seen.values())


def matching(node: Resolved) -> Query:  # noqa: C901, PLR0911 - one per kind
    """Exactly the documents that a node matches, for a filter."""
    match node:
        case Terms():
            return _terms(node)
        case Phrase():
            return _either(_phrase(node, name) for name in _fields(node))
        case Synonyms():
            return _either(matching(leaf) for leaf in node.leaves)
        case AllOf():
            return both(matching(child) for child in node.children)
        case AnyOf():
            return _either(matching(child) for child in node.children)
        case AtLeast():
            return _at_least(node, [matching(child) for child in node.children])
        case Except():
            return both((), [matching(node.child)])
        case Prefer():
            return matching(node.required)
        case HasKeyword():
            return _has(node.field.value, node.ids)
        case HasId():
            return _has(ID, node.ids)
        case Published():
            return _published(node)
        case _:  # a MostOf is resolved before it is asked for
            raise TypeError(f"not to be asked for: {node!r}")


def _either(queries: Iterable[Query]) -> Query:
    parts = [query for query in queries if query != NOTHING]
    if not parts:
        return NOTHING
    return parts[0] if len(parts) == 1 else {"bool": {"should": parts, "minimum_should_match": 1}}


def _at_least(node: AtLeast, children: list[Query]) -> Query:
    if node.least < 1:
        return NOTHING
    return {"bool": {"should": children, "minimum_should_match": node.least}}


def _fields(node: Terms | Phrase) -> list[TextField]:
    return [name for name in TextField if name in node.fields]


def _terms(node: Terms) -> Query:
    names = [written(each.term) for each in usable(node.terms)]
    fields = _fields(node)
    if not names or not fields:
        return NOTHING
    where = [WEIGHTS] if len(fields) == len(TextField) else [name.value for name in fields]
    return _either({"terms": {name: names}} for name in where)


def _phrase(node: Phrase, name: TextField) -> Query:
    slots = [[each.term for each in usable(slot)] for slot in node.slots]
    if not slots or not all(slots):
        return NOTHING
    if node.slop <= 0 or len(slots) == 1:
        return {"match_phrase": {name.value: {"query": choices(slots)}}}
    return {"intervals": {name.value: {"all_of": _window(slots, node.slop)}}}


def _window(slots: Sequence[Sequence[str]], slop: int) -> dict[str, Any]:
    """All slots in any order within so many positions."""
    each = [_slot(slot) for slot in slots]
    rule: dict[str, Any] = {"intervals": each}  # in any order, if not said otherwise
    if len({tuple(sorted(slot)) for slot in slots}) == len(slots):
        return {**rule, "max_gaps": slop}
    # Lucene joins slots that are alike into one and does not count the gaps within it.
    width = len(slots) + slop
    return {
        **rule,
        "filter": {"script": {"source": f"interval.end - interval.start < {width}"}},
    }


def _slot(terms: Sequence[str]) -> dict[str, Any]:
    rules = [
        {"match": {"query": written(term), "analyzer": "keyword"}} for term in sorted(set(terms))
    ]
    return rules[0] if len(rules) == 1 else {"any_of": {"intervals": rules}}


def _has(field: str, ids: Iterable[str]) -> Query:
    known = sorted(each for each in ids if _encodable(each))
    return _either({"terms": {field: list(part)}} for part in _batched(known, MOST_TERMS))


def _encodable(text: str) -> bool:
    """Whether a text can be sent at all; OpenSearch holds none that cannot."""
    return not any("\ud800" <= letter <= "\udfff" for letter in text)


def _published(node: Published) -> Query:
    bounds: dict[str, int] = {}
    if node.since is not None:
        if node.since >= _LONG:
            return NOTHING
        bounds["gte"] = max(node.since, -_LONG)
    if node.until is not None:
        if node.until < -_LONG:
            return NOTHING
        bounds["lte"] = min(node.until, _LONG - 1)
    return {"range": {PUBLISHED: bounds}} if bounds else {"exists": {"field": PUBLISHED}}


class Scoring:
    """Writes the queries whose scores come near ours."""

    def __init__(self, rarities: Rarities, ranking: Ranking, scored: int = SCORED) -> None:
        self._rarities, self._ranking, self._scored = rarities, ranking, scored

    def query(self, node: Resolved) -> Query:
        """The same documents as :func:`matching`, scored."""
        match node:
            case Terms() | Phrase() | Synonyms():
                return self._leaf(node)
            case AllOf():
                return self._all(node.children)
            case AnyOf():
                return _either(self.query(child) for child in node.children)
            case AtLeast():
                return _at_least(node, [self.query(child) for child in node.children])
            case Prefer():
                return self._prefer(node)
            case _:
                return silent(matching(node))

    def _prefer(self, node: Prefer) -> Query:
        required, optional = node.required, [self.query(child) for child in node.optional]
        if isinstance(required, AnyOf) and all(
            _implies(child, required.children) for child in node.optional
        ):
            # One disjunction, which Lucene scores in blocks of documents: in half the time.
            return _either([*(self.query(child) for child in required.children), *optional])
        return {"bool": {"must": [self.query(required)], "should": optional}}

    def _all(self, children: Sequence[Resolved]) -> Query:
        quiet = [child for child in children if isinstance(child, Except | _QUIET)]
        loud = [child for child in children if not isinstance(child, Except | _QUIET)]
        return {
            "bool": {
                "must": [self.query(child) for child in loud] or [silent(EVERYTHING)],
                "filter": [matching(child) for child in quiet],
            }
        }

    def _leaf(self, leaf: Leaf) -> Query:
        exact = matching(leaf)
        weight = max(leaf.boost, 0.0) * self._rarities.of_leaf(leaf)
        if exact == NOTHING or not weight:
            return silent(exact)
        parts = list(self._parts(leaf, weight))
        best: Query = parts[0] if len(parts) == 1 else {"dis_max": {"queries": parts}}
        return best if parts else silent(exact)

    def _parts(self, leaf: Leaf, weight: float) -> Iterable[Query]:
        match leaf:
            case Synonyms():
                for each in leaf.leaves:
                    yield from self._parts(each, weight)
            case Terms():
                yield from self._term_parts(leaf, weight)
            case Phrase():
                for name in _fields(leaf):
                    query = _phrase(leaf, name)
                    if query != NOTHING:
                        yield self._phrase_part(leaf, name, weight, query)

    def _term_parts(self, leaf: Terms, weight: float) -> Iterable[Query]:
        terms = usable(leaf.terms)
        everywhere = len(_fields(leaf)) == len(TextField)
        for each in terms[: self._scored]:
            value, boost = written(each.term), max(each.weight, 0.0) * weight
            boost /= self._rarities.of_term(each.term)
            if everywhere:
                k1 = self._ranking.k1 * SCALE
                yield {"term": {WEIGHTS: {"value": value, "boost": boost / (k1 + 1.0)}}}
                continue
            for name in _fields(leaf):
                k1 = field_k1(name, self._ranking)
                yield {"term": {name.value: {"value": value, "boost": boost / (k1 + 1.0)}}}
        if len(terms) > self._scored:
            rest = Terms(tuple(terms[self._scored :]), leaf.fields)
            share = max(terms[self._scored].weight, 0.0) / 2
            yield {"constant_score": {"filter": matching(rest), "boost": share * weight}}

    def _phrase_part(self, leaf: Phrase, name: TextField, weight: float, query: Query) -> Query:
        for slot in leaf.slots:
            weight *= max((max(each.weight, 0.0) for each in slot), default=0.0)
        if "intervals" in query:
            return {"intervals": {name.value: {**query["intervals"][name.value], "boost": weight}}}
        terms = {each.term for slot in leaf.slots for each in slot}
        rarity = sum(self._rarities.of_term(term) for term in sorted(terms))
        boost = weight / rarity / (field_k1(name, self._ranking) + 1.0)
        return {"match_phrase": {name.value: {**query["match_phrase"][name.value], "boost": boost}}}


def _implies(node: Resolved, others: Sequence[Resolved]) -> bool:
    """Whether all that ``node`` matches is matched by one of ``others``, as far as their terms tell."""
    match node:
        case Terms():
            return all(
                any(_is_held(each.term, node.fields, other) for other in others)
                for each in node.terms
            )
        case AllOf():
            return any(_implies(child, others) for child in node.children)
        case _:
            return False


def _is_held(term: str, fields: frozenset[TextField], node: Resolved) -> bool:
    """Whether ``node`` asks for a term, or for a part of it: where a word stands, there its parts do."""
    if isinstance(node, Synonyms):
        return any(_is_held(term, fields, leaf) for leaf in node.leaves)
    if not isinstance(node, Terms) or not fields <= node.fields:
        return False
    parts = term.split(JOINT)
    held = {term, *parts} if all(parts) else {term}
    return not held.isdisjoint(each.term for each in node.terms)


_QUIET = HasKeyword | HasId | Published


def silent(query: Query) -> Query:
    """The same documents, scoring nothing."""
    return {"constant_score": {"filter": query, "boost": 0.0}}


def _batched(items: Sequence[str], size: int) -> Iterable[Sequence[str]]:
    return (items[start : start + size] for start in range(0, len(items), size))
