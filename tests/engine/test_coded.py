"""Frequencies by their kind are the frequencies, and their sums are those of every document by itself."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tintuc_search.engine.coded import Coded, Part, coded, each_its_own, summed
from tintuc_search.engine.plain import sets
from tintuc_search.engine.postings import Postings, frequencies

pytestmark = pytest.mark.usefixtures("both_loops")

SIZE = 60
packed = st.one_of(
    st.integers(1, 3), st.sampled_from([1 << 12, 1 << 19, 0xFF, 0x100, 0x101, (1 << 24) - 1])
)
parts = st.lists(
    st.tuples(
        st.sampled_from([0.0, 0.1, 0.3, 0.8, 1.0]),
        st.dictionaries(st.integers(0, SIZE - 1), packed, max_size=SIZE),
        st.booleans(),
    ),
    max_size=5,
)


def part(weight: float, held: dict[int, int], *, apart: bool) -> Part:
    docs = np.array(sorted(held), np.int32)
    values = np.array([held[doc] for doc in sorted(held)], np.uint32)
    known = each_its_own(frequencies(values)) if apart else coded(Postings(docs, values))
    return Part(weight, docs, known)


def rows(found: Coded) -> list[list[float]]:
    held: list[list[float]] = found.kinds[found.codes].tolist()
    return held


@pytest.mark.parametrize("space", [0, 1 << 20], ids=["sorted", "marked"])
@given(given=parts)
def test_sums_are_those_of_each_document(
    given: list[tuple[float, dict[int, int], bool]], space: int
) -> None:
    expected: dict[int, list[float]] = {}
    for weight, held, _ in given:
        for doc, value in held.items():
            (counts,) = frequencies(np.array([value], np.uint32)).tolist()
            before = expected.get(doc, [0.0] * 3)
            expected[doc] = [b + weight * c for b, c in zip(before, counts, strict=True)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sets, "_SPACE", space)
        docs, found = summed([part(w, held, apart=apart) for w, held, apart in given], SIZE)

    assert sorted(expected) == docs.tolist()
    assert [expected[doc] for doc in docs.tolist()] == rows(found)


@pytest.mark.parametrize("times", [1, 2000], ids=["few", "many"])
@given(values=st.lists(packed, max_size=9))
def test_every_frequency_is_its_kinds(values: list[int], times: int) -> None:
    array = np.array(values * times, np.uint32)
    found = coded(Postings(np.arange(len(array), dtype=np.int32), array))

    assert frequencies(array).tolist() == rows(found)
    assert len(set(values)) == len(found.kinds)


def test_a_common_words_sums_take_few_bytes() -> None:
    docs = np.arange(50_000, dtype=np.int32)
    values = (docs % 40 + 1).astype(np.uint32)
    one = Part(1.0, docs, coded(Postings(docs, values)))
    third = docs[::3].copy()
    other = Part(0.3, third, coded(Postings(third, values[third])))

    _, found = summed([one, other], len(docs))

    assert found.nbytes < 1.2 * len(docs)
