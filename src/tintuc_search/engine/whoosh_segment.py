"""One Whoosh segment read as arrays.

A segment's files never change once written, so what is read of one stays good for every generation that
still holds it: a small commit makes searches read the small new segment and no more.
"""

from __future__ import annotations

import weakref
from typing import TYPE_CHECKING, Any

import numpy as np
from whoosh.reading import SegmentReader

from tintuc_search.engine.postings import NO_OCCURRENCES, NO_POSTINGS, Occurrences, Postings
from tintuc_search.engine.whoosh_schema import ID, NUMBERS, TEXT, encode

if TYPE_CHECKING:
    from threading import RLock

    from whoosh.fields import Schema

    from tintuc_search.engine.base import KeywordField
    from tintuc_search.engine.postings import Array
    from tintuc_search.engine.postings_cache import PostingsCache
    from tintuc_search.engine.snapshot import Vocabulary
    from tintuc_search.engine.whoosh_storage import CarefulStorage


class LoadedSegment:
    """An open segment.

    Reading from its files is serialised by ``lock``, one for all segments, which also guards vocabularies.
    """

    def __init__(
        self,
        storage: CarefulStorage,
        schema: Schema,
        segment: Any,
        cache: PostingsCache,
        lock: RLock,
    ) -> None:
        self.name: str = segment.segment_id()
        self._reader = SegmentReader(storage, schema, segment)
        weakref.finalize(self, self._reader.close)
        self._cache, self._lock = cache, lock
        self._keywords: dict[KeywordField, tuple[Array, Array]] = {}
        self.size: int = self._reader.doc_count_all()
        self.numbers: Array = self._reader.column_reader(NUMBERS, translate=False).table
        ids = self._reader.column_reader(ID, translate=False)
        self.ids: list[str] = [ids.strings[code] for code in ids.codes.tolist()]
        if len(self.ids) != self.size:
            raise ValueError(f"segment {self.name} lacks ids")

    def keywords(self, field: KeywordField, vocabulary: Vocabulary) -> tuple[Array, Array]:
        """Rows (int64, from 0 in this segment) and codes (int64, the vocabulary's) of a field."""
        with self._lock:
            if field not in self._keywords:
                self._keywords[field] = self._read_keywords(field, vocabulary)
            return self._keywords[field]

    def _read_keywords(self, field: KeywordField, vocabulary: Vocabulary) -> tuple[Array, Array]:
        if not self._reader.has_column(field.value):
            return np.empty(0, np.int64), np.empty(0, np.int64)
        column = self._reader.column_reader(field.value, translate=False)
        numbers = np.array([vocabulary.number(s) for s in column.strings], np.int64)
        return np.repeat(np.arange(self.size), np.diff(column.starts)), numbers[column.codes]

    def find(self, document_id: str) -> list[int]:
        """The numbers of the documents of an id, deleted ones among them."""
        term = encode(document_id)
        with self._lock:
            terms = self._reader._terms  # noqa: SLF001 - as below
            if (ID, term) not in terms:
                return []
            matcher = terms.matcher(ID, term, self._reader.schema[ID].format)
            numbers: list[int] = matcher.postings().docs.tolist()
            return numbers

    def postings(self, term: str) -> Postings:
        """The term's postings, documents numbered from 0 in this segment."""
        found: Postings = self._read(encode(term), places=False)
        return found

    def occurrences(self, term: str) -> Occurrences:
        """The same with positions."""
        found: Occurrences = self._read(encode(term), places=True)
        return found

    def _read(self, term: bytes, *, places: bool) -> Any:
        key = (self.name, term, places)
        found = self._cache.get(key)
        if found is None:
            with self._lock:
                found = self._decode(term, places=places)
            self._cache.put(key, found, found.nbytes)
        return found

    def _decode(self, term: bytes, *, places: bool) -> Postings | Occurrences:
        terms = self._reader._terms  # noqa: SLF001 - the public postings() hides deleted ones one by one
        if (TEXT, term) not in terms:
            return NO_OCCURRENCES if places else NO_POSTINGS
        matcher = terms.matcher(TEXT, term, self._reader.schema[TEXT].format)
        found: Postings | Occurrences = matcher.occurrences() if places else matcher.postings()
        if int(found.docs[-1]) >= self.size:
            raise ValueError(f"segment {self.name} names documents that it does not hold")
        return found
