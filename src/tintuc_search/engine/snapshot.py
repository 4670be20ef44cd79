"""What the evaluator reads: one unchanging state of an index, as arrays.

Documents are numbered from 0; a replaced or deleted one keeps its number and is not ``live``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

import numpy as np

from tintuc_search.engine.leaves import LeafCache
from tintuc_search.engine.scoring import aged, norms
from tintuc_search.ranking import RANKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tintuc_search.engine.base import KeywordField
    from tintuc_search.engine.postings import Array, Occurrences, Postings
    from tintuc_search.ranking import Ranking

UNDATED = int(np.iinfo(np.int64).min)
"""Stands in ``Documents.published`` for a document without a date."""

_MOST = 0.25  # the share of documents from which on it is faster to go through all keywords
_FREQUENT = 1000  # keywords, of which the most frequent of many documents are
_UTC_OFFSET = 7 * 3600  # Vietnam's; no summer time since 1975, so an offset is enough
_DAY = 24 * 3600


def day_of(published: int) -> int:
    """The day of a moment in Vietnam's calendar, since 1970-01-01."""
    return (published + _UTC_OFFSET) // _DAY


@dataclass(eq=False)
class Documents:
    """The table of documents; row ``i`` is document ``i``.

    ``lengths`` is int64 ``[n, 3]`` (syllables of title, lead, body), ``borders`` int64 ``[n, 2]`` (first
    position of lead and body), ``published`` int64 ``[n]`` (seconds or :data:`UNDATED`), ``live`` bool ``[n]``.
    ``ranking`` are the constants of scores. ``leaves`` are the words and phrases matched lately in this state of
    the index.
    """

    ids: Sequence[str]
    lengths: Array
    borders: Array
    published: Array
    live: Array
    ranking: Ranking = RANKING
    leaves: LeafCache = field(default_factory=LeafCache)

    @cached_property
    def count(self) -> int:
        """The number of live documents."""
        return int(np.count_nonzero(self.live))

    @cached_property
    def norms(self) -> Array:
        """What one occurrence in each field counts for: float64 ``[n, 3]``."""
        return norms(self.lengths, self.live, self.ranking)

    @cached_property
    def body_norms(self) -> Array:
        """The same of the body alone, one beside the other: float64 ``[n]``."""
        return np.ascontiguousarray(self.norms[:, 2])

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each live document by its id."""
        return {self.ids[number]: number for number in np.flatnonzero(self.live).tolist()}

    @cached_property
    def ranks(self) -> Array:
        """The place of each document in the order of ids: int64 ``[n]``."""
        ranks = np.empty(len(self.ids), np.int64)
        ranks[sorted(range(len(self.ids)), key=self.ids.__getitem__)] = np.arange(len(self.ids))
        return ranks

    @cached_property
    def days(self) -> Array:
        """The day of each document in Vietnam's calendar, since 1970-01-01: int64 ``[n]``."""
        dated = np.maximum(self.published, UNDATED + _DAY)  # room for the offset
        return (dated + _UTC_OFFSET) // _DAY

    @cached_property
    def newest(self) -> int:
        """The date of the newest document, :data:`UNDATED` where none has one."""
        return int(self.published[self.live].max(initial=UNDATED))

    @cached_property
    def recency(self) -> Array:
        """What age leaves of each document's score, the newest being 0 days old: float64 ``[n]``."""
        dated = self.live & (self.published != UNDATED)
        ages = np.full(len(self.live), np.inf)
        ages[dated] = (self.newest - self.published[dated]) / _DAY
        return aged(ages, self.ranking)

    def number(self, document_id: str) -> int | None:
        """The number of the live document of an id."""
        numbers = (i for i, known in enumerate(self.ids) if known == document_id and self.live[i])
        return next(numbers, None)


class Names(Protocol):
    """The keyword ids of one field by number."""

    @property
    def ids(self) -> Sequence[str]:
        """The ids, in the order of their numbers."""
        ...

    def find(self, keyword: str) -> int | None:
        """A keyword's number, None for an unknown one."""
        ...


@dataclass(slots=True)
class Vocabulary:
    """Numbers the keyword ids of one field, from 0 on; a number once given stays."""

    ids: list[str] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)

    def find(self, keyword: str) -> int | None:
        """The keyword's number, None for an unknown one."""
        return self.numbers.get(keyword)

    def number(self, keyword: str) -> int:
        """The keyword's number, a new one if it has none yet."""
        number = self.numbers.get(keyword)
        if number is None:
            number = len(self.ids)
            self.ids.append(
                keyword
            )  # before the number, so that a reader never meets one without id
            self.numbers[keyword] = number
        return number


@dataclass(frozen=True)
class Keywords:
    """One keyword field: document ``rows[i]`` holds the keyword numbered ``codes[i]`` (int64 or int32 both).

    ``rows`` rise.
    """

    rows: Array
    codes: Array
    vocabulary: Names

    def counts(self, mask: Array) -> Array:
        """How many of the documents in ``mask`` (bool, by document) hold each keyword: int64, by number."""
        docs = np.flatnonzero(mask)
        if len(docs) > len(mask) // 2:  # fewer are left out
            return self._all - self._of(np.flatnonzero(~mask), ~mask)
        return self._of(docs, mask)

    def _of(self, docs: Array, mask: Array) -> Array:
        """The same for documents, which ``mask`` marks."""
        size = len(self._all)
        if len(docs) > len(mask) * _MOST:
            return np.bincount(
                self.codes.take(np.flatnonzero(mask.take(self.rows))), minlength=size
            )
        docs = docs[: np.searchsorted(docs, len(self._starts) - 1)]
        begins, ends = self._starts[docs], self._starts[docs + 1]
        counts = ends - begins
        at = np.repeat(begins - (np.cumsum(counts) - counts), counts)
        return np.bincount(self.codes[at + np.arange(len(at))], minlength=size)

    @cached_property
    def frequent(self) -> tuple[Array, int]:
        """The keywords that most documents hold (int64, numbers), and how many hold any other at most."""
        if len(self._all) <= _FREQUENT:
            return np.arange(len(self._all)), 0
        order = np.argpartition(self._all, -_FREQUENT)
        return order[-_FREQUENT:], int(self._all[order[:-_FREQUENT]].max())

    @cached_property
    def _all(self) -> Array:
        """How many documents hold each keyword, live or not: int64, by number."""
        return np.bincount(self.codes)

    @cached_property
    def _starts(self) -> Array:
        """Where each document's keywords begin, one more than there are documents: int32."""
        starts = np.zeros(int(self.rows[-1]) + 2 if len(self.rows) else 1, np.int32)
        np.cumsum(np.bincount(self.rows), out=starts[1:])
        return starts


class Snapshot(Protocol):
    """One state of an index."""

    @property
    def documents(self) -> Documents:
        """The table of documents."""
        ...

    def postings(self, term: str) -> Postings:
        """The term's postings, empty for an unknown term; documents that are not live may be among them."""
        ...

    def occurrences(self, term: str) -> Occurrences:
        """The same with positions."""
        ...

    def occurrences_in(self, terms: Sequence[str], docs: Array) -> Sequence[Occurrences]:
        """Each term's occurrences in ``docs`` (int64, rising), or in more documents, whatever is read sooner."""
        ...

    def keywords(self, field: KeywordField) -> Keywords:
        """The keywords of one field."""
        ...
