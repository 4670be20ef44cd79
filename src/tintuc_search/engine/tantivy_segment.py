"""One Tantivy segment read as arrays.

A segment's files never change once written, so what is read of one stays good for every commit that still
holds it; only the list of its deleted documents is read anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tintuc_search.engine.postings import (
    NO_OCCURRENCES,
    NO_POSTINGS,
    TEXT_FIELDS,
    Occurrences,
    Postings,
    field_frequencies,
    pack,
)
from tintuc_search.engine.tantivy_files import fields_of, open_file
from tintuc_search.engine.tantivy_schema import NUMBER, ROW, SLOTS, STATE, read_row
from tintuc_search.engine.tantivy_terms import FieldTerms

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from tintuc_search.engine.base import KeywordField
    from tintuc_search.engine.postings import Array
    from tintuc_search.engine.postings_cache import PostingsCache
    from tintuc_search.engine.tantivy_files import SegmentMeta
    from tintuc_search.engine.tantivy_schema import Row
    from tintuc_search.engine.tantivy_terms import TermPostings

_NUMBER = NUMBER.encode()
MANY = 2000
"""Documents that hold a term; of a rarer one all positions are read at once, and kept."""


class _Part(NamedTuple):
    """Positions in one field (0 title, 1 lead, 2 body): documents, how many each, and their steps."""

    field: int
    docs: Array
    counts: Array
    steps: Array


class LoadedSegment:
    """An open segment; safe for threads.

    ``row`` are the numbers of its articles, ``borders`` int64 ``[size, 2]`` the same by document. ``states`` are
    the documents (int64) that hold a state, ``steps`` the numbers of each, int64 ``[n, k]``.
    """

    def __init__(
        self, path: Path, meta: SegmentMeta, fields: Mapping[str, int], cache: PostingsCache
    ) -> None:
        self.name, self.size = meta.name, meta.size
        parts = [
            fields_of(open_file(path / f"{meta.name}.{kind}")) for kind in ("term", "idx", "pos")
        ]
        self._fields = {
            name: FieldTerms(*(part[number] for part in parts))
            for name, number in fields.items()
            if all(number in part for part in parts)
        }
        self._cache = cache
        self._keywords: dict[KeywordField, tuple[Array, Array]] = {}
        self.row: Row = read_row(*self._numbers(ROW)[::2])
        self.borders = np.zeros((self.size, 2), np.int64)
        self.borders[self.row.docs] = self.row.borders
        self.states, counts, steps = self._numbers(STATE)
        self.steps: Array = steps.reshape(len(counts), -1) if len(counts) else steps.reshape(0, 0)

    def keywords(self, field: KeywordField) -> tuple[Array, Array]:
        """Rows (int32, from 0 in this segment) and numbers (int32, those of the file of strings)."""
        if field not in self._keywords:
            docs, counts, steps = self._numbers(field)
            self._keywords[field] = (
                np.repeat(docs.astype(np.int32), counts),
                _summed(steps, counts).astype(np.int32),
            )
        return self._keywords[field]

    def _numbers(self, field: str) -> tuple[Array, Array, Array]:
        """The documents that have numbers in a field, how many each, and all of them: int64 each."""
        found = self._fields[field].postings(_NUMBER) if field in self._fields else None
        if found is None:
            return (np.empty(0, np.int64),) * 3
        return found.docs, found.counts, self._fields[field].deltas(found)

    def postings(self, term: bytes) -> Postings:
        """The term's postings, documents numbered from 0 in this segment."""
        key = (self.name, term, False)
        found: Postings | None = self._cache.get(key)
        if found is None:
            found = self._read_postings(term)
            self._cache.put(key, found, found.docs.nbytes + found.packed.nbytes)
        return found

    def occurrences(self, term: bytes) -> Occurrences:
        """The same with positions."""
        key = (self.name, term, True)
        found: Occurrences | None = self._cache.get(key)
        if found is None:
            found = self._read_occurrences(term)
            size = found.docs.nbytes + found.starts.nbytes + found.positions.nbytes
            self._cache.put(key, found, size)
        return found

    def occurrences_in(self, term: bytes, docs: Array) -> Occurrences:
        """The occurrences in ``docs`` (int64, rising), or of a rare term in all documents.

        Of a term that many documents hold only the blocks of positions that these need are read.
        """
        postings = self.postings(term)
        if len(postings.docs) < MANY:
            return self.occurrences(term)
        parts: list[_Part] = []
        rows = np.searchsorted(postings.docs, docs)
        rows = rows[postings.docs[np.minimum(rows, len(postings.docs) - 1)] == docs]
        for i, name in enumerate(TEXT_FIELDS):
            counts, exact = field_frequencies(postings.packed, name)
            if not exact:
                return self.occurrences(term)
            chosen = rows[counts[rows] > 0]
            entry = self._fields[name].entry(term) if len(chosen) else None
            if entry is not None:
                before = np.cumsum(counts)[chosen] - counts[chosen]
                steps = self._fields[name].deltas_at(entry, before, counts[chosen])
                parts.append(_Part(i, postings.docs[chosen], counts[chosen], steps))
        return self._joined(parts)

    def _by_field(self, term: bytes) -> list[tuple[int, FieldTerms, TermPostings]]:
        """The fields that hold the term, by their place among title, lead, body."""
        fields = ((i, self._fields.get(name)) for i, name in enumerate(TEXT_FIELDS))
        found = ((i, field, field.postings(term)) for i, field in fields if field is not None)
        return [(i, field, postings) for i, field, postings in found if postings is not None]

    def _read_postings(self, term: bytes) -> Postings:
        parts = self._by_field(term)
        if not parts:
            return NO_POSTINGS
        packed = np.zeros(self.size, np.uint32)
        for i, _, found in parts:
            packed[found.docs] |= pack(found.counts, TEXT_FIELDS[i])
        docs = np.flatnonzero(packed)
        return Postings(docs.astype(np.int32), packed[docs])

    def _read_occurrences(self, term: bytes) -> Occurrences:
        parts = self._by_field(term)
        return self._joined(
            [_Part(i, found.docs, found.counts, field.deltas(found)) for i, field, found in parts]
        )

    def _joined(self, parts: Sequence[_Part]) -> Occurrences:
        """Join the fields' positions by document: a document's title, then its lead, then its body."""
        if not parts:
            return NO_OCCURRENCES
        counts = np.zeros(self.size, np.int64)
        for part in parts:
            counts[part.docs] += part.counts
        docs = np.flatnonzero(counts)
        starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(counts[docs])])
        free = np.zeros(self.size, np.int64)
        free[docs] = starts[:-1]
        positions = np.empty(int(starts[-1]), np.int32)
        for part in parts:
            places = _summed(part.steps, part.counts) // SLOTS
            if part.field:
                places += np.repeat(self.borders[part.docs, part.field - 1], part.counts)
            before = np.cumsum(part.counts) - part.counts
            at = np.repeat(free[part.docs] - before, part.counts) + np.arange(len(places))
            positions[at] = places
            free[part.docs] += part.counts
        return Occurrences(docs.astype(np.int32), starts, positions)


def _summed(steps: Array, counts: Array) -> Array:
    """Add up the steps of each document, which has ``counts`` of them: int64."""
    sums = np.cumsum(steps)
    ends = np.cumsum(counts)
    before = np.concatenate([np.zeros(1, np.int64), sums[ends[:-1] - 1]]) if len(ends) else ends
    summed: Array = sums - np.repeat(before, counts)
    return summed
