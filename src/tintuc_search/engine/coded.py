"""Frequencies by their kind: of a word's many documents few hold it differently, so each has a number of its kind.

What is reckoned for frequencies is reckoned for each kind once, and a document takes a byte or two in place of three
numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tintuc_search.engine import loops
from tintuc_search.engine.postings import TEXT_FIELDS, frequencies

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tintuc_search.engine.postings import Array, Postings


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


def coded(postings: Postings) -> Coded:
    """The frequencies of a term."""
    kinds, codes = postings.kinds or loops.sets.kinds_of(postings.packed)
    return Coded(frequencies(kinds), codes)


def each_its_own(counts: Array) -> Coded:
    """Frequencies (float64 ``[n, 3]``) as they are, for those of few documents."""
    return Coded(counts, loops.sets.narrowed(np.arange(len(counts)), len(counts)))


def summed(parts: Sequence[Part], size: int) -> tuple[Array, Coded]:
    """The documents of any part, of ``size`` in all, and the sums of their weighted frequencies.

    Sums are made in the order of the parts, of each combination of kinds once.

    Returns:
        int32 ``[n]``, rising, and as many frequencies.
    """
    if len(parts) == 1:
        weight, docs, held = parts[0]
        return docs, Coded(weight * held.kinds, held.codes)
    of = np.zeros(size, np.int32)  # the kind so far, 0 for documents of no part
    kinds = np.zeros((1, len(TEXT_FIELDS)))
    for weight, docs, held in parts:
        made = loops.sets.combined(of, docs, held.codes, len(kinds), len(held.kinds))
        before, added = made[:, 0], made[:, 1]
        kinds = np.concatenate(
            [kinds, kinds.take(before, axis=0) + weight * held.kinds.take(added, axis=0)]
        )
    docs, codes, left = loops.sets.renumbered(of, len(kinds))
    return docs, Coded(kinds[left], codes)
