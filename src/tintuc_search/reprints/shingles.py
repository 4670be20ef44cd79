"""A text as the runs of syllables that it holds, and how much of it another text holds too.

A shingle is a run of :data:`LENGTH` terms of the analyzer, so other tone placement, letter case, Unicode form or
punctuation make no difference. It is kept as a number of 64 bits, the same on every machine.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from hashlib import blake2b
from itertools import compress
from typing import TYPE_CHECKING

import numpy as np

from tintuc_search.analysis.memo import Memo

if TYPE_CHECKING:
    from tintuc_search.analysis.base import Analyzer
    from tintuc_search.article import Article

LENGTH = 5
"""Syllables of a shingle: shorter ones are shared by chance, longer ones lose more text around a changed word."""
SHORTEST = 40
"""Syllables below which a text is too short to be told from boilerplate."""
_FACTOR = np.uint64(0x9E3779B97F4A7C15)  # odd, so that multiplying loses nothing
_TERMS = 200_000
"""Terms that are known at once."""


@dataclass(frozen=True, slots=True)
class Shingles:
    """The shingles of a text in order (64 bits), its length in syllables, and its numbers with their counts."""

    hashes: np.ndarray
    syllables: int
    numbers: Counter[str]

    def share_in(self, other: Shingles) -> float:
        """The part of this text's syllables that stand in a shingle which ``other`` holds too."""
        if not len(self.hashes):
            return 0.0
        found = np.flatnonzero(np.isin(self.hashes, other.hashes))
        steps = np.zeros(self.syllables + 1, dtype=np.int32)
        np.add.at(steps, found, 1)
        np.add.at(steps, found + LENGTH, -1)
        return float(np.count_nonzero(np.cumsum(steps)[:-1])) / self.syllables


class Shingler:
    """Makes the shingles of texts by an analyzer's terms."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._hashes = Memo(_hash, _TERMS)
        self._are_numbers = Memo(_is_number, _TERMS)

    def article(self, article: Article) -> Shingles:
        """Those of lead and paragraphs: a title is changed with ease, and says nothing of who wrote the text."""
        return self.text("\n".join((article.lead, *article.paragraphs)))

    def text(self, text: str) -> Shingles:
        """Those of a text."""
        terms = self._analyzer.terms(text)
        numbers = Counter(compress(terms, map(self._are_numbers.__getitem__, terms)))
        row = np.fromiter(map(self._hashes.__getitem__, terms), np.uint64, len(terms))
        count = len(row) - LENGTH + 1
        if count < 1:
            return Shingles(np.zeros(0, dtype=np.uint64), len(row), numbers)
        hashes = row[:count].copy()
        for step in range(1, LENGTH):
            hashes = hashes * _FACTOR + row[step : step + count]
        return Shingles(hashes, len(row), numbers)


def _hash(term: str) -> int:
    return int.from_bytes(blake2b(term.encode(), digest_size=8).digest(), "little")


def _is_number(term: str) -> bool:
    return any(map(str.isdigit, term))
