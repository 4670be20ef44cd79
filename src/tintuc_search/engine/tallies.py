"""Sorted counts of numbers: made, merged in bounded memory, written as bytes.

A tally is cut into parts of bounded length whose keys rise from part to part. Counts are signed, so that what a
changed document held before is taken back by counting it in once more, negatively.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tintuc_search.engine.postings import Array

PART = 1 << 15
"""Keys in one part: 400 kB while it is worked on."""


class Tally(NamedTuple):
    """``keys`` uint64 ``[n]``, rising strictly; ``counts`` int64 ``[n]``, none 0."""

    keys: Array
    counts: Array


def tally(keys: Array, counts: Array) -> Tally:
    """Add up the counts of equal keys; what comes to 0 is left out."""
    order = np.argsort(keys, kind="stable")  # which merges runs that are sorted already
    keys, counts = keys[order], counts[order]
    first = np.ones(len(keys), bool)
    first[1:] = keys[1:] != keys[:-1]
    sums = np.add.reduceat(counts, np.flatnonzero(first)) if len(keys) else counts
    held = sums != 0
    return Tally(keys[first][held], sums[held])


def difference(added: Array, gone: Array) -> Tally:
    """Count keys in, and others out (unsigned, in any order); what comes to 0 is left out."""
    more = _counted(added)
    if not len(gone):
        return more
    less = _counted(gone)
    keys = np.concatenate([more.keys, less.keys])
    return tally(keys, np.concatenate([more.counts, -less.counts]))


def _counted(keys: Array) -> Tally:
    keys = np.sort(keys)  # several times as fast as a search for their order
    first = np.ones(len(keys), bool)
    first[1:] = keys[1:] != keys[:-1]
    starts = np.flatnonzero(first)
    return Tally(keys[starts], np.diff(starts, append=len(keys)))


def parts(whole: Tally) -> Iterator[Tally]:
    """Cut a tally into parts."""
    for start in range(0, len(whole.keys), PART):
        yield Tally(whole.keys[start : start + PART], whole.counts[start : start + PART])


def merged(tallies: Iterable[Iterator[Tally]]) -> Iterator[Tally]:
    """Add up several tallies, given and returned in parts; one part of each is in memory at a time."""
    left = [(part, rest) for rest in tallies if (part := next(rest, None)) is not None]
    while left:
        # What is not read yet lies above the last key of its tally's part in hand.
        limit = min(part.keys[-1] for part, _ in left)
        below, kept = [], []
        for part, rest in left:
            cut = int(np.searchsorted(part.keys, limit, side="right"))
            below.append(Tally(part.keys[:cut], part.counts[:cut]))
            above = Tally(part.keys[cut:], part.counts[cut:])
            following = above if len(above.keys) else next(rest, None)
            if following is not None:
                kept.append((following, rest))
        left = kept
        yield from parts(tally(*map(np.concatenate, zip(*below, strict=True))))


def pack(part: Tally) -> bytes:
    """Compress a part: the steps between its keys and its counts, each byte of them apart."""
    steps = np.diff(part.keys, prepend=np.uint64(0)).astype("<u8")
    counts = part.counts.astype("<i4")
    return zlib.compress(_planes(steps) + _planes(counts), 1)


def unpack(data: bytes) -> Tally:
    """The part that was packed."""
    planes = np.frombuffer(zlib.decompress(data), np.uint8).reshape(12, -1)
    steps = np.ascontiguousarray(planes[:8].T).view("<u8").ravel()
    counts = np.ascontiguousarray(planes[8:].T).view("<i4").ravel()
    return Tally(np.cumsum(steps, dtype=np.uint64), counts.astype(np.int64))


def _planes(values: Array) -> bytes:
    """The first byte of every value, then the second of every, and so on."""
    return values.view(np.uint8).reshape(len(values), values.itemsize).T.tobytes()
