"""How the archive puts terms one after the other: the likelihood of a term behind two others.

A triple's count is interpolated with the pair's, the pair's with the term's own by the method of Witten and
Bell ("The zero-frequency problem", 1991; in the form of Chen & Goodman, 1998, section 2.6): with ``d`` different
terms seen behind a context ``n`` times, a share of ``d / (n + d)`` goes to the shorter context. What pruning took
away goes there too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

import numpy as np

from tintuc_search.engine.grams import BITS, NOTHING
from tintuc_search.engine.tallies import PART

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tintuc_search.engine.postings import Array
    from tintuc_search.engine.tallies import Tally

ENTRIES = 4_500_000
"""Pairs and triples held at most, 12 bytes each: 54 MB."""
_COUNTS = ("pairs", "triples")
LEAST_TRIPLE = 2
"""Triples seen less often are left out: two of three, and they tell little."""


class Counts:
    """Counts of keys, to be asked for many at a time.

    ``keys`` uint64 ``[n]`` rising; ``sums`` uint32 ``[n + 1]``, the counts of all keys before each.
    """

    def __init__(self, keys: Array, sums: Array) -> None:
        self.keys, self.sums = keys, sums

    @classmethod
    def counted(cls, parts: Iterator[Tally], least: int, most: int) -> Self:
        """The counts of at least ``least`` out of sorted parts; of rising ones where there are more than ``most``."""
        # As large as can be needed, but only what is written to takes memory.
        keys, counts = np.empty(most + PART, np.uint64), np.empty(most + PART, np.uint32)
        size = 0
        for part in parts:
            held = part.counts >= least
            end = size + int(np.count_nonzero(held))
            keys[size:end], counts[size:end] = part.keys[held], part.counts[held]
            size = end
            while size > most:
                least += 1
                held = counts[:size] >= least
                end = int(np.count_nonzero(held))
                keys[:end], counts[:end] = keys[:size][held], counts[:size][held]
                size = end
        sums = np.zeros(size + 1, np.uint32)
        np.cumsum(counts[:size], out=sums[1:])
        return cls(keys[:size].copy(), sums)

    @property
    def nbytes(self) -> int:
        """The memory that the arrays take."""
        return int(self.keys.nbytes + self.sums.nbytes)

    def of(self, keys: Array) -> Array:
        """The count of each key, 0 where it is not held; float64 of the shape of ``keys``."""
        places = np.searchsorted(self.keys, keys)
        found = places < len(self.keys)
        places[~found] = 0
        if len(self.keys):
            found &= self.keys[places] == keys
        return np.where(found, self._between(places, places + found), 0.0)

    def behind(self, contexts: Array) -> tuple[Array, Array]:
        """How many keys begin with each context, and how often they were counted together."""
        first = np.searchsorted(self.keys, contexts << np.uint64(BITS))
        last = np.searchsorted(self.keys, (contexts + np.uint64(1)) << np.uint64(BITS))
        return (last - first).astype(np.float64), self._between(first, last)

    def _between(self, first: Array, last: Array) -> Array:
        return self.sums[last].astype(np.float64) - self.sums[first]


class Language:
    """The likelihoods of one state of the archive; never changes, so threads may share it."""

    def __init__(self, pairs: Counts, triples: Counts, shares: Array) -> None:
        self._pairs, self._triples, self._shares = pairs, triples, shares
        self._unknown = 0.5 / max(int(pairs.sums[-1]), 1)

    @classmethod
    def learnt(cls, pairs: Iterator[Tally], triples: Iterator[Tally]) -> Self:
        """From all pairs and triples of the archive."""
        twos = Counts.counted(pairs, 1, ENTRIES)
        threes = Counts.counted(triples, LEAST_TRIPLE, ENTRIES - len(twos.keys))
        counts = np.diff(twos.sums.astype(np.int64))
        seconds = (twos.keys & np.uint64(NOTHING)).astype(np.int64)
        occurrences = np.bincount(seconds, weights=counts)
        shares = ((occurrences + 0.5) / max(counts.sum(), 1)).astype(np.float32)
        return cls(twos, threes, shares)

    @classmethod
    def of(cls, arrays: Mapping[str, Array]) -> Self:
        """From what :attr:`arrays` gave."""
        pairs, triples = (Counts(arrays[f"{n}_keys"], arrays[f"{n}_sums"]) for n in _COUNTS)
        return cls(pairs, triples, arrays["shares"])

    @property
    def arrays(self) -> dict[str, Array]:
        """All that it consists of, by name."""
        kept = {"shares": self._shares}
        for name, counts in zip(_COUNTS, (self._pairs, self._triples), strict=True):
            kept |= {f"{name}_keys": counts.keys, f"{name}_sums": counts.sums}
        return kept

    @property
    def nbytes(self) -> int:
        """The memory that the arrays take."""
        return self._pairs.nbytes + self._triples.nbytes + int(self._shares.nbytes)

    def likelihoods(self, before: Array, last: Array, terms: Array) -> Array:
        """The likelihood of each term behind each context.

        Args:
            before: uint64 ``[n]``, the second last term of each context.
            last: uint64 ``[n]``, the last one.
            terms: uint64 ``[m]``; 0 for one that the archive does not hold.

        Returns:
            float64 ``[n, m]``, all above 0.
        """
        bits = np.uint64(BITS)
        lasts, which = np.unique(last, return_inverse=True)
        shorter = self._behind_one(lasts, terms)[which]
        context = (before << bits) | last
        different, counted = self._triples.behind(context)
        pruned = np.maximum(self._pairs.of(context) - counted, 0.0)
        share = different + pruned + 1.0
        count = self._triples.of((context[:, None] << bits) | terms)
        return _mixed(count, counted, share, shorter)

    def _behind_one(self, last: Array, terms: Array) -> Array:
        different, counted = self._pairs.behind(last)
        count = self._pairs.of((last[:, None] << np.uint64(BITS)) | terms)
        return _mixed(count, counted, different + 1.0, self._alone(terms))

    def _alone(self, terms: Array) -> Array:
        known = (terms > 0) & (terms < len(self._shares))
        shares = self._shares[np.where(known, terms, 0)] if len(self._shares) else self._unknown
        return np.where(known, shares, self._unknown)


def _mixed(count: Array, counted: Array, share: Array, shorter: Array) -> Array:
    mixed: Array = (count + share[:, None] * shorter) / (counted + share)[:, None]
    return mixed
