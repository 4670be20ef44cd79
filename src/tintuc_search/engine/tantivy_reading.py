"""Reading a term of a Tantivy index: its postings and positions in all segments, and what is kept of them.

Postings are kept by segment, so that a commit, which adds a small segment, leaves the rest warm; positions, of
which mostly few are read, until the next commit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from uuid import uuid4

import numpy as np

from tintuc_search.engine.postings import (
    NO_OCCURRENCES,
    TEXT_FIELDS,
    Occurrences,
    Postings,
    SomeOccurrences,
    field_frequencies,
    join_postings,
    pack,
)
from tintuc_search.engine.slots import SLOTS
from tintuc_search.engine.tantivy_lists import read_postings, read_some_steps, read_steps
from tintuc_search.engine.tantivy_segment import summed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tintuc_search.engine.postings import Array
    from tintuc_search.engine.postings_cache import PostingsCache
    from tintuc_search.engine.tantivy_segment import LoadedSegment
    from tintuc_search.engine.tantivy_terms import Listed

MANY = 500
"""Documents that hold a term; of a rarer one all positions are read at once."""

SOME = 0.25
"""The share of those documents from which on it is faster to read all."""
_FEW = 0.02  # the share of all documents up to which it is faster to sort some


class _Known(NamedTuple):
    """A term in one segment: its postings, and its lists in title, lead, body."""

    postings: Postings
    lists: tuple[Listed | None, ...]


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
        self, segments: Sequence[LoadedSegment], borders: Array, cache: PostingsCache
    ) -> None:
        self._segments, self._borders, self._cache = segments, borders, cache
        self._name = uuid4().hex
        self._bases: list[int] = np.cumsum([0, *(segment.size for segment in segments)]).tolist()

    def postings(self, term: bytes) -> Postings:
        """The term's postings."""
        return self._whole(self._known(term))

    def occurrences(self, term: bytes) -> Occurrences:
        """The same with positions, kept until the next commit."""
        key = (self._name, term, True)
        found: Occurrences | None = self._cache.get(key)
        if found is None:
            found = self._joined(self._parts(self._known(term)))
            size = found.docs.nbytes + found.starts.nbytes + found.positions.nbytes
            self._cache.put(key, found, size)
        return found

    def occurrences_in(self, term: bytes, docs: Array) -> Occurrences:
        """The occurrences in ``docs`` (int64, rising), or in all, whatever is read sooner."""
        known = self._known(term)
        every = self._whole(known)
        few = len(every.docs) >= MANY and len(docs) < len(every.docs) * SOME
        parts = self._some_parts(known, every, docs) if few else None
        if parts is None:
            return self.occurrences(term)
        some = self._joined(parts)
        return SomeOccurrences(some.docs, some.starts, some.positions, every.docs)

    def _whole(self, known: Sequence[_Known]) -> Postings:
        parts = zip(self._bases, (each.postings for each in known), strict=False)
        return join_postings(list(parts))

    def _known(self, term: bytes) -> list[_Known]:
        """The term in each segment; those that are not kept are read together."""
        found = {
            number: self._cache.get((segment.name, term, False))
            for number, segment in enumerate(self._segments)
        }
        missing = [number for number, known in found.items() if known is None]
        for number, known in zip(missing, self._read(term, missing), strict=True):
            found[number] = known
            size = known.postings.docs.nbytes + known.postings.packed.nbytes
            self._cache.put((self._segments[number].name, term, False), known, size)
        return [found[number] for number in range(len(self._segments))]

    def _read(self, term: bytes, numbers: Sequence[int]) -> list[_Known]:
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
            known.append(_Known(Postings(docs.astype(np.int32), packed[docs]), three))
        return known

    def _parts(self, known: Sequence[_Known]) -> list[_Part]:
        """All positions of a term, by segment and field."""
        every = [
            (base, field, each)
            for base, (_, lists) in zip(self._bases, known, strict=False)
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

    def _some_parts(
        self, known: Sequence[_Known], every: Postings, docs: Array
    ) -> list[_Part] | None:
        """The positions in some documents, by field; None where the packed frequencies do not tell all."""
        rows = np.searchsorted(every.docs, docs)
        rows = rows[every.docs[np.minimum(rows, len(every.docs) - 1)] == docs]
        segment = np.searchsorted(self._bases, every.docs[rows], side="right") - 1
        firsts = np.searchsorted(every.docs, self._bases)
        chosen = []
        for field, name in enumerate(TEXT_FIELDS):
            counts, exact = field_frequencies(every.packed, name)
            if not exact:
                return None
            kept = counts[rows] > 0
            at, of = rows[kept], segment[kept]
            before = np.cumsum(counts) - counts
            begins = before[at] - before[firsts[of]]
            chosen.append((field * len(known) + of, every.docs[at], begins, counts[at]))
        of, _, begins, counts = (np.concatenate(each) for each in zip(*chosen, strict=True))
        lists = [each.lists[field] for field in range(len(TEXT_FIELDS)) for each in known]
        used, of = np.unique(of, return_inverse=True)
        present = [each for each in (lists[i] for i in used.tolist()) if each is not None]
        steps = read_some_steps(present, of, begins, counts)
        cuts = np.cumsum([int(counts.sum()) for _, _, _, counts in chosen])
        parts = zip(chosen, np.split(steps, cuts[:-1]), strict=True)
        return [
            _Part(field, docs, counts, step)
            for field, ((_, docs, _, counts), step) in enumerate(parts)
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
        if len(every) < self._bases[-1] * _FEW:
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
