"""Answering a request: OpenSearch matches, counts and proposes the best; our formula decides.

The documents that OpenSearch puts first (``Ranking.depth`` of them) are fetched with the places of their words and
scored exactly; those after them stay in OpenSearch's order. An order by date is OpenSearch's alone.

Facets are asked for at the same time, by themselves: so they are counted beside the scoring, without any scores, and
a node remembers such counts for the next who asks.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Any

from tintuc_search.engine.base import SearchResult, Sort
from tintuc_search.engine.evaluation import DEMOTED
from tintuc_search.engine.opensearch_connection import TooMuch
from tintuc_search.engine.opensearch_counting import aggregations, facets, histogram
from tintuc_search.engine.opensearch_counts import leaves
from tintuc_search.engine.opensearch_extract import asked
from tintuc_search.engine.opensearch_pages import DatePages, Page, ScorePages
from tintuc_search.engine.opensearch_query import (
    CLAUSES,
    SCORED,
    Query,
    Resolved,
    Scoring,
    matching,
)
from tintuc_search.engine.opensearch_resolving import Resolver
from tintuc_search.engine.opensearch_schema import PUBLISHED
from tintuc_search.engine.opensearch_simplifying import Simplifier
from tintuc_search.engine.opensearch_view import View, Walk
from tintuc_search.engine.snapshot import UNDATED

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from concurrent.futures import Future

    from tintuc_search.engine.base import SearchRequest
    from tintuc_search.engine.opensearch_connection import Connection
    from tintuc_search.engine.opensearch_counts import Counts, CountsKept
    from tintuc_search.engine.opensearch_cursor import Place
    from tintuc_search.engine.opensearch_state import Standing
    from tintuc_search.ranking import Ranking

_LEAST_SECONDS = 5.0
"""What OpenSearch is given for what has to be answered even when the time is up."""
_SECONDS_A_DAY = 24 * 3600
_THREADS = 8
"""Countings under way at once, of all searches."""


@dataclass(frozen=True, slots=True)
class _Written:
    """A request as OpenSearch's queries: what scores, and the same without scores; what its MostOf nodes ask for."""

    scoring: Query
    plain: Query
    numbers: list[int]


class Searcher:
    """Answers requests. Safe for threads."""

    def __init__(self, connection: Connection, counts: CountsKept, ranking: Ranking) -> None:
        self._connection, self._counts, self._ranking = connection, counts, ranking
        self._threads = ThreadPoolExecutor(_THREADS, "opensearch-counting")

    def close(self) -> None:
        """End the threads."""
        self._threads.shutdown(cancel_futures=True)

    def beside(self, ask: Callable[[], Any]) -> Future[Any]:
        """Ask for something while something else is asked for."""
        return self._threads.submit(ask)

    def answer(
        self, request: SearchRequest, standing: Standing, place: Place | None
    ) -> SearchResult:
        """Answer from one state of the index; ``place`` is the request's cursor.

        Raises:
            Missing: the index is gone, or the point in time of the cursor.
        """
        view = View(self._connection, standing)
        if place is not None and place.pit:
            state = replace(standing.state, generation=place.generation)
            view = View(self._connection, replace(standing, state=state), place.pit)
        if request.cursor is not None and request.limit > 0:
            view.hold()
        kept = False
        try:
            result = _Answer(self, request, view, place).result()
            kept = request.cursor is not None and result.next_cursor is not None
        finally:
            if not kept:
                view.let_go()
        return result

    def counts_of(self, standing: Standing) -> Counts:
        """The numbers of one state of the index."""
        return self._counts.of(standing)

    @property
    def ranking(self) -> Ranking:
        """The constants of scores."""
        return self._ranking


