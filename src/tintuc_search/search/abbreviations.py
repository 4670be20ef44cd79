"""Which abbreviations and full forms stand among some terms: the known ones and those that the archive explains."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from tintuc_search.analysis.base import Use

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tintuc_search.analysis.base import Analyzer

LEAST = 3
"""Articles that must explain an abbreviation before it is believed."""
_SHARE = 0.1
"""The share of an abbreviation's explanations that a meaning needs to count."""
_MAIN_SHARE = 0.8
"""The share that makes it the meaning."""
_LONGEST = 14

Terms = tuple[str, ...]


class Sense(NamedTuple):
    """An abbreviation and one thing that it stands for, both as terms and as written."""

    short: Terms
    full: Terms
    use: Use
    short_text: str
    full_text: str
    rule: str
    before: frozenset[str] = frozenset()
    behind: frozenset[str] = frozenset()


class Match(NamedTuple):
    """An abbreviation, or else a full form, in ``terms[first:last]``, and what it can be."""

    first: int
    last: int
    typed_short: bool
    senses: tuple[Sense, ...]


Index = dict[str, list[Sense]]
"""Senses by the folded terms of their short or full form, joined by spaces."""


class Abbreviations:
    """The senses of the analyzer's table, and those that ``definitions`` (how often explained) add."""

    def __init__(self, definitions: Mapping[tuple[str, str], int], analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        known = list(_known(analyzer))
        senses = [*known, *_learnt(definitions, known)]
        self._shorts = self._indexed((sense.short, sense) for sense in senses)
        self._fulls = self._indexed((sense.full, sense) for sense in senses)

    def _indexed(self, pairs: Iterable[tuple[Terms, Sense]]) -> Index:
        index: defaultdict[str, list[Sense]] = defaultdict(list)
        for terms, sense in pairs:
            index[" ".join(map(self._analyzer.fold, terms))].append(sense)
        return dict(index)

    def find(self, typed: Sequence[str], read: Sequence[str]) -> list[Match]:
        """The abbreviations and full forms among terms; a term without marks agrees with any that folds to it.

        Of several that agree, those exactly as typed are meant, else those as read.
        """
        folded = [self._analyzer.fold(term) for term in typed]
        matches: list[Match] = []
        for first in range(len(typed)):
            for last in range(first + 1, min(first + _LONGEST, len(typed)) + 1):
                key = " ".join(folded[first:last])
                for short, index in ((True, self._shorts), (False, self._fulls)):
                    if key in index:
                        forms = [(s.short if short else s.full, s) for s in index[key]]
                        meant = self._meant(forms, typed[first:last], read[first:last])
                        if meant:
                            matches.append(Match(first, last, short, meant))
        return matches

    def _meant(
        self, forms: list[tuple[Terms, Sense]], typed: Sequence[str], read: Sequence[str]
    ) -> tuple[Sense, ...]:
        marked = self._analyzer.is_marked
        for wanted in (tuple(typed), tuple(read)):
            if exact := tuple(sense for form, sense in forms if form == wanted):
                return exact
        return tuple(
            sense
            for form, sense in forms
            if all(a == b or not marked(a) for a, b in zip(typed, form, strict=True))
        )

    def spellings(self, sense: Sense) -> Iterator[Sense]:
        """The other abbreviations of what ``sense`` stands for."""
        for other in self._fulls.get(" ".join(map(self._analyzer.fold, sense.full)), ()):
            if other.full == sense.full and other.short != sense.short:
                yield other

    def main(self, term: str) -> Sense | None:
        """What an abbreviation of one term mainly stands for."""
        senses = self._shorts.get(self._analyzer.fold(term), ())
        return next((s for s in senses if s.short == (term,) and s.use is Use.MAIN), None)


def fits(term: str, words: frozenset[str], analyzer: Analyzer) -> bool:
    """Whether ``term`` is one of ``words``, or without marks could be."""
    if term in words:
        return True
    bare = bool(term) and not analyzer.is_marked(term)
    return bare and term in {analyzer.fold(word) for word in words}


def _known(analyzer: Analyzer) -> Iterator[Sense]:
    for each in analyzer.abbreviations:
        short, full = (tuple(analyzer.key(text).split()) for text in (each.short, each.full))
        texts = each.short, each.full
        yield Sense(short, full, each.use, *texts, "abbreviation", each.before, each.behind)


def _learnt(definitions: Mapping[tuple[str, str], int], known: Sequence[Sense]) -> Iterator[Sense]:
    """The senses that the archive explains often enough and the tables do not know."""
    explained: Counter[str] = Counter()
    for (short, _), count in definitions.items():
        explained[short] += count
    shorts = {" ".join(sense.short) for sense in known}
    pairs = {(" ".join(sense.short), " ".join(sense.full)) for sense in known}
    for (short, full), count in definitions.items():
        share = count / explained[short]
        if (short, full) in pairs or share < _SHARE:
            continue
        use = Use.MAIN if share >= _MAIN_SHARE and short not in shorts else Use.OTHER
        texts = short.upper(), full[:1].upper() + full[1:]
        yield Sense(tuple(short.split()), tuple(full.split()), use, *texts, "learnt")
