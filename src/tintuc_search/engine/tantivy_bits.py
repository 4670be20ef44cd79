"""Unpacking Tantivy's compressed numbers into arrays, all blocks of a list at once.

A full block holds 128 numbers in four lanes of 32-bit words (BitPacker4x of the Rust crate ``bitpacking``):
number ``i`` lies in lane ``i % 4``, from bit ``i // 4 * width`` on. What is left over, fewer than 128, is
written seven bits a byte, the last byte of a number marked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from tintuc_search.engine.postings import Array

BLOCK = 128
"""Numbers in a full block."""
BYTES_A_BIT = BLOCK // 8
"""Bytes that a block takes for every bit of its numbers' width."""

STOP = 0x80
"""What marks the last byte of a number."""

_LANES, _WORD = 4, 32


def unpack_blocks(data: memoryview, begins: Array, widths: Array) -> Array:
    """Unpack full blocks.

    Args:
        data: bytes that hold all of them.
        begins: int64 ``[n]``, where each block begins, in units of 16 bytes.
        widths: int64 ``[n]``, bits of each block's numbers, 0 to 32.

    Returns:
        uint32 ``[n, 128]``.
    """
    rows = np.frombuffer(data, "<u4", len(data) // BYTES_A_BIT * _LANES).reshape(-1, _LANES)
    result = np.zeros((len(begins), BLOCK), np.uint32)
    for width in np.unique(widths[widths > 0]).tolist():
        blocks = np.flatnonzero(widths == width)
        bits = np.arange(_WORD, dtype=np.int64) * width
        low = bits // _WORD
        high = np.minimum(low + 1, width - 1)  # the last number ends with its word
        at = begins[blocks][:, None]
        shift = (bits % _WORD).astype(np.uint64)[None, :, None]
        wide = rows[at + high].astype(np.uint64) << np.uint64(_WORD)
        wide |= rows[at + low]
        wide >>= shift
        wide &= np.uint64((1 << width) - 1)
        result[blocks] = wide.reshape(len(blocks), BLOCK)
    return result


def unpack_rest(data: memoryview) -> Array:
    """Unpack numbers of seven bits a byte: int64."""
    content = np.frombuffer(data, np.uint8)
    ends = np.flatnonzero(content >= STOP)
    if not len(ends):
        return np.empty(0, np.int64)
    begins = np.concatenate([[0], ends[:-1] + 1])
    place = np.arange(ends[-1] + 1) - np.repeat(begins, ends - begins + 1)
    parts = (content[: ends[-1] + 1] & 0x7F).astype(np.int64) << (7 * place)
    numbers: Array = np.add.reduceat(parts, begins)
    return numbers


def read_vint(data: memoryview, at: int) -> tuple[int, int]:
    """One number of seven bits a byte, and where the next thing begins."""
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte & STOP:
            return value, at
        shift += 7
