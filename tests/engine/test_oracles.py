"""Whoosh's and Tantivy's own searchers find in our indexes what we find."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tantivy import Index, Occur, Query
from whoosh import query as whoosh_query
from whoosh.index import open_dir

from embedded_engines import batches, deletions, engines
from engine_queries import ids, plain, plain_queries
from tintuc_search.engine.base import (
    AllOf,
    AnyOf,
    HasKeyword,
    KeywordField,
    Phrase,
    SearchRequest,
    Synonyms,
    Terms,
    TextField,
)
from tintuc_search.engine.slots import SLOTS
from tintuc_search.engine.tantivy_engine import TantivyEngine
from tintuc_search.engine.tantivy_schema import ID
from tintuc_search.engine.whoosh_engine import WhooshEngine

if TYPE_CHECKING:
    from tintuc_search.engine.base import IndexDocument, QueryNode


pytestmark = pytest.mark.usefixtures("read_blocks_of_few_documents", "both_loops")


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


whoosh_queries = plain_queries(
    plain
    | st.builds(Synonyms, st.lists(plain, min_size=1, max_size=3).map(tuple))
    | st.builds(HasKeyword, st.just(KeywordField.SOURCE), ids.filter(bool))
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


tantivy_queries = plain_queries(
    plain | st.builds(Synonyms, st.lists(plain, min_size=1, max_size=3).map(tuple))
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
