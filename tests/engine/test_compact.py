"""Postings that were packed away come back as they were."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tintuc_search.engine.compact import CompactPostings
from tintuc_search.engine.plain.reading import STEP
from tintuc_search.engine.postings import Postings

pytestmark = pytest.mark.usefixtures("both_loops")

frequencies = st.one_of(
    st.integers(1, 3), st.sampled_from([1 << 12, 1 << 19, 0xFF, 0x100, (1 << 24) - 1])
)
held = st.dictionaries(st.integers(0, 90) | st.integers(0, 1 << 20), frequencies, max_size=70)


def packed_away(postings: dict[int, int]) -> CompactPostings:
    docs = sorted(postings)
    packed = np.array([postings[doc] for doc in docs], np.uint32)
    return CompactPostings(Postings(np.array(docs, np.int32), packed))


@given(held)
def test_postings_come_back(postings: dict[int, int]) -> None:
    compact = packed_away(postings)

    assert sorted(postings) == compact.docs.tolist()
    assert [postings[doc] for doc in sorted(postings)] == compact.packed.tolist()


@given(held, st.sets(st.integers(0, 100) | st.integers(0, 1 << 20), max_size=20))
def test_some_documents_are_found_where_they_stand(
    postings: dict[int, int], wanted: set[int]
) -> None:
    rows, docs = packed_away(postings).rows(np.array(sorted(wanted), np.int32))

    assert sorted(wanted & postings.keys()) == docs.tolist()
    assert [sorted(postings).index(doc) for doc in docs.tolist()] == rows.tolist()


@given(held)
def test_a_window_holds_what_comes_since_the_last_mark(postings: dict[int, int]) -> None:
    compact = packed_away(postings)
    packed = compact.packed.tolist()
    windows = compact.window(np.arange(len(packed)))

    for row, window in enumerate(windows.tolist()):
        since = packed[row - row % STEP : row]
        assert [*since, *[0] * (STEP - len(since))] == window


@pytest.mark.parametrize(("gap", "bytes_each"), [(1, 2.6), (200, 2.6), (300, 3.6)])
def test_a_posting_takes_few_bytes(gap: int, bytes_each: float) -> None:
    compact = packed_away({gap * i: 1 + i % 5 + (i % 2 << 12) for i in range(10_000)})

    assert compact.nbytes < bytes_each * 10_000
