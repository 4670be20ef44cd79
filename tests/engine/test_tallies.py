from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tintuc_search.engine import tallies
from tintuc_search.engine.tallies import Tally, difference, merged, pack, parts, tally, unpack

KEYS = st.integers(0, 2**63 - 1) | st.integers(0, 9)
CHANGES = st.lists(st.tuples(KEYS, st.integers(-3, 3)), max_size=40)


def made(changes: list[tuple[int, int]]) -> Tally:
    keys, counts = zip(*changes, strict=True) if changes else ((), ())
    return tally(np.array(keys, np.uint64), np.array(counts, np.int64))


def told(given_parts: list[Tally]) -> dict[int, int]:
    return {
        int(key): int(count)
        for part in given_parts
        for key, count in zip(part.keys, part.counts, strict=True)
    }


def summed(changes: list[tuple[int, int]]) -> dict[int, int]:
    counter: Counter[int] = Counter()
    for key, change in changes:
        counter[key] += change
    return {key: count for key, count in sorted(counter.items()) if count}


@given(CHANGES)
def test_a_tally_adds_up_equal_keys_and_leaves_out_what_comes_to_nothing(
    changes: list[tuple[int, int]],
) -> None:
    assert list(summed(changes).items()) == list(told([made(changes)]).items())


@given(st.lists(CHANGES, max_size=4), st.integers(1, 5))
def test_merging_parts_is_counting_everything_at_once(
    every: list[list[tuple[int, int]]], length: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tallies, "PART", length)
        found = list(merged([parts(made(changes)) for changes in every]))

    assert summed([change for changes in every for change in changes]) == told(found)
    keys = [int(key) for part in found for key in part.keys]
    assert keys == sorted(set(keys))
    assert all(0 < len(part.keys) <= length for part in found)


@given(CHANGES)
def test_what_is_packed_comes_back(changes: list[tuple[int, int]]) -> None:
    part = made(changes)

    assert told([part]) == told([unpack(pack(part))])


@given(st.lists(KEYS, max_size=40), st.lists(KEYS, max_size=40))
def test_a_difference_counts_keys_in_and_others_out(added: list[int], gone: list[int]) -> None:
    expected = summed([(key, 1) for key in added] + [(key, -1) for key in gone])

    found = difference(np.array(added, np.uint64), np.array(gone, np.uint64))

    assert list(expected.items()) == list(told([found]).items())
