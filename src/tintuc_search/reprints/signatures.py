"""MinHash signatures of texts, cut into bands: texts that share a band are candidates to be compared.

Of two texts whose sets of shingles have the resemblance (Jaccard) J, the chance to share one of :data:`BANDS`
bands of :data:`ROWS` values each is ``1 - (1 - J ** ROWS) ** BANDS``: 0.89 for J = 0.3, 0.995 for 0.4.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from datasketch import MinHash

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tintuc_search.reprints.shingles import Shingles

BANDS, ROWS = 80, 3
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_PIECE = 2048
"""Shingles that are signed at once: what is worked out for them stays in the processor's cache."""


class Signer:
    """Makes the bands of texts; the permutations are datasketch's, made once."""

    def __init__(self) -> None:
        blank = MinHash(num_perm=BANDS * ROWS, seed=1, hashfunc=int, scheme="affine32")
        factors, offsets = blank.permutations
        self._factors, self._offsets = factors[:, None], offsets[:, None]
        self._blank: np.ndarray = blank.hashvalues

    def bands(self, texts: Sequence[Shingles]) -> np.ndarray:
        """The bands of each text: ``[texts, BANDS]``, int64, as SQLite keeps it."""
        signatures = [self.signature(each.hashes) for each in texts]
        rows = np.array(signatures, dtype=np.uint64).reshape(-1, BANDS, ROWS)
        mixed = np.arange(1, BANDS + 1, dtype=np.uint64)  # equal values in other bands are no match
        mixed = np.repeat(mixed[None, :], len(texts), axis=0)
        for column in range(ROWS):
            mixed = (mixed ^ rows[:, :, column]) * _FACTOR
            mixed ^= mixed >> np.uint64(29)
        return mixed.view(np.int64)

    def signature(self, hashes: np.ndarray) -> np.ndarray:
        """The signature (uint32) that datasketch gives for the upper halves of hashes of 64 bits.

        It takes a list of Python's numbers, one by one, which costs more than all the rest.
        """
        least = self._blank
        mixed = _mixed((hashes >> np.uint64(32)).astype(np.uint32))
        for start in range(0, len(mixed), _PIECE):
            permuted = self._factors * mixed[start : start + _PIECE]
            permuted += self._offsets
            least = np.minimum(least, permuted.min(axis=1))
        return least


def _mixed(hashes: np.ndarray) -> np.ndarray:
    """The end of MurmurHash3, by which datasketch mixes the bits of what it is given."""
    hashes = hashes ^ (hashes >> np.uint32(16))
    hashes = hashes * np.uint32(0x85EBCA6B)
    hashes ^= hashes >> np.uint32(13)
    hashes *= np.uint32(0xC2B2AE35)
    hashes ^= hashes >> np.uint32(16)
    return hashes
