"""What a query was meant to say, where it seems misspelt.

A word that the archive (all but) never holds may have been meant as any that a slip of ear or hand turns into it; one
that it holds, as what sounds like it. The likeliest path through the words and compounds of the archive decides,
as in :mod:`~tintuc_search.search.compounds`, each slip at its price. A word that the archive often
holds gives way only to a compound, and only where the words as typed all but never stand side by side.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import product
from math import log
from typing import TYPE_CHECKING

from tintuc_search.engine.base import Phrase, WeightedTerm
from tintuc_search.search.compounds import LONGEST_WORD, TERMS_A_DOCUMENT
from tintuc_search.search.leaves import tokens_of
from tintuc_search.search.rewriting import like

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from tintuc_search.analysis.base import Analyzer
    from tintuc_search.engine.base import QueryNode
    from tintuc_search.search.leaves import Run, Typed
    from tintuc_search.search.lookup import Lookup

MEANT = 6
"""Words that a token can be meant as: the likeliest by their own count and the price of the slip."""
LONGEST_RUN = 16
"""Longer runs are left alone: they were pasted."""
LONGEST_HEARD = 8
"""In longer runs words that the archive holds are taken as they are."""
UNKNOWN_AT_ONCE = 4
"""Unknown words of a run beyond which it is in another language."""
RARE = 1000
"""A word of one in so many articles is rare: it may be a misprint, if another is so much oftener …"""
RARER = 300
"""… as this many times."""
OFTENER = 20
"""How many times more often the words must stand side by side as meant than as typed."""
_SIGNED = re.compile(r"^=|[*~]\d*$")
"""A word with a sign that says which forms of it are meant."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A word as typed and as it may have been meant; ``unknown`` says that the archive does not hold it at all."""

    typed: Typed
    term: str
    unknown: bool


@dataclass(frozen=True, slots=True)
class _Option:
    """What a token can be meant as; ``weight`` is the logarithm of its likelihood, less the price of the slip."""

    term: str
    weight: float
    price: float


@dataclass(frozen=True, slots=True)
class _Path:
    """Options for the first tokens, the ends of the words they were cut into, and their likelihood."""

    terms: tuple[str, ...] = ()
    ends: tuple[int, ...] = ()
    score: float = 0.0


