"""MinHash signatures of texts, cut into bands: texts that share a band are candidates to be compared.

Of two texts whose sets of shingles have the resemblance (Jaccard) J, the chance to share one of :data:`BANDS`
bands of :data:`ROWS` values each is ``1 - (1 - J ** ROWS) ** BANDS``: 0.89 for J = 0.3, 0.995 for 0.4.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from datasketch import MinHash

if TYPE_CHECKING:
    from tintuc_search.reprints.shingles import Shingles

BANDS, ROWS = 80, 3
_FACTOR = np.uint64(0x9E3779B97F4A7C15)


class Signer:
    """Makes the bands of texts; the permutations are made once."""

    def __init__(self) -> None:
        # The shingles are hashes already; datasketch mixes their bits once more by itself.
        self._blank = MinHash(num_perm=BANDS * ROWS, seed=1, hashfunc=int, scheme="affine32")

    def bands(self, shingles: Shingles) -> tuple[int, ...]:
        """One number of 64 bits (signed, as SQLite keeps it) for every band."""
        signature = self._blank.copy()
        signature.update_batch((np.unique(shingles.hashes) >> np.uint64(32)).tolist())
        rows = signature.hashvalues.astype(np.uint64).reshape(BANDS, ROWS)
        mixed = np.arange(1, BANDS + 1, dtype=np.uint64)  # equal values in other bands are no match
        for column in range(ROWS):
            mixed = (mixed ^ rows[:, column]) * _FACTOR
            mixed ^= mixed >> np.uint64(29)
        return tuple(mixed.view(np.int64).tolist())
