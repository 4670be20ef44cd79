"""Postings in a third of their memory: steps from document to document, and codes of the frequencies.

A term that many documents hold has small steps and few different frequencies, so mostly each is one byte.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tintuc_search.engine import loops
from tintuc_search.engine.plain.reading import STEP

if TYPE_CHECKING:
    from tintuc_search.engine.postings import Array, Postings


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
        self.table, self.codes = loops.sets.kinds_of(postings.packed)

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
        return loops.sets.decoded(self.steps)

    @property
    def packed(self) -> Array:
        """Their packed frequencies: uint32."""
        packed: Array = self.table.take(self.codes)
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
