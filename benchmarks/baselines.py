"""Plain BM25 over the same articles, in NumPy: what the search has to beat."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING
from unicodedata import normalize

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tintuc_search.engine.postings import Array
    from tintuc_search.wiring import Parts

K1, B = 1.2, 0.75
PAIR_WEIGHT = 0.5
DEPTH = 10
_SYLLABLE = re.compile(r"\w+")


class Bm25:
    """An index of texts that are lists of terms, by number of the text."""

    def __init__(self, texts: Sequence[Sequence[str]]) -> None:
        numbers: defaultdict[str, int] = defaultdict(lambda: len(numbers))
        terms = [np.array([numbers[term] for term in text], np.int64) for text in texts]
        lengths = np.array([len(text) for text in texts], np.float64)
        docs = np.repeat(np.arange(len(texts)), [len(each) for each in terms])
        keys, counts = np.unique((np.concatenate(terms) << 32) | docs, return_counts=True)
        self._numbers = dict(numbers)
        self._starts = np.searchsorted(keys >> 32, np.arange(len(numbers) + 1))
        self._docs = keys & 0xFFFFFFFF
        norm = K1 * (1 - B + B * lengths / max(lengths.mean(), 1.0))
        self._weights = counts * (K1 + 1) / (counts + norm[self._docs])
        self._count = len(texts)

    def scores(self, query: Sequence[str]) -> Array:
        """The score of every text, float64; each term of the query counts as often as it stands there."""
        total = np.zeros(self._count)
        for number in (self._numbers[term] for term in query if term in self._numbers):
            first, last = self._starts[number], self._starts[number + 1]
            matching = last - first
            idf = np.log(1 + (self._count - matching + 0.5) / (matching + 0.5))
            total[self._docs[first:last]] += idf * self._weights[first:last]
        return total


def baselines(parts: Parts) -> Iterator[tuple[str, Callable[[str, str], int]]]:
    """The name of each baseline, and how it ranks the wanted article (its own id) for a title."""
    stored = [each.article for each in parts.archive.everything()]
    places = {article.source_id or "": place for place, article in enumerate(stored)}
    texts = [_syllables("\n".join(article.paragraphs)) for article in stored]
    single = Bm25(texts)
    yield "syllables", _ranker(lambda title: single.scores(_syllables(title)), places)
    fold = parts.analyzer.fold
    bare = Bm25([list(map(fold, text)) for text in texts])
    yield (
        "folded syllables",
        _ranker(lambda title: bare.scores(list(map(fold, _syllables(title)))), places),
    )
    double = Bm25([_pairs(text) for text in texts])
    yield (
        "syllables and pairs",
        _ranker(
            lambda title: (
                single.scores(syllables := _syllables(title))
                + PAIR_WEIGHT * double.scores(_pairs(syllables))
            ),
            places,
        ),
    )


def _ranker(scores: Callable[[str], Array], places: dict[str, int]) -> Callable[[str, str], int]:
    def rank(title: str, wanted: str) -> int:
        found = scores(title)
        best = np.argsort(-found, kind="stable")[:DEPTH].tolist()
        return best.index(places[wanted]) + 1 if places[wanted] in best else 0

    return rank


def _syllables(text: str) -> list[str]:
    return _SYLLABLE.findall(normalize("NFC", text).lower())


def _pairs(syllables: Sequence[str]) -> list[str]:
    return [f"{a} {b}" for a, b in pairwise(syllables)]
