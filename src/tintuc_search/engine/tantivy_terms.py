"""The terms of one field of a Tantivy segment, and where their postings and positions lie.

The layout is that of Tantivy's index format 7 (``src/termdict/fst_termdict`` of its source).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import NamedTuple

from tintuc_search.engine.tantivy_fst import TermNumbers

_TERMS_A_BLOCK = 256
_META = struct.Struct("<QIQIQIBBB")
"""Where a block of terms begins, its first term's entry, and the bits of the others' numbers."""
_FOOTER = struct.Struct("<QII")
"""Size of the table of terms, and two versions: of the transducer, and that it is one."""
_VERSIONS = (1, 1)
_HEAD = 8  # bytes before a field's postings: the number of its tokens


class Entry(NamedTuple):
    """A term's entry: documents that hold it, and the ranges of bytes of its postings and positions."""

    docs: int
    postings: slice
    positions: slice


@dataclass(frozen=True, slots=True)
class Listed:
    """One term in one field of one segment: how many documents hold it, its packed postings and positions.

    ``at`` is where in the segment's file its positions begin.
    """

    docs: int
    postings: memoryview
    positions: memoryview
    at: int


class FieldTerms:
    """The terms of one field.

    ``terms`` and ``postings`` are the field's parts of two files, ``positions`` is a whole one, in which the field's
    part begins at ``begin``.
    """

    def __init__(
        self, terms: memoryview, postings: memoryview, positions: memoryview, begin: int
    ) -> None:
        size, *versions = _FOOTER.unpack(terms[-_FOOTER.size :])
        if tuple(versions) != _VERSIONS:
            raise ValueError(f"a term dictionary of version {versions}")
        table = len(terms) - _FOOTER.size - size
        self._numbers = TermNumbers(terms[:table])
        length, self.count = struct.unpack("<QQ", terms[table : table + 16])
        self._metas = terms[table + 16 : table + 16 + length]
        self._entries = terms[table + 16 + length : -_FOOTER.size]
        self._postings, self._positions, self._begin = postings[_HEAD:], positions, begin

    def find(self, term: bytes) -> Listed | None:
        """What the field holds of a term, None for an unknown one."""
        number = self._numbers.get(term)
        if number is None:
            return None
        entry = self._entry(number)
        begin, end = (self._begin + at for at in (entry.positions.start, entry.positions.stop))
        return Listed(entry.docs, self._postings[entry.postings], self._positions[begin:end], begin)

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
