"""On random collections and queries, the engines agree with each other and with sets."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from embedded_engines import batches, dates, deletions, engines
from engine_explaining_contract import summed
from engine_oracle import matching
from engine_queries import leaves_of, queries_of, stretches
from tintuc_search.engine.base import (
    AllOf,
    Interval,
    KeywordField,
    MostOf,
    SearchRequest,
    Sort,
    Stretch,
)

if TYPE_CHECKING:
    from tintuc_search.engine.base import IndexDocument, QueryNode

pytestmark = pytest.mark.usefixtures("read_blocks_of_few_documents", "both_loops")
EXACT = 1e-9
FACETS = dict.fromkeys(KeywordField, 3)

leaves = leaves_of(st.sampled_from("1234567"), dates)
queries = queries_of(leaves)
askable = st.lists(
    queries | st.builds(MostOf, st.lists(queries, max_size=4).map(tuple)), min_size=1, max_size=4
)


@settings(max_examples=25, deadline=None)
@given(batches, deletions, st.lists(queries, min_size=1, max_size=6))
def test_every_query_matches_what_sets_say(
    written: list[list[IndexDocument]], deleted: list[str], asked: list[QueryNode]
) -> None:
    """Matching follows the words of the port, in every engine."""
    with engines(written, deleted) as (every, left):
        for query in asked:
            expected = matching(query, left.values())
            for engine in every:
                result = engine.search(SearchRequest(query, limit=99, seconds=99))
                assert expected == {hit.id for hit in result.hits}, engine
                assert len(expected) == result.total == len(result.hits)


@settings(max_examples=25, deadline=None)
@given(
    batches,
    deletions,
    askable,
    st.lists(leaves, max_size=1).map(tuple),
    st.sampled_from(list(Sort)),
    st.sampled_from(list(Interval)),
    stretches,
    st.none() | leaves,
)
def test_the_engines_give_the_same_results(  # noqa: PLR0917 - hypothesis gives them
    written: list[list[IndexDocument]],
    deleted: list[str],
    asked: list[QueryNode],
    filters: tuple[QueryNode, ...],
    sort: Sort,
    interval: Interval,
    near: tuple[Stretch, ...],
    demoted: QueryNode | None,
) -> None:
    """Hits, scores, order, totals, facets, bars and cursors: all alike."""
    with engines(written, deleted) as (every, _):
        for query in asked:
            request = SearchRequest(
                query,
                filters,
                near,
                sort,
                limit=3,
                facets=FACETS,
                histogram=interval,
                seconds=99,
                demoted=demoted,
            )
            first, *others = (engine.search(request) for engine in every)
            assert all(first == other for other in others)


@settings(max_examples=25, deadline=None)
@given(
    batches,
    deletions,
    askable,
    st.sampled_from(list(Sort)),
    stretches,
    st.none() | leaves,
)
def test_the_parts_of_every_score_add_up_to_it(  # noqa: PLR0917 - hypothesis gives them
    written: list[list[IndexDocument]],
    deleted: list[str],
    asked: list[QueryNode],
    sort: Sort,
    near: tuple[Stretch, ...],
    demoted: QueryNode | None,
) -> None:
    """In every engine alike; and a part's fields add up to the part, and asking why changes nothing."""
    with engines(written, deleted) as (every, _):
        for query in asked:
            request = SearchRequest(
                query, (), near, sort, limit=99, seconds=99, demoted=demoted, explain=True
            )
            first, *others = (engine.search(request) for engine in every)
            assert all(first == other for other in others)
            plain = every[0].search(replace(request, explain=False))
            assert plain.hits == tuple(replace(hit, explanation=None) for hit in first.hits)
            for hit in first.hits:
                assert hit.explanation is not None
                assert abs(summed(hit.explanation) - hit.score) < EXACT
                for part in hit.explanation.contributions:
                    assert part.score > 0
                    assert part.fields.keys() == part.frequencies.keys()
                    assert abs(sum(part.fields.values()) - part.score) < EXACT


@settings(max_examples=25, deadline=None)
@given(batches, deletions, st.lists(queries, min_size=1, max_size=3), queries)
def test_most_of_matches_what_sets_say(
    written: list[list[IndexDocument]],
    deleted: list[str],
    children: list[QueryNode],
    other: QueryNode,
) -> None:
    """The documents with the largest number of children among those that the rest lets through."""
    with engines(written, deleted) as (every, left):
        matched = [matching(child, left.values()) for child in children]
        counts = {i: sum(i in ids for ids in matched) for i in matching(other, left.values())}
        best = max(counts.values(), default=0)
        expected = {i for i, count in counts.items() if count == best > 0}
        for engine in every:
            for request in (
                SearchRequest(MostOf(tuple(children)), (other,), limit=99, seconds=99),
                SearchRequest(AllOf((MostOf(tuple(children)), other)), limit=99, seconds=99),
            ):
                result = engine.search(request)
                assert expected == {hit.id for hit in result.hits}
                assert best == result.matched
