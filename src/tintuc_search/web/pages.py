"""The pages: search, entities, article."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from flask import Blueprint, redirect, render_template, request, url_for

from tintuc_search.archive.changes import differences, edits
from tintuc_search.engine.base import Interval, KeywordField
from tintuc_search.entities.base import Kind
from tintuc_search.errors import NotFound
from tintuc_search.search.parameters import read_parameters
from tintuc_search.web.charts import chart
from tintuc_search.web.entities import (
    DEEPEST,
    bars,
    ends,
    listed,
    office_rows,
    read_asked,
    said,
    search_links,
)
from tintuc_search.web.filters import (
    SHOWN,
    chips,
    choices,
    facet_values,
    names_of_entities,
    one_pair_a_value,
    without_filters,
)
from tintuc_search.web.guide import guide
from tintuc_search.web.language import language
from tintuc_search.web.links import Links
from tintuc_search.web.naming import by_part, linked
from tintuc_search.web.quotations import read_quotation_query, speakers_of
from tintuc_search.web.revisions import chosen
from tintuc_search.web.state import services
from tintuc_search.web.status import read_status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from werkzeug import Response

    from tintuc_search.search.base import ArticleView, SearchQuery
    from tintuc_search.search.service import SearchService

blueprint = Blueprint("pages", __name__)

PAGE_ONLY = frozenset({"lang"})
"""Parameters that a page knows and the API does not."""
RUNS_SHOWN = 10
"""Runs of a source on the page of the crawls."""
DEFAULTS = {
    "facet": [field.value for field in KeywordField],
    "histogram": [Interval.MONTH.value],
    "highlight": ["true"],
    # Two passages say what an article is about; more push the next results off the screen.
    "highlight_count": ["2"],
}
QUOTATION_DEFAULTS = {name: DEFAULTS[name] for name in ("facet", "histogram")}
OF_QUOTATIONS = (
    KeywordField.SPEAKER,
    *(field for field in SHOWN if field is not KeywordField.SPEAKER),
)
KEPT_ELSEWHERE = frozenset(
    {"q", "match", "from_date", "to_date", "source", "section", "author", "lang"}
)
"""What a search among articles and one among quotations have in common."""


@blueprint.get("/")
def search() -> str:
    """The search box, and the results where anything was asked."""
    given = _given()
    query = read_parameters(DEFAULTS | given).query
    return render_template(
        "search/page.html",
        counted="",
        asked=bool(given),
        **_results(services().search, query, ListingRoutes(".search", "api.search", ".quotations")),
    )


@blueprint.get("/phat-bieu")
def quotations() -> str:
    """What people are quoted as saying: the same search, with a quotation for each result."""
    given = _given()
    query = read_quotation_query(QUOTATION_DEFAULTS | given)
    return render_template(
        "search/quotations.html",
        counted="quotation_",
        asked=bool(given),
        **_results(
            services().quotations,
            query,
            ListingRoutes(".quotations", "api.quotations", ".search", OF_QUOTATIONS),
        ),
    )


def _given() -> dict[str, list[str]]:
    """The parameters of a search as given, without the page's own and those left empty."""
    return {
        name: values
        for name, values in request.args.lists()
        if name not in PAGE_ONLY and any(value.strip() for value in values)
    }


class ListingRoutes(NamedTuple):
    """The routes of a page of results, of the same as JSON, and of the page that looks elsewhere for the same.

    ``facets`` are what the page offers to choose from, in order.
    """

    here: str
    as_json: str
    elsewhere: str
    facets: Sequence[KeywordField] = SHOWN


def _results(service: SearchService, query: SearchQuery, routes: ListingRoutes) -> dict[str, Any]:
    """What a page of results shows."""
    answer = service.search(query)
    pairs = list(one_pair_a_value(request.args.items(multi=True), query))
    links = Links.of(url_for(routes.here), pairs)
    values = facet_values(service, query, answer.facets)
    names = names_of_entities(query, services().catalogue.entry)
    if query.article is not None and (stored := services().archive.get(query.article)):
        names[query.article] = stored.article.title
    parameters = [pair for pair in pairs if pair[0] not in PAGE_ONLY]
    kept = [pair for pair in pairs if pair[0] in KEPT_ELSEWHERE]
    return {
        "query": query,
        "answer": answer,
        "links": links,
        "chart": chart(answer.histogram) if query.histogram is Interval.MONTH else [],
        "chips": chips(links, query, names),
        "unfiltered": without_filters(links),
        "facets": [
            (field.value, choices(field, values.get(field, ()), query, links, names))
            for field in routes.facets
        ],
        "speakers": speakers_of(answer.hits),
        "as_json": Links.of(url_for(routes.as_json), parameters).here(),
        "elsewhere": Links.of(url_for(routes.elsewhere), kept).here(),
    }


