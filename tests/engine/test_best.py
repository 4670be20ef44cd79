"""Scoring only what can be among the first gives what scoring everything gives."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine_samples import document, fill, phrase, term
from tintuc_search.engine.base import (
    AllOf,
    AnyOf,
    Prefer,
    SearchRequest,
    Sort,
    Stretch,
    WeightedTerm,
)
from tintuc_search.engine.best import best
from tintuc_search.engine.loading import Loader
from tintuc_search.engine.matching import Matcher
from tintuc_search.engine.memory_engine import MemoryEngine, MemorySnapshot
from tintuc_search.engine.postings import invert
from tintuc_search.ranking import Ranking

if TYPE_CHECKING:
    from tintuc_search.engine.base import IndexDocument

pytestmark = pytest.mark.usefixtures("both_loops")

WORDS = "abcdefgh"
"""Each held by half as many articles as the one before it."""

leaves = st.sampled_from([*(term(word) for word in WORDS), term("b", "c^0.3"), phrase("a b")])
boosted = st.builds(
    lambda word, boost: term(word, boost=boost), st.sampled_from(WORDS), st.floats(0, 3)
)
some = st.lists(leaves | boosted, min_size=1, max_size=6).map(tuple)
queries = st.one_of(
    st.builds(AnyOf, some),
    st.builds(lambda few, others: AnyOf((AllOf(few[:2]), *others)), some, some),
    st.builds(lambda few, others: Prefer(AnyOf(few), others), some, some),
)


def _articles(count: int) -> list[IndexDocument]:
    chance = random.Random(7)  # noqa: S311 - to be repeatable
    weights = [0.5**i for i in range(len(WORDS))]
    return [
        document(
            str(i),
            " ".join(chance.choices(WORDS, weights, k=chance.randrange(3))),
            body=" ".join(chance.choices([*WORDS, "x"], [*weights, 4], k=chance.randrange(1, 30))),
            published=chance.randrange(10**8),
        )
        for i in range(count)
    ]


@pytest.fixture(scope="module")
def engine() -> MemoryEngine:
    engine = MemoryEngine(Ranking(depth=5))
    fill(engine, *_articles(400))
    return engine


asked = st.builds(
    SearchRequest,
    query=queries,
    demoted=st.none() | leaves,
    sort=st.sampled_from([Sort.RELEVANCE, Sort.RECENT]),
    stretches=st.sampled_from([(), (Stretch(((WeightedTerm("a"),), (WeightedTerm("c"),))),)]),
    limit=st.integers(1, 9),
)


@settings(max_examples=150, deadline=None)
@given(asked)
def test_a_page_is_the_beginning_of_all(engine: MemoryEngine, wanted: SearchRequest) -> None:
    every = engine.search(replace(wanted, limit=1000))
    page = engine.search(wanted)
    limit = wanted.limit

    assert every.hits[:limit] == page.hits
    assert every.total == page.total == len(every.hits)


def test_what_holds_common_words_alone_is_left_out() -> None:
    stored = {each.id: (each, invert(each)) for each in _articles(400)}
    snapshot = MemorySnapshot(stored)
    query = AnyOf((term("a"), term("b"), term("g"), term("h")))
    loader = Loader(snapshot, SearchRequest(query))
    live = snapshot.documents.live
    matched = Matcher(loader).match(query, live)
    kept = best(matched, matched.mask, snapshot.documents, None, 3)

    assert 3 <= len(kept) < np.count_nonzero(matched.mask) / 10