class _Answer:
    """One request's way to its answer."""

    def __init__(
        self, searcher: Searcher, request: SearchRequest, view: View, place: Place | None
    ) -> None:
        self._searcher = searcher
        self._request, self._view, self._place = request, view, place
        self._counts = searcher.counts_of(view.standing)
        self._ranking = searcher.ranking
        self._deadline = monotonic() + request.seconds
        self._simplifier = Simplifier()
        self._simple = False

    def result(self) -> SearchResult:
        """The answer."""
        for scored, simple in ((SCORED, False), (1, False), (1, True)):
            if simple:
                self._simplify(harder=True)
            try:
                return self._result(scored)
            except TooMuch:
                if simple:
                    raise
        raise AssertionError("never reached")

    def _result(self, scored: int) -> SearchResult:
        """The answer; of each word's forms so many are scored by themselves."""
        self._simplify_if_late()
        written = self._write(scored)
        if self._simplify_if_late():
            written = self._write(scored)
        request, view = self._request, self._view
        walk = Walk(view, written.scoring, request.sort, self._seconds(), asked(request))
        pages = (ScorePages if request.sort.by_score else DatePages)(
            walk, request, self._place, self._counts, written.numbers, self._ranking
        )
        counting = self._searcher.beside(partial(self._counted, written.plain, walk.seconds))
        try:
            answer = view.search({**pages.first_request(), "track_total_hits": True}, walk.seconds)
            total = answer["hits"]["total"]["value"]
            page: Page = pages.page(answer["hits"]["hits"], total)
        finally:
            wait([counting])  # it reads a state that is let go after this
        counted = counting.result()
        cuts = self._simplifier.cuts
        if view.timed_out:
            cuts.append("OpenSearch stopped before it had looked at every document")
        return SearchResult(
            hits=page.hits,
            total=total,
            facets=facets(request, counted, view, written.plain),
            histogram=histogram(request, counted),
            next_cursor=page.cursor,
            matched=written.numbers[0] if written.numbers else None,
            cuts=tuple(cuts),
        )

    def _counted(self, query: Query, seconds: float) -> Any:
        """What is to be counted by keyword and by date, of what ``query`` matches."""
        asked_for = aggregations(self._request)
        if not asked_for:
            return {}
        body = {"size": 0, "query": query, "track_total_hits": False, "aggs": asked_for}
        return self._view.search(body, seconds)["aggregations"]

    def _seconds(self) -> float:
        return max(self._deadline - monotonic(), _LEAST_SECONDS)

    def _simplify_if_late(self) -> bool:
        if self._simple or monotonic() < self._deadline:
            return False
        self._simplify(harder=False)
        return True

    def _simplify(self, *, harder: bool) -> None:
        self._simple = True
        self._request = self._simplifier.request(self._request, harder=harder)

    def _write(self, scored: int) -> _Written:
        """Write the request as queries, after asking what that depends on."""
        request, resolver = self._request, Resolver(self._most)
        filters: list[Query] = []
        for node in request.filters:
            filters.append(matching(resolver.resolve(node, filters)))
        resolver.numbers.clear()  # those count the query's words, not a filter's
        query = resolver.resolve(request.query, filters)
        demoted = None if request.demoted is None else resolver.resolve(request.demoted, ())
        plain = self._view.narrowed([*filters, matching(query)])
        self._counts.load(request)
        if not request.sort.by_score:
            return _Written(plain, plain, resolver.numbers)
        scored = min(scored, max(CLAUSES // max(sum(1 for _ in leaves(request.query)), 1), 1))
        scoring = Scoring(self._counts, self._ranking, scored).query(query)
        weighed = self._weighed(self._view.narrowed(filters, scoring), demoted)
        return _Written(weighed, plain, resolver.numbers)

    def _weighed(self, query: Query, demoted: Resolved | None) -> Query:
        """The query with what its scores are multiplied by: age, and what comes after the others."""
        newest = self._counts.statistics.newest
        if self._request.sort is Sort.RECENT and newest != UNDATED:
            recency = self._ranking.recency
            decay = {
                "origin": newest,
                "scale": int(self._ranking.half_life * _SECONDS_A_DAY),
                "decay": 0.5,
            }
            query = {
                "function_score": {
                    "query": query,
                    "functions": [
                        {"filter": {"match_all": {}}, "weight": 1.0 - recency},
                        {
                            # What has no date would be taken for new.
                            "filter": {"exists": {"field": PUBLISHED}},
                            "exp": {PUBLISHED: decay},
                            "weight": recency,
                        },
                    ],
                    "score_mode": "sum",
                    "boost_mode": "multiply",
                }
            }
        if demoted is not None:
            query = {
                "function_score": {
                    "query": query,
                    "functions": [{"filter": matching(demoted), "weight": DEMOTED}],
                    "boost_mode": "multiply",
                }
            }
        return query

    def _most(self, children: Sequence[Query], allowed: Sequence[Query]) -> int:
        """The largest number of ``children`` that a document matches which matches all of ``allowed``."""
        if not children:
            return 0
        counting = [{"constant_score": {"filter": child, "boost": 1.0}} for child in children]
        answer = self._view.search(
            {
                "size": 1,
                "stored_fields": "_none_",
                "track_total_hits": False,
                "query": self._view.narrowed(allowed, {"bool": {"should": counting}}),
            },
            self._seconds(),
        )
        return round(answer["hits"]["max_score"] or 0.0)
