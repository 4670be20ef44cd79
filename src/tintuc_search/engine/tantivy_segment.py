"""One Tantivy segment: its fields, and what it knows of its documents.

A segment's files never change once written, so what is read of one stays good for every commit that still
holds it; only the list of its deleted documents is read anew.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from tintuc_search.engine.postings import TEXT_FIELDS
from tintuc_search.engine.tantivy_files import fields_of, open_file
from tintuc_search.engine.tantivy_lists import read_postings, read_steps
from tintuc_search.engine.tantivy_schema import NUMBER, ROW, STATE, read_row
from tintuc_search.engine.tantivy_terms import FieldTerms

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tintuc_search.engine.base import KeywordField
    from tintuc_search.engine.postings import Array
    from tintuc_search.engine.tantivy_files import SegmentMeta
    from tintuc_search.engine.tantivy_schema import Row
    from tintuc_search.engine.tantivy_terms import Listed

_NUMBER = NUMBER.encode()


class LoadedSegment:
    """An open segment; safe for threads.

    ``states`` are the documents (int64) that hold a state, ``steps`` the numbers of each, int64 ``[n, k]``;
    ``positions`` is its whole file of positions.
    """

    def __init__(self, path: Path, meta: SegmentMeta, fields: Mapping[str, int]) -> None:
        self.name, self.size = meta.name, meta.size
        terms, postings, self.positions = (
            open_file(path / f"{meta.name}.{kind}") for kind in ("term", "idx", "pos")
        )
        parts = [fields_of(each) for each in (terms, postings, self.positions)]
        self._fields = {
            name: FieldTerms(
                terms[parts[0][number]],
                postings[parts[1][number]],
                self.positions,
                parts[2][number].start,
            )
            for name, number in fields.items()
            if all(number in part for part in parts)
        }
        self._keywords: dict[KeywordField, tuple[Array, Array]] = {}
        self.states, counts, steps = self._numbers(STATE)
        self.steps: Array = steps.reshape(len(counts), -1) if len(counts) else steps.reshape(0, 0)

    @cached_property
    def row(self) -> Row:
        """The numbers of its articles."""
        docs, _, steps = self._numbers(ROW)
        return read_row(docs, steps)

    def keywords(self, field: KeywordField) -> tuple[Array, Array]:
        """Rows (int32, from 0 in this segment) and numbers (int32, those of the file of strings)."""
        if field not in self._keywords:
            docs, counts, steps = self._numbers(field)
            self._keywords[field] = (
                np.repeat(docs.astype(np.int32), counts),
                summed(steps, counts).astype(np.int32),
            )
        return self._keywords[field]

    def find(self, term: bytes) -> tuple[Listed | None, ...]:
        """What title, lead and body hold of a term."""
        fields = (self._fields.get(name) for name in TEXT_FIELDS)
        return tuple(None if field is None else field.find(term) for field in fields)

    def _numbers(self, field: str) -> tuple[Array, Array, Array]:
        """The documents that have numbers in a field, how many each, and all of them: int64 each."""
        found = self._fields[field].find(_NUMBER) if field in self._fields else None
        if found is None:
            return (np.empty(0, np.int64),) * 3
        ((docs, counts),) = read_postings([found])
        (steps,) = read_steps([found], [int(counts.sum())])
        return docs, counts, steps


def summed(steps: Array, counts: Array) -> Array:
    """Add up the steps of each document, which has ``counts`` of them: int64."""
    sums = np.cumsum(steps)
    ends = np.cumsum(counts)
    before = np.concatenate([np.zeros(1, np.int64), sums[ends[:-1] - 1]]) if len(ends) else ends
    places: Array = sums - np.repeat(before, counts)
    return places
