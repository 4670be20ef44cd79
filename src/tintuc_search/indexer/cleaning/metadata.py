"""What a page says of itself to machines: JSON-LD, microdata, OpenGraph and other ``meta``, ``link``."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

from tintuc_search.indexer.cleaning.markup import strip_markup
from tintuc_search.indexer.cleaning.structured import read_json_ld, read_microdata
from tintuc_search.indexer.cleaning.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tintuc_search.indexer.cleaning.markup import Page

_ARTICLE = re.compile(r"(?:Article|BlogPosting|Report)$")
_LIST = re.compile(
    r"^(?:CollectionPage|ItemList|SearchResultsPage|WebSite|ImageGallery|MediaGallery)$"
)
_NODES = 2000
_MOST = 50
"""Values of one name, crumbs, authors: more than any article has, few enough to look at each."""
_LONGEST = 10_000
"""Characters of a value; a whole article may stand in one, but only short ones are asked for."""


@dataclass(slots=True)
class Metadata:
    """``meta`` maps a lower-case name or property to its contents; ``article`` is the JSON-LD node of the article."""

    meta: dict[str, list[str]] = field(default_factory=dict)
    article: dict[str, Any] = field(default_factory=dict)
    types: set[str] = field(default_factory=set)
    crumbs: list[str] = field(default_factory=list)
    canonical: str = ""
    page_title: str = ""

    def first(self, *names: str) -> str:
        """The first non-empty content among these names."""
        return next((value for name in names for value in self.meta.get(name, ()) if value), "")

    def text(self, key: str) -> str:
        """A text property of the article's node."""
        value = self.article.get(key)
        if isinstance(value, list):
            value = next((entry for entry in value if isinstance(entry, str)), "")
        return _plain(value) if isinstance(value, str) else ""

    def names(self, key: str) -> list[str]:
        """The names in a property that holds people or organisations, as text, node or list of both."""
        value = self.article.get(key)
        entries = value if isinstance(value, list) else [value]
        named = [entry.get("name") if isinstance(entry, dict) else entry for entry in entries[:20]]
        flat = [
            part for name in named for part in (name[:20] if isinstance(name, list) else [name])
        ]
        return [name for text in flat if isinstance(text, str) and (name := _plain(text))]

    @property
    def says_list(self) -> bool:
        """Whether the structured data call the page a list and name no article."""
        return not self.article and any(_LIST.match(kind) for kind in self.types)


def collect(page: Page) -> Metadata:
    """Read all metadata of a page; what is malformed is passed over."""
    found = Metadata()
    for element in page.root.elements():
        if element.name == "meta":
            name = (element.get("property") or element.get("name")).strip().lower()
            contents = found.meta.setdefault(name, [])
            if name and len(contents) < _MOST and (content := _plain(element.get("content"))):
                contents.append(content)
        elif element.name == "link" and not found.canonical:
            found.canonical = element.get("href").strip()
        elif element.name == "title" and not found.page_title:
            found.page_title = _plain(element.text(_LONGEST))
    for script in page.json_ld:
        for node in _nodes(read_json_ld(script)):
            _take(node, found)
    if not found.article:
        for node in read_microdata(page.markup):
            _take(node, found)
    return found


def _take(node: dict[str, Any], found: Metadata) -> None:
    kinds = node.get("@type")
    names = {
        kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)
    }
    found.types |= names
    if any(_ARTICLE.search(kind) for kind in names) and not found.article:
        found.article = node
    elif "BreadcrumbList" in names and not found.crumbs:
        found.crumbs = list(islice(_crumbs(node.get("itemListElement")), _MOST))


def _crumbs(items: Any) -> Iterator[str]:
    for item in items if isinstance(items, list) else ():
        if not isinstance(item, dict):
            continue
        inner = item.get("item")
        name = item.get("name") or (inner.get("name") if isinstance(inner, dict) else None)
        if isinstance(name, str) and (crumb := _plain(name)):
            yield crumb


def _plain(text: str) -> str:
    """A value without markup, on one line."""
    return fold(strip_markup(text[:_LONGEST]))


def _nodes(data: Any) -> Iterator[dict[str, Any]]:
    """All typed nodes: top level, lists, ``@graph``, ``mainEntity``; not those of related articles within."""
    queue, seen = deque([data]), 0
    while queue and seen < _NODES:
        item = queue.popleft()
        seen += 1
        if isinstance(item, list):
            queue.extend(item)
        elif isinstance(item, dict):
            if "@type" in item:
                yield item
            queue.extend(
                item[key]
                for key in ("@graph", "mainEntity", "mainEntityOfPage", "breadcrumb")
                if key in item
            )
