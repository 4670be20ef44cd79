"""On one random collection and random queries, OpenSearch gives what the memory engine gives."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine_samples import document, fill, phrase, term
from tintuc_search.engine.base import (
    AllOf,
    AnyOf,
    Except,
    HasId,
    HasKeyword,
    Interval,
    KeywordField,
    MostOf,
    Prefer,
    Published,
    SearchRequest,
    Sort,
    Stretch,
    Synonyms,
    TextField,
    WeightedTerm,
)
from tintuc_search.engine.memory_engine import MemoryEngine
from tintuc_search.engine.opensearch_engine import OpenSearchEngine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tintuc_search.engine.base import Engine, IndexDocument, QueryNode, SearchResult

WRITTEN = ["an", "ân", "ba", "bà", "ca", "an_ba", "|"]
SPOKEN = WRITTEN[:-1]
DOCUMENTS = 70


def collection() -> list[IndexDocument]:
    """Documents of few different words, the same at every run; some ids come twice."""
    chance = random.Random(7)  # noqa: S311

    def words(most: int) -> str:
        return " ".join(chance.choices(WRITTEN, k=chance.randrange(most)))

    def ids(letters: str) -> tuple[str, ...]:
        return tuple(sorted(chance.sample(letters, chance.randrange(3))))

    return [
        document(
            str(chance.randrange(DOCUMENTS)),
            words(5),
            words(6),
            words(14),
            chance.choice([None, chance.randrange(-200_000_000, 900_000_000)]),
            source=ids("pqr"),
            person=ids("uvwxyz"),
        )
        for _ in range(DOCUMENTS)
    ]


@pytest.fixture(scope="module")
def engines(opensearch_urls: list[str]) -> Iterator[list[Engine]]:
    """Both engines filled alike, in several transactions with deletions between."""
    other = OpenSearchEngine(opensearch_urls, f"test-{uuid4().hex[:8]}", shards=2, kept_seconds=0)
    other.rebuild()
    both: list[Engine] = [MemoryEngine(), other]
    documents = collection()
    for engine in both:
        for start in range(0, DOCUMENTS, 30):
            fill(engine, *documents[start : start + 30], mark=start)
            with engine.writer() as writer:
                writer.delete(documents[start].id)
                writer.commit(start)
    yield both
    other.remove()
    other.close()


fields = st.frozensets(st.sampled_from(list(TextField)), min_size=1)
spoken = st.sampled_from(SPOKEN)
weighted = st.builds("{}^{}".format, spoken, st.sampled_from([0.2, 0.5, 1.0]))
terms = st.builds(
    lambda chosen, where, boost: term(*chosen, fields=where, boost=boost),
    st.lists(weighted, max_size=3, unique_by=lambda written: written.split("^")[0]),
    fields,
    st.sampled_from([0.0, 0.7, 1.0]),
)
slots = st.lists(spoken, min_size=1, max_size=2, unique=True).map("/".join)
phrases = st.builds(
    phrase, st.lists(slots, min_size=1, max_size=3).map(" ".join), st.just(0), fields
) | st.builds(
    phrase, st.lists(spoken, min_size=1, max_size=4).map(" ".join), st.integers(0, 4), fields
)
synonyms = st.builds(
    Synonyms, st.lists(terms | phrases, max_size=3).map(tuple), st.sampled_from([0.5, 1.0])
)
dates = st.none() | st.integers(-200_000_000, 900_000_000)
leaves = (
    terms
    | phrases
    | synonyms
    | st.builds(HasKeyword, st.just(KeywordField.SOURCE), st.frozensets(st.sampled_from("pqr")))
    | st.builds(HasId, st.frozensets(st.integers(0, DOCUMENTS).map(str)))
    | st.builds(Published, dates, dates)
)


def _branches(nodes: st.SearchStrategy[QueryNode]) -> st.SearchStrategy[QueryNode]:
    children = st.lists(nodes, max_size=3).map(tuple)
    return (
        st.builds(AllOf, children)
        | st.builds(AnyOf, children)
        | st.builds(MostOf, children)
        | st.builds(Except, nodes)
        | st.builds(Prefer, nodes, children)
    )


queries: st.SearchStrategy[QueryNode] = st.recursive(leaves, _branches, max_leaves=6)
stretches = st.lists(
    st.builds(
        Stretch,
        st.lists(
            st.lists(spoken.map(WeightedTerm), max_size=2, unique=True).map(tuple), max_size=4
        ).map(tuple),
        fields,
    ),
    max_size=2,
).map(tuple)


@settings(max_examples=150)
@given(
    queries,
    st.lists(queries, max_size=1).map(tuple),
    stretches,
    st.sampled_from(list(Sort)),
    st.integers(0, 5),
    st.sampled_from([1, 7, 99]),
    st.sampled_from(list(Interval)),
    st.none() | leaves,
    st.booleans(),
)
def test_the_answers_are_the_same(  # noqa: PLR0917 - hypothesis gives them
    engines: list[Engine],
    query: QueryNode,
    filters: tuple[QueryNode, ...],
    near: tuple[Stretch, ...],
    sort: Sort,
    offset: int,
    limit: int,
    interval: Interval,
    demoted: QueryNode | None,
    explain: bool,
) -> None:
    """Hits, scores, order, totals, facets, bars, the number of words matched, and why."""
    request = SearchRequest(
        query,
        filters,
        near,
        sort,
        offset,
        limit,
        facets={KeywordField.SOURCE: 2, KeywordField.PERSON: 4},
        histogram=interval,
        seconds=1000,
        demoted=demoted,
        explain=explain,
    )
    expected, given_back = (engine.search(request) for engine in engines)

    assert _told(expected) == _told(given_back)
    assert (expected.next_cursor is None) == (given_back.next_cursor is None)


def _told(result: SearchResult) -> object:
    """All but the cursor, which is each engine's own."""
    return (
        result.hits,
        result.total,
        dict(result.facets),
        result.histogram,
        result.matched,
        result.cuts,
    )
