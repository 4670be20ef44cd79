"""The words of several syllables that a row of terms forms.

The row is cut into words of up to four syllables. With ``n`` the number of documents that hold a word, a cut's
likelihood is the product of ``n / total`` over its words (a unigram model over words, which prefers few long
words to many short ones).
"""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tintuc_search.engine.base import DictionaryEntry

LONGEST_WORD = 4
TERMS_A_DOCUMENT = 250
"""Distinct terms of an article on average: turns a number of documents into one of term occurrences."""


def find_words(
    terms: Sequence[str], entry: Callable[[str], DictionaryEntry | None], documents: int
) -> tuple[str, ...]:
    """The words of two and more terms in the likeliest cut.

    Args:
        terms: a row of terms that stand side by side.
        entry: looks a term up in the dictionary.
        documents: the number of documents in the archive.
    """
    total = max(documents, 1) * TERMS_A_DOCUMENT
    best: list[tuple[float, tuple[str, ...]]] = [(0.0, ())]
    for last in range(1, len(terms) + 1):
        cuts = []
        for first in range(max(0, last - LONGEST_WORD), last):
            word = "_".join(terms[first:last])
            known = entry(word)
            if known is None and last - first > 1:
                continue
            score, words = best[first]
            likelihood = log(max(known.count if known else 0, 0.5) / total)
            cuts.append((score + likelihood, (*words, word) if last - first > 1 else words))
        best.append(max(cuts))
    return best[-1][1]
