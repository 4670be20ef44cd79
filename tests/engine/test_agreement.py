"""On random collections and queries, the engines agree with each other, with sets, and with Whoosh."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tantivy import Index, Occur, Query
from whoosh import query as whoosh_query
from whoosh.index import open_dir

from engine_explaining_contract import summed
from engine_oracle import matching
from engine_samples import document, phrase, term
from tintuc_search.engine import tantivy_reading
from tintuc_search.engine.base import (
    AllOf,
    AnyOf,
    Except,
    HasId,
    HasKeyword,
    Interval,
    KeywordField,
    MostOf,
    Phrase,
    Prefer,
    Published,
    SearchRequest,
    Sort,
    Stretch,
    Synonyms,
    Terms,
    TextField,
    WeightedTerm,
)
from tintuc_search.engine.memory_engine import MemoryEngine
from tintuc_search.engine.tantivy_engine import TantivyEngine
from tintuc_search.engine.tantivy_schema import ID, SLOTS
from tintuc_search.engine.whoosh_engine import WhooshEngine

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tintuc_search.engine.base import Engine, IndexDocument, QueryNode

SYLLABLES = ["an", "ân", "ba", "bà", "ca", "an_ba", "|"]
SPOKEN = [syllable for syllable in SYLLABLES if syllable != "|"]
EXACT = 1e-9
FACETS = dict.fromkeys(KeywordField, 3)

texts = st.lists(st.sampled_from(SYLLABLES), max_size=9).map(" ".join)
ids = st.frozensets(st.sampled_from("pqr"), max_size=3)
dates = st.none() | st.integers(-200_000, 200_000)
documents = st.builds(
    document,
    st.sampled_from("123456"),
    texts,
    texts,
    texts,
    dates,
    source=ids.map(lambda chosen: tuple(sorted(chosen))),
)
fields = st.frozensets(st.sampled_from(list(TextField)), min_size=1)
weighted = st.builds("{}^{}".format, st.sampled_from(SPOKEN), st.sampled_from([0.2, 0.5, 1.0]))
terms = st.builds(
    lambda chosen, where: term(*chosen, fields=where),
    st.lists(weighted, max_size=3, unique_by=lambda written: written.split("^")[0]),
    fields,
)
slots = st.lists(st.sampled_from(SPOKEN), min_size=1, max_size=2, unique=True).map("/".join)
alike = st.lists(st.sampled_from(SPOKEN), min_size=1, max_size=4).map(" ".join)
phrases = st.builds(
    phrase, st.lists(slots, min_size=1, max_size=3).map(" ".join), st.just(0), fields
) | st.builds(phrase, alike, st.integers(0, 4), fields)
synonyms = st.builds(
    Synonyms, st.lists(terms | phrases, max_size=3).map(tuple), st.sampled_from([0.5, 1.0])
)
leaves = (
    terms
    | phrases
    | synonyms
    | st.builds(HasKeyword, st.just(KeywordField.SOURCE), ids)
    | st.builds(HasId, st.frozensets(st.sampled_from("1234567"), max_size=3))
    | st.builds(Published, dates, dates)
)


def _branches(nodes: st.SearchStrategy[QueryNode]) -> st.SearchStrategy[QueryNode]:
    children = st.lists(nodes, max_size=3).map(tuple)
    return (
        st.builds(AllOf, children)
        | st.builds(AnyOf, children)
        | st.builds(Except, nodes)
        | st.builds(Prefer, nodes, children)
    )


queries: st.SearchStrategy[QueryNode] = st.recursive(leaves, _branches, max_leaves=6)
stretches = st.lists(
    st.builds(
        Stretch,
        st.lists(
            st.lists(st.sampled_from(SPOKEN).map(WeightedTerm), max_size=2, unique=True).map(tuple),
            max_size=4,
        ).map(tuple),
        fields,
    ),
    max_size=2,
).map(tuple)
batches = st.lists(st.lists(documents, max_size=5), min_size=1, max_size=3)
deletions = st.lists(st.sampled_from("123456"), max_size=2)
askable = st.lists(
    queries | st.builds(MostOf, st.lists(queries, max_size=4).map(tuple)), min_size=1, max_size=4
)


@pytest.fixture(autouse=True, scope="module")
def read_blocks_of_few_documents() -> Iterator[None]:
    """Let the Tantivy engine take every term for one that so many documents hold that it reads in part."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(tantivy_reading, "MANY", 1)
        patched.setattr(tantivy_reading, "SOME", 2.0)
        yield


@contextmanager
def engines(
    written: Sequence[Sequence[IndexDocument]], deleted: Sequence[str]
) -> Iterator[tuple[list[Engine], dict[str, IndexDocument]]]:
    """Every embedded engine filled alike, in several transactions, and the documents that are left.

    The memory engine comes first.
    """
    left: dict[str, IndexDocument] = {}
    with tempfile.TemporaryDirectory() as folder:
        every: list[Engine] = [
            MemoryEngine(),
            WhooshEngine(Path(folder) / "whoosh"),
            TantivyEngine(Path(folder) / "tantivy"),
        ]
        for engine in every:
            engine.rebuild()
            for mark, batch in enumerate(written):
                with engine.writer() as writer:
                    for each in batch:
                        writer.add(each)
                        left[each.id] = each
                    writer.commit(mark)
            with engine.writer() as writer:
                for document_id in deleted:
                    writer.delete(document_id)
                writer.commit(99)
        yield every, {i: each for i, each in left.items() if i not in deleted}
        for engine in every:
            engine.close()


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


