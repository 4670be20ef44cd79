"""Answering a request on one state of an index: match, score, order, count.

The one evaluator of every engine that can give its postings as arrays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tintuc_search.engine.base import Hit, SearchResult, Sort
from tintuc_search.engine.counting import count_dates, count_keywords
from tintuc_search.engine.loading import Loader
from tintuc_search.engine.matching import Matcher
from tintuc_search.engine.nearness import nearness
from tintuc_search.engine.ordering import Cursor, date_keys, first, remaining

if TYPE_CHECKING:
    from tintuc_search.engine.base import SearchRequest
    from tintuc_search.engine.leaves import Matched
    from tintuc_search.engine.postings import Array
    from tintuc_search.engine.snapshot import Snapshot


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
    hits, next_cursor = _page(loader, request, cursor, matched, mask)
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


def _page(
    loader: Loader,
    request: SearchRequest,
    cursor: Cursor | None,
    matched: Matched,
    mask: Array,
) -> tuple[tuple[Hit, ...], str | None]:
    """Cut out the page that was asked for, and name the one after it."""
    limit = max(request.limit, 0)
    offset = max(request.offset, 0) if request.cursor is None else 0
    documents = loader.snapshot.documents
    docs = np.flatnonzero(mask)
    if not limit or offset >= len(docs):
        return (), None
    if request.sort.by_score:
        scores = _scores(loader, request, matched, mask, docs)
        keys = -scores
    else:
        keys = date_keys(documents, request.sort)
    if cursor:
        docs = remaining(docs, keys, documents, cursor)
    page = first(docs, keys, documents, offset + limit)[offset:]
    if not request.sort.by_score:
        shown = np.zeros(len(mask), bool)
        shown[page] = True
        scores = _scores(loader, request, matched, shown, np.array(page, np.int64))
    hits = tuple(Hit(documents.ids[i], float(scores[i])) for i in page)
    if not page or offset + len(page) >= len(docs):
        return hits, None
    return hits, Cursor(request.sort, keys[page[-1]].item(), documents.ids[page[-1]]).encode()


def _scores(
    loader: Loader, request: SearchRequest, matched: Matched, mask: Array, docs: Array
) -> Array:
    """The scores of ``docs``, which ``mask`` marks: float64 by document, 0 for all others.

    What nearness adds to the documents that stand first never makes less of one, so these stay before the others.
    """
    documents = loader.snapshot.documents
    scores = np.zeros(len(mask))
    matched.score(mask, documents, scores)
    weights = documents.recency if request.sort is Sort.RECENT else None
    if weights is not None:
        scores *= weights
    if request.stretches and request.sort.by_score:
        top = np.sort(np.array(first(docs, -scores, documents, documents.ranking.depth), np.int64))
        gained = nearness(request.stretches, loader.occurrences, top, documents)
        scores[top] += gained if weights is None else gained * weights[top]
    return scores
