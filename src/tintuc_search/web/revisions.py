"""The JSON API's view of an article over time: its revisions, and what changed between two of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, jsonify, request

from tintuc_search.archive.changes import compared
from tintuc_search.article import format_time
from tintuc_search.errors import BadRequest
from tintuc_search.web.state import services

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tintuc_search.archive.base import Revision

blueprint = Blueprint("revisions", __name__, url_prefix="/api/v1")


@blueprint.get("/articles/<article_id>/revisions")
def revisions(article_id: str) -> Response:
    """Every revision of an article, oldest first, with its text."""
    _refuse_unknown()
    return jsonify(
        {
            "id": article_id,
            "revisions": [_to_json(each) for each in services().archive.revisions(article_id)],
        }
    )


@blueprint.get("/articles/<article_id>/differences")
def changed(article_id: str) -> Response:
    """What changed between two revisions, word by word; the newest and the one before if not given."""
    _refuse_unknown("from", "to")
    found = services().archive.revisions(article_id)
    newer = chosen(found, "to", found[-1].number)
    older = chosen(found, "from", max(1, newer.number - 1))
    return jsonify(compared(article_id, older, newer))


def chosen(found: Sequence[Revision], parameter: str, default: int) -> Revision:
    """The revision whose number a parameter gives; raises BadRequest where there is none."""
    given = request.args.get(parameter, "").strip() or str(default)
    for revision in found:
        if str(revision.number) == given:
            return revision
    raise BadRequest(f"there is no revision {given[:20]!r}", parameter)


def _refuse_unknown(*known: str) -> None:
    for name in request.args:
        if name not in known:
            raise BadRequest("there is no such parameter", name, "parameterUnknown")


def _to_json(revision: Revision) -> dict[str, Any]:
    article = revision.article
    return {
        "revision": revision.number,
        "first_seen": format_time(revision.first_seen),
        "last_seen": format_time(revision.last_seen),
        "title": article.title,
        "lead": article.lead,
        "paragraphs": list(article.paragraphs),
        "captions": list(article.captions),
        "tables": [[list(row) for row in table] for table in article.tables],
        "authors": list(article.authors),
        "published_at": format_time(article.published_at),
        "updated_at": format_time(article.updated_at),
    }
