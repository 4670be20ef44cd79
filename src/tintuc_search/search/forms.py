"""The terms that each typed syllable stands for, and how much each counts.

* A syllable with marks stands for itself alone. Where the archive (all but) never holds it as typed, it was
  typed with part of its marks ("quôc"): then every marked syllable of the query stands for each form that
  has the marks given, the form as typed and the likeliest counting in full.
* A syllable without marks stands for every form that the archive holds. In a query with marks elsewhere
  the form as typed counts in full, in one without any the likeliest reading does; the others count little.
* A syllable with marks that the archive holds nothing of stands for the forms with other marks, which is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING

from tintuc_search.engine.base import UNMARKED_WORD, DictionaryEntry, WeightedTerm
from tintuc_search.query.problems import problem
from tintuc_search.ranking import RANKING
from tintuc_search.search.compounds import find_words
from tintuc_search.search.leaves import tokens_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tintuc_search.analysis.base import Analyzer
    from tintuc_search.query.tree import Problem
    from tintuc_search.search.leaves import Run, Typed
    from tintuc_search.search.lookup import Lookup

FORMS_A_TOKEN = 40
FORMS_A_QUERY = 200
KEPT_READINGS = 4
NEARLY_FULL = 0.9
"""What counts at least as much is one of the forms that the query most likely means."""
LIKELIEST_FORM = RANKING.likeliest_form
"""What the likeliest form counts where the form as typed counts in full."""
OTHER_FORM = RANKING.other_form
"""What an occurrence of a form counts that is neither as typed nor the likeliest."""
UNMARKED_FORM = RANKING.unmarked_form
"""What a form without marks counts where only articles written without any hold it."""
UNLIKELY = log(200)
"""A reading that is this much less likely than the best one is not worth showing."""
RARELY = 500
"""A form this many times rarer than another that has its marks and more is half-typed, or a misprint."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A token of the query and the terms it stands for, those that count most first."""

    typed: Typed
    forms: tuple[WeightedTerm, ...]
    held: bool
    """Whether the archive holds any of the forms that have the marks given."""
    count: int
    """In how many documents the most frequent of the forms that count in full stands."""

    @property
    def full(self) -> tuple[WeightedTerm, ...]:
        """The forms that the query most likely means."""
        return tuple(form for form in self.forms if form.weight >= NEARLY_FULL)

    @property
    def as_typed(self) -> bool:
        """Whether the form as typed counts in full, and the likeliest, another one, nearly."""
        return len(self.full) > 1 and self.forms[0].term == self.typed.term


@dataclass(frozen=True, slots=True)
class Reading:
    """One form for each token, and the logarithm of its likelihood."""

    forms: tuple[str, ...] = ()
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class ReadRun:
    """A run's slots, the words they form, and its readings (best first) where the accents were left to us."""

    slots: tuple[Slot, ...] = ()
    words: tuple[str, ...] = ()
    readings: tuple[Reading, ...] = ()


class Choice:
    """What one token can stand for."""

    def __init__(self, typed: Typed, entry: DictionaryEntry | None, *, marked: bool) -> None:
        self.typed = typed
        self.entry = entry
        self.marked = marked
        self.others: Sequence[DictionaryEntry] = ()
        """Other forms that have the marks given, most frequent first."""
        self.misfit = False
        """Whether nothing has the marks given, so that the others are forms with other marks."""

    @property
    def half_typed(self) -> bool:
        """Whether the archive all but never holds a marked token as typed, but holds it with more marks."""
        count = self.entry.count if self.entry else 0
        fitting = self.marked and bool(self.others) and not self.misfit
        return fitting and count * RARELY < self.others[0].count

    def entries(self) -> list[DictionaryEntry]:
        """All forms, most frequent first; the token itself where the archive holds none."""
        known = [*((self.entry,) if self.entry else ()), *self.others]
        known.sort(key=lambda entry: -entry.count)
        return known or [DictionaryEntry(self.typed.term, 0)]


