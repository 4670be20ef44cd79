"""What is asked of the search service and what it answers: the same for pages, API, command line.

``SearchQuery`` holds the parameters of the search endpoint after they were read from a request;
``SearchAnswer.to_json`` is the endpoint's envelope.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from tintuc_search.engine.base import Interval, KeywordField, Sort

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from tintuc_search.archive.base import StoredArticle
    from tintuc_search.engine.base import Bar
    from tintuc_search.query.tree import Problem


class Match(StrEnum):
    """Which of a query's words must match."""

    AUTO = "auto"  # all; where that finds nothing, as many as any document matches
    ALL = "all"
    ANY = "any"  # every word optional


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """A search as a user states it; every value already checked for form.

    ``include`` and ``exclude`` hold ids or names per field: values of one field are OR, fields AND.
    ``since`` and ``until`` are aware and inclusive. ``page`` counts from 1; with ``cursor`` (``"*"`` to begin) it is ignored.
    ``facets`` is how many values to count per field. ``highlight_length`` is in code points.
    """

    text: str = ""
    match: Match = Match.AUTO
    since: datetime | None = None
    until: datetime | None = None
    include: Mapping[KeywordField, tuple[str, ...]] = field(default_factory=dict)
    exclude: Mapping[KeywordField, tuple[str, ...]] = field(default_factory=dict)
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    page_size: int = 20
    cursor: str | None = None
    facets: Mapping[KeywordField, int] = field(default_factory=dict)
    histogram: Interval | None = None
    highlight: bool = False
    highlight_count: int = 3
    highlight_length: int = 240


@dataclass(frozen=True, slots=True)
class Span:
    """A matched word or phrase: code points in the text it belongs to."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Highlight:
    """A passage with its matches; ``field`` is title, lead or body. ``html`` escapes and marks with ``<mark>``."""

    field: str
    text: str
    spans: tuple[Span, ...]

    @property
    def html(self) -> str:
        """The passage as safe HTML with ``<mark>`` around every span."""
        raise NotImplementedError  # TODO search


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One result: the article, its score, its highlights."""

    stored: StoredArticle
    score: float
    highlights: tuple[Highlight, ...] = ()


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A facet's value: the name that people read, its id, how many results hold it."""

    value: str
    id: str
    count: int


@dataclass(frozen=True, slots=True)
class Understood:
    """How the query was read.

    ``understood`` is the query as it was run, ``reading`` the accented reading taken of an unaccented query (None
    where there was nothing to read), ``alternatives`` other readings, likeliest first. ``relaxed`` is None or
    ``{"matched": n, "of": m}``-like numbers where not all words could be matched.
    """

    text: str
    understood: str
    reading: str | None = None
    alternatives: tuple[str, ...] = ()
    relaxed: tuple[int, int] | None = None
    problems: tuple[Problem, ...] = ()


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
        raise NotImplementedError  # TODO search
