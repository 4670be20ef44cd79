"""Abbreviations of one run of words spelt out, its full forms abbreviated, as alternatives.

Where an abbreviation can mean several things, the words next to it tell which; where they do not, all count,
each less. Where a full form has such an abbreviation, this is looked for beside the query's next word only.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from tintuc_search.analysis.base import Use
from tintuc_search.search.abbreviations import fits
from tintuc_search.search.alternatives import REWRITTEN, SURE, UNSURE, Alternative, single

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tintuc_search.analysis.base import Analyzer
    from tintuc_search.search.abbreviations import Abbreviations, Match, Sense

_LEAST_PART = 2  # letters of each part of an abbreviation that is two in one
_LEAST_DOTTED = 3  # letters with dots between: two are mostly a person's initials


class _Around(NamedTuple):
    """The words that may stand in a text before and behind a match."""

    before: tuple[str, ...]
    behind: tuple[str, ...]


class Abbreviating:
    """Finds the alternatives of one run's terms; ``alone`` says that they are one word in capitals."""

    def __init__(
        self, senses: Abbreviations, analyzer: Analyzer, terms: Sequence[str], *, alone: bool
    ) -> None:
        self._senses, self._analyzer = senses, analyzer
        self._terms, self._alone = terms, alone

    def alternatives(self, typed: Sequence[str]) -> Iterator[Alternative]:
        """All of them; ``typed`` are the terms as typed."""
        matches = self._senses.find(typed, self._terms)
        fulls = [match for match in matches if not match.typed_short]
        shorts = _longest([match for match in matches if match.typed_short])
        for match in shorts:
            yield from self._spelt_out(match, self._around(match, fulls))
        for match in fulls:
            around = self._around(match, fulls)
            for sense in match.senses:
                yield from _as_short(match, sense, around, SURE)
        for one, other in pairwise(shorts):
            if one.last == other.first and other.last - one.first == 2:  # noqa: PLR2004 - a token each
                yield from self._joined(one, other)
        for at, term in enumerate(typed):
            yield from self._parted(at, term)

    def _spelt_out(self, match: Match, around: _Around) -> Iterator[Alternative]:
        """The full forms of a typed abbreviation, and its other spellings."""
        told = [sense for sense in match.senses if self._tells(sense, around)]
        alone = [s for s in match.senses if s.use is not Use.BESIDE or self._alone]
        for sense in told or alone:
            sure = bool(told) or sense.use is Use.MAIN or self._alone
            weight = SURE if sure else UNSURE
            slots, place = single(sense.full), (match.first, match.last)
            yield Alternative(*place, slots, sense.full_text, sense.rule, weight)
            for other in self._senses.spellings(sense):
                if other.use is not Use.OTHER:
                    yield from _as_short(match, other, around, weight)
            if len(sense.short) == 1 and len(sense.short[0]) >= _LEAST_DOTTED:
                dotted = ".".join(sense.short[0])
                yield Alternative(*place, ((dotted,),), dotted.upper(), "dotted", REWRITTEN)

    def _tells(self, sense: Sense, around: _Around) -> bool:
        """Whether a word next to an abbreviation says that this is meant."""
        analyzer = self._analyzer
        return any(fits(term, sense.before, analyzer) for term in around.before) or any(
            fits(term, sense.behind, analyzer) for term in around.behind
        )

    def _around(self, match: Match, fulls: Sequence[Match]) -> _Around:
        """The query's words next to a match, as they are and abbreviated."""
        before = list(self._terms[max(match.first - 1, 0) : match.first])
        behind = list(self._terms[match.last : match.last + 1])
        for other in fulls:
            shorts = [s.short[0] for s in other.senses if len(s.short) == 1]
            before += shorts if other.last == match.first else []
            behind += shorts if other.first == match.last else []
        return _Around(tuple(before), tuple(behind))

    def _joined(self, one: Match, other: Match) -> Iterator[Alternative]:
        """Two abbreviations side by side written as one: "BCH TW" as "BCHTW"."""
        for left in self._spellings(one.senses):
            for right in self._spellings(other.senses):
                term = left + right
                yield Alternative(
                    one.first, other.last, ((term,),), term.upper(), "dotted", REWRITTEN
                )

    def _parted(self, at: int, term: str) -> Iterator[Alternative]:
        """An abbreviation that is two in one: "BCHTW" as "BCH TW", "BCH T.Ư", and both spelt out."""
        for cut in range(_LEAST_PART, len(term) - _LEAST_PART + 1):
            left, right = self._senses.main(term[:cut]), self._senses.main(term[cut:])
            if left and right:
                slots = (left.short, tuple(self._spellings((right,), dots=True)))
                shown = f"{left.short_text} {right.short_text}"
                yield Alternative(at, at + 1, slots, shown, "dotted", REWRITTEN)
                full = f"{left.full_text} {right.full_text}"
                spelt = single((*left.full, *right.full))
                yield Alternative(at, at + 1, spelt, full, "abbreviation")

    def _spellings(self, senses: Sequence[Sense], *, dots: bool = False) -> list[str]:
        """The abbreviations of one term that stand for the same as ``senses``, these first."""
        every = [*senses, *(other for sense in senses for other in self._senses.spellings(sense))]
        terms = dict.fromkeys(sense.short[0] for sense in every if len(sense.short) == 1)
        return [term for term in terms if dots or term.isalpha()]


def _as_short(match: Match, sense: Sense, around: _Around, weight: float) -> Iterator[Alternative]:
    """An abbreviation in place of a match, where it could mean something else beside the query's next word only."""
    slots = single(sense.short)
    plain = Alternative(match.first, match.last, slots, sense.short_text, sense.rule, weight)
    if sense.use is Use.MAIN:
        yield plain
        return
    beside = sense.use is Use.BESIDE
    for term in around.before:
        if not beside or term in sense.before:
            yield replace(plain, before=(term,))
    for term in around.behind:
        if not beside or term in sense.behind:
            yield replace(plain, behind=(term,))


def _longest(matches: Sequence[Match]) -> list[Match]:
    """The longest of matches that overlap, in order."""
    kept: list[Match] = []
    for match in sorted(matches, key=lambda match: match.first - match.last):
        if all(match.last <= other.first or other.last <= match.first for other in kept):
            kept.append(match)
    return sorted(kept, key=lambda match: match.first)
