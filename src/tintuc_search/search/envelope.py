"""An answer as the search endpoint's JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from tintuc_search.article import format_time
from tintuc_search.search.explanation_json import hit_explanation, query_explanation
from tintuc_search.search.parameters import RESULT_FIELDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tintuc_search.search.base import (
        Highlight,
        QuotationHit,
        SearchAnswer,
        SearchHit,
        Suggestion,
        Understood,
    )


def to_json(
    answer: SearchAnswer,
    *,
    fields: Sequence[str] | None = None,
    next_page: str | None = None,
    previous_page: str | None = None,
) -> dict[str, Any]:
    """The envelope of an answer.

    Args:
        answer: what the service answered.
        fields: what each result holds; None for everything.
        next_page: the address of the next page, which only the web layer knows.
        previous_page: the address of the page before.
    """
    results = [_result(hit, fields) for hit in answer.hits]
    return frame(answer, results, next_page=next_page, previous_page=previous_page)


def frame(
    answer: SearchAnswer,
    results: Sequence[dict[str, Any]],
    *,
    next_page: str | None,
    previous_page: str | None,
) -> dict[str, Any]:
    """The envelope around results, whatever they are."""
    return {
        "query": _query(answer.query),
        "total": answer.total,
        "total_type": answer.total_type,
        "page": answer.page,
        "page_size": answer.page_size,
        "pages": answer.pages,
        "next": next_page,
        "previous": previous_page,
        "next_cursor": answer.next_cursor,
        "took_ms": answer.took_ms,
        "results": results,
        "facets": {
            field.value: [
                {
                    "value": value.value,
                    "id": value.id,
                    "count": value.count,
                    "entities": list(value.entities),
                }
                for value in values
            ]
            for field, values in answer.facets.items()
        },
        "histogram": [{"from": bar.start, "count": bar.count} for bar in answer.histogram],
    }


def related_to_json(hits: Sequence[SearchHit]) -> dict[str, Any]:
    """Related articles, each as a result without highlights."""
    fields = [name for name in RESULT_FIELDS if name not in {"highlights", "quotations"}]
    return {"results": [_result(hit, fields) for hit in hits]}


def completions_to_json(text: str, found: Sequence[Suggestion]) -> dict[str, Any]:
    """What the query ``text`` can become."""
    return {"query": text, "completions": [asdict(each) for each in found]}


def _query(query: Understood) -> dict[str, Any]:
    relaxed = query.relaxed and {
        "matched": query.relaxed[0],
        "of": query.relaxed[1],
        "unmatched": list(query.unmatched),
    }
    told: dict[str, Any] = {
        "text": query.text,
        "understood": query.understood,
        "reading": query.reading,
        "alternatives": list(query.alternatives),
        "suggestion": query.suggestion
        and {"text": query.suggestion, "total": query.suggestion_total},
        "relaxed": relaxed,
        "problems": [
            {
                "start": problem.start,
                "end": problem.end,
                "code": problem.code,
                "message": problem.message,
                "message_en": problem.message_en,
            }
            for problem in query.problems
        ],
        "offers": list(query.offers),
        "expansions": [
            {
                "start": expansion.start,
                "end": expansion.end,
                "typed": expansion.typed,
                "as": list(expansion.others),
                "rule": expansion.rule,
            }
            for expansion in query.expansions
        ],
        "obstacles": [
            {
                "kind": obstacle.kind,
                "value": obstacle.value,
                "parameter": obstacle.parameter,
                "start": obstacle.start,
                "end": obstacle.end,
                "without": obstacle.without,
            }
            for obstacle in query.obstacles
        ],
    }
    if query.explanation:
        told["explanation"] = query_explanation(query.explanation)
    return told


def _result(hit: SearchHit, fields: Sequence[str] | None) -> dict[str, Any]:
    article = hit.stored.article
    result: dict[str, Any] = {
        "id": hit.stored.id,
        "url": article.url,
        "title": article.title,
        "lead": article.lead,
        "published_at": format_time(article.published_at),
        "authors": list(article.authors),
        "source": article.source,
        "section": article.section,
        "gone_at": format_time(hit.stored.gone_at),
        "score": hit.score,
        "highlights": [highlight_json(highlight) for highlight in hit.highlights],
        "quotations": [_quotation(each) for each in hit.quotations],
    }
    shown = result if fields is None else {name: result[name] for name in fields}
    if hit.explanation:
        shown["explanation"] = hit_explanation(hit.explanation)
    return shown


def _quotation(hit: QuotationHit) -> dict[str, Any]:
    quotation = hit.quotation
    return {
        "id": quotation.id,
        "speaker": quotation.speaker,
        "quote": hit.text.text,
        "kind": quotation.kind,
        "start": quotation.start,
        "end": quotation.end,
        "highlights": [highlight_json(hit.text)],
    }


def highlight_json(highlight: Highlight) -> dict[str, Any]:
    """A text with its matches."""
    return {
        "field": highlight.field,
        "text": highlight.text,
        "html": highlight.html,
        "spans": [{"start": span.start, "end": span.end} for span in highlight.spans],
    }
