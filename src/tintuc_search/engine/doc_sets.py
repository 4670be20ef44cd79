"""The documents of a word: their numbers where they are few, a bit for each document of the index where they are many.

Of bits a count before every word of 64 tells how many documents come before any, so that what is kept of each can be
looked up without making the numbers of all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tintuc_search.engine import loops

if TYPE_CHECKING:
    from tintuc_search.engine.postings import Array

_WORD = 64
_SHIFT, _PLACE = 6, 63
_NUMBER = 32  # the bits of a document's number, and of the count before a word
_FAR = 4  # how many times as many documents a set holds where some are looked up one by one


class DocSet:
    """Documents, rising; ``listed`` are their numbers (int32), or None and ``words`` and ``before`` are their bits.

    Args:
        docs: their numbers, int32 ``[n]``, rising.
        size: the number of documents of the index.
    """

    def __init__(self, docs: Array, size: int) -> None:
        self._size, self._count = size, len(docs)
        words = -(-size // _WORD)
        self.listed: Array | None = docs
        if len(docs) * _NUMBER > words * (_WORD + _NUMBER):  # less as bits
            self.listed = None
            self.words, self.before = loops.sets.bits(docs, size)

    def __len__(self) -> int:
        return self._count

    @property
    def nbytes(self) -> int:
        """Bytes in memory."""
        if self.listed is not None:
            return self.listed.nbytes
        return self.words.nbytes + self.before.nbytes

    @property
    def numbers(self) -> Array:
        """The documents: int32 ``[n]``, made anew from bits."""
        if self.listed is not None:
            return self.listed
        return loops.sets.numbers_of_bits(self.words, self._count)

    @property
    def mask(self) -> Array:
        """The same as bool, by document of the index."""
        if self.listed is not None:
            return loops.sets.marked(self.listed, self._size)
        octets = self.words.view(np.uint8)
        return np.unpackbits(octets, count=self._size, bitorder="little").view(bool)

    def rows(self, docs: Array) -> tuple[Array, Array]:
        """Those of ``docs`` (int ``[m]``, rising, all of the index) that are in the set.

        Returns:
            Where they stand in the set, and they themselves: int each.
        """
        if len(docs) * _FAR > self._count:
            numbers = self.numbers
            rows = np.flatnonzero(loops.sets.marked(docs, self._size).take(numbers))
            return rows, numbers.take(rows)
        if self.listed is None:
            return self._ranked(docs)
        rows = np.searchsorted(self.listed, docs.astype(self.listed.dtype))
        rows[rows == self._count] = 0
        here = np.flatnonzero(self.listed.take(rows) == docs) if self._count else rows[:0]
        return rows.take(here), docs.take(here)

    def _ranked(self, docs: Array) -> tuple[Array, Array]:
        places = docs >> _SHIFT
        words = self.words.take(places)
        bits = np.uint64(1) << (docs & _PLACE).astype(np.uint64)
        here = np.flatnonzero(words & bits)
        words, bits, places = words.take(here), bits.take(here), places.take(here)
        rows = self.before.take(places) + np.bitwise_count(words & (bits - np.uint64(1)))
        return rows.astype(np.intp), docs.take(here)
