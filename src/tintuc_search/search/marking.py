"""Finds in a text what a query looked for: one pass of the analyzer over it, then the terms' places."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from heapq import nlargest
from itertools import chain
from math import prod
from typing import TYPE_CHECKING, NamedTuple

from tintuc_search.engine.base import TextField
from tintuc_search.search.base import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tintuc_search.analysis.base import Analyzer

Place = tuple[int, int, int, str]
"""A token that the query knows: its number in the text, start, end, term."""


class Pieces(dict[str, tuple[tuple[str, int, int], ...]]):
    """The tokens of every stretch between two spaces seen lately: ``pieces[stretch]``, made when missing.

    No token holds a space, so a text's tokens are those of its stretches; the same few thousand make up nearly
    all text. Starts anew with the article after ``capacity`` are held (some 30 MB). Threads may share it; at
    worst a stretch is made twice, or at the moment of starting anew a word goes unmarked.
    """

    def __init__(self, analyzer: Analyzer, capacity: int = 1 << 16) -> None:
        super().__init__()
        self._analyzer = analyzer
        self._capacity = capacity
        self._forget()

    def _forget(self) -> None:
        self.clear()
        self._seen: set[str] = set()
        self._uneven: set[str] = set()  # those of no token, or of several
        self._holding: defaultdict[str, set[str]] = defaultdict(set)

    def __missing__(self, stretch: str) -> tuple[tuple[str, int, int], ...]:
        found = self[stretch] = tuple(self._analyzer.spans(stretch))
        for term, _, _ in found:
            self._holding[term].add(stretch)
        if len(found) != 1:
            self._uneven.add(stretch)
        self._seen.add(stretch)
        return found

    def places(self, texts: Sequence[str], known: frozenset[str]) -> list[list[Place]]:
        """The tokens of each text whose terms are ``known``.

        Few stretches hold one, and nearly all others hold one token, so they need no look of their own.
        """
        if len(self) >= self._capacity:
            self._forget()
        rows = [text.split(" ") for text in texts]
        stretches = set(chain.from_iterable(rows))
        for stretch in stretches - self._seen:
            self[stretch]
        holding = self._holding
        telling = stretches & set().union(*[holding[term] for term in known if term in holding])
        halts = telling | (stretches & self._uneven)
        return [
            [] if telling.isdisjoint(row) else list(self._places(row, telling, halts, known))
            for row in rows
        ]

    def _places(
        self, row: list[str], telling: set[str], halts: set[str], known: frozenset[str]
    ) -> Iterator[Place]:
        at = done = surplus = 0
        for index in [index for index, stretch in enumerate(row) if stretch in halts]:
            stretch = row[index]
            pieces = self[stretch]
            if stretch in telling:
                # One space for every stretch before.
                at += sum(map(len, row[done:index])) + index - done
                done = index
                for number, (term, start, end) in enumerate(pieces, start=index + surplus):
                    if term in known:
                        yield number, at + start, at + end, term
            surplus += len(pieces) - 1


@dataclass(frozen=True, slots=True)
class Unit:
    """A word or phrase to be marked.

    ``slots`` gives each token's terms and their weights. ``position`` is the place of the first token in the
    query: units whose positions follow each other stood side by side there. ``covers`` is how many places of the
    query it stands for (None: one a slot). ``value`` says how telling a match is. With ``every_form`` all forms
    were asked for, not one out of them.
    """

    slots: tuple[Mapping[str, float], ...]
    position: int
    slop: int = 0
    fields: frozenset[TextField] = frozenset(TextField)
    value: float = 1.0
    every_form: bool = False
    covers: int | None = None

    @property
    def last(self) -> int:
        """The place in the query of the last token that it stands for."""
        return self.position + (self.covers or len(self.slots)) - 1


class Mark(NamedTuple):
    """A matched stretch of a text, the numbers of its units, the query positions of its ends."""

    start: int
    end: int
    units: frozenset[int]
    first: frozenset[int]
    last: frozenset[int]

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)


class _Found(NamedTuple):
    """One occurrence of a unit: where in the text, of which forms, how much these count, where in the query.

    ``token`` is the number of its first token, ``after`` that of the first token behind it.
    """

    start: int
    end: int
    token: int
    after: int
    unit: int
    form: str
    weight: float
    first: int
    last: int


class Marker:
    """Marks a query's words and phrases in the texts of one article after another."""

    def __init__(self, units: Sequence[Unit], pieces: Pieces) -> None:
        self.units = tuple(units)
        self._pieces = pieces
        self._known = frozenset(term for unit in units for slot in unit.slots for term in slot)
        self._words: defaultdict[tuple[TextField, str], list[tuple[int, int, int, float]]]
        self._words = defaultdict(list)
        for number, unit in enumerate(units):
            for term, weight in unit.slots[0].items() if len(unit.slots) == 1 else ():
                for field in unit.fields:
                    self._words[field, term].append((number, unit.position, unit.last, weight))
        self._ambiguous = {
            number
            for number, unit in enumerate(units)
            if not unit.every_form and any(len(slot) > 1 for slot in unit.slots)
        }
        self._phrases = [(n, unit) for n, unit in enumerate(units) if len(unit.slots) > 1]

    def mark(
        self, texts: Sequence[tuple[TextField, str]], most: int | None = None
    ) -> list[list[Mark]]:
        """The marks of each text, sorted and disjoint; of the first and the ``most`` telling others only.

        Of a word's forms only those are marked that stand in these texts beside most others of the query, as
        there, and among those the ones that count most: where "Quốc hội" stands, "hỏi" was not meant.
        """
        if not self._known:
            return [[] for _ in texts]
        places = self._pieces.places([text for _, text in texts], self._known)
        found = [
            list(self._found(field, row)) if row else []
            for (field, _), row in zip(texts, places, strict=True)
        ]
        if self._ambiguous and (meant := _meant(found, self._ambiguous)):
            found = [
                [i for i in row if i.unit not in meant or i.form in meant[i.unit]] for row in found
            ]
        kept = self._telling(found, most) if most is not None else range(len(found))
        return [
            _merged(text, row) if number in kept else []
            for number, ((_, text), row) in enumerate(zip(texts, found, strict=True))
        ]

    def _telling(self, found: list[list[_Found]], most: int) -> set[int]:
        """The first text and the ``most`` others whose units together tell most."""
        values = [
            sum(self.units[unit].value for unit in {item.unit for item in row}) for row in found
        ]
        return {0, *nlargest(most, range(1, len(found)), key=values.__getitem__)}

    def _found(self, field: TextField, places: list[Place]) -> Iterator[_Found]:
        for token, start, end, term in places:
            for number, first, last, weight in self._words.get((field, term), ()):
                yield _Found(start, end, token, token + 1, number, term, weight, first, last)
        here = {place[3] for place in places} if self._phrases else set()
        for number, unit in self._phrases if places else ():
            if field in unit.fields and not any(map(here.isdisjoint, unit.slots)):
                near = _near if unit.slop else _exact
                yield from near(number, unit, places)