@blueprint.get("/bai-viet/<article_id>")
def article(article_id: str) -> str:
    """One article in full, with the query that led to it marked."""
    query = request.args.get("q", "")
    asked = {"abbreviations": request.args.getlist("abbreviations")}
    abbreviations = read_parameters(asked).query.abbreviations
    view = services().search.article(article_id, query, abbreviations=abbreviations)
    if view is None:
        raise NotFound(article_id)
    here = Links.of(url_for(".article", article_id=article_id), request.args.items(multi=True))
    blocks, matches = _blocks(view, _named(view, request.args.get("lang")))
    reprinted = services().search.reprints(article_id)
    shown = {other.stored.id for other in reprinted.others} if reprinted else set()
    related = services().search.related(article_id) or ()
    return render_template(
        "article/page.html",
        stored=view.stored,
        blocks=blocks,
        matches=matches,
        query=query,
        reprinted=reprinted,
        related=[hit for hit in related if hit.stored.id not in shown],
        edits=edits(services().archive.revisions(article_id)),
        # The way back leads to the very page of results, a new search begins on the first.
        back=here.to(url_for(".search")) if _came_from_results(here) else None,
        links=Links.of(url_for(".search"), here.pairs),
        here=here,
    )


@blueprint.get("/bai-viet/<article_id>/thay-doi")
def changes(article_id: str) -> str:
    """What changed between two revisions of an article, chosen by the reader."""
    archive = services().archive
    stored = archive.get(article_id)
    if stored is None:
        raise NotFound(article_id)
    revisions = archive.revisions(article_id)
    newer = chosen(revisions, "den", revisions[-1].number)
    older = chosen(revisions, "tu", max(1, newer.number - 1))
    return render_template(
        "article/changes.html",
        stored=stored,
        revisions=revisions,
        older=older,
        newer=newer,
        differences=differences(older.article, newer.article),
        links=Links.of(url_for(".search"), _language_only()),
        here=Links.of(url_for(".changes", article_id=article_id), request.args.items(multi=True)),
    )


@blueprint.get("/thuc-the")
def entities() -> str:
    """The entities of the archive, to be looked through and searched."""
    given = {name: values for name, values in request.args.lists() if name not in PAGE_ONLY}
    asked = read_asked(given)
    total, found = listed(asked)
    here = Links.of(url_for(".entities"), request.args.items(multi=True))
    return render_template(
        "entities/list.html",
        asked=asked,
        total=total,
        found=found,
        pages=min(-(-total // asked.page_size), DEEPEST // asked.page_size),
        kinds=[kind.value for kind in Kind],
        links=Links.of(url_for(".search"), _language_only()),
        here=here,
    )


@blueprint.get("/thuc-the/<entity_id>")
def entity(entity_id: str) -> str | Response:
    """One entity: names, offices, whom it is named with, its newest articles, what it said."""
    view = services().catalogue.entity(entity_id)
    if view is None:
        raise NotFound(entity_id)
    lang = request.args.get("lang")
    if view.entry.id != entity_id:  # merged since, or one of several people of the name
        return redirect(url_for(".entity", entity_id=view.entry.id, lang=lang))
    search_for = search_links(view, lang)
    archive = services().archive
    shown, more = office_rows(view)
    proofs = [p.article for o in view.offices for p in (*ends(o.proofs), *ends(o.former_proofs))]
    return render_template(
        "entities/page.html",
        view=view,
        offices=shown,
        more_offices=more,
        ends=ends,
        titles=archive.get_many(dict.fromkeys(proofs)),
        newest=archive.get_many(view.newest),
        said=said(view.sayings),
        chart=bars(view),
        search_for=search_for,
        links=Links.of(url_for(".search"), _language_only()),
        here=Links.of(url_for(".entity", entity_id=entity_id), _language_only()),
    )


@blueprint.get("/tro-giup")
def guide_page() -> str:
    """How to search: a table of what can be written, each example to be tried."""
    return render_template(
        "search/guide.html",
        rows=guide(language()),
        links=Links.of(url_for(".search"), _language_only()),
        here=Links.of(url_for(".guide_page"), _language_only()),
    )


@blueprint.get("/trang-thai")
def status() -> str:
    """How the crawls go: every source, how it stands, what its newest runs did."""
    return render_template(
        "status.html",
        status=read_status(RUNS_SHOWN),
        links=Links.of(url_for(".search"), _language_only()),
        here=Links.of(url_for(".status"), _language_only()),
    )


def _language_only() -> list[tuple[str, str]]:
    """The language of the page, to be kept where nothing else is."""
    return [("lang", value) for value in request.args.getlist("lang")[:1]]


def _came_from_results(here: Links) -> bool:
    return any(name not in PAGE_ONLY for name, _ in here.pairs)


def _named(view: ArticleView, lang: str | None) -> list[list[tuple[int, int, str]]]:
    """The names in title, lead and each paragraph with the addresses of their entities."""
    stored = view.stored
    places = [
        (naming.start, naming.end, url_for(".entity", entity_id=naming.id, lang=lang))
        for naming in services().catalogue.named(stored.id, stored.revision)
    ]
    return by_part(stored.article, places)


def _blocks(
    view: ArticleView, named: list[list[tuple[int, int, str]]]
) -> tuple[dict[str, list[str]], int]:
    """Every text as HTML by its part of the page, the first match with the id ``match``; how many matches."""
    parts = {
        "title": [view.title],
        "lead": [view.lead],
        "paragraphs": view.paragraphs,
        "captions": view.captions,
    }
    blocks: dict[str, list[str]] = {}
    matches = 0
    links = iter(named)
    for name, texts in parts.items():
        blocks[name] = []
        for text in texts:
            first = text.spans and not matches
            marks = [(span.start, span.end) for span in text.spans]
            html = linked(text.text, marks, next(links, ()))
            blocks[name].append(html.replace("<mark>", '<mark id="match">', 1) if first else html)
            matches += len(text.spans)
    return blocks, matches
