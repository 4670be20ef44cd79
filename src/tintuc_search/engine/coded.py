"""Frequencies by their kind: of a word's many documents few hold it differently, so each has a number of its kind.

What is reckoned for frequencies is reckoned for each kind once, and a document takes a byte or two in place of three
numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tintuc_search.engine.postings import TEXT_FIELDS, Kinds, frequencies

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tintuc_search.engine.postings import Array, Postings

_FEW = 4096  # up to so many are sorted sooner than their kinds are marked
_SPACE = 1 << 20  # pairs of kinds that are marked, not sorted
_SHIFTS = ((19, 13), (12, 8), (0, 0))  # title, lead, body: in packed frequencies, in smaller ones
_BITS = (3, 5, 8)  # of the smaller ones


class Coded(NamedTuple):
    """Frequencies: the kinds there are (float64 ``[k, 3]``), and of which each is (unsigned ``[n]``)."""

    kinds: Array
    codes: Array

    @property
    def nbytes(self) -> int:
        """Bytes in memory."""
        return self.kinds.nbytes + self.codes.nbytes


class Part(NamedTuple):
    """Documents (rising) with their frequencies, and what these count."""

    weight: float
    docs: Array
    frequencies: Coded


def kinds_of(packed: Array) -> Kinds:
    """Find the different ones of packed frequencies (uint32)."""
    small = np.zeros(len(packed), np.uint32)
    for (shift, smaller), bits in zip(_SHIFTS, _BITS, strict=True):
        small |= (packed >> shift & (1 << bits) - 1) << smaller
    if len(packed) <= _FEW or not np.array_equal(_widened(small), packed):
        kinds, codes = np.unique(packed, return_inverse=True)
        return Kinds(kinds, _least(codes, len(kinds)))
    numbers = np.flatnonzero(np.bincount(small)).astype(np.uint32)  # no sorting: they are few
    places = np.empty(1 << sum(_BITS), np.min_scalar_type(max(len(numbers) - 1, 0)))
    places[numbers] = np.arange(len(numbers))
    return Kinds(_widened(numbers), places[small])


def coded(postings: Postings) -> Coded:
    """The frequencies of a term."""
    kinds, codes = kinds_of(postings.packed) if postings.kinds is None else postings.kinds
    return Coded(frequencies(kinds), codes)


def each_its_own(counts: Array) -> Coded:
    """Frequencies (float64 ``[n, 3]``) as they are, for those of few documents."""
    return Coded(counts, _least(np.arange(len(counts)), len(counts)))


def summed(parts: Sequence[Part], size: int) -> tuple[Array, Coded]:
    """The documents of any part, of ``size`` in all, and the sums of their weighted frequencies.

    Sums are made in the order of the parts, of each combination of kinds once.

    Returns:
        int32 ``[n]``, rising, and as many frequencies.
    """
    if len(parts) == 1:
        weight, docs, held = parts[0]
        return docs, Coded(weight * held.kinds, held.codes)
    of = np.zeros(size, np.intp)  # the kind so far, 0 for documents of no part
    kinds = np.zeros((1, len(TEXT_FIELDS)))
    for weight, docs, held in parts:
        at = docs.astype(np.intp)  # else they would be turned into these twice
        pairs = of.take(at) * len(held.kinds) + held.codes
        distinct, places = _distinct(pairs, len(kinds) * len(held.kinds))
        before, added = np.divmod(distinct, max(len(held.kinds), 1))
        of[at] = places + len(kinds)
        kinds = np.concatenate(
            [kinds, kinds.take(before, axis=0) + weight * held.kinds.take(added, axis=0)]
        )
    docs = np.flatnonzero(of)
    left, codes = _distinct(of.take(docs), len(kinds))
    return docs.astype(np.int32), Coded(kinds[left], _least(codes, len(left)))


def _distinct(numbers: Array, space: int) -> tuple[Array, Array]:
    """The different ones of ``numbers`` (int64, below ``space``), rising, and each one's place among them."""
    if space > _SPACE:
        distinct, places = np.unique(numbers, return_inverse=True)
        return distinct, places
    held = np.zeros(space, bool)
    held[numbers] = True
    distinct = np.flatnonzero(held)
    place = np.empty(space, np.int32)
    place[distinct] = np.arange(len(distinct), dtype=np.int32)
    return distinct, place.take(numbers)


def _least(codes: Array, count: int) -> Array:
    """Codes below ``count`` in as few bytes as they need."""
    return codes.astype(np.min_scalar_type(max(count - 1, 0)))


def _widened(small: Array) -> Array:
    packed = np.zeros(len(small), np.uint32)
    for (shift, smaller), bits in zip(_SHIFTS, _BITS, strict=True):
        packed |= (small >> smaller & (1 << bits) - 1) << shift
    return packed