def _meant(texts: list[list[_Found]], ambiguous: set[int]) -> dict[int, set[str]]:
    """The forms that count of each of the ``ambiguous`` units that was found in several."""
    forms: defaultdict[int, set[str]] = defaultdict(set)
    for item in chain.from_iterable(texts):
        forms[item.unit].add(item.form)
    several = {unit for unit, found in forms.items() if len(found) > 1 and unit in ambiguous}
    best: dict[int, tuple[int, float]] = {}
    meant: dict[int, set[str]] = {}
    for found in texts:
        if several.isdisjoint([item.unit for item in found]):
            continue
        for item, length in zip(found, _neighbours(found), strict=True):
            if item.unit not in several:
                continue
            rank = length, item.weight
            if item.unit not in best or rank > best[item.unit]:
                best[item.unit], meant[item.unit] = rank, {item.form}
            elif rank == best[item.unit]:
                meant[item.unit].add(item.form)
    return meant


def _neighbours(found: list[_Found]) -> list[int]:
    """How many occurrences stand in one row as in the query, for each one that is in the row."""
    if len(found) < 2:  # noqa: PLR2004 - alone
        return [1] * len(found)
    ordered = sorted(found, key=lambda item: item.token)
    behind: dict[tuple[int, int], int] = {}
    for item in reversed(ordered):
        place, length = (item.token, item.first), behind.get((item.after, item.last + 1), 0) + 1
        if length > behind.get(place, 0):
            behind[place] = length
    before: dict[tuple[int, int], int] = {}
    for item in ordered:
        place, length = (item.after, item.last), before.get((item.token, item.first - 1), 0) + 1
        if length > before.get(place, 0):
            before[place] = length
    return [behind[f.token, f.first] + before[f.after, f.last] - 1 for f in found]


