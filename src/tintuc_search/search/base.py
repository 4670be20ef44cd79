"""What is asked of the search service and what it answers: the same for pages, API, command line.

``SearchQuery`` holds the parameters of the search endpoint after they were read from a request
(:mod:`~tintuc_search.search.parameters`); :mod:`~tintuc_search.search.envelope` writes a
``SearchAnswer`` as the endpoint's JSON.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from html import escape
from typing import TYPE_CHECKING

from tintuc_search.engine.base import Interval, KeywordField, Sort

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from tintuc_search.archive.base import StoredArticle
    from tintuc_search.engine.base import Bar
    from tintuc_search.query.tree import Problem
    from tintuc_search.quotations.base import Quotation
    from tintuc_search.search.explanation import HitExplanation, QueryExplanation


DEEPEST = 10_000
"""How many results can be paged through; beyond it there is the cursor."""


class Match(StrEnum):
    """Which of a query's words must match."""

    AUTO = "auto"  # all; where that finds nothing, as many as any document matches
    ALL = "all"
    ANY = "any"  # every word optional


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """A search as a user states it; every value already checked for form.

    ``include`` and ``exclude`` hold ids or names per field: values of one field are OR, fields AND.
    With ``article`` only what is of this article is found.
    ``since`` and ``until`` are aware and inclusive. ``page`` counts from 1; with ``cursor``
    (``"*"`` to begin) it is ignored. Without ``abbreviations`` these are looked for as typed only.
    ``facets`` is how many values to count per field.
    ``highlight_length`` is in code points. With ``explain`` the answer says why it is as it is.
    """

    text: str = ""
    match: Match = Match.AUTO
    abbreviations: bool = True
    since: datetime | None = None
    until: datetime | None = None
    include: Mapping[KeywordField, tuple[str, ...]] = field(default_factory=dict)
    exclude: Mapping[KeywordField, tuple[str, ...]] = field(default_factory=dict)
    article: str | None = None
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    page_size: int = 20
    cursor: str | None = None
    facets: Mapping[KeywordField, int] = field(default_factory=dict)
    histogram: Interval | None = None
    highlight: bool = False
    highlight_count: int = 3
    highlight_length: int = 240
    explain: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """A matched word or phrase: code points in the text it belongs to."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Highlight:
    """A passage with its matches; ``field`` is title, lead, body or quotation.

    ``html`` escapes and marks with ``<mark>``.
    """

    field: str
    text: str
    spans: tuple[Span, ...]

    @property
    def html(self) -> str:
        """The passage as safe HTML with ``<mark>`` around every span.

        >>> Highlight("title", "R&D quốc hội", (Span(4, 12),)).html
        'R&amp;D <mark>quốc hội</mark>'
        """
        pieces: list[str] = []
        done = 0
        for span in self.spans:
            pieces.append(escape(self.text[done : span.start]))
            pieces.append(f"<mark>{escape(self.text[span.start : span.end])}</mark>")
            done = span.end
        return "".join((*pieces, escape(self.text[done:])))


@dataclass(frozen=True, slots=True)
class QuotationHit:
    """A quotation, and its whole text with the words of a query marked."""

    quotation: Quotation
    text: Highlight


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One result: the article, its score, its highlights, and why, where asked for.

    ``quotations`` are what the words of a query were found in where it names a speaker beside them; a result among
    quotations has one.
    """

    stored: StoredArticle
    score: float
    highlights: tuple[Highlight, ...] = ()
    explanation: HitExplanation | None = None
    quotations: tuple[QuotationHit, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleView:
    """A whole article with a query marked in it.

    Every text is whole; ``paragraphs`` and ``captions`` are one for one those of the article.
    """

    stored: StoredArticle
    title: Highlight
    lead: Highlight
    paragraphs: tuple[Highlight, ...] = ()
    captions: tuple[Highlight, ...] = ()

    @property
    def matches(self) -> int:
        """How many words and phrases are marked."""
        every = (self.title, self.lead, *self.paragraphs, *self.captions)
        return sum(len(highlight.spans) for highlight in every)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a query that is being typed can become: its whole ``text``.

    ``kind`` is ``person``, ``organisation``, ``place``, ``phrase`` or ``title``, ``value`` the name, compound or title
    alone, ``id`` that of the name or article, ``count`` in how many articles it stands (None for a title).
    """

    text: str
    kind: str
    value: str
    id: str | None = None
    count: int | None = None


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A facet's value: the name that people read, its id, how many results hold it.

    ``entities`` are the ids of the entities of the catalogue that bear the name, the most named first.
    """

    value: str
    id: str
    count: int
    entities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Expansion:
    """Words of the query that were also looked for in other writing.

    ``typed`` is the query's text from ``start`` to ``end`` (code points), ``others`` what it was looked for as,
    ``rule`` why: ``abbreviation`` (known), ``learnt`` (explained in the archive), ``numeral``, ``date``, ``dotted``.
    """

    start: int
    end: int
    typed: str
    others: tuple[str, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A part of a search that finds nothing, and how many articles there are without it (at least one).

    ``kind`` is ``word`` (anything of the query that scores), ``filter`` or ``date``. A part of the query stands
    from ``start`` to ``end`` in its text, and ``text`` is the query without it; for a parameter they are None
    and ``parameter`` names it (``from_date`` for both ends of the dates).
    """

    kind: str
    value: str
    without: int
    start: int | None = None
    end: int | None = None
    text: str | None = None
    parameter: str | None = None


@dataclass(frozen=True, slots=True)
class Understood:
    """How the query was read.

    ``understood`` is the query as it was run, ``reading`` the accented reading taken of an unaccented query (None
    where there was nothing to read), ``alternatives`` other readings, likeliest first. ``relaxed`` is None, or how
    many of how many words the results match where not all could be; ``unmatched`` then names the words
    that the archive does not hold at all. ``offers`` are the query's text with a date among its words as a filter.
    ``expansions`` are the other writings that were looked for too. ``obstacles`` are told of a search that finds
    nothing, the one that keeps most from being found first. ``suggestion`` is the query as it may have been meant
    where it seems misspelt, and ``suggestion_total`` how many articles that finds: more than the query as typed,
    which is never replaced. ``explanation`` says how it was run, where asked for.
    """

    text: str
    understood: str
    reading: str | None = None
    alternatives: tuple[str, ...] = ()
    relaxed: tuple[int, int] | None = None
    unmatched: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    offers: tuple[str, ...] = ()
    expansions: tuple[Expansion, ...] = ()
    obstacles: tuple[Obstacle, ...] = ()
    suggestion: str | None = None
    suggestion_total: int = 0
    explanation: QueryExplanation | None = None


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """The answer of one search. ``total_type`` is ``exact`` or ``gte`` (at least)."""

    query: Understood
    total: int
    total_type: str
    page: int
    page_size: int
    took_ms: int
    hits: tuple[SearchHit, ...]
    next_cursor: str | None = None
    facets: Mapping[KeywordField, tuple[FacetValue, ...]] = field(default_factory=dict)
    histogram: tuple[Bar, ...] = ()

    @property
    def pages(self) -> int:
        """How many pages there are, at least 0; capped where paging ends."""
        return min(-(-self.total // self.page_size), DEEPEST // self.page_size)
