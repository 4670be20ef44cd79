"""Random queries of every kind of node, over a few terms that look alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from engine_samples import phrase, term
from tintuc_search.engine.base import (
    AllOf,
    AnyOf,
    Except,
    HasId,
    HasKeyword,
    KeywordField,
    MostOf,
    Prefer,
    Published,
    Stretch,
    Synonyms,
    TextField,
    WeightedTerm,
)

if TYPE_CHECKING:
    from tintuc_search.engine.base import QueryNode

SYLLABLES = ["an", "ân", "ba", "bà", "ca", "an_ba", "|"]
"""What texts are made of: terms, a word, the end of a paragraph."""
SPOKEN = SYLLABLES[:-1]
ids = st.frozensets(st.sampled_from("pqr"), max_size=3)
fields = st.frozensets(st.sampled_from(list(TextField)), min_size=1)
_spoken = st.sampled_from(SPOKEN)
_weighted = st.builds("{}^{}".format, _spoken, st.sampled_from([0.2, 0.5, 1.0]))
_terms = st.builds(
    lambda chosen, where, boost: term(*chosen, fields=where, boost=boost),
    st.lists(_weighted, max_size=3, unique_by=lambda written: written.split("^")[0]),
    fields,
    st.sampled_from([0.0, 0.7, 1.0]),
)
_slots = st.lists(_spoken, min_size=1, max_size=2, unique=True).map("/".join)
_alike = st.lists(_spoken, min_size=1, max_size=4).map(" ".join)
_phrases = st.builds(
    phrase, st.lists(_slots, min_size=1, max_size=3).map(" ".join), st.just(0), fields
) | st.builds(phrase, _alike, st.integers(0, 4), fields)
_synonyms = st.builds(
    Synonyms, st.lists(_terms | _phrases, max_size=3).map(tuple), st.sampled_from([0.5, 1.0])
)
stretches = st.lists(
    st.builds(
        Stretch,
        st.lists(
            st.lists(_spoken.map(WeightedTerm), max_size=2, unique=True).map(tuple), max_size=4
        ).map(tuple),
        fields,
    ),
    max_size=2,
).map(tuple)
plain = _spoken.map(term) | st.lists(_spoken, min_size=2, max_size=3).map(
    lambda words: phrase(" ".join(words))
)
"""What engines' own searchers know: single terms and exact phrases."""


def leaves_of(
    names: st.SearchStrategy[str], dates: st.SearchStrategy[int | None]
) -> st.SearchStrategy[QueryNode]:
    """The nodes without children; ``names`` are ids of documents, ``dates`` seconds."""
    return (
        _terms
        | _phrases
        | _synonyms
        | st.builds(HasKeyword, st.just(KeywordField.SOURCE), ids)
        | st.builds(HasId, st.frozensets(names, max_size=3))
        | st.builds(Published, dates, dates)
    )


def queries_of(
    leaves: st.SearchStrategy[QueryNode], *, most: bool = False
) -> st.SearchStrategy[QueryNode]:
    """Whole queries; with ``most`` MostOf stands in them too, which no set says the meaning of."""

    def branches(nodes: st.SearchStrategy[QueryNode]) -> st.SearchStrategy[QueryNode]:
        children = st.lists(nodes, max_size=3).map(tuple)
        whole = (
            st.builds(AllOf, children)
            | st.builds(AnyOf, children)
            | st.builds(Except, nodes)
            | st.builds(Prefer, nodes, children)
        )
        return whole | st.builds(MostOf, children) if most else whole

    return st.recursive(leaves, branches, max_leaves=6)


def plain_queries(leaves: st.SearchStrategy[QueryNode]) -> st.SearchStrategy[QueryNode]:
    """And, or over ``leaves``: all that engines' own searchers are asked."""

    def branches(nodes: st.SearchStrategy[QueryNode]) -> st.SearchStrategy[QueryNode]:
        children = st.lists(nodes, min_size=1, max_size=3).map(tuple)
        return st.builds(AllOf, children) | st.builds(AnyOf, children)

    return st.recursive(leaves, branches, max_leaves=4)