class Speller:
    """Corrects queries by one dictionary; ``count`` tells how many articles match a node."""

    def __init__(
        self, dictionary: Lookup, analyzer: Analyzer, count: Callable[[QueryNode], int]
    ) -> None:
        self._dictionary = dictionary
        self._analyzer = analyzer
        self._count = count

    def corrections(self, text: str, runs: Sequence[Run], documents: int) -> tuple[Correction, ...]:
        """What seems misspelt in the runs of a query's ``text``, in order; of ``documents`` articles."""
        found: list[Correction] = []
        for run in runs:
            plain = [
                leaf for leaf in run if not _SIGNED.search(text[leaf.node.start : leaf.node.end])
            ]
            tokens = tokens_of(plain)
            if run[0].wanted and 0 < len(tokens) <= LONGEST_RUN:
                found += self._corrections(tokens, documents)
        return tuple(found)

    def _corrections(self, tokens: Sequence[Typed], documents: int) -> list[Correction]:
        total = max(documents, 1) * TERMS_A_DOCUMENT
        typed = [token.term for token in tokens]
        known = [self._known(term) for term in typed]
        if known.count(0) > UNKNOWN_AT_ONCE:
            return []
        rows = [
            self._options(term, count, total, rare=count * RARE < documents)
            if not count or len(tokens) <= LONGEST_HEARD
            else [_Option(term, log(count / total), 0.0)]
            for term, count in zip(typed, known, strict=True)
        ]
        path = self._likeliest(rows, total)
        return [
            Correction(token, term, unknown=not known[number])
            for number, (token, term) in enumerate(zip(tokens, path.terms, strict=True))
            if term != token.term
            and (
                self._known(term) > RARER * known[number]
                or (known[number] and self._stands(number, typed, path))
            )
        ]

    def _known(self, term: str) -> int:
        """In how many articles a token stands, in any form where it has no marks."""
        if self._analyzer.is_marked(term):
            entry = self._dictionary.entry(term)
        else:
            entry = next(iter(self._dictionary.folded(self._analyzer.fold(term), 1)), None)
        return entry.count if entry else 0

    def _options(self, term: str, known: int, total: int, *, rare: bool) -> list[_Option]:
        """The token itself and what it can be meant as, the likeliest first."""
        own = _Option(term, log(max(known, 0.1) / total), 0.0)
        marked = self._analyzer.is_marked(term)
        if known and not (marked or rare):  # its marks are left to the reading
            return [own]
        prices = self._analyzer.slips(term) if rare else self._analyzer.confusions(term)
        if not marked:
            prices = self._with_marks(term, prices)
        counts = {entry.term: entry.count for entry in self._dictionary.entries(prices)}
        others = [
            _Option(meant, log(count / total) - prices[meant], prices[meant])
            for meant, count in counts.items()
        ]
        others.sort(key=lambda option: (-option.weight, option.term))
        return [own, *others[:MEANT]]

    def _with_marks(self, term: str, prices: Mapping[str, float]) -> Mapping[str, float]:
        """With what the archive writes with marks where a slip gives it without: these cost nothing."""
        marked = dict(prices)
        for _, entry in self._dictionary.vocabulary().similar(term, 1):
            price = prices.get(self._analyzer.fold(entry.term))
            if price is not None:
                marked[entry.term] = min(price, marked.get(entry.term, price))
        return marked

    def _likeliest(self, rows: Sequence[Sequence[_Option]], total: int) -> _Path:
        """The likeliest path through the rows, one option of each."""
        words = self._words(rows)
        best = [_Path()]
        for last in range(1, len(rows) + 1):
            paths = [
                _Path((*before.terms, option.term), (*before.ends, last), score)
                for before in best[last - 1 : last]
                for option in rows[last - 1]
                for score in [before.score + option.weight]
            ]
            for first in range(max(0, last - LONGEST_WORD), last - 1):
                for options, count in _forming(words, rows[first:last]):
                    terms = tuple(option.term for option in options)
                    price = sum(option.price for option in options)
                    score = best[first].score + log(count / total) - price
                    ends = (*best[first].ends, last)
                    paths.append(_Path((*best[first].terms, *terms), ends, score))
            best.append(max(paths, key=lambda path: path.score))
        return best[-1]

    def _words(self, rows: Sequence[Sequence[_Option]]) -> dict[str, int]:
        """The compounds that options side by side form, and in how many articles each stands."""
        pairs: set[str] = set()
        for first in range(len(rows) - 1):
            for last in range(first + 2, min(first + LONGEST_WORD, len(rows)) + 1):
                span = rows[first:last]
                if last - first > 2:  # noqa: PLR2004 - longer words with one slip at most
                    span = [row[: 1 + MEANT // 2] for row in span]
                pairs.update("_".join(o.term for o in options) for options in product(*span))
        return {entry.term: entry.count for entry in self._dictionary.entries(pairs)}

    def _stands(self, number: int, typed: Sequence[str], path: _Path) -> bool:
        """Whether a known token changes within a compound that stands far oftener than what was typed."""
        last = next(end for end in path.ends if end > number)
        first = max((end for end in path.ends if end <= number), default=0)
        if last - first == 1:
            return False
        meant = self._count(_side_by_side(path.terms[first:last]))
        return meant > OFTENER * self._count(_side_by_side(typed[first:last]))


def _forming(
    words: Mapping[str, int], span: Sequence[Sequence[_Option]]
) -> Iterator[tuple[tuple[_Option, ...], int]]:
    """The options of a span that form one of the words, in the order of the rows; and how many articles hold it."""
    for options in product(*_fitting(words, span)):
        if count := words.get("_".join(option.term for option in options)):
            yield options, count


def _fitting(words: Iterable[str], span: Sequence[Sequence[_Option]]) -> list[list[_Option]]:
    """The options that stand in their place of a word of as many: there are few such words, and many options."""
    cut = [parts for word in words if len(parts := word.split("_")) == len(span)]
    places = [{parts[at] for parts in cut} for at in range(len(span))]
    return [
        [option for option in row if option.term in place]
        for row, place in zip(span, places, strict=True)
    ]


def _side_by_side(terms: Sequence[str]) -> Phrase:
    return Phrase(tuple((WeightedTerm(term),) for term in terms))


def corrected(text: str, corrections: Iterable[Correction]) -> str:
    """The query's text with its corrections, capitals kept."""
    pieces: list[str] = []
    done = 0
    for each in corrections:
        start, end = each.typed.start, each.typed.end
        pieces += [text[done:start], like(text[start:end], each.term)]
        done = end
    return "".join((*pieces, text[done:]))
