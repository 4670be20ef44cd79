"""The JSON API, version 1: search, articles and entities."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, jsonify, request, url_for

from tintuc_search import __version__
from tintuc_search.article import format_time
from tintuc_search.errors import BadRequest, NotFound
from tintuc_search.search.envelope import completions_to_json, related_to_json, to_json
from tintuc_search.search.parameters import read_limit, read_parameters, read_text_and_limit
from tintuc_search.search.reprints import reprints_to_json
from tintuc_search.web.entities import list_json, listed, read_asked, view_json
from tintuc_search.web.links import Links
from tintuc_search.web.quotations import quotations_json, read_quotation_query
from tintuc_search.web.state import services
from tintuc_search.web.status import status_json

if TYPE_CHECKING:
    from tintuc_search.archive.base import StoredArticle
    from tintuc_search.search.base import SearchAnswer

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")


@blueprint.get("/search")
def search() -> Response:
    """The ranked results of a query, with what was asked for beside them."""
    asked = read_parameters(dict(request.args.lists()))
    states = (services().search.generation(), services().catalogue.generation())
    tag = _tag(*states, services().archive.latest(), request.query_string)
    # Known before the search, so that a client that has the answer costs none.
    if request.if_none_match.contains_weak(tag):
        return _not_modified(tag)
    answer = services().search.search(asked.query)
    following, before = _neighbours(answer, ".search")
    envelope = to_json(answer, fields=asked.fields, next_page=following, previous_page=before)
    # An answer that the time limit cut short may be a fuller one next time.
    return _tagged(jsonify(envelope), tag if answer.total_type == "exact" else None)


@blueprint.get("/quotations")
def quotations() -> Response:
    """Who says what: the quotations that hold a query's words, ranked, each with its article."""
    asked = read_quotation_query(dict(request.args.lists()))
    states = (services().quotations.generation(), services().catalogue.generation())
    tag = _tag(*states, services().archive.latest(), request.query_string)
    if request.if_none_match.contains_weak(tag):
        return _not_modified(tag)
    answer = services().quotations.search(asked)
    following, before = _neighbours(answer, ".quotations")
    envelope = quotations_json(answer, next_page=following, previous_page=before)
    return _tagged(jsonify(envelope), tag if answer.total_type == "exact" else None)


@blueprint.get("/complete")
def complete() -> Response:
    """What a query that is being typed can become."""
    text, limit = read_text_and_limit(dict(request.args.lists()))
    tag = _tag(services().search.generation(), services().archive.latest(), request.query_string)
    if request.if_none_match.contains_weak(tag):
        return _not_modified(tag)
    found = services().search.complete(text, limit)
    return _tagged(jsonify(completions_to_json(text, found)), tag)


@blueprint.get("/entities")
def entities() -> Response:
    """The people, organisations, places and documents of the archive, the most named first."""
    asked = read_asked(dict(request.args.lists()))
    tag = _tag(services().catalogue.generation(), request.query_string)
    if request.if_none_match.contains_weak(tag):
        return _not_modified(tag)
    return _tagged(jsonify(list_json(asked, *listed(asked))), tag)


@blueprint.get("/entities/<entity_id>")
def entity(entity_id: str) -> Response:
    """All of one entity; an id that leads to another answers with that one."""
    for name in request.args:
        raise BadRequest("there is no such parameter", name, "parameterUnknown")
    tag = _tag(services().catalogue.generation(), services().archive.latest(), entity_id)
    if request.if_none_match.contains_weak(tag):
        return _not_modified(tag)
    view = services().catalogue.entity(entity_id)
    if view is None:
        raise NotFound(f"no entity {entity_id!r}")
    return _tagged(jsonify(view_json(view)), tag)


@blueprint.get("/articles/<article_id>/related")
def related(article_id: str) -> Response:
    """The articles most like one."""
    limit = read_limit(dict(request.args.lists()))
    tag = _tag(services().search.generation(), services().archive.latest(), article_id, limit)
    if request.if_none_match.contains_weak(tag):
        return _not_modified(tag)
    found = services().search.related(article_id, limit)
    if found is None:
        raise NotFound(f"no article {article_id!r}")
    return _tagged(jsonify(related_to_json(found)), tag)


@blueprint.get("/articles/<article_id>/reprints")
def reprints(article_id: str) -> Response:
    """The articles that print the same text as one."""
    for name in request.args:
        raise BadRequest("there is no such parameter", name, "parameterUnknown")
    if services().archive.get(article_id) is None:
        raise NotFound(f"no article {article_id!r}")
    # Without an entity tag: the clusters may be found a while after index and archive changed.
    return jsonify(reprints_to_json(article_id, services().search.reprints(article_id)))


@blueprint.get("/articles/<article_id>")
def article(article_id: str) -> Response:
    """One article as the archive holds it."""
    for name in request.args:
        raise BadRequest("there is no such parameter", name, "parameterUnknown")
    stored = services().archive.get(article_id)
    if stored is None:
        raise NotFound(f"no article {article_id!r}")
    times = (stored.first_seen, stored.last_seen, stored.gone_at)
    tag = _tag(stored.id, stored.sequence, stored.revision, *times)
    if request.if_none_match.contains_weak(tag):
        return _not_modified(tag)
    return _tagged(jsonify(_article_json(stored)), tag)


@blueprint.get("/status")
def status() -> Response:
    """How the crawls go: every source, how it stands, its newest runs."""
    limit = read_limit(dict(request.args.lists()))
    return jsonify(status_json(limit))


def _neighbours(answer: SearchAnswer, route: str) -> tuple[str | None, str | None]:
    """The addresses of the next and the previous page, where there are any."""
    links = Links.of(url_for(route), request.args.items(multi=True))
    if request.args.get("cursor"):
        after = answer.next_cursor
        return (links.set(cursor=after) if after else None), None
    following = links.set(page=answer.page + 1) if answer.page < answer.pages else None
    before = links.set(page=answer.page - 1) if answer.page > 1 else None
    return following, before


def _article_json(stored: StoredArticle) -> dict[str, Any]:
    article = stored.article
    return {
        "id": stored.id,
        "url": article.url,
        "title": article.title,
        "lead": article.lead,
        "paragraphs": list(article.paragraphs),
        "captions": list(article.captions),
        "tables": [[list(row) for row in table] for table in article.tables],
        "published_at": format_time(article.published_at),
        "updated_at": format_time(article.updated_at),
        "authors": list(article.authors),
        "origin": article.origin,
        "source": article.source,
        "section": article.section,
        "revision": stored.revision,
        "first_seen": format_time(stored.first_seen),
        "last_seen": format_time(stored.last_seen),
        "gone_at": format_time(stored.gone_at),
    }


def _tag(*parts: object) -> str:
    """An entity tag of all that an answer depends on, the program's version included."""
    state = repr((__version__, *parts))
    return hashlib.sha256(state.encode()).hexdigest()[:32]


def _not_modified(tag: str) -> Response:
    return _tagged(Response(status=304), tag)


def _tagged(response: Response, tag: str | None) -> Response:
    if tag is not None:
        response.set_etag(tag, weak=True)
    return response
