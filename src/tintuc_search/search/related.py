"""Articles on the same matter: those that hold an article's most telling terms.

A term is a word of the dictionary (``thanh_niên``, ``nguyễn_thị_lan``; what it is a part of tells more) or a
syllable of no such word. It tells ``(1 + ln tf) · ln(N / df)``: tf counts its places in the article, one in the
title or lead as several, df of N articles hold it.
"""

from __future__ import annotations

from collections import Counter
from heapq import nlargest
from itertools import chain
from math import log
from typing import TYPE_CHECKING

from tintuc_search.engine.base import AnyOf, Terms, WeightedTerm
from tintuc_search.search.compounds import LONGEST_WORD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tintuc_search.article import Article
    from tintuc_search.engine.base import Hit
    from tintuc_search.search.lookup import Lookup
    from tintuc_search.search.marking import Pieces

TELLING = 24
"""Terms that are looked for."""
IN_TITLE, IN_LEAD = 4, 2
"""What a place in the title or the lead counts as, in places of the body."""
LONGEST = 2000
"""Syllables of a body that are looked at; what an article is about is said before."""
COMMON = 0.1
"""A term of more than this part of the archive tells nothing …"""
FEW = 4
"""… unless the archive is so small that this many articles are more."""
ALIKE = 0.12
"""Part of the article's own score that an article must reach to be related."""


def telling_terms(
    article: Article, pieces: Pieces, dictionary: Lookup, documents: int
) -> AnyOf | None:
    """The query for an article's most telling terms; None where it holds none that others share."""
    places: Counter[str] = Counter()
    for text, weight in ((article.title, IN_TITLE), (article.lead, IN_LEAD)):
        for term in _terms([text], pieces, dictionary):
            places[term] += weight
    places.update(_terms(article.paragraphs, pieces, dictionary))
    counts = {entry.term: entry.count for entry in dictionary.entries(places)}
    most = max(documents * COMMON, FEW)
    values = {
        term: (1 + log(place)) * log(documents / counts[term])
        for term, place in places.items()
        if 1 < counts.get(term, 0) <= most
    }
    if not values:
        return None
    # The engine weighs by rarity itself.
    return AnyOf(
        tuple(
            Terms((WeightedTerm(term),), boost=1 + log(places[term]))
            for term in nlargest(TELLING, sorted(values), key=values.__getitem__)
        )
    )


def alike(hits: Sequence[Hit], article_id: str, limit: int) -> list[Hit]:
    """The hits that are enough like the article, itself left out; all where it is not among them."""
    own = next((hit.score for hit in hits if hit.id == article_id), 0.0)
    others = (hit for hit in hits if hit.id != article_id and hit.score >= own * ALIKE)
    return list(others)[:limit]


def _terms(texts: Iterable[str], pieces: Pieces, dictionary: Lookup) -> Iterator[str]:
    """The words of the dictionary that the texts hold, the longest at each place, and the syllables between."""
    left = LONGEST
    for text in texts:
        row = [term for term, _, _ in chain.from_iterable(pieces[s] for s in text.split())][:left]
        yield from _words(row, dictionary)
        left -= len(row)


def _words(row: Sequence[str], dictionary: Lookup) -> Iterator[str]:
    runs: Mapping[tuple[int, int], str] = {
        (first, length): "_".join(row[first : first + length])
        for first in range(len(row))
        for length in range(2, min(LONGEST_WORD, len(row) - first) + 1)
    }
    known = {entry.term for entry in dictionary.entries(runs.values())}
    at = 0
    while at < len(row):
        lengths = range(LONGEST_WORD, 1, -1)
        length = next((n for n in lengths if runs.get((at, n)) in known), 1)
        yield runs[at, length] if length > 1 else row[at]
        at += length
