"""Signatures are datasketch's, and texts share a band where three values side by side are equal."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from datasketch import MinHash
from hypothesis import given
from hypothesis import strategies as st

from tintuc_search.analysis.vi.analyzer import VietnameseAnalyzer
from tintuc_search.reprints.shingles import Shingler, Shingles
from tintuc_search.reprints.signatures import BANDS, ROWS, Signer
from tintuc_search.reprints.store import SqliteReprints

HASHES = st.lists(st.integers(0, 2**64 - 1), max_size=30)


def shingles(hashes: list[int]) -> Shingles:
    return Shingles(np.array(hashes, dtype=np.uint64), len(hashes) + 4, Counter())


@given(hashes=HASHES)
@pytest.mark.parametrize("more", [0, 5000])
def test_a_signature_is_that_of_datasketch(hashes: list[int], more: int) -> None:
    hashes += [number * 0x9E3779B97F4A7C15 % 2**64 for number in range(more)]
    theirs = MinHash(num_perm=BANDS * ROWS, seed=1, hashfunc=int, scheme="affine32")
    theirs.update_batch([each >> 32 for each in set(hashes)])

    ours = Signer().signature(shingles(hashes).hashes)

    assert theirs.hashvalues.tolist() == ours.tolist()


@given(st.lists(HASHES, max_size=5))
def test_bands_of_many_texts_are_those_of_each(texts: list[list[int]]) -> None:
    signer = Signer()

    bands = signer.bands([shingles(each) for each in texts])

    assert (len(texts), BANDS) == bands.shape
    assert [signer.bands([shingles(each)])[0].tolist() for each in texts] == bands.tolist()


@given(
    st.lists(st.lists(st.lists(st.integers(-3, 3), min_size=4, max_size=4), max_size=4), max_size=4)
)
def test_candidates_are_all_earlier_articles_that_share_a_band(
    batches: list[list[list[int]]],
) -> None:
    reprints = SqliteReprints(":memory:")
    known: dict[int, set[int]] = {}
    for batch, texts in enumerate(batches):
        articles = [(f"{batch}-{place}", 0) for place in range(len(texts))]
        with reprints.writing() as writing:
            numbers, shared = writing.add(articles, np.array(texts, np.int64).reshape(-1, 4))
        assert [name for name, _ in articles] == list(numbers)
        for number, bands in zip(numbers.values(), texts, strict=True):
            expected = {other for other, theirs in known.items() if theirs & set(bands)}
            assert expected == shared.get(number, set())
            known[number] = set(bands)
    reprints.close()


def test_numbers_are_counted_and_a_short_text_has_no_shingle() -> None:
    found = Shingler(VietnameseAnalyzer()).text("Khóa 12, khóa XII, 12 phiếu")

    assert (6, 2, Counter({"12": 2})) == (found.syllables, len(found.hashes), found.numbers)
    assert not len(Shingler(VietnameseAnalyzer()).text("Bốn chữ thôi ạ").hashes)
