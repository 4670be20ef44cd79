"""What the model and the rules read: the tokens of a line as units, and the signs between them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize

from tintuc_search.analysis.memo import Memo
from tintuc_search.analysis.vi.segmentation.labelling import CAPACITY, Syllable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tintuc_search.analysis.base import Tokens
    from tintuc_search.analysis.vi.segmentation.labelling import Labeller
    from tintuc_search.analysis.vi.segmentation.respelling import Respelling
    from tintuc_search.analysis.vi.segmentation.rules import Rule, Rules

GAPS = 1 << 12
"""Gaps between tokens whose signs are kept ready."""
LONGEST_GAP = 20
"""Characters of a gap that is kept."""
_SIGNS = re.compile(r"\.\.\.|\S")
_NOTHING = "_"
"""Read as a sign where two tokens have nothing between them; no token holds it."""


class Unit(NamedTuple):
    """A token or a sign.

    ``joins``: whether it may be part of a word of several, which signs and numbers are not. ``capital``
    and ``small`` say how it begins, ``capitals`` that it is all capitals.
    """

    syllable: Syllable
    joins: bool
    capital: bool
    small: bool
    capitals: bool
    elements: frozenset[str]
    rules: tuple[Rule, ...]


class Line(NamedTuple):
    """The units of a line; ``numbers``: which token each is, -1 for a sign."""

    units: list[Unit]
    numbers: list[int]


class UnitReader:
    """Reads texts into units; what a syllable is to model and rules is worked out once."""

    def __init__(self, labeller: Labeller, respell: Respelling, rules: Rules) -> None:
        self._labeller = labeller
        self._respell = respell
        self._rules = rules
        self._units = Memo(self._unit, CAPACITY)
        self._signs = Memo(self._signs_of, GAPS)

    def lines(self, tokens: Tokens) -> Iterator[Line]:
        """The lines with two tokens and more, each from its first to its last token."""
        read, line = self._units, Line([], [])
        gaps = tokens.gaps
        all_units = list(map(read.__getitem__, tokens.written))
        done = 0
        for number in [number for number, gap in enumerate(gaps) if gap != " " and number]:
            line.units.extend(all_units[done:number])
            line.numbers.extend(range(done, number))
            done, gap = number, gaps[number]
            if "\n" in gap:
                yield from self._whole(line)
                line = Line([], [])
            else:
                signs = self._signs[gap] if len(gap) < LONGEST_GAP else self._signs_of(gap)
                line.units.extend(signs)
                line.numbers.extend([-1] * len(signs))
        line.units.extend(all_units[done:])
        line.numbers.extend(range(done, len(all_units)))
        yield from self._whole(line)

    def _whole(self, line: Line) -> Iterator[Line]:
        """The line if it can hold a word; one all in capitals as if in small letters."""
        if len(line.units) < 2:  # noqa: PLR2004 - a word is two and more
            return
        if all(unit.capitals or not unit.joins for unit in line.units):
            line = line._replace(units=[self._units[unit.syllable.small] for unit in line.units])
        yield line

    def _signs_of(self, gap: str) -> list[Unit]:
        """What stands between two tokens of a line, sign by sign."""
        return [self._units[sign] for sign in (_SIGNS.findall(gap) if gap else [_NOTHING])]

    def _unit(self, written: str) -> Unit:
        shape = normalize("NFC", written)
        small = self._respell(shape.lower())
        elements = self._rules.elements(shape, small)
        return Unit(
            self._labeller.syllable(shape, small),
            shape[0].isalpha(),
            shape[0].isupper(),
            shape[0].islower(),
            shape.isupper(),
            elements,
            self._rules.beginning(elements),
        )
