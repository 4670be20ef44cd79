"""Who said what: quotations in marks and clauses behind a verb of speech."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING
from unicodedata import normalize

from tintuc_search.entities.base import Quote
from tintuc_search.entities.clauses import Clauses
from tintuc_search.entities.sayings import Sayings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tintuc_search.entities.passage import Passage, Span
    from tintuc_search.entities.sayings import Saying
    from tintuc_search.entities.speakers import Speakers
    from tintuc_search.entities.tables import Tables
    from tintuc_search.entities.units import Units

SHORTEST_APART = 6
"""Fewer syllables in marks, away from the verb, are a word used with distance."""
SHORTEST_CLAUSE = 4
MOST = 0.8
"""The share of a clause that, in marks at its end, leaves nothing told in other words."""
_BEHIND = frozenset(["", ",", "-", "–", "—"])
_MARKS = " \"”»’'"


class Quotes:
    """Finds quotations; holds nothing between texts."""

    def __init__(self, tables: Tables) -> None:
        self._sayings, self._clauses = Sayings(tables), Clauses(tables)

    def find(self, passage: Passage, speakers: Speakers) -> tuple[Quote, ...]:
        """The quotations in the order of the text."""
        sayings = self._sayings.find(passage, speakers)
        told = _Told(passage, sayings, self._clauses, speakers)
        found = [*told.direct(), *told.indirect()]
        return tuple(sorted(found, key=lambda quote: (quote.start, quote.end)))


class _Told:
    """What the sayings of one text tell."""

    def __init__(
        self, passage: Passage, sayings: list[Saying], clauses: Clauses, speakers: Speakers
    ) -> None:
        self._passage, self._sayings, self._clauses = passage, sayings, clauses
        self._speakers = speakers
        self._units, self._sentences = passage.units, passage.sentences
        self._behind_marks: set[int] = set()
        self._firsts = [saying.first for saying in sayings]

    def direct(self) -> Iterator[Quote]:
        """Quotations in marks whose speaker the text names."""
        last: tuple[int, str] | None = None
        for span in self._passage.spans:
            behind = self._behind(span)
            saying = behind or self._front(span)
            if behind:
                self._behind_marks.add(behind.first)
            speaker = (
                saying.speaker if saying else self._continued(span, last) or self._beside(span)
            )
            if speaker:
                last = (span.after, speaker)
                yield _quote(self._units, speaker, "direct", span.start, span.end)

    def indirect(self) -> Iterator[Quote]:
        """Clauses to the end of their sentence; one in a sentence. To be called after ``direct``."""
        units, free = self._units, 0
        spans = {span.first for span in self._passage.spans}
        for saying in self._sayings:
            first = self._clauses.begin(units, saying.after)
            if saying.first < free or first in spans:
                continue
            told = self._told_before(saying, free)
            if told:
                free = self._sentences.end(saying.first)
                start, end = units.starts[told[0]], units.ends[told[1] - 1]
                yield _quote(units, saying.speaker, "indirect", start, end)
                continue
            if saying.first in self._behind_marks and first == saying.after:
                continue  # "“…”, ông Thử nói trong cuộc họp"
            after = self._clauses.end(units, first, self._end(saying))
            if self._is_in_marks(first, after):
                continue
            if after - first >= SHORTEST_CLAUSE and self._clauses.follows(units, saying, first):
                free = after
                start, end = units.starts[first], units.ends[after - 1]
                yield _quote(units, saying.speaker, "indirect", start, end)

    def _is_in_marks(self, first: int, after: int) -> bool:
        """Whether most of these units stand in quotation marks, or all behind a colon: ``nói ngắn gọn: “…”``."""
        marked = self._passage.next_span(first)
        if marked >= after:
            return False
        return ":" in self._units.gaps[marked] or after - marked > MOST * (after - first)

    def _end(self, saying: Saying) -> int:
        """Where what was said ends: with the sentence; behind a heading in the text with the paragraph."""
        end = self._sentences.end(saying.first)
        if saying.kind == "heading" and saying.first:
            while end < self._units.count and "\n" not in self._units.gaps[end]:
                end = self._sentences.end(end)
        return end

    def _told_before(self, saying: Saying, free: int) -> tuple[int, int] | None:
        """The clause before its speaker: ``Giá sẽ tăng, ông Thử cho biết``."""
        units, subject = self._units, saying.subject
        start = self._sentences.start(saying.first)
        if start < free or "," not in units.gaps[subject] or subject - start < SHORTEST_CLAUSE:
            return None
        if not self._clauses.closes(units, saying.after, self._sentences.end(saying.first)):
            return None
        if self._passage.is_quoted(start) or self._clauses.opens(units, start):
            return None
        return start, subject

    def _beside(self, span: Span) -> str | None:
        """Who is named right behind the marks, or first in the sentence that a colon ends before them.

        ``“…”, ông Thử cười.``; ``Ông Thử ngồi im một lúc: “…”``
        """
        units, first, after = self._units, span.first, span.after
        if after < units.count:
            gap = units.text[span.end : units.starts[after]]
            if "\n" not in gap and gap.strip(_MARKS) in _BEHIND - {""}:
                found = self._speakers.subject_at(after)
                if found:
                    return found.name
        if first and ":" in units.gaps[first] and after - first >= SHORTEST_CLAUSE:
            return self._speakers.subject_within(self._sentences.start(first - 1), first)
        return None

    def _between(self, first: int, after: int) -> list[Saying]:
        return self._sayings[bisect_left(self._firsts, first) : bisect_left(self._firsts, after)]

    def _behind(self, span: Span) -> Saying | None:
        """``“…”, ông Thử nói``."""
        units, after = self._units, span.after
        if after >= units.count:
            return None
        gap = units.text[span.end : units.starts[after]]
        if "\n" in gap or gap.strip(_MARKS) not in _BEHIND or self._goes_on(span.first):
            return None
        limit = min(self._sentences.end(after), self._passage.next_span(after))
        return next(iter(self._between(after, limit)), None)

    def _goes_on(self, i: int) -> bool:
        """Whether the words in marks are part of the sentence around them."""
        begins = i == 0 or i == self._sentences.start(i)
        return not begins and not self._units.gaps[i].strip(_MARKS + "“„«‘")

    def _front(self, span: Span) -> Saying | None:
        """``Ông Thử nói: “…”``; further away only for what is too long to be a single word."""
        first = span.first
        if first == 0:
            return None
        colon = ":" in self._units.gaps[first]
        said = self._between(self._sentences.start(first - colon), first)
        if not said:
            return None
        close = colon or self._clauses.begin(self._units, said[-1].after) == first
        if close:
            return said[-1]
        if self._clauses.names_title(self._units, first):
            return None
        return self._demanding(said) if span.after - first >= SHORTEST_APART else None

    def _demanding(self, said: list[Saying]) -> Saying:
        """The last saying, or the demand that it is part of: ``ông Thử đề nghị Sở Mẫu báo cáo``."""
        last = said[-1]
        for one in said[:-1]:
            if one.kind == "ask" and self._clauses.begin(self._units, one.after) == last.subject:
                return one
        return last

    def _continued(self, span: Span, last: tuple[int, str] | None) -> str | None:
        """A line in marks of its own goes on with what was said in the line before."""
        first = span.first
        if first == 0 or first != self._sentences.start(first):
            return None
        begin = self._sentences.start(first - 1)
        said = self._between(begin, first)
        if said:
            return said[-1].speaker
        return last[1] if last and last[0] >= begin else None


def _quote(units: Units, speaker: str, kind: str, start: int, end: int) -> Quote:
    return Quote(speaker, normalize("NFC", units.text[start:end]), kind, start, end)