def _in_whoosh(node: QueryNode) -> whoosh_query.Query:
    """The same query for Whoosh's own searcher: plain terms, and, or, and exact phrases."""
    match node:
        case Terms():
            return whoosh_query.Or([whoosh_query.Term("text", w.term) for w in node.terms])
        case Phrase():
            return whoosh_query.Phrase("text", [slot[0].term for slot in node.slots], slop=1)
        case Synonyms(leaves=each):
            return whoosh_query.Or([_in_whoosh(leaf) for leaf in each])
        case AllOf():
            return whoosh_query.And([_in_whoosh(child) for child in node.children])
        case AnyOf():
            return whoosh_query.Or([_in_whoosh(child) for child in node.children])
        case HasKeyword():
            return whoosh_query.Or(
                [whoosh_query.Term(node.field.value, keyword) for keyword in node.ids]
            )
        case _:
            raise NotImplementedError


plain = st.sampled_from(SPOKEN).map(term) | st.lists(
    st.sampled_from(SPOKEN), min_size=2, max_size=3
).map(lambda words: phrase(" ".join(words)))
whoosh_leaves = (
    plain
    | st.builds(Synonyms, st.lists(plain, min_size=1, max_size=3).map(tuple))
    | st.builds(HasKeyword, st.just(KeywordField.SOURCE), ids.filter(bool))
)
whoosh_queries: st.SearchStrategy[QueryNode] = st.recursive(
    whoosh_leaves,
    lambda nodes: (
        st.builds(AllOf, st.lists(nodes, min_size=1, max_size=3).map(tuple))
        | st.builds(AnyOf, st.lists(nodes, min_size=1, max_size=3).map(tuple))
    ),
    max_leaves=4,
)


@settings(max_examples=25, deadline=None)
@given(batches, deletions, st.lists(whoosh_queries, min_size=1, max_size=6))
def test_whooshs_own_searcher_finds_the_same(
    written: list[list[IndexDocument]], deleted: list[str], asked: list[QueryNode]
) -> None:
    """Our files are a whole Whoosh index: its matchers, one posting at a time, find what we find."""
    with tempfile.TemporaryDirectory() as folder:
        engine = WhooshEngine(Path(folder))
        engine.rebuild()
        for batch in written:
            with engine.writer() as writer:
                for each in batch:
                    writer.add(each)
                for document_id in deleted:
                    writer.delete(document_id)
                writer.commit(1)
        with open_dir(folder).searcher() as searcher:
            reader = searcher.reader()
            names = [
                name
                for leaf, _ in (reader.leaf_readers() if reader.doc_count_all() else ())
                for (name,) in leaf.column_reader("id", translate=False)
            ]
            for query in asked:
                theirs = {names[number] for number in searcher.docs_for_query(_in_whoosh(query))}
                ours = engine.search(SearchRequest(query, limit=99, seconds=99))
                assert theirs == {hit.id for hit in ours.hits}
        engine.close()


def _in_tantivy(node: QueryNode, index: Index) -> Query:
    """The same query for Tantivy's own searcher: plain terms, and, or, and exact phrases."""

    def any_of(queries: list[Query]) -> Query:
        return Query.boolean_query([(Occur.Should, query) for query in queries])

    def written(leaf: Phrase, name: TextField) -> Query:
        if len(leaf.slots) == 1:
            return Query.term_query(index.schema, name, leaf.slots[0][0].term)
        places = [
            (SLOTS * i + ("_" in slot[0].term), slot[0].term) for i, slot in enumerate(leaf.slots)
        ]
        return Query.phrase_query(index.schema, name, list(places))

    match node:
        case Terms():
            names = [w.term for w in node.terms]
            return any_of([Query.term_set_query(index.schema, name, names) for name in TextField])
        case Phrase():
            return any_of([written(node, name) for name in TextField])
        case Synonyms(leaves=children) | AnyOf(children=children):
            return any_of([_in_tantivy(child, index) for child in children])
        case AllOf():
            return Query.boolean_query(
                [(Occur.Must, _in_tantivy(child, index)) for child in node.children]
            )
        case _:
            raise NotImplementedError


tantivy_queries: st.SearchStrategy[QueryNode] = st.recursive(
    plain | st.builds(Synonyms, st.lists(plain, min_size=1, max_size=3).map(tuple)),
    lambda nodes: (
        st.builds(AllOf, st.lists(nodes, min_size=1, max_size=3).map(tuple))
        | st.builds(AnyOf, st.lists(nodes, min_size=1, max_size=3).map(tuple))
    ),
    max_leaves=4,
)


@settings(max_examples=25, deadline=None)
@given(batches, deletions, st.lists(tantivy_queries, min_size=1, max_size=6))
def test_tantivys_own_searcher_finds_the_same(
    written: list[list[IndexDocument]], deleted: list[str], asked: list[QueryNode]
) -> None:
    """Our reading of Tantivy's files agrees with Tantivy's."""
    with engines(written, deleted) as (every, left):
        engine = every[-1]
        assert isinstance(engine, TantivyEngine)
        index = Index.open(str(engine.path))
        index.config_reader("manual")  # which does not watch the folder
        searcher = index.searcher()
        for query in asked:
            theirs = {
                document_id
                for document_id in left
                if searcher.search(
                    Query.boolean_query(
                        [
                            (Occur.Must, Query.term_query(index.schema, ID, document_id)),
                            (Occur.Must, _in_tantivy(query, index)),
                        ]
                    )
                ).hits
            }
            ours = engine.search(SearchRequest(query, limit=99, seconds=99))
            assert theirs == {hit.id for hit in ours.hits}
