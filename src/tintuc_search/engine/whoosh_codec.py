"""A Whoosh codec that keeps each term's postings as arrays.

Whoosh's own codec writes postings in pickled blocks of 128 and hands them out one at a time in Python,
which is what makes Whoosh slow. Here a term's postings are three compressed arrays in one block: document
numbers, weights, and the values (positions), so that a search reads a term in a few calls of NumPy and
leaves the positions alone unless it has a phrase to match. Everything else (terms, columns, segments, merging,
Whoosh's own searcher) is Whoosh's.
"""

from __future__ import annotations

import struct
import sys
import zlib
from array import array
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any

import numpy as np
from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter, W3LeafMatcher, W3PostingsWriter

from tintuc_search.engine.postings import Array, Occurrences, Postings

_HEAD = struct.Struct("<IIIIII")
"""Number of postings, last document, and the sizes of the four packed arrays."""
_PART = struct.Struct("<BBI")
"""Size of an item, whether compressed, checksum of the bytes that follow."""
_CODES = {array(code).itemsize: code for code in "BHIL"}
_SHORT = 512  # bytes; below, a list is written faster than an array
_COMPRESS_FROM = 64  # bytes; below, compressing makes them more
_LEVEL = 1
POSITION = np.dtype("<u4")
"""What a posting's value is an array of."""

Numbers = list[int] | Array
"""Unsigned integers below 2^32."""


class ArrayCodec(W3Codec):  # type: ignore[misc]
    """Whoosh's codec with postings as arrays."""

    length_stats = False  # our scoring takes lengths from a column

    def field_writer(self, storage: Any, segment: Any) -> ArrayFieldWriter:
        """Open a writer for terms."""
        return ArrayFieldWriter(self, storage, segment)

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


@dataclass(frozen=True, slots=True)
class Block:
    """A term's postings on their way to a file.

    ``docs`` (rising), ``weights`` and ``counts`` have a number for each posting; ``positions`` are those of
    all postings, ``counts[i]`` of them each. Short ones are lists, which take less time to write than arrays.
    """

    docs: Numbers
    weights: Numbers
    counts: Numbers
    positions: Numbers


class ArrayFieldWriter(W3FieldWriter):  # type: ignore[misc]
    """Whoosh's writer of terms, which also takes a term's postings at once."""

    def add_block(self, block: Block) -> None:
        """Write all postings of the term that was started."""
        self._postwriter.add_block(block)


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

    def add_block(self, block: Block) -> None:
        """Write all postings of the term."""
        steps: Numbers
        if isinstance(block.docs, list):
            steps = [block.docs[0], *(after - before for before, after in pairwise(block.docs))]
        else:
            steps = block.docs.copy()
            steps[1:] -= block.docs[:-1]
        parts = [_pack(part) for part in (steps, block.weights, block.counts, block.positions)]
        last = int(block.docs[-1])
        head = _HEAD.pack(len(block.docs), last, *(len(part) for part in parts))
        self._postfile.write(head + b"".join(parts))
        self._blockcount += 1
        info = self._terminfo
        info._df, info._weight = len(block.docs), _total(block.weights)  # noqa: SLF001
        info._minid, info._maxid = int(block.docs[0]), last  # noqa: SLF001

    def _write_block(self, last: bool = False) -> None:  # noqa: ARG002 - what Whoosh gives
        self.add_block(block_of(list(self._ids), list(self._weights), self._values))
        self._new_block()


def _total(numbers: Numbers) -> float:
    return float(sum(numbers) if isinstance(numbers, list) else numbers.sum(dtype=np.float64))


def block_of(docs: list[int], weights: list[float], values: list[bytes]) -> Block:
    """Make a block from what Whoosh's writer gathers."""
    data = b"".join(values)
    every = np.frombuffer(data, POSITION)
    positions: Numbers = every.tolist() if len(data) < _SHORT else every
    counts = [len(value) // POSITION.itemsize for value in values]
    return Block(docs, [int(weight) for weight in weights], counts, positions)


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


def read_block(postfile: Any, offset: int) -> Block:
    """Read a term's postings from a file of them, short parts as lists."""
    _, _, *sizes = _HEAD.unpack(postfile.get(offset, _HEAD.size))
    data = postfile.get(offset + _HEAD.size, sum(sizes))
    parts: list[Numbers] = []
    begin = 0
    for size in sizes:
        part = _unpack(data[begin : begin + size])
        parts.append(part.tolist() if part.nbytes < _SHORT else part)
        begin += size
    steps = parts[0]
    docs: Numbers = (
        list(accumulate(steps)) if isinstance(steps, list) else np.cumsum(steps, dtype=np.uint32)
    )
    return Block(docs, parts[1], parts[2], parts[3])


def _pack(numbers: Numbers) -> bytes:
    """Write unsigned integers in the smallest type that holds them."""
    if isinstance(numbers, list):
        largest = max(numbers, default=0)
        size = 1 if largest < 1 << 8 else 2 if largest < 1 << 16 else 4
        kept = array(_CODES[size], numbers)
        if sys.byteorder == "big":
            kept.byteswap()
        data = kept.tobytes()
    else:
        size = np.min_scalar_type(int(numbers.max(initial=0))).itemsize
        data = numbers.astype(f"<u{size}").tobytes()
    compressed = len(data) >= _COMPRESS_FROM
    if compressed:
        data = zlib.compress(data, _LEVEL)
    return _PART.pack(size, compressed, zlib.crc32(data)) + data


def _unpack(data: bytes) -> Array:
    """Read what :func:`_pack` wrote; raises ValueError or zlib.error if it is damaged."""
    size, compressed, checksum = _PART.unpack_from(data)
    content = data[_PART.size :]
    if zlib.crc32(content) != checksum:
        raise ValueError("a term's postings do not agree with their checksum")
    return np.frombuffer(zlib.decompress(content) if compressed else content, f"<u{size}")
