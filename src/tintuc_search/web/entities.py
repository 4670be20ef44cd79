"""What the pages of entities show, and the same for programs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from flask import url_for

from tintuc_search.article import format_time
from tintuc_search.engine.base import Bar
from tintuc_search.entities.base import Kind
from tintuc_search.errors import BadRequest
from tintuc_search.web.charts import chart
from tintuc_search.web.links import Links
from tintuc_search.web.state import services

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tintuc_search.archive.base import StoredArticle
    from tintuc_search.catalogue.base import (
        EntityEntry,
        EntityView,
        OfficeHeld,
        Proof,
        Saying,
        Succession,
    )
    from tintuc_search.web.charts import ChartBar

PROOFS = 50
"""The API names so many articles as proofs of one office; how many there are is told beside."""
OFFICES_SHOWN = 12
PAGE_SIZE, LARGEST_PAGE, DEEPEST = 20, 100, 10_000
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ListAsked:
    """What a list of entities was asked for."""

    text: str
    kind: Kind | None
    page: int
    page_size: int


@dataclass(frozen=True, slots=True)
class Said:
    """Words of an entity, with the article they stand in."""

    text: str
    kind: str
    stored: StoredArticle
    start: int
    end: int


def read_asked(given: Mapping[str, Sequence[str]]) -> ListAsked:
    """The parameters of a list of entities.

    Raises:
        BadRequest: names the parameter.
    """
    for name in given:
        if name not in {"q", "kind", "page", "page_size"}:
            raise BadRequest("there is no such parameter", name, "parameterUnknown")
    kind = _one(given, "kind")
    if kind and kind not in list(Kind):
        raise BadRequest(f"one of {', '.join(Kind)}", "kind")
    size = _number(given, "page_size", PAGE_SIZE, LARGEST_PAGE)
    page = _number(given, "page", 1, DEEPEST // size)
    return ListAsked(_one(given, "q"), Kind(kind) if kind else None, page, size)


def _one(given: Mapping[str, Sequence[str]], name: str) -> str:
    values = [value.strip() for value in given.get(name, ()) if value.strip()]
    if len(values) > 1:
        raise BadRequest("takes one value, not several", name)
    return values[0] if values else ""


def _number(given: Mapping[str, Sequence[str]], name: str, default: int, most: int) -> int:
    value = _one(given, name)
    if not value:
        return default
    # Long digits would be a number too, after a while.
    number = int(value) if value.isascii() and value.isdigit() and len(value) < len("100000") else 0
    if not 1 <= number <= most:
        raise BadRequest(f"a whole number from 1 to {most}", name)
    return number


def listed(asked: ListAsked) -> tuple[int, Sequence[EntityEntry]]:
    """How many entities there are, and those of the page."""
    return services().catalogue.entities(
        asked.text,
        asked.kind,
        offset=(asked.page - 1) * asked.page_size,
        limit=asked.page_size,
    )


def said(sayings: Iterable[Saying]) -> list[Said]:
    """The words themselves, out of articles that are as they were when these were found."""
    sayings = list(sayings)
    known = services().archive.get_many([saying.article for saying in sayings])
    return [
        Said(
            known[s.article].article.text[s.start : s.end],
            s.kind,
            known[s.article],
            s.start,
            s.end,
        )
        for s in sayings
        if s.article in known and known[s.article].revision == s.revision
    ]


def search_links(view: EntityView, lang: str | None) -> Links:
    """The search for the articles that name an entity."""
    language = [("lang", lang)] if lang else []
    return Links.of(url_for("pages.search"), [(view.entry.kind.value, view.entry.id), *language])


def bars(view: EntityView) -> list[ChartBar]:
    """The entity's articles over time as bars."""
    return chart([Bar(f"{month}-01", count) for month, count in view.months])


