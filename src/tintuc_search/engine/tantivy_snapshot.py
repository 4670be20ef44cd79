"""One committed state of a Tantivy index as the evaluator reads it: the arrays of its segments, joined."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from tintuc_search.engine.damage import damage_reported
from tintuc_search.engine.snapshot import UNDATED, Documents, Keywords
from tintuc_search.engine.tantivy_reading import TermReader
from tintuc_search.engine.tantivy_schema import ID

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from tintuc_search.engine.base import KeywordField
    from tintuc_search.engine.postings import Array, Occurrences, Postings
    from tintuc_search.engine.postings_cache import PostingsCache
    from tintuc_search.engine.tantivy_segment import LoadedSegment
    from tintuc_search.engine.tantivy_state import State
    from tintuc_search.engine.tantivy_strings import ReadStrings


class TantivySnapshot:
    """One state of a Tantivy index; implements :class:`~.snapshot.Snapshot`.

    ``alive`` says for each segment which of its documents are not deleted (bool ``[size]``).
    """

    def __init__(
        self,
        path: Path,
        state: State,
        segments: Sequence[LoadedSegment],
        alive: Sequence[Array],
        *,
        strings: Mapping[str, ReadStrings],
        cache: PostingsCache,
    ) -> None:
        self.state = state
        self._path, self._segments, self._strings = path, segments, strings
        self._bases = np.cumsum([0, *(segment.size for segment in segments)]).tolist()
        self._keywords: dict[KeywordField, Keywords] = {}
        self._alive, self._cache = alive, cache

    @cached_property
    def documents(self) -> Documents:
        """The table of documents, made when a search first asks for it: a writer has no use for it."""
        with damage_reported(self._path):
            return self._documents(self._alive)

    @cached_property
    def _terms(self) -> TermReader:
        documents = self.documents
        return TermReader(self._segments, documents.borders, documents.live, self._cache)

    def _documents(self, alive: Sequence[Array]) -> Documents:
        """The table of documents; those that are no articles are in it and not live."""
        size = self._bases[-1]
        lengths, borders = np.zeros((size, 3), np.int64), np.zeros((size, 2), np.int64)
        published, live = np.full(size, UNDATED, np.int64), np.zeros(size, bool)
        ids = [""] * size
        known = list(self._strings[ID])
        for base, segment, kept in zip(self._bases, self._segments, alive, strict=False):
            at = segment.row.docs + base
            lengths[at], borders[at] = segment.row.lengths, segment.row.borders
            published[at], live[at] = segment.row.published, kept[segment.row.docs]
            for doc, number in zip(at.tolist(), segment.row.ids.tolist(), strict=True):
                ids[doc] = known[number]
        return Documents(ids, lengths, borders, published, live)

    def postings(self, term: str) -> Postings:
        """The term's postings."""
        with damage_reported(self._path):
            return self._terms.postings(_encode(term))

    def occurrences(self, term: str) -> Occurrences:
        """The same with positions."""
        with damage_reported(self._path):
            return self._terms.occurrences(_encode(term))

    def occurrences_in(self, terms: Sequence[str], docs: Array) -> Sequence[Occurrences]:
        """Each term's occurrences in ``docs`` (int64, rising), or in more."""
        with damage_reported(self._path):
            return self._terms.occurrences_in([_encode(term) for term in terms], docs)

    def keywords(self, field: KeywordField) -> Keywords:
        """The keywords of one field."""
        if field not in self._keywords:
            with damage_reported(self._path):
                parts = [segment.keywords(field) for segment in self._segments]
            rows = [
                part[0] + np.int32(base) for part, base in zip(parts, self._bases, strict=False)
            ]
            self._keywords[field] = Keywords(
                np.concatenate([np.empty(0, np.int32), *rows]),
                np.concatenate([np.empty(0, np.int32), *(codes for _, codes in parts)]),
                self._strings[field],
            )
        return self._keywords[field]


def _encode(term: str) -> bytes:
    """A term's bytes; lone surrogates, which no text holds but a query may, are kept."""
    return term.encode("utf-8", "surrogatepass")
