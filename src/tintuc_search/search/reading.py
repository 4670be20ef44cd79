"""The likeliest forms of a run of tokens: a path through the words and syllables that the archive holds.

A path cuts the run into words of up to four syllables. With ``n`` the number of documents that hold a word,
its likelihood is the product of ``n / total`` over its words (a unigram model over words, which prefers
few long words to many short ones); paths are kept four at a time from left to right.
"""

from __future__ import annotations

from dataclasses import dataclass
from heapq import nlargest
from math import log
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tintuc_search.engine.base import DictionaryEntry

LONGEST_WORD = 4
KEPT_PATHS = 4
KEPT_FORMS = 8
TERMS_A_DOCUMENT = 250
"""Distinct terms of an article on average: turns a number of documents into one of term occurrences."""
UNLIKELY = log(200)
"""A reading that is this much less likely than the best one is not worth showing."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One form for each token, the words that they were cut into, and the logarithm of its likelihood."""

    forms: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    score: float = 0.0

    def then(self, forms: tuple[str, ...], likelihood: float) -> Reading:
        """This reading with one more word behind it."""
        words = (*self.words, "_".join(forms)) if len(forms) > 1 else self.words
        return Reading((*self.forms, *forms), words, self.score + likelihood)


def read(
    singles: Sequence[Sequence[DictionaryEntry]],
    words: Mapping[tuple[int, int], Sequence[DictionaryEntry]],
    documents: int,
) -> list[Reading]:
    """The likeliest readings of a run, best first, all different.

    Args:
        singles: the forms that each token can have, most frequent first, at least one each.
        words: the words that the tokens from ``first`` to before ``last`` can be, where any.
        documents: the number of documents in the archive.
    """
    total = max(documents, 1) * TERMS_A_DOCUMENT
    paths: list[list[Reading]] = [[Reading()]]
    for last in range(1, len(singles) + 1):
        found: dict[tuple[str, ...], Reading] = {}
        for first in range(max(0, last - LONGEST_WORD), last):
            entries = singles[first] if last - first == 1 else words.get((first, last), ())
            for entry in entries[:KEPT_FORMS]:
                forms = tuple(entry.term.split("_")) if last - first > 1 else (entry.term,)
                likelihood = log(max(entry.count, 0.5) / total)
                for path in paths[first]:
                    longer = path.then(forms, likelihood)
                    known = found.get(longer.forms)
                    if known is None or known.score < longer.score:
                        found[longer.forms] = longer
        paths.append(nlargest(KEPT_PATHS, found.values(), key=lambda path: path.score))
    best = paths[-1][0].score
    return [path for path in paths[-1] if best - path.score < UNLIKELY]
