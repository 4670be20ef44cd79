"""Postings in a third of their memory: steps from document to document, and codes of the frequencies.

A term that many documents hold has small steps and few different frequencies, so mostly each is one byte.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from tintuc_search.engine.postings import Array, Postings

STEP = 16
"""Postings from one of the marks that are kept to the next."""

_SHIFTS = ((19, 13), (12, 8), (0, 0))  # title, lead, body: in packed frequencies, in smaller ones
_BITS = (3, 5, 8)  # of the smaller ones


class CompactPostings:
    """The postings of one term, packed away.

    ``steps`` is uint8, uint16 or uint32 ``[n]``, the first from -1; ``marks`` (int32) are the documents before every
    :data:`STEP`-th posting; ``table`` (uint32) are the packed frequencies that ``codes`` (``[n]``) stand for.
    """

    def __init__(self, postings: Postings) -> None:
        steps = np.diff(postings.docs, prepend=np.int32(-1))
        most = int(steps.max(initial=0))
        self.steps = steps.astype(np.min_scalar_type(most))
        self.marks = np.concatenate([[-1], postings.docs[STEP - 1 : -1 : STEP]]).astype(np.int32)
        self.table, self.codes = _coded(postings.packed)

    def __len__(self) -> int:
        return len(self.steps)

    @property
    def nbytes(self) -> int:
        """Bytes in memory."""
        arrays = (self.steps, self.marks, self.table, self.codes)
        return sum(array.nbytes for array in arrays)

    @property
    def docs(self) -> Array:
        """The documents: int32, rising."""
        docs = np.cumsum(self.steps, dtype=np.int32)
        docs -= 1
        return docs

    @property
    def packed(self) -> Array:
        """Their packed frequencies: uint32."""
        packed: Array = self.table[self.codes]
        return packed

    def rows(self, docs: Array) -> tuple[Array, Array]:
        """Where those of ``docs`` (int32, rising) stand that hold the term: int64; and these documents."""
        if not len(self.steps):
            return np.empty(0, np.int64), docs[:0]
        block = np.searchsorted(self.marks, docs) - 1
        at = (block * STEP)[:, None] + np.arange(STEP)
        held = np.cumsum(self.steps.take(at, mode="clip"), axis=1, dtype=np.int32)
        held += self.marks[block][:, None]
        here = (held == docs[:, None]) & (at < len(self.steps))
        return at[here], docs[here.any(axis=1)]

    def window(self, rows: Array) -> Array:
        """The packed frequencies from the last mark up to some postings (int64 ``[n]``): uint32 ``[n, STEP]``."""
        if not len(self.codes):
            return np.zeros((len(rows), STEP), np.uint32)
        place = np.arange(STEP)
        at = (rows // STEP * STEP)[:, None] + place
        found: Array = self.table[self.codes.take(at, mode="clip")]
        found[place >= (rows % STEP)[:, None]] = 0
        return found


def _coded(packed: Array) -> tuple[Array, Array]:
    """A table of the different frequencies, and each one's place in it."""
    small = np.zeros(len(packed), np.uint32)
    for (shift, smaller), bits in zip(_SHIFTS, _BITS, strict=True):
        small |= (packed >> shift & (1 << bits) - 1) << smaller
    if not np.array_equal(_widened(small), packed):
        table, codes = np.unique(packed, return_inverse=True)
        return table, codes.astype(np.min_scalar_type(len(table)))
    numbers = np.flatnonzero(np.bincount(small)).astype(np.uint32)  # no sorting: they are few
    places = np.empty(1 << sum(_BITS), np.min_scalar_type(max(len(numbers) - 1, 0)))
    places[numbers] = np.arange(len(numbers))
    return _widened(numbers), places[small]


def _widened(small: Array) -> Array:
    packed = np.zeros(len(small), np.uint32)
    for (shift, smaller), bits in zip(_SHIFTS, _BITS, strict=True):
        packed |= (small >> smaller & (1 << bits) - 1) << shift
    return packed
