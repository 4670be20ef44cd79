"""The first documents by a number, equals by their ids."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tintuc_search.engine.ordering import first, foremost
from tintuc_search.engine.snapshot import Documents

KEYS = st.lists(st.sampled_from([-2.0, -1.0, 0.0]), min_size=1, max_size=30)


def documents(size: int) -> Documents:
    """Documents whose ids rise as their numbers fall."""
    nothing = np.zeros((size, 3), np.int64)
    return Documents(
        ids=[f"{size - number:03}" for number in range(size)],
        lengths=nothing,
        borders=nothing[:, :2],
        published=nothing[:, 0],
        live=np.ones(size, bool),
    )


@given(KEYS, st.integers(1, 40), st.integers(1, 3))
def test_the_foremost_are_the_first_in_the_order_of_their_numbers(
    keys: list[float], count: int, step: int
) -> None:
    table, by_document = documents(len(keys)), np.array(keys)
    docs = np.arange(0, len(keys), step)
    ordered = sorted(docs.tolist(), key=lambda doc: (keys[doc], table.ids[doc]))

    assert ordered[:count] == first(docs, by_document, table, count)
    assert sorted(ordered[:count]) == foremost(docs, by_document, table, count).tolist()