def office_rows(view: EntityView) -> tuple[Sequence[OfficeHeld], Sequence[OfficeHeld]]:
    """The offices best proved, and the others, both in the order of time."""
    best = sorted(view.offices, key=lambda o: -len(o.proofs) - len(o.former_proofs))
    shown = [id(office) for office in best[:OFFICES_SHOWN]]
    return (
        [office for office in view.offices if id(office) in shown],
        [office for office in view.offices if id(office) not in shown],
    )


def ends(proofs: Sequence[T]) -> Sequence[T]:
    """The first and the last proofs, which a page shows."""
    return proofs if len(proofs) <= 4 else (*proofs[:2], *proofs[-2:])  # noqa: PLR2004 - two of each


def entry_json(entry: EntityEntry) -> dict[str, Any]:
    """An entity in a list of the API."""
    return {
        "id": entry.id,
        "kind": entry.kind.value,
        "name": entry.name,
        "note": entry.note or None,
        "articles": entry.articles,
        "mentions": entry.mentions,
        "first_seen": format_time(entry.first),
        "last_seen": format_time(entry.last),
    }


def list_json(asked: ListAsked, total: int, found: Iterable[EntityEntry]) -> dict[str, Any]:
    """The API's answer to a list of entities."""
    links = Links.of(
        url_for("api.entities"),
        [("q", asked.text), ("kind", asked.kind or ""), ("page_size", str(asked.page_size))],
    )
    pages = min(-(-total // asked.page_size), DEEPEST // asked.page_size)
    return {
        "total": total,
        "page": asked.page,
        "page_size": asked.page_size,
        "pages": pages,
        "next": links.set(page=asked.page + 1) if asked.page < pages else None,
        "previous": links.set(page=asked.page - 1) if asked.page > 1 else None,
        "results": [entry_json(entry) for entry in found],
    }


def view_json(view: EntityView) -> dict[str, Any]:
    """The API's answer on one entity."""
    return entry_json(view.entry) | {
        "aliases": [{"name": a.name, "articles": a.articles} for a in view.aliases],
        "namesakes": [entry_json(entry) for entry in view.namesakes],
        "offices": [_office_json(office) for office in view.offices],
        "related": [
            entry_json(each.entity)
            | {
                "together": each.together,
                "expected": round(each.expected, 2),
                "score": round(each.score, 2),
            }
            for each in view.related
        ],
        "over_time": [{"from": f"{month}-01", "count": count} for month, count in view.months],
        "successions": _successions_json(view.successions),
        "divisions": [
            {
                "title": each.title,
                "level": each.level,
                "within": list(each.within),
                "since": each.since or None,
                "until": each.until or None,
                "sure": not view.is_unsure,
                "successions": _successions_json(each.successions),
            }
            for each in view.divisions
        ],
        "newest": list(view.newest),
        "quotations": [
            {
                "article": each.stored.id,
                "kind": each.kind,
                "quote": each.text,
                "start": each.start,
                "end": each.end,
            }
            for each in said(view.sayings)
        ],
    }


def _successions_json(successions: Iterable[Succession]) -> list[dict[str, Any]]:
    return [
        {
            "id": each.entity.id if each.entity else None,
            "name": each.name,
            "date": each.date,
            "relation": "successor" if each.later else "predecessor",
        }
        for each in successions
    ]


def _office_json(office: OfficeHeld) -> dict[str, Any]:
    body = office.body
    return {
        "office": office.office,
        "terms": list(office.terms),
        "body": {"id": body.id, "name": body.name} if body else None,
        "first": format_time(office.first),
        "last": format_time(office.last),
        "articles": len(office.proofs),
        "proofs": _proofs_json(office.proofs),
        "former_articles": len(office.former_proofs),
        "former_proofs": _proofs_json(office.former_proofs),
    }


def _proofs_json(proofs: Sequence[Proof]) -> list[dict[str, Any]]:
    return [
        {"article": each.article, "published_at": format_time(each.published)}
        for each in proofs[:PROOFS]
    ]
