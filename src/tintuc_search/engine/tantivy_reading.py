"""Reading a term of a Tantivy index: its postings and positions in all segments, and what is kept of them.

Postings are kept joined; of a state's terms the next takes what lies in segments that both have, so that a commit,
which adds a small segment, leaves the rest warm. Positions, of which mostly few are read, are kept until the next
commit.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple
from uuid import uuid4

import numpy as np

from tintuc_search.engine import loops
from tintuc_search.engine.postings import (
    NO_OCCURRENCES,
    TEXT_FIELDS,
    Kinds,
    Occurrences,
    Postings,
    SomeOccurrences,
    pack,
)
from tintuc_search.engine.slots import SLOTS
from tintuc_search.engine.tantivy_known import TERMS, KnownTerm, Piece
from tintuc_search.engine.tantivy_lists import read_postings, read_steps
from tintuc_search.engine.tantivy_segment import summed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tintuc_search.engine.postings import Array
    from tintuc_search.engine.postings_cache import PostingsCache
    from tintuc_search.engine.tantivy_segment import LoadedSegment

FEW = 1000
"""Documents; a term's positions in so many are read by themselves, however few more hold it."""

SOME = 0.25
"""The share of those documents from which on it is faster to read all."""
_UNSORTED = 0.02  # the share of all documents up to which it is faster to sort some


class _Part(NamedTuple):
    """Positions in one field (0 title, 1 lead, 2 body): documents, how many each, and their steps: int64 each."""

    field: int
    docs: Array
    counts: Array
    steps: Array


class TermReader:
    """Reads terms in several segments, whose documents are numbered on from one to the next.

    ``borders`` is int64 ``[documents, 2]`` as in :class:`~.snapshot.Documents`. Safe for threads.
    """

    def __init__(
        self,
        segments: Sequence[LoadedSegment],
        borders: Array,
        live: Array,
        cache: PostingsCache,
    ) -> None:
        self._segments, self._borders, self._live, self._cache = segments, borders, live, cache
        self._name = uuid4().hex
        self._bases: list[int] = np.cumsum([0, *(segment.size for segment in segments)]).tolist()
        names = (segment.name for segment in segments)
        self._bases_by_name = dict(zip(names, self._bases, strict=False))

    def postings(self, term: bytes) -> Postings:
        """The term's postings."""
        known = self._known(term).postings
        return Postings(known.docs, Kinds(known.table, known.codes))

    def occurrences(self, term: bytes) -> Occurrences:
        """The same with positions, kept until the next commit."""
        key = (self._name, term, True)
        found: Occurrences | None = self._cache.get(key)
        if found is None:
            found = self._joined(self._parts(self._known(term)))
            self._cache.put(key, found, found.nbytes)
        return found

    def occurrences_in(self, terms: Sequence[bytes], docs: Array) -> list[Occurrences]:
        """Each term's occurrences in ``docs`` (int64, rising), or in all, whatever is read sooner."""
        wanted = docs.astype(np.int32)  # what they are looked for in is not to be copied
        found: dict[int, Occurrences] = {}
        some: dict[int, KnownTerm] = {}
        for number, known in enumerate(map(self._known, terms)):
            few = len(docs) <= FEW or len(docs) < len(known.postings) * SOME
            if few and known.exact:
                some[number] = known
            else:
                found[number] = self.occurrences(terms[number])
        read = loops.reading.read_some(list(some.values()), wanted, self._files, self._borders)
        for (number, known), held in zip(some.items(), read, strict=True):
            found[number] = SomeOccurrences(*held, known.held)
        return [found[number] for number in range(len(terms))]

    @cached_property
    def _files(self) -> list[Array]:
        return [np.frombuffer(segment.positions, np.uint8) for segment in self._segments]

    def _known(self, term: bytes) -> KnownTerm:
        """The term in this state; of segments that another state had too, it is not read again."""
        key = (TERMS, term, False)
        kept: KnownTerm | None = self._cache.get(key)
        if kept is not None and kept.state == self._name:
            return kept
        pieces = {
            number: piece
            for number, segment in enumerate(self._segments)
            if kept is not None and (piece := kept.piece(segment.name)) is not None
        }
        missing = [number for number in range(len(self._segments)) if number not in pieces]
        pieces.update(zip(missing, self._read(term, missing), strict=True))
        ordered = [pieces[number] for number in range(len(self._segments))]
        known = KnownTerm(self._name, self._bases_by_name, ordered, self._live)
        self._cache.put(key, known, known.size)
        return known

    def _read(self, term: bytes, numbers: Sequence[int]) -> list[Piece]:
        lists = [self._segments[number].find(term) for number in numbers]
        held = iter(read_postings([each for three in lists for each in three if each is not None]))
        known = []
        for number, three in zip(numbers, lists, strict=True):
            packed = np.zeros(self._segments[number].size, np.uint32)
            for name, each in zip(TEXT_FIELDS, three, strict=True):
                if each is not None:
                    docs, counts = next(held)
                    packed[docs] |= pack(counts, name)
            docs = np.flatnonzero(packed)
            known.append(Piece(Postings(docs.astype(np.int32), packed[docs]), three))
        return known

    def _parts(self, known: KnownTerm) -> list[_Part]:
        """All positions of a term, by segment and field."""
        every = [
            (base, field, each)
            for base, lists in zip(self._bases, known.lists, strict=False)
            for field, each in enumerate(lists)
            if each is not None
        ]
        lists = [each for _, _, each in every]
        held = read_postings(lists)
        steps = read_steps(lists, [int(counts.sum()) for _, counts in held])
        return [
            _Part(field, docs + base, counts, step)
            for (base, field, _), (docs, counts), step in zip(every, held, steps, strict=True)
        ]

    def _joined(self, parts: Sequence[_Part]) -> Occurrences:
        """Join positions by document: a document's title, then its lead, then its body."""
        if not parts:
            return NO_OCCURRENCES
        by_field = [
            _concatenated([part for part in parts if part.field == field])
            for field in range(len(TEXT_FIELDS))
        ]
        docs = self._union([part.docs for part in by_field])
        rows = [np.searchsorted(docs, part.docs) for part in by_field]
        counts = np.zeros(len(docs), np.int64)
        for part, row in zip(by_field, rows, strict=True):
            counts[row] += part.counts
        starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)])
        free = starts[:-1].copy()
        positions = np.empty(int(starts[-1]), np.int32)
        for part, row in zip(by_field, rows, strict=True):
            places = summed(part.steps, part.counts) // SLOTS
            if part.field:
                places += np.repeat(self._borders[part.docs, part.field - 1], part.counts)
            before = np.cumsum(part.counts) - part.counts
            at = np.repeat(free[row] - before, part.counts) + np.arange(len(places))
            positions[at] = places
            free[row] += part.counts
        return Occurrences(docs.astype(np.int32), starts, positions)

    def _union(self, parts: Sequence[Array]) -> Array:
        """The documents of any part, rising."""
        every = np.concatenate(parts)
        if len(every) < self._bases[-1] * _UNSORTED:
            return np.unique(every)
        held = np.zeros(self._bases[-1], bool)
        held[every] = True
        return np.flatnonzero(held)


def _concatenated(parts: Sequence[_Part]) -> _Part:
    """The parts of one field, whose documents rise from one to the next."""
    if len(parts) == 1:
        return parts[0]
    nothing = np.empty(0, np.int64)
    return _Part(
        parts[0].field if parts else 0,
        np.concatenate([nothing, *(part.docs for part in parts)]),
        np.concatenate([nothing, *(part.counts for part in parts)]),
        np.concatenate([nothing, *(part.steps for part in parts)]),
    )
