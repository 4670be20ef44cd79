"""Documents as numbers, marks and bits, and frequencies by their kind, in NumPy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tintuc_search.engine.postings import Kinds

if TYPE_CHECKING:
    from tintuc_search.engine.postings import Array

_WORD, _OCTET = 64, 8
_BITS = np.dtype("<u8")
_FEW = 4096  # up to so many are sorted sooner than their kinds are marked
_SPACE = 1 << 20  # pairs of kinds that are marked, not sorted
_SHIFTS = ((19, 13), (12, 8), (0, 0))  # title, lead, body: in packed frequencies, in smaller ones
_SMALL = (3, 5, 8)  # bits of the smaller ones


def numbers(mask: Array) -> Array:
    """Where ``mask`` (bool) is true: int64, rising."""
    return np.flatnonzero(mask)


def marked(docs: Array, size: int) -> Array:
    """Mark documents (int ``[n]``) among ``size``: bool ``[size]``."""
    held = np.zeros(size, bool)
    held[docs.astype(np.intp)] = True  # twice as fast as by int32
    return held


def bits(docs: Array, size: int) -> tuple[Array, Array]:
    """Documents (int32 ``[n]``, rising) as bits of as many words as ``size`` need.

    Returns:
        uint64, the words, the lowest bit first; int32, how many bits are set before each.
    """
    padded = np.zeros(-(-size // _WORD) * (_WORD // _OCTET), np.uint8)
    packed = np.packbits(marked(docs, size), bitorder="little")
    padded[: len(packed)] = packed
    words = padded.view(_BITS)
    counts = np.bitwise_count(words)
    return words, np.cumsum(counts, dtype=np.int32) - counts.astype(np.int32)


def numbers_of_bits(words: Array, count: int) -> Array:
    """The places of the ``count`` bits that are set in ``words`` (uint64): int32, rising."""
    found = np.flatnonzero(np.unpackbits(words.view(np.uint8), bitorder="little").view(bool))
    return found[:count].astype(np.int32)


def decoded(steps: Array) -> Array:
    """Add up steps from document to document (unsigned), the first from -1: int32."""
    docs = np.cumsum(steps, dtype=np.int32)
    docs -= 1
    return docs


def kinds_of(packed: Array) -> Kinds:
    """Find the different ones of packed frequencies (uint32)."""
    small = np.zeros(len(packed), np.uint32)
    for (shift, smaller), size in zip(_SHIFTS, _SMALL, strict=True):
        small |= (packed >> shift & (1 << size) - 1) << smaller
    if len(packed) <= _FEW or not np.array_equal(_widened(small), packed):
        kinds, codes = np.unique(packed, return_inverse=True)
        return Kinds(kinds, narrowed(codes, len(kinds)))
    found = np.flatnonzero(np.bincount(small)).astype(np.uint32)  # no sorting: they are few
    places = np.empty(1 << sum(_SMALL), np.min_scalar_type(max(len(found) - 1, 0)))
    places[found] = np.arange(len(found))
    return Kinds(_widened(found), places[small])


def combined(of: Array, docs: Array, codes: Array, before: int, kinds: int) -> Array:
    """Number anew the combinations of what each document had so far with what it has now.

    Args:
        of: int32 by document, what it had, below ``before``; for ``docs`` the new numbers, from there on, are written.
        docs: int32 ``[n]``.
        codes: unsigned ``[n]``, below ``kinds``.
        before: how many numbers there were.
        kinds: how many different codes there are.

    Returns:
        What each new number combines: int64 ``[m, 2]``.
    """
    at = docs.astype(np.intp)  # else they would be turned into these twice
    distinct, places = _distinct(of.take(at).astype(np.intp) * kinds + codes, before * kinds)
    of[at] = places + before
    return np.stack(np.divmod(distinct, max(kinds, 1)), axis=1)


def renumbered(of: Array, kinds: int) -> tuple[Array, Array, Array]:
    """The documents that have a number above 0, and new numbers for theirs, without a gap.

    Args:
        of: int32 by document, below ``kinds``.
        kinds: how many numbers there are.

    Returns:
        The documents (int32 ``[n]``, rising), the new number of each (unsigned ``[n]``), the old one for each new one
        (int64 ``[m]``).
    """
    docs = np.flatnonzero(of)
    left, codes = _distinct(of.take(docs), kinds)
    return docs.astype(np.int32), narrowed(codes, len(left)), left


def narrowed(codes: Array, count: int) -> Array:
    """Codes below ``count`` in as few bytes as they need."""
    return codes.astype(np.min_scalar_type(max(count - 1, 0)))


def _distinct(found: Array, space: int) -> tuple[Array, Array]:
    """The different ones of ``found`` (int, below ``space``), rising, and each one's place among them."""
    if space > _SPACE:
        distinct, places = np.unique(found, return_inverse=True)
        return distinct, places
    held = np.zeros(space, bool)
    held[found] = True
    distinct = np.flatnonzero(held)
    place = np.empty(space, np.int32)
    place[distinct] = np.arange(len(distinct), dtype=np.int32)
    return distinct, place.take(found)


def _widened(small: Array) -> Array:
    packed = np.zeros(len(small), np.uint32)
    for (shift, smaller), size in zip(_SHIFTS, _SMALL, strict=True):
        packed |= (small >> smaller & (1 << size) - 1) << shift
    return packed