def _exact(number: int, unit: Unit, places: list[Place]) -> Iterator[_Found]:
    """The places where a phrase's tokens stand side by side."""
    at = {place[0]: place for place in places}
    length = len(unit.slots)
    for token, start, _, _ in places:
        row = [at[i] for i in range(token, token + length) if i in at]
        if len(row) < length:
            continue
        weights = [slot.get(place[3]) for slot, place in zip(unit.slots, row, strict=True)]
        known = [weight for weight in weights if weight is not None]
        if len(known) == length:
            where = start, row[-1][2], token, token + length
            form = " ".join(place[3] for place in row)
            yield _Found(*where, number, form, prod(known), unit.position, unit.last)


def _near(number: int, unit: Unit, places: list[Place]) -> Iterator[_Found]:
    """The tokens of a phrase in any order wherever all stand within its bounds, each by itself."""
    width = len(unit.slots) + unit.slop
    inside: set[int] = set()
    for index, place in enumerate(places):
        window = [i for i in range(index, len(places)) if places[i][0] < place[0] + width]
        terms = {places[i][3] for i in window}
        if all(not terms.isdisjoint(slot) for slot in unit.slots):
            inside.update(window)
    for index in sorted(inside):
        token, start, end, term = places[index]
        for offset, slot in enumerate(unit.slots):
            if term in slot:
                position = unit.position + offset
                where = start, end, token, token + 1
                yield _Found(*where, number, "", 1.0, position, position)


@lru_cache(maxsize=1 << 12)
def _one(number: int) -> frozenset[int]:
    return frozenset((number,))


def _merged(text: str, found: list[_Found]) -> list[Mark]:
    """Marks out of occurrences: overlapping ones and words that follow each other as in the query are one."""
    if not found:
        return []
    disjoint: list[Mark] = []
    for item in sorted(found, key=lambda item: (item.start, -item.end)):
        mark = Mark(item.start, item.end, _one(item.unit), _one(item.first), _one(item.last))
        if disjoint and mark.start < disjoint[-1].end:
            disjoint[-1] = _overlapping(disjoint[-1], mark)
        else:
            disjoint.append(mark)
    marks: list[Mark] = []
    for mark in disjoint:
        if marks and _follows(text, before := marks[-1], mark):
            units = before.units | mark.units
            marks[-1] = Mark(before.start, mark.end, units, before.first, mark.last)
        else:
            marks.append(mark)
    return marks


def _overlapping(before: Mark, mark: Mark) -> Mark:
    units, first = before.units | mark.units, before.first
    if mark.start == before.start:
        first |= mark.first
    last = before.last | mark.last if mark.end == before.end else before.last
    if mark.end > before.end:
        last = mark.last
    return Mark(before.start, max(before.end, mark.end), units, first, last)


def _follows(text: str, before: Mark, mark: Mark) -> bool:
    between = text[before.end : mark.start]
    if not between.isspace() or "\n" in between:
        return False
    return any(position + 1 in mark.first for position in before.last)
