"""Verbs of speech with their speakers, in the order of a text."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tintuc_search.entities.passage import Passage
    from tintuc_search.entities.speakers import Speakers
    from tintuc_search.entities.tables import Tables
    from tintuc_search.entities.units import Units

_COLON = " :\"“‘'"


class Saying(NamedTuple):
    """Units ``first`` to ``after`` tell that ``speaker`` says something; he is named from ``subject`` on.

    ``kind``: that of the verb (``say``, ``ask``, ``weak``); ``according`` (theo ông Thử), ``quoted``
    (dẫn lời ông Thử), ``heading`` (Ông Thử: …).
    """

    first: int
    after: int
    kind: str
    speaker: str
    subject: int


class Sayings:
    """Finds sayings outside of quotation marks; holds nothing between texts."""

    def __init__(self, tables: Tables) -> None:
        words = tables.speech
        self._verbs = tables.verbs
        self._sources = [(words[kind], kind) for kind in ("according", "quoted")]
        self._joints = words["joint"]
        self._cited = {first for phrases, _ in self._sources for first, *_ in phrases.beginnings()}
        self._begin = self._cited | {first for first, *_ in self._verbs.beginnings()}

    def find(self, passage: Passage, speakers: Speakers) -> list[Saying]:
        """The sayings in the order of the text."""
        units, found = passage.units, list[Saying]()
        free = 0
        for i in self._candidates(passage):
            if i < free:
                continue
            saying = (
                (_heading(units, speakers, i) if "\n" in units.gaps[i] else None)
                or (self._source(units, speakers, i) if units.terms[i] in self._cited else None)
                or self._verb(passage, speakers, i, found[-1] if found else None)
            )
            if saying:
                found.append(saying)
                free = saying.after
        return found

    def _candidates(self, passage: Passage) -> Iterator[int]:
        """Where a line or a verb begins, no name, outside of quotation marks."""
        units, within = passage.units, passage.cast.within
        spans = iter(passage.spans)
        span = next(spans, None)
        for i, term in enumerate(units.terms):
            while span and i >= span.after:
                span = next(spans, None)
            if span and span.first <= i:
                continue
            if "\n" in units.gaps[i] or (term in self._begin and i not in within):
                yield i

    def _source(self, units: Units, speakers: Speakers, i: int) -> Saying | None:
        """``theo ông Thử``, ``dẫn lời ông Thử``."""
        for phrases, kind in self._sources:
            found = phrases.longest(units, i)
            if found and found[0] < units.count:
                speaker = speakers.at(found[0])
                return Saying(i, speaker.after, kind, speaker.name, i) if speaker else None
        return None

    def _verb(
        self, passage: Passage, speakers: Speakers, i: int, last: Saying | None
    ) -> Saying | None:
        """``ông Thử cho biết``; ``last`` is the saying before, whose speaker goes on with ``và``."""
        verb = self._verbs.longest(passage.units, i)
        if verb is None or verb[1] == "other" or passage.units.caps[i]:
            return None  # "bảo đảm" is no "bảo"
        after, kind = verb
        start = passage.clause_start(i)
        if last and last.after > start:
            joint = self._joints.longest(passage.units, last.after)
            if joint and joint[0] == i:
                return Saying(i, after, kind, last.speaker, i)
        speaker = speakers.before(i, start) or speakers.elided(i, start, comma=kind != "ask")
        return Saying(i, after, kind, speaker.name, speaker.first) if speaker else None


def _heading(units: Units, speakers: Speakers, i: int) -> Saying | None:
    """``Ông Lê Văn Thử: Không để chậm``, at the beginning of a line."""
    if "-" in units.gaps[i]:
        return None
    found = speakers.person_at(i)
    if not found or found.after >= units.count:
        return None
    gap = units.gaps[found.after]
    if ":" not in gap or gap.strip(_COLON):
        return None
    return Saying(i, found.after, "heading", found.name, i)