class Expander:
    """Finds the forms of one query's tokens in the dictionary; ``problems`` says what was cut."""

    def __init__(self, dictionary: Lookup, analyzer: Analyzer, documents: int) -> None:
        self.problems: list[Problem] = []
        self._dictionary = dictionary
        self._analyzer = analyzer
        self._documents = documents
        unmarked = dictionary.entry(UNMARKED_WORD)
        self._unmarked = unmarked.count if unmarked else 0

    def expand(self, text: str, runs: Sequence[Run]) -> list[ReadRun]:
        """The slots of every run of a query's ``text``."""
        rows = [[self._choice(token) for token in tokens_of(run)] for run in runs]
        choices = [choice for row in rows for choice in row]
        half_typed = any(choice.half_typed for choice in choices)
        for choice in choices:
            if choice.marked and not half_typed and not choice.misfit:
                choice.others = ()
            elif choice.marked and not choice.others:
                choice.others = self._others(choice.typed)
        free = half_typed or not any(choice.marked for choice in choices)
        found = [self._run(row, free=free) for row in rows]
        return self._limit(text, found)

    def suggest(self, run: Run) -> list[Reading]:
        """The likeliest readings of a run whatever marks were typed."""
        row = []
        for token in tokens_of(run):
            bare = self._analyzer.fold(token.term)
            choice = Choice(token, None, marked=False)
            choice.others = self._dictionary.folded(bare, FORMS_A_TOKEN)
            row.append(choice)
        return self._readings(row) if row else []

    def _choice(self, typed: Typed) -> Choice:
        marked = self._analyzer.is_marked(typed.term)
        choice = Choice(typed, self._dictionary.entry(typed.term), marked=marked)
        count = choice.entry.count if choice.entry else 0
        if not marked or count * RARELY < self._documents:
            choice.others = self._others(typed)
        if marked and not (choice.entry or choice.others):
            bare = self._analyzer.fold(typed.term)
            choice.others = self._dictionary.folded(bare, FORMS_A_TOKEN + 1)[:FORMS_A_TOKEN]
            choice.misfit = bool(choice.others)
        return choice

    def _others(self, typed: Typed) -> list[DictionaryEntry]:
        bare = self._analyzer.fold(typed.term)
        entries = self._dictionary.folded(bare, FORMS_A_TOKEN + 1)
        if len(entries) > FORMS_A_TOKEN:
            self._cut(typed.start, typed.end, typed.term)
        others = [entry for entry in entries[:FORMS_A_TOKEN] if entry.term != typed.term]
        if bare == typed.term:
            return others
        return [entry for entry in others if self._analyzer.agrees(typed.term, entry.term)]

    def _run(self, row: Sequence[Choice], *, free: bool) -> ReadRun:
        if not row:
            return ReadRun()
        readings = self._readings(row)
        for choice, likeliest in zip(row, readings[0].forms, strict=True):
            if choice.misfit:
                self._tell(choice.typed, likeliest)
        slots = tuple(
            self._slot(choice, likeliest, free=free)
            for choice, likeliest in zip(row, readings[0].forms, strict=True)
        )
        words = find_words(readings[0].forms, self._dictionary.entry, self._documents)
        return ReadRun(slots, words, tuple(readings) if free else ())

    def _slot(self, choice: Choice, likeliest: str, *, free: bool) -> Slot:
        """The forms of a token; ``free`` says that the likeliest reading counts in full."""
        typed = choice.typed.term
        entries = choice.entries()
        weights = {entry.term: OTHER_FORM for entry in entries}
        as_typed = choice.entry is not None and (choice.marked or not free)
        weights[likeliest] = LIKELIEST_FORM if as_typed else 1.0
        if as_typed:
            weights[typed] = 1.0
        elif choice.entry and typed != likeliest and choice.entry.count <= self._unmarked:
            weights[typed] = UNMARKED_FORM
        full = {term for term, weight in weights.items() if weight >= NEARLY_FULL}
        forms = sorted(weights, key=lambda term: -weights[term])
        return Slot(
            choice.typed,
            tuple(WeightedTerm(term, weights[term]) for term in forms),
            held=any(entry.count for entry in entries) and not choice.misfit,
            count=max((entry.count for entry in entries if entry.term in full), default=0),
        )

    def _readings(self, row: Sequence[Choice]) -> list[Reading]:
        """The likeliest readings of a row of tokens, best first."""
        choices = [choice.entries() for choice in row]
        ways = self._dictionary.likeliest(choices, KEPT_READINGS)
        return [
            Reading(
                tuple(entries[i].term for entries, i in zip(choices, way.taken, strict=True)),
                way.score,
            )
            for way in ways
            if ways[0].score - way.score < UNLIKELY
        ]

    def _limit(self, text: str, runs: list[ReadRun]) -> list[ReadRun]:
        """Keep the query's terms within bounds: each token its first forms, as many as all can have."""
        sizes = [len(slot.forms) for run in runs for slot in run.slots]
        if sum(sizes) <= FORMS_A_QUERY:
            return runs
        most = max(sizes)
        while sum(min(size, most) for size in sizes) > FORMS_A_QUERY and most > 1:
            most -= 1
        places = [slot.typed for run in runs for slot in run.slots if len(slot.forms) > most]
        start, end = places[0].start, places[-1].end
        self._cut(start, end, text[start:end])
        return [
            ReadRun(
                tuple(Slot(s.typed, s.forms[:most], s.held, s.count) for s in run.slots),
                run.words,
                run.readings,
            )
            for run in runs
        ]

    def _tell(self, typed: Typed, taken: str) -> None:
        place = typed.start, typed.end
        self.problems.append(problem("otherAccents", *place, value=typed.term, taken=taken))

    def _cut(self, start: int, end: int, value: str) -> None:
        self.problems.append(problem("tooManyForms", start, end, value=value))
