"""Whom a pronoun or a title without a name means."""

from __future__ import annotations

from bisect import bisect_left, insort
from typing import TYPE_CHECKING

from tintuc_search.entities.genders import Genders

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tintuc_search.entities.bearers import Bearers
    from tintuc_search.entities.offices import Office
    from tintuc_search.entities.passage import Passage
    from tintuc_search.entities.tables import Tables

JUST_BEFORE = 60
"""So many units after a saying, a pronoun still means who said it."""


class Antecedents:
    """Who spoke where in one text, as far as it was read, and who is meant then."""

    def __init__(
        self, tables: Tables, passage: Passage, bearers: Bearers, offices: Iterable[Office]
    ) -> None:
        self._units, self._cast, self._sentences = passage.units, passage.cast, passage.sentences
        self._pronouns = tables.speech["pronoun"]
        self._genders = Genders(tables.speech, passage)
        self._bearers = bearers
        self._offices = {office.begin: office for office in offices}
        self._said: list[tuple[int, str]] = []

    def remember(self, speaker: str, at: int) -> None:
        """Keep who spoke where, in the order of the text."""
        insort(self._said, (at, speaker))

    def titled(self, office: Office) -> str | None:
        """Whom a title without a name means, or the title."""
        last = self._last(office.begin)
        return self._bearers.bearer(office, last[1] if last else "")

    def meant(self, i: int) -> str | None:
        """Whom the pronoun at a unit means: who spoke just before, or last, if nobody was named since.

        A title that began the sentence before comes first; nobody is ``ông`` whom the text calls ``bà``.
        """
        last, gender = self._last(i), self._genders.of_pronoun(i)
        subject = self._subject_before(i)
        if subject and self._genders.agree(subject, gender):
            return subject
        named = self._genders.last(i, gender)
        if last and self._genders.agree(last[1], gender):
            at, speaker = last
            if i - at < JUST_BEFORE or named is None or named.first < at:
                return speaker
        return named.name if named else None

    def _last(self, i: int) -> tuple[int, str] | None:
        """Who spoke last before a unit, and where."""
        at = bisect_left(self._said, (i, ""))
        return self._said[at - 1] if at else None

    def _subject_before(self, i: int) -> str | None:
        """Whose title begins the sentence before, if the pronoun at ``i`` begins one."""
        if i == 0 or i != self._sentences.start(i):
            return None
        first = self._sentences.start(i - 1)
        for k in range(first, i):
            office = self._offices.get(k)
            if office and (k == first or "," in self._units.gaps[k]):
                return self._bearers.holder(office) or self.titled(office)
            if k in self._cast.at or self._pronouns.longest(self._units, k):
                return None
        return None
