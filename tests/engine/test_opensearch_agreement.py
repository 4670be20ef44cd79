"""On one random collection and random queries, OpenSearch gives what the memory engine gives."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine_queries import SYLLABLES, leaves_of, queries_of, stretches
from engine_samples import document, fill, phrase
from tintuc_search.engine.base import (
    Except,
    Interval,
    KeywordField,
    SearchRequest,
    Sort,
    Stretch,
    WeightedTerm,
)
from tintuc_search.engine.memory_engine import MemoryEngine
from tintuc_search.engine.opensearch_engine import OpenSearchEngine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tintuc_search.engine.base import Engine, IndexDocument, QueryNode, SearchResult

DOCUMENTS = 70


def collection() -> list[IndexDocument]:
    """Documents of few different words, the same at every run; some ids come twice."""
    chance = random.Random(7)  # noqa: S311

    def words(most: int) -> str:
        return " ".join(chance.choices(SYLLABLES, k=chance.randrange(most)))

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


leaves = leaves_of(
    st.integers(0, DOCUMENTS).map(str), st.none() | st.integers(-200_000_000, 900_000_000)
)
queries = queries_of(leaves, most=True)


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


def test_a_form_that_no_matching_document_holds_makes_a_word_as_common_as_it_is(
    engines: list[Engine],
) -> None:
    """A word's other form, which many documents hold that do not match, counts for its rarity."""
    both = (WeightedTerm("an"), WeightedTerm("ân"))
    request = SearchRequest(Except(phrase("an")), stretches=(Stretch((both,)),))
    expected, given_back = (engine.search(request) for engine in engines)

    assert {hit.score for hit in expected.hits} > {0.0}, "some gain by standing early"
    assert expected.hits == given_back.hits


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
