"""Answering a request on one state of an index: match, score, order, count.

The one evaluator of every engine that can give its postings as arrays.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tintuc_search.engine.base import Hit, SearchResult, Sort
from tintuc_search.engine.best import best, score
from tintuc_search.engine.counting import count_dates, count_keywords
from tintuc_search.engine.explaining import Weights, explain
from tintuc_search.engine.loading import Loader
from tintuc_search.engine.matching import Matcher
from tintuc_search.engine.nearness import nearness
from tintuc_search.engine.ordering import Cursor, date_keys, first, foremost, remaining

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tintuc_search.engine.base import Explanation, SearchRequest
    from tintuc_search.engine.leaves import Matched
    from tintuc_search.engine.nearness import Gains
    from tintuc_search.engine.postings import Array
    from tintuc_search.engine.snapshot import Documents, Snapshot

DEMOTED = 0.001
"""What is left of the score of a document that shall come after the others."""


@dataclass(frozen=True, slots=True)
class Scored:
    """The scores by document (float64), and what nearness added, where it was looked at."""

    scores: Array
    gains: Gains | None = None


def evaluate(snapshot: Snapshot, request: SearchRequest) -> SearchResult:
    """Answer a request; raises BadRequest for a cursor that no search gave, nothing else."""
    cursor = Cursor.decode(request.cursor, request.sort) if request.cursor else None
    loader = Loader(snapshot, request)
    matcher = Matcher(loader)
    allowed = snapshot.documents.live
    for node in request.filters:
        allowed = allowed & matcher.match(node, allowed).mask
    matcher.matched = None  # counts the query's words, not a filter's
    matched = matcher.match(request.query, allowed)
    mask = allowed & matched.mask
    weights = weights_of(matcher, snapshot.documents, request)
    hits, next_cursor = _page(Scorer(loader, request, matched, weights), cursor, mask)
    return SearchResult(
        hits=hits,
        total=int(np.count_nonzero(mask)),
        facets={
            field: count_keywords(snapshot.keywords(field), mask, limit)
            for field, limit in request.facets.items()
        },
        histogram=(
            count_dates(snapshot.documents, mask, request.histogram) if request.histogram else ()
        ),
        next_cursor=next_cursor,
        matched=matcher.matched,
        cuts=tuple(loader.cuts),
    )


def weights_of(matcher: Matcher, documents: Documents, request: SearchRequest) -> Weights:
    """What every score is multiplied by."""
    demotion = None
    if request.demoted is not None:
        demoted = matcher.match(request.demoted, documents.live).mask
        demotion = np.where(demoted, DEMOTED, 1.0)
    return Weights(documents.recency if request.sort is Sort.RECENT else None, demotion)


@dataclass(frozen=True, slots=True)
class Scorer:
    """What scores the documents of one request."""

    loader: Loader
    request: SearchRequest
    matched: Matched
    weights: Weights

    def best(self, mask: Array, count: int) -> Array:
        """The documents of ``mask`` that can be among the first ``count`` by score, and more: int64, rising."""
        documents = self.loader.snapshot.documents
        if self.request.stretches:
            count = max(count, documents.ranking.depth)
        return best(self.matched, mask, documents, self.weights.all(), count)

    def scored(self, mask: Array, docs: Array) -> Scored:
        """The scores of ``docs`` (rising), which ``mask`` marks, maybe among others; 0 for all others.

        What nearness adds to the documents that stand first never makes less of one, so these stay before the
        others.
        """
        documents = self.loader.snapshot.documents
        scores = score(self.matched, mask, docs, documents)
        weights = self.weights.all()
        if weights is not None:
            scores[docs] *= weights[docs]
        if not self.request.stretches or not self.request.sort.by_score:
            return Scored(scores)
        top = foremost(docs, -scores, documents, documents.ranking.depth)
        gains = nearness(self.request.stretches, self.loader.near, top, documents)
        scores[top] += gains.sum() if weights is None else gains.sum() * weights[top]
        return Scored(scores, gains)

    def hits(self, scored: Scored, page: Sequence[int]) -> tuple[Hit, ...]:
        """The documents of a page with their scores, and why, where asked for."""
        documents = self.loader.snapshot.documents
        reasons: Sequence[Explanation | None] = [None] * len(page)
        if self.request.explain:
            reasons = explain(self.matched, scored.gains, self.weights, page, documents)
        return tuple(
            Hit(documents.ids[i], float(scored.scores[i]), why)
            for i, why in zip(page, reasons, strict=True)
        )


def _page(scorer: Scorer, cursor: Cursor | None, mask: Array) -> tuple[tuple[Hit, ...], str | None]:
    """Cut out the page that was asked for, and name the one after it."""
    request, documents = scorer.request, scorer.loader.snapshot.documents
    limit = max(request.limit, 0)
    offset = max(request.offset, 0) if request.cursor is None else 0
    total = int(np.count_nonzero(mask))
    if not limit or offset >= total:
        return (), None
    if not request.sort.by_score:
        docs, keys = np.flatnonzero(mask), date_keys(documents, request.sort)
    else:
        docs = np.flatnonzero(mask) if cursor else scorer.best(mask, offset + limit)
        scored = scorer.scored(mask, docs)
        keys = -scored.scores
    if cursor:
        docs = remaining(docs, keys, documents, cursor)
        total = offset + len(docs)
    page = first(docs, keys, documents, offset + limit)[offset:]
    if not request.sort.by_score:
        scored = scorer.scored(mask, np.sort(np.array(page, np.int64)))
    hits = scorer.hits(scored, page)
    if not page or offset + len(page) >= total:
        return hits, None
    return hits, Cursor(request.sort, keys[page[-1]].item(), documents.ids[page[-1]]).encode()
