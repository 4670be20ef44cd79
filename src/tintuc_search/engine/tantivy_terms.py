"""One field of a Tantivy segment: its terms, and their postings and positions as arrays.

The layout is that of Tantivy's index format 7 (``src/termdict/fst_termdict``, ``src/postings`` and
``src/positions`` of its source).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tintuc_search.engine.tantivy_bits import (
    BLOCK,
    BYTES_A_BIT,
    read_vint,
    unpack_blocks,
    unpack_rest,
)
from tintuc_search.engine.tantivy_fst import TermNumbers

if TYPE_CHECKING:
    from tintuc_search.engine.postings import Array

_TERMS_A_BLOCK = 256
_META = struct.Struct("<QIQIQIBBB")
"""Where a block of terms begins, its first term's entry, and the bits of the others' numbers."""
_FOOTER = struct.Struct("<QII")
"""Size of the table of terms, and two versions: of the transducer, and that it is one."""
_VERSIONS = (1, 1)
_HEAD = 8  # bytes before a field's postings: the number of its tokens
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
"""What the list of steps says of a full block of postings: last document, widths in bits, occurrences."""
_WIDTH, _STRICT = 0x1F, 0x40


class Entry(NamedTuple):
    """A term's entry: documents that hold it, and the ranges of bytes of its postings and positions."""

    docs: int
    postings: slice
    positions: slice


@dataclass(frozen=True, slots=True)
class TermPostings:
    """A term's documents (int64, rising), how often each holds it (int64), and where the positions are."""

    docs: Array
    counts: Array
    entry: Entry


class FieldTerms:
    """The terms of one field; ``terms``, ``postings`` and ``positions`` are the field's parts of three files."""

    def __init__(self, terms: memoryview, postings: memoryview, positions: memoryview) -> None:
        size, *versions = _FOOTER.unpack(terms[-_FOOTER.size :])
        if tuple(versions) != _VERSIONS:
            raise ValueError(f"a term dictionary of version {versions}")
        table = len(terms) - _FOOTER.size - size
        self._numbers = TermNumbers(terms[:table])
        length, self.count = struct.unpack("<QQ", terms[table : table + 16])
        self._metas = terms[table + 16 : table + 16 + length]
        self._entries = terms[table + 16 + length : -_FOOTER.size]
        self._postings, self._positions = postings[_HEAD:], positions

    def postings(self, term: bytes) -> TermPostings | None:
        """The term's documents, None for an unknown term."""
        number = self._numbers.get(term)
        if number is None:
            return None
        entry = self._entry(number)
        docs, counts = _read_postings(self._postings[entry.postings], entry.docs)
        return TermPostings(docs, counts, entry)

    def deltas(self, found: TermPostings) -> Array:
        """The term's positions, each less the one before it in its document: int64."""
        data = self._positions[found.entry.positions]
        blocks, at = read_vint(data, 0)
        widths = np.frombuffer(data, np.uint8, blocks, at).astype(np.int64)
        packed = data[at + blocks :]
        begins = np.cumsum(widths) - widths
        rest = unpack_rest(packed[int(widths.sum()) * BYTES_A_BIT :])
        full = unpack_blocks(packed, begins, widths).ravel()
        deltas: Array = np.concatenate([full, rest], dtype=np.int64)
        if len(deltas) != int(found.counts.sum()):
            raise ValueError("a term has more or fewer positions than occurrences")
        return deltas

    def _entry(self, number: int) -> Entry:
        block, place = divmod(number, _TERMS_A_BLOCK)
        begin, docs, at, size, at_positions, size_positions, *bits = _META.unpack_from(
            self._metas, block * _META.size
        )
        if not place:
            return Entry(
                docs, slice(at, at + size), slice(at_positions, at_positions + size_positions)
            )
        docs_bits, postings_bits, positions_bits = bits
        row = docs_bits + postings_bits + positions_bits
        here = (place - 1) * row
        data = self._entries[begin:]
        return Entry(
            _bits(data, here + postings_bits + positions_bits, docs_bits),
            slice(
                at + _bits(data, here, postings_bits), at + _bits(data, here + row, postings_bits)
            ),
            slice(
                at_positions + _bits(data, here + postings_bits, positions_bits),
                at_positions + _bits(data, here + row + postings_bits, positions_bits),
            ),
        )


def _bits(data: memoryview, at: int, size: int) -> int:
    byte, shift = divmod(at, 8)
    return (int.from_bytes(data[byte : byte + 8], "little") >> shift) & ((1 << size) - 1)


def _read_postings(data: memoryview, count: int) -> tuple[Array, Array]:
    """The documents and frequencies of ``count`` postings: full blocks, then the rest."""
    full = count // BLOCK
    docs, counts = np.empty(count, np.int64), np.empty(count, np.int64)
    at, last = 0, 0
    if full:
        size, at = read_vint(data, 0)
        steps = np.frombuffer(data[at : at + size], _STEP, full)
        at += size
        at += _read_blocks(data[at:], steps, docs[: full * BLOCK], counts[: full * BLOCK])
        last = int(steps["last"][-1])
    if count > full * BLOCK:
        rest = unpack_rest(data[at:])
        left = count - full * BLOCK
        docs[full * BLOCK :] = last + np.cumsum(rest[:left])
        counts[full * BLOCK :] = rest[left : 2 * left]
    return docs, counts


def _read_blocks(data: memoryview, steps: Array, docs: Array, counts: Array) -> int:
    """Read the full blocks; returns the bytes that they take.

    A document is written less the one before it and less one; the first of all as itself.
    """
    if not np.all(steps["docs"] & _STRICT):
        raise ValueError("postings of an older format")
    docs_widths = (steps["docs"] & _WIDTH).astype(np.int64)
    counts_widths = steps["counts"].astype(np.int64)
    both = docs_widths + counts_widths
    begins = np.cumsum(both) - both
    before = np.concatenate([[-1], steps["last"][:-1].astype(np.int64)])
    gaps = unpack_blocks(data, begins, docs_widths).astype(np.int64) + 1
    docs[:] = (np.cumsum(gaps, axis=1) + before[:, None]).ravel()
    counts[:] = unpack_blocks(data, begins + docs_widths, counts_widths).ravel() + np.int64(1)
    return int(both.sum()) * BYTES_A_BIT
