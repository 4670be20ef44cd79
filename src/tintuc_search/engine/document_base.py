"""What an engine is given to store: an article as terms, positions and ids."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class TextField(StrEnum):
    """The parts of an article's text that are matched and weighted apart."""

    TITLE = "title"
    LEAD = "lead"
    BODY = "body"


class KeywordField(StrEnum):
    """The fields that hold ids, for filters and facets."""

    SOURCE = "source"
    AUTHOR = "author"
    SECTION = "section"
    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    DOCUMENT = "document"  # a law, a decree, a treaty that the text names
    OFFICE = "office"  # one that somebody in the text holds or held
    SPEAKER = "speaker"  # who is quoted


@dataclass(frozen=True, eq=False)
class FieldText:
    """The terms of one text field.

    ``terms[i]`` stands at ``positions[i]``; positions rise strictly within the syllables and leave a gap
    of :data:`PARAGRAPH_GAP` between paragraphs, so that no phrase runs over one. ``words`` are
    multi-syllable terms (``thanh_niên``) with the position of their first syllable, joined by :data:`JOINT`
    of terms that stand there; they count for matching a word term, never for a field's length.
    """

    terms: tuple[str, ...] = ()
    positions: tuple[int, ...] = ()
    words: tuple[tuple[str, int], ...] = ()

    @cached_property
    def syllables(self) -> int:
        """The number of terms, which is the field's length."""
        return len(self.terms)

    @cached_property
    def end(self) -> int:
        """The position after the last one that is taken, 0 where none is."""
        last = max(self.positions, default=-1), max((at for _, at in self.words), default=-1)
        return 1 + max(last)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, FieldText) and self._all() == other._all()

    def __hash__(self) -> int:
        return hash(self._all())

    def _all(self) -> tuple[object, ...]:
        return self.terms, self.positions, self.words


PARAGRAPH_GAP = 16
"""Positions left free between two paragraphs; more than any proximity a query can ask for."""

JOINT = "_"
"""What joins the terms of a word; no token holds it."""

UNMARKED_WORD = f"{JOINT}unmarked"
"""The word that an article written without any Vietnamese mark holds in its body, at position 0.

No text gives this term, for no token holds ``_``. It lets a query with marks find such articles.
"""


@dataclass(frozen=True, slots=True)
class IndexDocument:
    """One article as an engine stores it.

    ``published`` is in seconds since 1970 UTC; ``None`` sorts last both ways and is in no date range.
    ``keywords`` holds ids without repeats. ``definitions`` are the abbreviations that the article explains, each with
    its full form, both as terms joined by single spaces; only the dictionary keeps them.
    """

    id: str
    texts: Mapping[TextField, FieldText]
    published: int | None = None
    keywords: Mapping[KeywordField, tuple[str, ...]] = field(default_factory=dict)
    definitions: tuple[tuple[str, str], ...] = ()

    @property
    def syllables(self) -> int:
        """The number of terms of all texts, words aside."""
        return sum(text.syllables for text in self.texts.values())
