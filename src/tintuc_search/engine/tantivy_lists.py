"""Reading Tantivy's lists of documents and of positions, those of several segments and fields at once.

Every call of NumPy costs some microseconds, however little it does, and an index has a dozen segments of three
fields each; so what a term has in all of them is put together, unpacked, and taken apart again. The layout is that
of Tantivy's index format 7 (``src/postings`` and ``src/positions`` of its source).
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tintuc_search.engine.tantivy_bits import (
    BLOCK,
    BYTES_A_BIT,
    read_vint,
    unpack_blocks,
    unpack_rest,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tintuc_search.engine.postings import Array
    from tintuc_search.engine.tantivy_terms import Listed

_STEP = np.dtype(
    [
        ("last", "<u4"),
        ("docs", "u1"),
        ("counts", "u1"),
        ("occurrences", "<u4"),
        ("norm", "u1"),
        ("most", "u1"),
    ]
)
"""What a list's steps say of a full block of postings: last document, widths in bits, occurrences."""
_WIDTH, _STRICT = 0x1F, 0x40


class Held(NamedTuple):
    """The documents of one list (int64, rising) and how often each holds the term (int64)."""

    docs: Array
    counts: Array


class _Packed(NamedTuple):
    """The positions of several lists: packed blocks, and what comes after them.

    ``data`` holds the full blocks of all lists, ``widths`` and ``begins`` (int64 each) are by block; list ``i`` has
    the blocks from ``firsts[i]`` to ``firsts[i + 1]`` and then the numbers that ``rests[i]`` holds.
    """

    data: memoryview
    widths: Array
    begins: Array
    firsts: list[int]
    rests: list[memoryview]


def read_postings(lists: Sequence[Listed]) -> list[Held]:
    """The documents of each list, and its frequencies."""
    steps, blocks, rests = [], [], []
    for each in lists:
        full, at = each.docs // BLOCK, 0
        if full:
            size, at = read_vint(each.postings, 0)
            step = np.frombuffer(each.postings, _STEP, full, at)
            at += size
            end = at + BYTES_A_BIT * _bits_of(step)
            blocks.append(each.postings[at:end])
            steps.append(step)
            at = end
        rests.append(each.postings[at:])
    docs, counts = _read_blocks(steps, b"".join(blocks))
    return _with_rests(lists, docs, counts, unpack_rest(memoryview(b"".join(rests))))


def _bits_of(steps: Array) -> int:
    return int((steps["docs"] & _WIDTH).sum(dtype=np.int64) + steps["counts"].sum(dtype=np.int64))


def _read_blocks(parts: Sequence[Array], data: bytes) -> tuple[Array, Array]:
    """The documents and frequencies of full blocks: int64 ``[n]`` each.

    A document is written less the one before it and less one; the first of a list as itself.
    """
    if not parts:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    steps = np.concatenate(parts)
    if not np.all(steps["docs"] & _STRICT):
        raise ValueError("postings of an older format")
    docs_widths = (steps["docs"] & _WIDTH).astype(np.int64)
    counts_widths = steps["counts"].astype(np.int64)
    both = docs_widths + counts_widths
    begins = np.cumsum(both) - both
    before = np.concatenate([[-1], steps["last"][:-1].astype(np.int64)])
    before[np.cumsum([0, *(len(part) for part in parts[:-1])])] = -1
    view = memoryview(data)
    docs = unpack_blocks(view, begins, docs_widths).astype(np.int64) + 1
    np.cumsum(docs, axis=1, out=docs)
    docs += before[:, None]
    counts = unpack_blocks(view, begins + docs_widths, counts_widths).astype(np.int64) + 1
    return docs.ravel(), counts.ravel()


def _with_rests(lists: Sequence[Listed], docs: Array, counts: Array, rests: Array) -> list[Held]:
    """Give each list its full blocks and its rest: the steps to its last documents, then their frequencies."""
    held = []
    at = at_rest = 0
    for each in lists:
        full = each.docs // BLOCK * BLOCK
        left = each.docs - full
        here = slice(at, at + full)
        last = docs[at + full - 1] if full else 0
        steps = rests[at_rest : at_rest + left]
        more = rests[at_rest + left : at_rest + 2 * left]
        held.append(
            Held(
                np.concatenate([docs[here], last + np.cumsum(steps)]),
                np.concatenate([counts[here], more]),
            )
        )
        at, at_rest = at + full, at_rest + 2 * left
    return held


def read_steps(lists: Sequence[Listed], totals: Sequence[int]) -> list[Array]:
    """The positions of each list, each less the one before it in its document: int64.

    ``totals`` says how many each list has.
    """
    packed = _packed(lists)
    full = unpack_blocks(packed.data, packed.begins, packed.widths).astype(np.int64)
    rests = unpack_rest(memoryview(b"".join(packed.rests)))
    steps, at = [], 0
    for (first, end), total in zip(pairwise(packed.firsts), totals, strict=True):
        left = total - (end - first) * BLOCK
        steps.append(np.concatenate([full[first:end].ravel(), rests[at : at + left]]))
        at += left
    if at != len(rests) or any(
        len(each) != total for each, total in zip(steps, totals, strict=True)
    ):
        raise ValueError("a term has more or fewer positions than occurrences")
    return steps


def _packed(lists: Sequence[Listed]) -> _Packed:
    widths, blocks, rests, firsts = [], [], [], [0]
    for each in lists:
        count, at = read_vint(each.positions, 0)
        width = each.positions[at : at + count]
        end = at + count + BYTES_A_BIT * sum(width)
        widths.append(width)
        blocks.append(each.positions[at + count : end])
        rests.append(each.positions[end:])
        firsts.append(firsts[-1] + count)
    every = np.frombuffer(b"".join(widths), np.uint8).astype(np.int64)
    data = memoryview(b"".join(blocks))
    return _Packed(data, every, np.cumsum(every) - every, firsts, rests)
