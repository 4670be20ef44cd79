"""Whom a pronoun can mean: nobody whom the text calls ``bà`` is ``ông``."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tintuc_search.entities.cast import Named
    from tintuc_search.entities.passage import Passage
    from tintuc_search.entities.tables import Phrases

_WOMAN = "thị"
"""The middle name that only women have."""


class Genders:
    """What the words in front of persons' names tell of them."""

    def __init__(self, words: Mapping[str, Phrases[str]], passage: Passage) -> None:
        self._units, self._cast = passage.units, passage.cast
        self._words = {gender: words[gender] for gender in ("he", "she")}
        self._known: dict[str, str] = {}
        for named in passage.cast.persons:
            gender = self._told(named)
            if gender:
                self._known.setdefault(named.name, gender)

    def of_pronoun(self, i: int) -> str:
        """``he``, ``she``, or empty where the word at a unit says neither."""
        return next((g for g, words in self._words.items() if words.longest(self._units, i)), "")

    def agree(self, person: str, gender: str) -> bool:
        """Whether a pronoun of that gender can mean the person."""
        return not gender or self._known.get(person, gender) == gender

    def last(self, before: int, gender: str) -> Named | None:
        """The person named last before a unit whom a pronoun of that gender can mean."""
        named = self._cast.last_person(before)
        while named and not self.agree(named.name, gender):
            named = self._cast.last_person(named.first)
        return named

    def _told(self, named: Named) -> str:
        terms = self._units.terms[named.first : named.after]
        if _WOMAN in terms[1:-1]:
            return "she"
        spaced = named.first > 0 and self._units.spaced[named.first]
        return self.of_pronoun(named.first - 1) if spaced else ""
