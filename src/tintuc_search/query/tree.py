"""The syntax tree of a query as its author wrote it; no engine, no analysis.

``start`` and ``end`` are code points in the query text, so that a problem can be shown in its place.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


class FieldName(StrEnum):
    """The fields a query can name; the first nine hold keywords, then the texts, then the dates."""

    SOURCE = "source"
    AUTHOR = "author"
    SECTION = "section"
    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    DOCUMENT = "document"
    OFFICE = "office"
    SPEAKER = "speaker"
    TITLE = "title"
    LEAD = "lead"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class WordNode:
    """One word without its sign (no space in it); it can hold several tokens, such as ``05-CT/TW``.

    ``exact`` asks for this form only, ``prefix`` for words that begin so, ``fuzzy`` for words with at most so
    many errors; at most one of the three.
    """

    text: str
    start: int
    end: int
    exact: bool = False
    prefix: bool = False
    fuzzy: int = 0


@dataclass(frozen=True, slots=True)
class PhraseNode:
    """The text between quotation marks; ``slop`` from ``"…"~5``; with ``prefix`` the last word is a beginning."""

    text: str
    start: int
    end: int
    slop: int = 0
    exact: bool = False
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class AndNode:
    """All children must match."""

    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class OrNode:
    """At least one child must match."""

    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class NotNode:
    """The child must not match."""

    child: Node


@dataclass(frozen=True, slots=True)
class FieldNode:
    """The child (words, phrases, groups) within a field."""

    field: FieldName
    child: Node
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DateNode:
    """Published from ``since`` to ``until``, days of Vietnam's calendar, both inclusive."""

    since: date | None
    until: date | None
    start: int
    end: int


Node = WordNode | PhraseNode | AndNode | OrNode | NotNode | FieldNode | DateNode


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a query that was not taken as written.

    ``code`` is stable, for programs and translations (``unclosedQuote``, ``tooManyWords`` …); ``message`` is a
    Vietnamese sentence, ``message_en`` the English one.
    """

    start: int
    end: int
    code: str
    message: str
    message_en: str


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """What the parser understood; ``root`` is None where nothing is left to search for."""

    text: str
    root: Node | None
    problems: tuple[Problem, ...] = field(default=())
