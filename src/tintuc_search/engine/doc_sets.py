"""The documents of a word: their numbers where they are few, a bit for each document of the index where they are many.

Of bits a count before every word of 64 tells how many documents come before any, so that what is kept of each can be
looked up without making the numbers of all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from tintuc_search.engine.postings import Array

_WORD = 64
_SHIFT, _PLACE = 6, 63
_NUMBER = 32  # the bits of a document's number, and of the count before a word
_BITS = np.dtype("<u8")
_FAR = 4  # how many times as many documents a set holds where some are looked up one by one


def marked(docs: Array, size: int) -> Array:
    """Mark documents (int ``[n]``) among ``size``: bool ``[size]``."""
    held = np.zeros(size, bool)
    held[docs.astype(np.intp)] = True  # twice as fast as by int32
    return held


class DocSet:
    """Documents, rising.

    Args:
        docs: their numbers, int32 ``[n]``, rising.
        held: the same as bool, by document of the index.
    """

    def __init__(self, docs: Array, held: Array) -> None:
        self._size, self._count = len(held), len(docs)
        self._docs: Array | None = docs
        words = -(-len(held) // _WORD)
        if len(docs) * _NUMBER <= words * (_WORD + _NUMBER):  # no less as bits
            return
        padded = np.zeros(words * (_WORD // 8), np.uint8)
        packed = np.packbits(held, bitorder="little")
        padded[: len(packed)] = packed
        self._words: Array = padded.view(_BITS)
        counts = np.bitwise_count(self._words)
        self._before: Array = np.cumsum(counts, dtype=np.int32) - counts.astype(np.int32)
        self._docs = None

    def __len__(self) -> int:
        return self._count

    @property
    def nbytes(self) -> int:
        """Bytes in memory."""
        if self._docs is not None:
            return self._docs.nbytes
        return self._words.nbytes + self._before.nbytes

    @property
    def numbers(self) -> Array:
        """The documents: int ``[n]``, made anew from bits."""
        return np.flatnonzero(self.mask) if self._docs is None else self._docs

    @property
    def mask(self) -> Array:
        """The same as bool, by document of the index."""
        if self._docs is None:
            octets = self._words.view(np.uint8)
            return np.unpackbits(octets, count=self._size, bitorder="little").view(bool)
        return marked(self._docs, self._size)

    def rows(self, docs: Array, gate: Array) -> tuple[Array, Array]:
        """Those of ``docs`` that are in the set.

        Args:
            docs: int ``[m]``, rising, all below the number of documents of the index.
            gate: marks the same, bool by document of the index.

        Returns:
            Where they stand in the set, and they themselves: int each.
        """
        if len(docs) * _FAR > self._count:
            numbers = self.numbers
            rows = np.flatnonzero(gate.take(numbers))
            return rows, numbers.take(rows)
        if self._docs is None:
            return self._ranked(docs)
        rows = np.searchsorted(self._docs, docs.astype(self._docs.dtype))
        rows[rows == self._count] = 0
        here = np.flatnonzero(self._docs.take(rows) == docs) if self._count else rows[:0]
        return rows.take(here), docs.take(here)

    def _ranked(self, docs: Array) -> tuple[Array, Array]:
        places = docs >> _SHIFT
        words = self._words.take(places)
        bits = np.uint64(1) << (docs & _PLACE).astype(np.uint64)
        here = np.flatnonzero(words & bits)
        words, bits, places = words.take(here), bits.take(here), places.take(here)
        rows = self._before.take(places) + np.bitwise_count(words & (bits - np.uint64(1)))
        return rows.astype(np.intp), docs.take(here)
