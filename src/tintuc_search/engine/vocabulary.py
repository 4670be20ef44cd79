"""The one-syllable terms of a dictionary in memory, sorted without marks: beginnings and similar words."""

from __future__ import annotations

from bisect import bisect_left
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

import numpy as np

from tintuc_search.engine.base import DictionaryEntry
from tintuc_search.engine.edits import bits_of, distances, letter_sets, letters_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tintuc_search.engine.edits import Array

WIDTH = 16
"""Letters of the longest word that others are compared with; longer ones are addresses and the like."""
_LAST = "\U0010ffff"


class SortedVocabulary:
    """Implements :class:`~.base.Vocabulary` over ``(folded, term, count)`` rows sorted by ``folded``.

    Some 250 bytes a term.
    """

    def __init__(self, rows: Iterable[tuple[str, str, int]]) -> None:
        self._terms: list[str] = []
        self._folded: list[str] = []
        counts: list[int] = []
        starts: list[int] = []
        for folded, group in groupby(rows, key=itemgetter(0)):
            self._folded.append(folded)
            starts.append(len(self._terms))
            for _, term, count in group:
                self._terms.append(term)
                counts.append(count)
        self._starts = np.array([*starts, len(self._terms)], np.int64)
        self._counts = np.array(counts, np.int64)
        lengths = np.array([len(folded) for folded in self._folded], np.int64)
        self._short = np.flatnonzero(lengths <= WIDTH)
        self._lengths = lengths[self._short]
        self._letters = letters_of([self._folded[i] for i in self._short], WIDTH)
        self._sets = letter_sets(self._letters)

    def prefixed(self, folded: str) -> Iterator[DictionaryEntry]:
        """The terms whose folded form begins with ``folded``, most frequent first."""
        first, last = (bisect_left(self._folded, end) for end in (folded, folded + _LAST))
        yield from self._entries(np.arange(self._starts[first], self._starts[last]))

    def similar(self, folded: str, most: int) -> Iterator[tuple[int, DictionaryEntry]]:
        """The terms whose folded form is at most ``most`` errors off, with the errors; nearest, then most frequent."""
        own = letter_sets(letters_of([folded], max(len(folded), 1)))
        # An error adds a letter to the set, takes one away, or both.
        near = bits_of(self._sets ^ own) <= 2 * most
        inside = np.flatnonzero(near & (np.abs(self._lengths - len(folded)) <= most))
        found = distances(self._letters[inside], self._lengths[inside], folded, most)
        for errors in range(most + 1):
            rows = self._short[inside[found == errors]]
            spans = [np.arange(self._starts[i], self._starts[i + 1]) for i in rows]
            if spans:
                yield from ((errors, entry) for entry in self._entries(np.concatenate(spans)))

    def _entries(self, numbers: Array) -> Iterator[DictionaryEntry]:
        for number in numbers[np.argsort(-self._counts[numbers], kind="stable")]:
            yield DictionaryEntry(self._terms[number], int(self._counts[number]))
