"""One committed state of a Whoosh index as the evaluator reads it: the arrays of its segments, joined."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tintuc_search.engine.damage import damage_reported
from tintuc_search.engine.postings import join_occurrences, join_postings
from tintuc_search.engine.snapshot import Documents, Keywords

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from tintuc_search.engine.base import KeywordField
    from tintuc_search.engine.postings import Array, Occurrences, Postings
    from tintuc_search.engine.snapshot import Vocabulary
    from tintuc_search.engine.whoosh_schema import Stamp
    from tintuc_search.engine.whoosh_segment import LoadedSegment


class WhooshSnapshot:
    """One state of a Whoosh index; implements :class:`~.snapshot.Snapshot`."""

    def __init__(
        self,
        path: Path,
        stamp: Stamp,
        segments: Sequence[LoadedSegment],
        deleted: Sequence[Sequence[int]],
        vocabularies: Mapping[KeywordField, Vocabulary],
    ) -> None:
        self.stamp = stamp
        self.segments = segments
        self._path, self._vocabularies = path, vocabularies
        self._bases = np.cumsum([0, *(segment.size for segment in segments)]).tolist()
        self._keywords: dict[KeywordField, Keywords] = {}
        numbers = _joined([segment.numbers for segment in segments])
        live = np.ones(len(numbers), bool)
        for base, gone in zip(self._bases, deleted, strict=False):
            live[np.array(gone, np.int64) + base] = False
        self.documents = Documents(
            ids=[document_id for segment in segments for document_id in segment.ids],
            lengths=numbers[:, :3],
            borders=numbers[:, 3:5],
            published=np.ascontiguousarray(numbers[:, 5]),
            live=live,
        )

    def postings(self, term: str) -> Postings:
        """The term's postings in all segments."""
        with damage_reported(self._path):
            parts = [segment.postings(term) for segment in self.segments]
        return join_postings(list(zip(self._bases, parts, strict=False)))

    def occurrences(self, term: str) -> Occurrences:
        """The same with positions."""
        with damage_reported(self._path):
            parts = [segment.occurrences(term) for segment in self.segments]
        return join_occurrences(list(zip(self._bases, parts, strict=False)))

    def occurrences_in(
        self,
        terms: Sequence[str],
        docs: Array,  # noqa: ARG002 - all are read at once
    ) -> Sequence[Occurrences]:
        """The same of each; those in more documents do no harm."""
        return [self.occurrences(term) for term in terms]

    def keywords(self, field: KeywordField) -> Keywords:
        """The keywords of one field."""
        if field not in self._keywords:
            vocabulary = self._vocabularies[field]
            with damage_reported(self._path):
                parts = [segment.keywords(field, vocabulary) for segment in self.segments]
            rows = [part[0] + base for part, base in zip(parts, self._bases, strict=False)]
            codes = [part[1] for part in parts]
            self._keywords[field] = Keywords(
                np.concatenate([np.empty(0, np.int64), *rows]),
                np.concatenate([np.empty(0, np.int64), *codes]),
                vocabulary,
            )
        return self._keywords[field]


def _joined(tables: Sequence[Array]) -> Array:
    return np.concatenate([np.empty((0, 6), np.int64), *tables])
