"""The pages: search, article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template, request, url_for

from tintuc_search.engine.base import Interval, KeywordField
from tintuc_search.errors import NotFound
from tintuc_search.search.parameters import read_parameters
from tintuc_search.web.charts import chart
from tintuc_search.web.links import Links
from tintuc_search.web.state import services

if TYPE_CHECKING:
    from tintuc_search.search.base import Highlight

blueprint = Blueprint("pages", __name__)

PAGE_ONLY = frozenset({"lang"})
"""Parameters that a page knows and the API does not."""
FACET_VALUES = 8
DEFAULTS = {
    "facet": [field.value for field in KeywordField],
    "histogram": [Interval.MONTH.value],
    "highlight": ["true"],
}


@blueprint.get("/")
def search() -> str:
    """The search box, and the results where anything was asked."""
    given = {
        name: values
        for name, values in request.args.lists()
        if name not in PAGE_ONLY and any(value.strip() for value in values)
    }
    asked = read_parameters(DEFAULTS | given)
    answer = services().search.search(asked.query)
    links = Links.of(url_for(".search"), request.args.items(multi=True))
    return render_template(
        "search/page.html",
        query=asked.query,
        answer=answer,
        links=links,
        chart=chart(answer.histogram),
        filters=_filters(links),
        asked=bool(given),
        fields=list(KeywordField),
    )


@blueprint.get("/bai-viet/<article_id>")
def article(article_id: str) -> str:
    """One article in full, with the query that led to it marked."""
    query = request.args.get("q", "")
    view = services().search.article(article_id, query)
    if view is None:
        raise NotFound(article_id)
    revisions = services().archive.revisions(article_id)
    return render_template(
        "article/page.html",
        view=view,
        stored=view.stored,
        blocks=_anchored([view.title, view.lead, *view.paragraphs, *view.captions]),
        query=query,
        revisions=revisions,
        links=Links.of(url_for(".search"), request.args.items(multi=True)),
        here=Links.of(request.path, request.args.items(multi=True)),
    )


def _anchored(texts: list[Highlight]) -> list[str]:
    """Every text as HTML, the first match of all with the id ``match``."""
    blocks = [text.html for text in texts]
    for place, text in enumerate(texts):
        if text.spans:
            blocks[place] = blocks[place].replace("<mark>", '<mark id="match">', 1)
            break
    return blocks


def _filters(links: Links) -> list[tuple[str, str, str]]:
    """The filters in force as (parameter, value, address without it)."""
    names = [field.value for field in KeywordField]
    names += [f"exclude_{name}" for name in names] + ["from_date", "to_date"]
    return [(name, value, links.drop(name, value)) for name, value in links.pairs if name in names]
