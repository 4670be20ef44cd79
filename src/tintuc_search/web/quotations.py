"""What people say, found one by one: the parameters, and the answer as JSON."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tintuc_search.article import format_time
from tintuc_search.entities.base import Kind
from tintuc_search.errors import BadRequest
from tintuc_search.search.envelope import frame, highlight_json
from tintuc_search.search.parameters import PARAMETERS, Parameter, read_parameters
from tintuc_search.web.state import services

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tintuc_search.search.base import QuotationHit, SearchAnswer, SearchHit, SearchQuery

ARTICLE = Parameter(
    "article", "only what this article quotes: its id", "chỉ lời trích trong bài có mã này"
)
LEFT_OUT = frozenset({"highlight", "highlight_count", "highlight_length", "fields"})
"""Parameters of a search that mean nothing for quotations: these come whole, with their words marked."""
QUOTATION_PARAMETERS = (*(each for each in PARAMETERS if each.name not in LEFT_OUT), ARTICLE)
"""The parameters of a search for quotations, in the order of the documentation."""
_KINDS = (Kind.PERSON, Kind.ORGANISATION, Kind.PLACE)
"""Who speaks: countries and provinces do too."""


def read_quotation_query(given: Mapping[str, Sequence[str]]) -> SearchQuery:
    """Read the parameters of a search for quotations.

    Raises:
        BadRequest: names the parameter; ``parameterUnknown`` or ``parameterInvalid``.
    """
    for name in given:
        if name in LEFT_OUT:
            raise BadRequest("there is no such parameter", name, "parameterUnknown")
    articles = [value.strip() for value in given.get(ARTICLE.name, ()) if value.strip()]
    if len(articles) > 1:
        raise BadRequest("takes one value, not several", ARTICLE.name)
    rest = {name: values for name, values in given.items() if name != ARTICLE.name}
    query = read_parameters(rest).query
    return replace(query, article=articles[0] if articles else None)


def speakers_of(hits: Iterable[SearchHit]) -> dict[str, str]:
    """By id of a quotation the id of the entity that says it, where one is surely meant.

    Of several who bear the name, the one whom the article names.
    """
    found: dict[str, str] = {}
    catalogue = services().catalogue
    for hit in hits:
        names = None
        for each in hit.quotations:
            quotation = each.quotation
            bearers = _bearers(quotation.speaker)
            if len(bearers) > 1:
                if names is None:
                    named = catalogue.named(quotation.article, quotation.revision)
                    names = {naming.id for naming in named}
                bearers = [bearer for bearer in bearers if bearer in names]
            if len(bearers) == 1:
                found[quotation.id] = bearers[0]
    return found


def _bearers(name: str) -> Sequence[str]:
    for kind in _KINDS:
        found = services().catalogue.bearers(kind, name)
        if found:
            return found
    return ()


def quotations_json(
    answer: SearchAnswer, *, next_page: str | None, previous_page: str | None
) -> dict[str, Any]:
    """The envelope of an answer of quotations."""
    speakers = speakers_of(answer.hits)
    results = [_result(hit, hit.quotations[0], speakers) for hit in answer.hits]
    return frame(answer, results, next_page=next_page, previous_page=previous_page)


def _result(hit: SearchHit, found: QuotationHit, speakers: Mapping[str, str]) -> dict[str, Any]:
    quotation, article = found.quotation, hit.stored.article
    return {
        "id": quotation.id,
        "speaker": {"name": quotation.speaker, "id": speakers.get(quotation.id)},
        "quote": found.text.text,
        "kind": quotation.kind,
        "article": {
            "id": hit.stored.id,
            "url": article.url,
            "title": article.title,
            "published_at": format_time(article.published_at),
            "source": article.source,
            "gone_at": format_time(hit.stored.gone_at),
        },
        "start": quotation.start,
        "end": quotation.end,
        "score": hit.score,
        "highlights": [highlight_json(found.text)],
    }
