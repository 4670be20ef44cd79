"""Decides who wrote an article: the line at its foot, the page's byline, the metadata."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from tintuc_search.indexer.cleaning.authors import NONE, Byline, parse_byline, parse_origin
from tintuc_search.indexer.cleaning.labels import hints_at
from tintuc_search.indexer.cleaning.selectors import select
from tintuc_search.indexer.cleaning.text import comparable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tintuc_search.indexer.cleaning.metadata import Metadata
    from tintuc_search.indexer.cleaning.profiles import Profile
    from tintuc_search.indexer.cleaning.tree import Element
    from tintuc_search.indexer.cleaning.window import Window

_META = (
    "dable:author",
    "article:author",
    "author",
    "dc.creator",
    "dcterms.creator",
    "sailthru.author",
    "parsely-author",
)
_LONGEST = 160
_MOST = 50
_SOURCE = 60
_TOGETHER = 20
_NEAR = 20


def find_byline(
    root: Element,
    foot: Byline,
    metadata: Metadata,
    profile: Profile,
    *,
    window: Window,
    site_names: tuple[str, ...],
) -> Byline:
    """The authors from the surest place that names any, the origin from the surest that names one.

    ``foot`` is the line at the text's end. What was taken out of the tree may name them too.
    """
    named = _named(root.tree.nodes, window, site_names)
    found = [
        _selected(root, profile, "author", site_names),
        foot,
        named,
        _join(parse_byline(name, site_names) for name in metadata.names("author")),
        *(parse_byline(text, site_names) for name in _META for text in metadata.meta.get(name, ())),
    ]
    authors = next((byline.authors for byline in found if byline.authors), ())
    if authors == named.authors:
        authors = _in_full(authors, found)
    origins = (foot.origin, named.origin, _origin(root, profile, window, site_names))
    return Byline(authors, next((origin for origin in origins if origin), None))


def _in_full(authors: tuple[str, ...], found: list[Byline]) -> tuple[str, ...]:
    """The longer list that has all of these, where one is stated: pages fold theirs up ("và 1 tác giả khác")."""
    known = {comparable(author) for author in authors}
    longer = (
        byline.authors
        for byline in found
        if known < {comparable(author) for author in byline.authors}
    )
    return next(longer, authors)


def _selected(root: Element, profile: Profile, field: str, site_names: tuple[str, ...]) -> Byline:
    for selector in profile.of(field):
        found = [
            parse_byline(element.text(_LONGEST), site_names)
            for element in select(root, selector, detached=True)[:_MOST]
        ]
        if joined := _join(byline for byline in found if byline):
            return joined
    return NONE


def _named(elements: list[Element], window: Window, site_names: tuple[str, ...]) -> Byline:
    """What is called author, between headline and the article's end: the first one and those of its kind beside it."""
    found: list[Byline] = []
    first: Element | None = None
    for element in elements:
        if not window.holds_byline(element.order) or not _is_author(element):
            continue
        if element.order > window.end and not element.attached:
            continue
        if first is not None and (element.label, element.get("rel")) != (
            first.label,
            first.get("rel"),
        ):
            continue
        text = element.text(_LONGEST)
        if 0 < len(text) <= _LONGEST and (byline := parse_byline(text, site_names)):
            if first is not None and element.order > first.order + _TOGETHER:
                break
            first = first or element
            found.append(byline)
    return _join(found)


def _is_author(element: Element) -> bool:
    if element.name in ("meta", "link", "body", "html"):
        return False
    return (
        element.get("rel") == "author"
        or "author" in element.get("itemprop").lower()
        or hints_at(element.label, "author")
    )


def _origin(
    root: Element, profile: Profile, window: Window, site_names: tuple[str, ...]
) -> str | None:
    """The agency or paper that an element called source names; the profile's first."""
    own = {comparable(site) for site in site_names}
    selected = (
        element
        for selector in profile.of("origin")
        for element in select(root, selector, detached=True)[:_MOST]
    )
    called = (
        element
        for element in root.tree.nodes[window.start : window.end + _NEAR + 1]
        if hints_at(element.label, "origin") and not _holds_credits(element)
    )
    for element in chain(selected, called):
        text = element.text(_SOURCE)
        if (
            element.name not in ("body", "html", "meta")
            and 0 < len(text) <= _SOURCE
            and (name := parse_origin(text))
        ):
            return None if comparable(name) in own else name
    return None


def _holds_credits(element: Element) -> bool:
    """Whether author or source stand in elements of their own within this one, so that its text is more than a name."""
    inner = element.tree.nodes[element.order + 1 : min(element.end, element.order + _TOGETHER) + 1]
    return any(hints_at(node.label, "author") or hints_at(node.label, "origin") for node in inner)


def _join(found: Iterable[Byline]) -> Byline:
    bylines = list(found)
    if not bylines:
        return NONE
    authors = tuple(dict.fromkeys(author for byline in bylines for author in byline.authors))
    return Byline(authors, next((byline.origin for byline in bylines if byline.origin), None))
