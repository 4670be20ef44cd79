"""What our formula has to know of the whole index: how many documents, how long, and how many hold a word.

It is asked for once in each state of the index and kept; the next query with the same word finds it.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any

from tintuc_search.engine.base import (
    AllOf,
    AnyOf,
    MostOf,
    Phrase,
    Prefer,
    Synonyms,
    Terms,
    TextField,
)
from tintuc_search.engine.opensearch_query import (
    NOTHING,
    SCORED,
    Query,
    both,
    lucene_idf,
    matching,
    usable,
)
from tintuc_search.engine.opensearch_schema import LENGTHS, PUBLISHED, WEIGHTS
from tintuc_search.engine.opensearch_terms import written
from tintuc_search.engine.scoring import idf
from tintuc_search.engine.snapshot import UNDATED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tintuc_search.engine.base import Leaf, QueryNode, SearchRequest
    from tintuc_search.engine.opensearch_connection import Connection
    from tintuc_search.engine.opensearch_state import Standing
    from tintuc_search.ranking import Ranking

_KEPT = 50_000
"""Numbers kept of one state of the index."""
_STATES = 2
"""States whose numbers are kept: the newest, and the one that searches in progress still read."""
_AT_ONCE = 200
"""Searches sent in one request."""


@dataclass(frozen=True, slots=True)
class Statistics:
    """The number of documents, the average lengths of title, lead and body, and the newest date."""

    count: int
    averages: tuple[float, float, float]
    newest: int = UNDATED


class Counts:
    """The numbers of one state of the index; implements :class:`~.opensearch_query.Rarities`. Safe for threads."""

    def __init__(self, connection: Connection, standing: Standing, ranking: Ranking) -> None:
        self._connection, self._standing, self._ranking = connection, standing, ranking
        self._known: OrderedDict[str | Leaf, int] = OrderedDict()
        self._lock = Lock()
        self.statistics = self._ask()

    def of_leaf(self, leaf: Leaf) -> float:
        """The weight of a leaf, its boost aside."""
        # Never more than all, though a walk's documents may change a little under its point in time.
        held = min(self._number(leaf), self.statistics.count)
        return idf(held, self.statistics.count, self._ranking)

    def of_term(self, term: str) -> float:
        """Lucene's idf of a term, about: that of a middling one where it was not counted."""
        with self._lock:
            held = self._known.get(term)
        if held is None:
            held = self.statistics.count // 10
        return lucene_idf(held, self.statistics.count)

    def held(self, term: str) -> int | None:
        """How many documents hold a term, None where it was not counted."""
        with self._lock:
            return self._known.get(term)

    def load(self, request: SearchRequest) -> None:
        """Count what the request's scores need."""
        nodes = (request.query, *((request.demoted,) if request.demoted else ()))
        wanted: dict[str | Leaf, None] = {}
        for node in nodes:
            for leaf in leaves(node):
                wanted[leaf] = None
                if isinstance(leaf, Synonyms):  # a matcher weighs each of them too
                    wanted.update(dict.fromkeys(leaf.leaves))
                wanted.update(dict.fromkeys(_scored_terms(leaf)))
        if request.sort.by_score:
            for stretch in request.stretches:
                wanted.update((each.term, None) for slot in stretch.slots for each in slot)
        with self._lock:
            for key in wanted:
                if key in self._known:
                    self._known.move_to_end(key)
            missing = [key for key in wanted if key not in self._known]
        for start in range(0, len(missing), _AT_ONCE):
            self._count(missing[start : start + _AT_ONCE])

    def _number(self, leaf: Leaf) -> int:
        with self._lock:
            held = self._known.get(leaf)
        if held is None:
            self._count([leaf])
            with self._lock:
                held = self._known[leaf]
        return held

    def _count(self, keys: Sequence[str | Leaf]) -> None:
        queries = [(key, _query(key)) for key in keys]
        asked = [(key, query) for key, query in queries if query != NOTHING]
        hidden = self._standing.hidden()
        answers = self._connection.many(
            self._standing.index,
            [
                {"size": 0, "track_total_hits": True, "query": both([query], hidden)}
                for _, query in asked
            ],
        )
        numbers: dict[str | Leaf, int] = dict.fromkeys(keys, 0)
        for (key, _), answer in zip(asked, answers, strict=True):
            numbers[key] = answer["hits"]["total"]["value"]
        with self._lock:
            self._known.update(numbers)
            while len(self._known) > _KEPT:
                self._known.popitem(last=False)

    def _ask(self) -> Statistics:
        sums: dict[str, Any] = {name: {"sum": {"field": name}} for name in LENGTHS.values()}
        answer = self._connection.search(
            f"/{self._standing.index}/_search",
            {
                "size": 0,
                "track_total_hits": True,
                "query": both((), self._standing.hidden()),
                "aggs": {**sums, "newest": {"max": {"field": PUBLISHED}}},
            },
        )
        count = answer["hits"]["total"]["value"]
        found = answer["aggregations"]
        title, lead, body = (
            int(found[LENGTHS[name]]["value"]) / max(count, 1) for name in TextField
        )
        newest = found["newest"]["value"]
        return Statistics(count, (title, lead, body), UNDATED if newest is None else int(newest))


class CountsKept:
    """The numbers of the newest states of the index. Safe for threads."""

    def __init__(self, connection: Connection, ranking: Ranking) -> None:
        self._connection, self._ranking = connection, ranking
        self._states: OrderedDict[tuple[str, int], Counts] = OrderedDict()
        self._lock = Lock()

    def of(self, standing: Standing) -> Counts:
        """The numbers of one state."""
        key = (standing.index, standing.generation)
        with self._lock:
            counts = self._states.get(key)
        if counts is None:
            counts = Counts(self._connection, standing, self._ranking)
            with self._lock:
                counts = self._states.setdefault(key, counts)
                while len(self._states) > _STATES:
                    self._states.popitem(last=False)
        return counts


def leaves(node: QueryNode) -> Iterator[Leaf]:
    """The leaves of a node that score."""
    if isinstance(node, Terms | Phrase | Synonyms):
        yield node
        return
    children: Iterable[QueryNode] = ()
    if isinstance(node, AllOf | AnyOf | MostOf):
        children = node.children
    elif isinstance(node, Prefer):
        children = (node.required, *node.optional)
    for child in children:
        yield from leaves(child)


def _scored_terms(leaf: Leaf) -> Iterator[str]:
    """The terms of a leaf whose rarity OpenSearch's score holds, and that ours therefore has to know."""
    match leaf:
        case Terms():
            for each in usable(leaf.terms)[:SCORED]:
                yield each.term
        case Phrase():
            for slot in leaf.slots:
                for each in usable(slot)[:SCORED]:
                    yield each.term
        case Synonyms():
            for child in leaf.leaves:
                yield from _scored_terms(child)


def _query(key: str | Leaf) -> Query:
    return {"terms": {WEIGHTS: [written(key)]}} if isinstance(key, str) else matching(key)
