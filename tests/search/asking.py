"""Short ways to ask the service in tests."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tintuc_search.search.base import SearchQuery

if TYPE_CHECKING:
    from tintuc_search.search.base import SearchAnswer
    from tintuc_search.search.service import SearchService


def ask(service: SearchService, text: str = "", **more: Any) -> SearchAnswer:
    """The answer to a query with highlights."""
    return service.search(replace(SearchQuery(text, highlight=True), **more))


def names(answer: SearchAnswer) -> list[str]:
    """The names of the articles found, in order."""
    return [str(hit.stored.article.url).rsplit("/", 1)[-1] for hit in answer.hits]


def codes(answer: SearchAnswer) -> list[str]:
    """The codes of the answer's problems."""
    return [problem.code for problem in answer.query.problems]


def marked(answer: SearchAnswer) -> list[str]:
    """The marked words of all results, in order."""
    return [
        highlight.text[span.start : span.end]
        for hit in answer.hits
        for highlight in hit.highlights
        for span in highlight.spans
    ]
