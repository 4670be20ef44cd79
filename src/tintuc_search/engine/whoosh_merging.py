"""When segments are merged: so that there are few of them, yet a small commit rewrites little."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_SEGMENTS = 10
"""More are not left behind by a commit."""
_DELETED_SHARE = 1 / 3
"""A segment with more deleted documents is rewritten without them."""


class Size(NamedTuple):
    """How many documents a segment holds, and how many of them are not deleted."""

    every: int
    live: int


def segments_to_merge(sizes: Sequence[Size], added: int) -> list[int]:
    """Choose the segments to merge with the ``added`` documents of a commit into one new segment.

    Those with many deleted documents always are. If too many segments would be left, the smallest are too,
    and with them each next one that is no larger than all taken before it together: sizes then grow in steps,
    and a document is rewritten a number of times that grows with the logarithm of their number.
    """
    chosen = {i for i, size in enumerate(sizes) if size.every - size.live > _share(size)}
    total = added + sum(sizes[i].live for i in chosen)
    others = sorted(set(range(len(sizes))) - chosen, key=lambda i: sizes[i].live)
    excess = len(others) + 1 - MOST_SEGMENTS
    if excess > 0:
        for rank, i in enumerate(others):
            if rank >= excess and sizes[i].live > total:
                break
            chosen.add(i)
            total += sizes[i].live
    return sorted(chosen)


def _share(size: Size) -> float:
    return size.every * _DELETED_SHARE
