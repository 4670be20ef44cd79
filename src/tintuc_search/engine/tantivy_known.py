"""What is kept of a term: its postings in all segments as one, and where its positions lie in the files."""

from __future__ import annotations

from copy import copy
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tintuc_search.engine.compact import CompactPostings
from tintuc_search.engine.plain.reading import STEP
from tintuc_search.engine.postings import (
    TEXT_FIELDS,
    Postings,
    are_exact,
    field_sums,
    join_postings,
)
from tintuc_search.engine.tantivy_bits import BLOCK, BYTES_A_BIT, STOP, read_vint, unpack_rest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from tintuc_search.engine.postings import Array
    from tintuc_search.engine.tantivy_terms import Listed

TERMS = "terms"
"""Stands in the cache for a segment, where the terms of all segments are kept."""
FIELDS = len(TEXT_FIELDS)
_BYTES_A_SUM = 4 * FIELDS
_BYTES_A_LIST = 4 * BLOCK // 2 + 150  # its rest and what else is kept of it, roughly

Lists = tuple["Listed | None", ...]
"""What title, lead and body of one segment hold of a term."""


class Piece(NamedTuple):
    """A term in one segment: its postings, whose documents count from 0 there, and its lists."""

    postings: Postings
    lists: Lists


class Places(NamedTuple):
    """Where the positions of a term's lists lie; a segment's lists are those of its title, lead, body.

    ``begins`` (int64, bytes in the segment's file) and ``widths`` (int64, bits) are of every full block; list ``i``
    has the blocks from ``firsts[i]`` to ``ends[i]``, then the numbers of ``rests`` (int32) from ``after[i]`` on.
    """

    begins: Array
    widths: Array
    firsts: Array
    ends: Array
    rests: Array
    after: Array


class KnownTerm:
    """A term as one state of an index holds it.

    Of its ``postings`` those of segment ``i`` begin at ``firsts[i]``; ``held`` is the number of live documents that
    hold it.
    """

    def __init__(
        self,
        state: str,
        bases: Mapping[str, int],
        pieces: Sequence[Piece],
        live: Array,
    ) -> None:
        self.state = state
        postings = [piece.postings for piece in pieces]
        joined = join_postings(list(zip(bases.values(), postings, strict=True)))
        self.postings = CompactPostings(joined)
        self.lists = [piece.lists for piece in pieces]
        self.firsts: Array = np.cumsum([0, *(len(each.docs) for each in postings)])
        self.held = int(np.count_nonzero(live[joined.docs]))
        ranges = zip(self.firsts.tolist(), self.firsts[1:].tolist(), strict=False)
        self.pieces = {
            name: (base, first, end, piece.lists)
            for (name, base), (first, end), piece in zip(bases.items(), ranges, pieces, strict=True)
        }

    @property
    def size(self) -> int:
        """Bytes, roughly."""
        lists = sum(each is not None for three in self.lists for each in three)
        sums = len(self.postings) // STEP + 2
        return self.postings.nbytes + sums * _BYTES_A_SUM + lists * _BYTES_A_LIST

    def piece(self, segment: str) -> Piece | None:
        """What is known of the term in a segment, for another state that has this segment too."""
        held = self.pieces.get(segment)
        if held is None:
            return None
        base, first, end, lists = held
        docs, packed = self.postings.docs[first:end], self.postings.packed[first:end]
        return Piece(Postings(docs - np.int32(base), packed), lists)

    def without(self, segments: AbstractSet[str]) -> KnownTerm:
        """What is left of it for other states once only these segments are: it holds no others' files."""
        left = copy(self)
        for name in ("sums", "origins", "places"):
            left.__dict__.pop(name, None)
        left.state, left.lists = "", []
        left.pieces = {name: held for name, held in self.pieces.items() if name in segments}
        return left

    @cached_property
    def exact(self) -> bool:
        """Whether the packed frequencies are the true ones, so that they tell where positions begin."""
        return are_exact(self.postings.table)

    @cached_property
    def sums(self) -> Array:
        """Occurrences by field before every :data:`STEP`-th posting: uint32 ``[n, 3]``."""
        packed = self.postings.packed
        padded = np.zeros((len(packed) // STEP + 1) * STEP, np.uint32)
        padded[: len(packed)] = packed
        sums = np.zeros((len(padded) // STEP + 1, FIELDS), np.uint32)
        np.cumsum(field_sums(padded.reshape(-1, STEP)), axis=0, out=sums[1:], dtype=np.uint32)
        return sums

    @cached_property
    def origins(self) -> Array:
        """Occurrences by field before each segment's: int64 ``[segments, 3]``."""
        rows = self.firsts[:-1]
        origins: Array = self.sums[rows // STEP] + field_sums(self.postings.window(rows))
        return origins

    @cached_property
    def places(self) -> Places:
        """Where its positions lie."""
        widths, begins, rests, counts = [], [], [], []
        for each in (each for three in self.lists for each in three):
            count, at = (0, 0) if each is None else read_vint(each.positions, 0)
            counts.append(count)
            if each is None:
                rests.append(b"")
                continue
            width = np.frombuffer(each.positions, np.uint8, count, at).astype(np.int64)
            ends = np.cumsum(width * BYTES_A_BIT)
            begin = at + count
            widths.append(width)
            begins.append(each.at + begin + ends - width * BYTES_A_BIT)
            rests.append(bytes(each.positions[begin + int(ends[-1]) if count else begin :]))
        ends = np.cumsum(counts)
        data = b"".join(rests)
        last = np.concatenate([[0], np.cumsum(np.frombuffer(data, np.uint8) >= STOP)])
        nothing = np.empty(0, np.int64)
        return Places(
            np.concatenate([nothing, *begins]),
            np.concatenate([nothing, *widths]),
            ends - counts,
            ends,
            unpack_rest(memoryview(data)).astype(np.int32),
            last[np.cumsum([0, *(len(rest) for rest in rests[:-1])])],
        )
