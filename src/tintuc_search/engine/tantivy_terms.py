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

    def entry(self, term: bytes) -> Entry | None:
        """The term's entry, None for an unknown term."""
        number = self._numbers.get(term)
        return None if number is None else self._entry(number)

    def postings(self, term: bytes) -> TermPostings | None:
        """The term's documents, None for an unknown term."""
        entry = self.entry(term)
        if entry is None:
            return None
        docs, counts = _read_postings(self._postings[entry.postings], entry.docs)
        return TermPostings(docs, counts, entry)

    def deltas(self, found: TermPostings) -> Array:
        """The term's positions, each less the one before it in its document: int64."""
        packed, widths, begins = self._blocks(found.entry)
        full = unpack_blocks(packed, begins, widths).ravel()
        deltas: Array = np.concatenate([full, _rest(packed, widths)], dtype=np.int64)
        if len(deltas) != int(found.counts.sum()):
            raise ValueError("a term has more or fewer positions than occurrences")
        return deltas

    def deltas_at(self, entry: Entry, begins: Array, counts: Array) -> Array:
        """Some of them: ``counts`` from each of ``begins`` on (int64 each), unpacking the blocks they lie in."""
        packed, widths, offsets = self._blocks(entry)
        before = np.cumsum(counts) - counts
        at = np.repeat(begins - before, counts) + np.arange(int(counts.sum()))
        block, place = at // BLOCK, at % BLOCK
        inside = block < len(widths)
        blocks = np.unique(block[inside])
        full = unpack_blocks(packed, offsets[blocks], widths[blocks])
        deltas = np.empty(len(at), np.int64)
        deltas[inside] = full[np.searchsorted(blocks, block[inside]), place[inside]]
        if not np.all(inside):
            deltas[~inside] = _rest(packed, widths)[place[~inside]]
        return deltas

    def _blocks(self, entry: Entry) -> tuple[memoryview, Array, Array]:
        """A term's packed positions, and the widths and beginnings of the full blocks, int64 each."""
        data = self._positions[entry.positions]
        count, at = read_vint(data, 0)
        widths = np.frombuffer(data, np.uint8, count, at).astype(np.int64)
        return data[at + count :], widths, np.cumsum(widths) - widths

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


def _rest(packed: memoryview, widths: Array) -> Array:
    """The numbers after the full blocks."""
    return unpack_rest(packed[int(widths.sum()) * BYTES_A_BIT :])


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
