"""The documents that OpenSearch puts first, as a small state of the index that our evaluator scores exactly."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from tintuc_search.engine.evaluation import Scorer, weights_of
from tintuc_search.engine.loading import Loader
from tintuc_search.engine.matching import Matcher
from tintuc_search.engine.opensearch_counts import Statistics
from tintuc_search.engine.opensearch_terms import number
from tintuc_search.engine.ordering import first
from tintuc_search.engine.postings import (
    NO_OCCURRENCES,
    NO_POSTINGS,
    Occurrences,
    Postings,
    pack_frequencies,
)
from tintuc_search.engine.scoring import norms_by
from tintuc_search.engine.snapshot import Documents, Keywords, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tintuc_search.engine.base import Hit, KeywordField, Leaf, SearchRequest
    from tintuc_search.engine.opensearch_counts import Counts
    from tintuc_search.engine.opensearch_packing import Unpacked
    from tintuc_search.engine.postings import Array
    from tintuc_search.ranking import Ranking

_AS_LONG_AS_IT_TAKES = 1e9


@dataclass(eq=False)
class FetchedDocuments(Documents):
    """Some documents of an index, with the numbers of all."""

    statistics: Statistics = field(default_factory=lambda: Statistics(0, (1.0, 1.0, 1.0)))

    @cached_property
    def count(self) -> int:
        """The number of documents of the whole index."""
        return self.statistics.count

    @cached_property
    def norms(self) -> Array:
        """What one occurrence in each field counts for, by the average lengths of the whole index."""
        return norms_by(self.lengths, self.statistics.averages, self.ranking)

    @cached_property
    def newest(self) -> int:
        """The date of the newest document of the whole index."""
        return self.statistics.newest


@dataclass(frozen=True, slots=True)
class _Sampled(Occurrences):
    """The occurrences in some documents; ``held`` is how many of the whole index hold the term, where known."""

    held: int | None = None

    def holding(self, live: Array) -> int:
        """How many documents of the whole index hold the term."""
        return int(np.count_nonzero(live[self.docs])) if self.held is None else self.held


class Fetched:
    """Some documents of an index; implements :class:`~.snapshot.Snapshot`."""

    def __init__(self, rows: Sequence[Unpacked], counts: Counts, documents: Documents) -> None:
        self._rows, self._counts, self.documents = rows, counts, documents
        empty = np.empty(0, np.int64)
        self._terms = np.concatenate([empty, *(row.terms for row in rows)])
        self._docs = np.repeat(
            np.arange(len(rows), dtype=np.int32), [len(row.terms) for row in rows]
        )
        spans = np.concatenate([empty, *(row.counts.astype(np.int64) for row in rows)])
        self._ends = np.cumsum(spans)
        self._spans = spans
        self._positions = np.concatenate(
            [np.empty(0, np.int32), *(row.positions for row in rows)]
        ).astype(np.int32)
        self._order = np.argsort(self._terms, kind="stable")
        self._sorted = self._terms[self._order]

    def postings(self, term: str) -> Postings:
        """The term's postings."""
        found = self.occurrences(term)
        if not len(found.docs):
            return NO_POSTINGS
        rows = np.repeat(np.arange(len(found.docs)), np.diff(found.starts))
        borders = self.documents.borders[found.docs[rows]]
        columns = (found.positions[:, None] >= borders).sum(axis=1)
        sums = np.bincount(3 * rows + columns, minlength=3 * len(found.docs))
        return Postings(found.docs, pack_frequencies(sums.reshape(-1, 3)))

    def occurrences(self, term: str) -> Occurrences:
        """The same with positions, and how many documents of the whole index hold the term."""
        at, held = self._find(term), self._counts.held(term)
        if not len(at):  # others hold it, which makes it no rarer
            nothing = NO_OCCURRENCES
            return _Sampled(nothing.docs, nothing.starts, nothing.positions, held)
        spans, ends = self._spans[at], self._ends[at]
        starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(spans)])
        where = np.repeat(ends - spans - starts[:-1], spans) + np.arange(int(spans.sum()))
        return _Sampled(self._docs[at], starts, self._positions[where], held)

    def occurrences_in(
        self,
        terms: Sequence[str],
        docs: Array,  # noqa: ARG002 - few documents were fetched
    ) -> Sequence[Occurrences]:
        """The same of each; those in more documents do no harm."""
        return [self.occurrences(term) for term in terms]

    def keywords(self, field: KeywordField) -> Keywords:
        """The keywords of one field."""
        vocabulary = Vocabulary()
        pairs = [
            (row, vocabulary.number(keyword))
            for row, document in enumerate(self._rows)
            for keyword in document.keywords.get(field.value, ())
        ]
        table = np.array(pairs, np.int64).reshape(-1, 2)
        return Keywords(table[:, 0], table[:, 1], vocabulary)

    def _find(self, term: str) -> Array:
        """Where the term stands among those of all rows, in the rows' order."""
        wanted = number(term)
        first, last = np.searchsorted(self._sorted, [wanted, wanted + 1])
        found: Array = self._order[first:last]
        return found


class _Matcher(Matcher):
    """Matches with what is known of the whole index: the rarity of words, and the best of every MostOf."""

    def __init__(self, loader: Loader, counts: Counts, numbers: Sequence[int]) -> None:
        super().__init__(loader)
        self._counts, self._numbers = counts, deque(numbers)

    def rarity(self, node: Leaf, mask: Array) -> float:  # noqa: ARG002 - of the whole index
        """The weight of a leaf, its boost aside."""
        return self._counts.of_leaf(node)

    def most(self, counts: Array) -> int:  # noqa: ARG002
        """The largest number that any document of the index matched."""
        return self._numbers.popleft()


def scored(
    request: SearchRequest,
    rows: Sequence[Unpacked],
    counts: Counts,
    numbers: Sequence[int],
    ranking: Ranking,
) -> tuple[Hit, ...]:
    """The documents, which the request matches, in its order if that is by score, else in the order given.

    Args:
        request: what was asked, all that time cut off left out.
        rows: the documents.
        counts: the numbers of the whole index.
        numbers: the largest number of children of each MostOf, in the order in which they are met.
        ranking: the constants of scores.
    """
    if not rows:
        return ()
    heads = np.array([row.head for row in rows], np.int64).reshape(-1, 6)
    documents = FetchedDocuments(
        ids=[row.id for row in rows],
        lengths=heads[:, :3],
        borders=heads[:, 3:5],
        published=heads[:, 5],
        live=np.ones(len(rows), bool),
        ranking=ranking,
        statistics=counts.statistics,
    )
    request = replace(request, seconds=_AS_LONG_AS_IT_TAKES, filters=())
    loader = Loader(Fetched(rows, counts, documents), request)
    matcher = _Matcher(loader, counts, numbers)
    matched = matcher.match(request.query, documents.live)
    scorer = Scorer(loader, request, matched, weights_of(matcher, documents, request))
    every = np.arange(len(rows))
    found = scorer.scored(documents.live, every)
    order: Sequence[int] = range(len(rows))
    if request.sort.by_score:
        order = first(every, -found.scores, documents, len(rows))
    return scorer.hits(found, order)
