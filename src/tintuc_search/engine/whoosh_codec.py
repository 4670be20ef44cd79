"""A Whoosh codec that keeps each term's postings as arrays.

Whoosh's own codec writes postings in pickled blocks of 128 and hands them out one at a time in Python,
which is what makes Whoosh slow. Here a term's postings are three compressed arrays in one block: document
numbers, weights, and the values (positions), so that a search reads a term in a few calls of NumPy and
leaves the positions alone unless it has a phrase to match. Everything else (terms, columns, segments, merging,
Whoosh's own searcher) is Whoosh's.
"""

from __future__ import annotations

import struct
import zlib
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from whoosh.codec.whoosh3 import W3Codec, W3LeafMatcher, W3PostingsWriter

from tintuc_search.engine.postings import Occurrences, Postings

if TYPE_CHECKING:
    from tintuc_search.engine.postings import Array

_HEAD = struct.Struct("<IIIIII")
"""Number of postings, last document, and the sizes of the four packed arrays."""
_PART = struct.Struct("<BBI")
"""Size of an item, whether compressed, checksum of the bytes that follow."""
_COMPRESS_FROM = 64  # bytes; below, compressing makes them more
_LEVEL = 1
POSITION = np.dtype("<u4")
"""What a posting's value is an array of."""


class ArrayCodec(W3Codec):  # type: ignore[misc]
    """Whoosh's codec with postings as arrays."""

    length_stats = False  # our scoring takes lengths from a column

    def postings_writer(self, dbfile: Any, byteids: bool = False) -> Any:
        """Open a writer for postings."""
        return ArrayPostingsWriter(dbfile, blocklimit=1 << 31, byteids=byteids)

    def postings_reader(
        self,
        dbfile: Any,
        terminfo: Any,
        format_: Any,
        term: Any = None,
        scorer: Any = None,
    ) -> ArrayMatcher:
        """Open one term's postings."""
        offset, length = terminfo.extent()
        return ArrayMatcher(dbfile, offset, length, format_, term=term, scorer=scorer)


class ArrayPostingsWriter(W3PostingsWriter):  # type: ignore[misc]
    """Writes a term's postings as one block."""

    def add_posting(
        self,
        id_: int,
        weight: float,
        vbytes: bytes,
        length: int | None = None,  # noqa: ARG002 - what Whoosh gives
    ) -> None:
        """Add a posting; ``vbytes`` is an array of :data:`POSITION` or empty."""
        self._ids.append(id_)
        self._weights.append(weight)
        self._values.append(vbytes)
        if weight > self._maxweight:
            self._maxweight: float = weight

    def _write_block(self, last: bool = False) -> None:  # noqa: ARG002
        self._terminfo.add_block(self)
        ids = np.array(self._ids, np.uint32)
        sizes = np.array([len(value) for value in self._values], np.uint32)
        parts = [
            _pack(np.diff(ids, prepend=np.uint32(0))),
            _pack(np.array(self._weights, np.float64).astype(np.uint32)),
            _pack(sizes // POSITION.itemsize),
            _pack(np.frombuffer(b"".join(self._values), POSITION)),
        ]
        head = _HEAD.pack(len(ids), int(ids[-1]), *(len(part) for part in parts))
        self._postfile.write(head + b"".join(parts))
        self._blockcount += 1
        self._new_block()


class ArrayMatcher(W3LeafMatcher):  # type: ignore[misc]
    """Reads a term's postings: as arrays for our evaluator, one at a time for Whoosh's own searcher."""

    def _read_header(self) -> None:
        self._baseoffset = self._startoffset

    def _goto(self, position: int) -> None:
        head = _HEAD.unpack(self._postfile.get(position, _HEAD.size))
        self._blocklength, self._maxid, *sizes = head
        self._part_sizes = sizes
        self._dataoffset = position + _HEAD.size
        self._maxweight = float("inf")
        self._minlength, self._maxlength, self._compression = 0, 0, 0
        self._lastblock = True
        self._i = 0
        self._ids: Any = None
        self._weights: Any = None
        self._values: Any = None

    def _part(self, number: int) -> Array:
        begin = self._dataoffset + sum(self._part_sizes[:number])
        return _unpack(self._postfile.get(begin, self._part_sizes[number]))

    def postings(self) -> Postings:
        """All postings, with the weights as packed frequencies."""
        docs = np.cumsum(self._part(0), dtype=np.int32)
        return Postings(docs, self._part(1).astype(np.uint32))

    def occurrences(self) -> Occurrences:
        """All postings, with their values as positions."""
        docs = np.cumsum(self._part(0), dtype=np.int32)
        starts = np.zeros(len(docs) + 1, np.int64)
        np.cumsum(self._part(2), out=starts[1:])
        return Occurrences(docs, starts, self._part(3).astype(np.int32))

    def _read_ids(self) -> None:
        self._ids = np.cumsum(self._part(0), dtype=np.int64).tolist()

    def _read_weights(self) -> None:
        self._weights = self._part(1).astype(np.float64).tolist()

    def _read_values(self) -> None:
        ends = np.cumsum(self._part(2), dtype=np.int64) * POSITION.itemsize
        data = self._part(3).astype(POSITION).tobytes()
        begins = [0, *ends.tolist()]
        self._values = [data[begin:end] for begin, end in pairwise(begins)]


def _pack(array: Array) -> bytes:
    """Write unsigned integers in the smallest type that holds them."""
    largest = int(array.max(initial=0))
    kind = np.min_scalar_type(largest)
    data = array.astype(kind.newbyteorder("<")).tobytes()
    compressed = len(data) >= _COMPRESS_FROM
    if compressed:
        data = zlib.compress(data, _LEVEL)
    return _PART.pack(kind.itemsize, compressed, zlib.crc32(data)) + data


def _unpack(data: bytes) -> Array:
    """Read what :func:`_pack` wrote; raises ValueError or zlib.error if it is damaged."""
    size, compressed, checksum = _PART.unpack_from(data)
    content = data[_PART.size :]
    if zlib.crc32(content) != checksum:
        raise ValueError("a term's postings do not agree with their checksum")
    return np.frombuffer(zlib.decompress(content) if compressed else content, f"<u{size}")
