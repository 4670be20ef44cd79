"""JSON-LD and microdata of a page, read by extruct, as nodes of one form: ``{"@type": …, property: value}``.

extruct parses a script strictly and gives up all of a page's scripts at one that is broken, and its microdata take time
by the square of the items, so each script is given to it alone, mended where it must be, and both are bounded here.
OpenGraph stands among the other ``meta``, which are read with the tree.
"""

from __future__ import annotations

import re
from typing import Any

from extruct.jsonld import JsonLdExtractor
from extruct.w3cmicrodata import MicrodataExtractor
from lxml import etree
from lxml.html import fromstring

_CONTROL = re.compile(r"[\x00-\x1f\x7f\ufffe\uffff\ud800-\udfff]+")
_TRAILING_COMMA = re.compile(r",\s*([}\]])")
_ARTICLE_ITEM = re.compile(
    r"itemtype\s*=\s*[\"']?https?://schema\.org/\w*(?:Article|Posting|Report)\b"
)
_MOST_SCRIPT = 10_000_000
_MOST_ITEMS = 100
_MOST_PROPERTIES = 1_000
_MOST_MARKUP = 1_000_000
_DEEPEST = 6
_BODY = {"articleBody", "text"}
"""Properties that hold the whole article, which is read from the page."""

_json_ld = JsonLdExtractor()
_microdata = MicrodataExtractor(strict=False)


def read_json_ld(script: str) -> list[Any]:
    """The top-level values of one script, as lenient as search engines are; nothing where it cannot be read.

    Line breaks in strings, trailing commas, comments and a closing semicolon are forgiven.
    """
    script = _CONTROL.sub(" ", script[:_MOST_SCRIPT]).strip().rstrip(";")
    for attempt in (script, _TRAILING_COMMA.sub(r"\1", script)):
        element = etree.Element("script", type="application/ld+json")
        try:
            element.text = attempt
            found: list[Any] = _json_ld.extract_items(element)
        except (ValueError, RecursionError, IndexError, AttributeError):
            continue
        return found
    return []


def read_microdata(markup: str) -> list[dict[str, Any]]:
    """The items of a page's microdata as nodes; none where no article is among them, or there are too many."""
    if not _ARTICLE_ITEM.search(markup) or len(markup) > _MOST_MARKUP:
        return []
    if markup.count("itemscope") > _MOST_ITEMS or markup.count("itemprop") > _MOST_PROPERTIES:
        return []
    try:
        items = _microdata.extract_items(fromstring(markup), None)
    except (etree.LxmlError, ValueError, RecursionError, AssertionError):
        return []
    return [_node(item, 0) for item in items if isinstance(item, dict)]


def _node(item: dict[str, Any], depth: int) -> dict[str, Any]:
    """An item of microdata in the form of JSON-LD."""
    kinds = item.get("type", [])
    kinds = kinds if isinstance(kinds, list) else [kinds]
    node: dict[str, Any] = {"@type": [str(kind).rsplit("/", 1)[-1] for kind in kinds]}
    for name, value in item.get("properties", {}).items():
        if name not in _BODY and depth < _DEEPEST:
            node[name] = _value(value, depth + 1)
    return node


def _value(value: Any, depth: int) -> Any:
    if isinstance(value, list):
        return [_value(each, depth) for each in value]
    return _node(value, depth) if isinstance(value, dict) else value
