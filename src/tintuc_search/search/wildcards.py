"""What a word with a sign stands for: ``=đảng`` itself, ``tham*`` what begins so, ``Nguyen~`` what is similar.

The other tokens are read without those that have a sign; what is found is put together again in the query's
order. The forms come from the dictionary, so that every engine is asked for the same plain terms.

* A beginning typed with marks is kept to the letter, but its tone may still come: ``đươ*`` finds "đương" and
  "đường", ``đả*`` "đảng" but not "đang". One without marks begins every accented form.
* In a similar word a letter added, dropped, replaced, or exchanged with its neighbour is one error, marks
  other than those typed are half of one. A word typed without marks has them all for nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby, islice
from typing import TYPE_CHECKING
from unicodedata import normalize

from tintuc_search.engine.base import DictionaryEntry, WeightedTerm
from tintuc_search.query.problems import problem
from tintuc_search.ranking import RANKING
from tintuc_search.search.forms import FORMS_A_QUERY, Expander, Reading, ReadRun, Slot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from tintuc_search.analysis.base import Analyzer
    from tintuc_search.query.tree import Problem
    from tintuc_search.search.leaves import Run, Typed
    from tintuc_search.search.lookup import Lookup

FORMS_A_SIGN = 100
FURTHER = RANKING.further_letter
"""What a form that goes on counts for every letter more, in parts of the one before."""
FURTHER_OFF = 0.2
"""What a similar form counts for every error, in parts of the one before."""
OTHER_MARKS = 0.5
"""How much of an error other marks are."""


@dataclass(frozen=True, slots=True)
class _Form:
    """A form and how much it counts."""

    entry: DictionaryEntry
    weight: float


class Wildcards:
    """Reads runs, some of whose tokens have signs; ``problems`` says what was cut."""

    def __init__(self, expander: Expander, dictionary: Lookup, analyzer: Analyzer) -> None:
        self.problems: list[Problem] = []
        self._expander = expander
        self._dictionary = dictionary
        self._analyzer = analyzer

    def expand(self, text: str, runs: Sequence[Run]) -> list[ReadRun]:
        """The slots of every run of a query's ``text``."""
        rows = [list(_pieces(run)) for run in runs]
        plain = [piece for row in rows for piece in row if isinstance(piece, tuple)]
        signed = [piece for row in rows for piece in row if not isinstance(piece, tuple)]
        if not signed:
            return self._expander.expand(text, runs)
        found = self._expander.expand(text, plain)
        left = FORMS_A_QUERY - sum(len(slot.forms) for read in found for slot in read.slots)
        limit = max(1, min(FORMS_A_SIGN, left // len(signed)))
        read = iter(found)
        return [
            _joined(
                [
                    next(read) if isinstance(piece, tuple) else self._signed(text, piece, limit)
                    for piece in row
                ]
            )
            for row in rows
        ]

    def suggest(self, run: Run) -> list[Reading]:
        """The likeliest readings of a run whatever marks were typed; words with signs stay as they are."""
        parts = [
            ReadRun(readings=tuple(self._expander.suggest(piece)))
            if isinstance(piece, tuple)
            else _kept(piece)
            for piece in _pieces(run)
        ]
        return list(_joined(parts).readings)

    def _signed(self, text: str, typed: Typed, limit: int) -> ReadRun:
        forms = self._forms(text[typed.start : typed.end], typed)
        kept = list(islice(forms, limit))
        if next(forms, None) is not None:
            where = typed.start, typed.end
            self.problems.append(problem("tooManyForms", *where, value=text[slice(*where)]))
        kept = kept or [_Form(DictionaryEntry(typed.term, 0), 1.0)]
        kept.sort(key=lambda form: -form.weight)
        best = kept[0].weight
        slot = Slot(
            typed,
            tuple(WeightedTerm(form.entry.term, form.weight / best) for form in kept),
            held=any(form.entry.count for form in kept),
            count=max(form.entry.count for form in kept if form.weight == best),
        )
        return replace(_kept(typed), slots=(slot,))

    def _forms(self, written: str, typed: Typed) -> Iterator[_Form]:
        """The form as typed first, then the others, those to be kept before those to be cut."""
        entry = self._dictionary.entry(typed.term)
        if entry:
            yield _Form(entry, 1.0)
        if typed.prefix:
            others = self._beginning(written, typed.term)
        else:
            others = self._similar(typed.term, typed.fuzzy) if typed.fuzzy else iter(())
        yield from (form for form in others if form.entry.term != typed.term)

    def _beginning(self, written: str, term: str) -> Iterator[_Form]:
        """What begins as written or, where they differ ("li" is the term "ly"), as its term."""
        starts = {term, normalize("NFC", written).lower()}
        vocabulary, analyzer = self._dictionary.vocabulary(), self._analyzer
        folded = sorted(set(map(analyzer.fold, starts)))
        shortest = min(map(len, folded))
        marked = any(map(analyzer.is_marked, starts))
        for entry in _most_frequent(map(vocabulary.prefixed, folded)):
            if not marked or any(self._begins(start, entry.term) for start in starts):
                yield _Form(entry, FURTHER ** (1 + len(entry.term) - shortest))

    def _begins(self, start: str, term: str) -> bool:
        (letters, tone), (more, other) = map(self._analyzer.split_tone, (start, term))
        return more.startswith(letters) and tone in ("", other)

    def _similar(self, term: str, most: int) -> Iterator[_Form]:
        marked = self._analyzer.is_marked(term)
        found: list[tuple[float, DictionaryEntry]] = []
        for errors, entry in self._dictionary.vocabulary().similar(self._analyzer.fold(term), most):
            distance = errors + (self._other_marks(term, entry.term) if marked else 0.0)
            if distance <= most:
                found.append((distance, entry))
        found.sort(key=lambda pair: pair[0])
        for distance, entry in found:
            # The likeliest accents of a word without any are what was meant.
            yield _Form(entry, FURTHER_OFF**distance if distance or not marked else 1.0)

    def _other_marks(self, term: str, other: str) -> float:
        """What it costs that the tones differ, and that the letters' marks do."""
        (letters, tone), (others, another) = map(self._analyzer.split_tone, (term, other))
        fold = self._analyzer.fold
        marks, more = ({c for c in some if fold(c) != c} for some in (letters, others))
        return OTHER_MARKS * ((tone != another) + (marks != more))


def bare_terms(slot: Slot, fold: Callable[[str], str]) -> tuple[str, ...]:
    """What stands for a slot in articles written without marks; nothing for a form that must be exact."""
    typed = slot.typed
    if typed.exact:
        return ()
    terms = [form.term for form in slot.forms] if typed.signed else [typed.term]
    return tuple(dict.fromkeys(map(fold, terms)))


def _most_frequent(sources: Iterable[Iterator[DictionaryEntry]]) -> Iterator[DictionaryEntry]:
    """The entries of all sources, each once, most frequent first."""
    lists = list(sources)
    if len(lists) == 1:
        return lists[0]
    every = dict.fromkeys(entry for source in lists for entry in source)
    return iter(sorted(every, key=lambda entry: -entry.count))


def _pieces(run: Run) -> Iterator[Run | Typed]:
    """A run cut into stretches of plain tokens and single tokens with signs."""
    tokens = [(leaf, token) for leaf in run for token in leaf.tokens]
    for signed, group in groupby(tokens, key=lambda pair: pair[1].signed):
        if signed:
            yield from (token for _, token in group)
        else:
            yield tuple(
                replace(leaf, tokens=tuple(token for _, token in pairs))
                for leaf, pairs in groupby(group, key=lambda pair: pair[0])
            )


def _kept(typed: Typed) -> ReadRun:
    """A token that is read as it was typed."""
    return ReadRun(readings=(Reading((typed.term,)),))


def _joined(parts: Sequence[ReadRun]) -> ReadRun:
    """A run out of its parts; its readings change one part at a time, the likeliest first."""
    if not parts:
        return ReadRun()
    return ReadRun(
        tuple(slot for part in parts for slot in part.slots),
        tuple(word for part in parts for word in part.words),
        tuple(_readings([part.readings for part in parts])),
    )


def _readings(rows: Sequence[Sequence[Reading]]) -> list[Reading]:
    if not all(rows):
        return []
    best = [row[0] for row in rows]
    others = [
        [*best[:number], other, *best[number + 1 :]]
        for number, row in enumerate(rows)
        for other in row[1:]
    ]
    first, *rest = [
        Reading(
            forms=tuple(form for reading in chosen for form in reading.forms),
            score=sum(reading.score for reading in chosen),
        )
        for chosen in (best, *others)
    ]
    return [first, *sorted(rest, key=lambda reading: -reading.score)]
