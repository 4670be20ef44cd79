"""Sets of documents, as numbers and as bits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tintuc_search.engine.doc_sets import DocSet

if TYPE_CHECKING:
    from tintuc_search.engine.postings import Array

pytestmark = pytest.mark.usefixtures("both_loops")

sizes = st.integers(1, 300)


def made(held: Array) -> DocSet:
    return DocSet(np.flatnonzero(held).astype(np.int32), len(held))


@st.composite
def masks(draw: st.DrawFn) -> tuple[Array, Array]:
    """Which documents are in a set, and which are asked for."""
    size = draw(sizes)
    bits = st.lists(st.booleans(), min_size=size, max_size=size)
    few = st.builds(
        lambda chosen: [number in chosen for number in range(size)],
        st.sets(st.integers(0, size - 1), max_size=4),
    )
    return np.array(draw(bits | few), bool), np.array(draw(bits | few), bool)


@example((np.ones(128, bool), np.ones(128, bool)))
@example((np.zeros(64, bool), np.ones(64, bool)))
@example((np.arange(130) % 2 == 0, np.arange(130) == 129))
@given(masks())
def test_it_holds_what_it_was_given_and_tells_where_each_stands(
    given_masks: tuple[Array, Array],
) -> None:
    held, asked = given_masks
    docs = made(held)
    numbers = np.flatnonzero(held)
    rows, found = docs.rows(np.flatnonzero(asked))

    assert len(docs) == len(numbers)
    assert np.array_equal(docs.mask, held)
    assert np.array_equal(docs.numbers, numbers)
    assert np.array_equal(found, np.flatnonzero(held & asked))
    assert np.array_equal(numbers[rows], found)


def test_many_documents_take_less_than_two_bits_each_of_the_index() -> None:
    half = np.arange(64_000) % 2 == 0
    few = np.arange(64_000) % 1000 == 0

    assert made(half).nbytes == 64_000 // 8 + 64_000 // 64 * 4
    assert made(few).nbytes == 64 * 4
