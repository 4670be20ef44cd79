"""Facets are the most frequent keywords of the documents, whichever way they are counted."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tintuc_search.engine import snapshot
from tintuc_search.engine.counting import count_keywords
from tintuc_search.engine.snapshot import Keywords, Vocabulary

DOCUMENTS = 12
held = st.lists(
    st.lists(st.integers(0, 9), max_size=4, unique=True), min_size=DOCUMENTS, max_size=DOCUMENTS
)
wanted = st.just(set(range(DOCUMENTS))) | st.sets(st.integers(0, DOCUMENTS - 1))


@pytest.mark.parametrize("frequent", [2, 1000], ids=["among the frequent", "all"])
@settings(max_examples=300)
@given(held=held, wanted=wanted, limit=st.integers(0, 3))
def test_facets_are_the_most_frequent_keywords(
    held: list[list[int]], wanted: set[int], limit: int, frequent: int
) -> None:
    vocabulary = Vocabulary()
    for number in range(10):
        vocabulary.number(f"k{9 - number}")  # not in the order of their numbers
    pairs = [(doc, code) for doc, codes in enumerate(held) for code in codes]
    table = np.array(pairs, np.int32).reshape(-1, 2)
    mask = np.zeros(DOCUMENTS, bool)
    mask[list(wanted)] = True
    expected = Counter(vocabulary.ids[code] for doc in wanted for code in held[doc])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(snapshot, "_FREQUENT", frequent)
        found = count_keywords(Keywords(table[:, 0], table[:, 1], vocabulary), mask, limit)

    ordered = sorted(expected.items(), key=lambda item: (-item[1], item[0]))
    assert ordered[:limit] == [(facet.id, facet.count) for facet in found]
