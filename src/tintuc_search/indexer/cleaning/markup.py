"""HTML text → the tree and the structured data in its scripts.

Building a tree is most of the cost of cleaning a page, so what is no text of the page is cut out of the markup before:
comments, scripts, styles, drawings.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING

from tintuc_search.indexer.cleaning.soup import LEFT_OUT, tree_of

if TYPE_CHECKING:
    from tintuc_search.indexer.cleaning.tree import Element

_MOST_ELEMENTS = 50_000
"""Of a page, in the order of its markup; what follows is left out. A long law of ten thousand paragraphs has as many,
a page of news some hundreds; a page made to tire us has a million."""
_FEW_TAGS = 20_000
"""Up to here what a page's tags lack is left to the parser; its time grows by the square of tags left open."""

# What is no text of the page: comments, and elements of another kind of content.
_OPAQUE = re.compile(
    r"<!--(?:-?>)?|<(script|style|svg|noscript|template|iframe|select|textarea|object|math)\b([^>]{0,1000})",
    re.IGNORECASE,
)
_TAG = re.compile(r"<(/?)([a-z][^\s/>]*)", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\n\f\v]{2,}")
_LEFT_OUT_TAG = re.compile(rf"<(/?)({'|'.join(LEFT_OUT)})\b", re.IGNORECASE)


@dataclass(slots=True)
class Page:
    """A parsed page: the root of its tree and the texts of its JSON-LD scripts."""

    root: Element
    json_ld: list[str] = field(default_factory=list)
    markup: str = ""
    """What the tree was made of: the page without scripts, comments and the like."""


def parse(text: str) -> Page:
    """Parse a page, however broken: what cannot be parsed is left out."""
    lean, json_ld = _without_opaque(text.replace("\0", ""))
    lean = _bounded(_SPACES.sub(" ", lean))
    return Page(tree_of(lean, skip_menus=_closes_menus(lean)).root, json_ld, lean)


def _closes_menus(text: str) -> bool:
    """Whether all menus are closed: one that never is would take the rest of the page with it."""
    counts = Counter((name.lower(), slash) for slash, name in _LEFT_OUT_TAG.findall(text))
    return all(counts[name, ""] == counts[name, "/"] for name in LEFT_OUT)


def _bounded(text: str) -> str:
    """Cut a text off behind so many tags as a page may have, and end tags out that end nothing.

    For an end tag the parser goes through all elements that are open.
    """
    if text.count("<") <= _FEW_TAGS:
        return text
    parts: list[str] = []
    position = begun = 0
    unended: Counter[str] = Counter()
    for tag in _TAG.finditer(text):
        name = tag[2].lower()
        if not tag[1]:
            begun += 1
            if begun > _MOST_ELEMENTS:
                text = text[: tag.start()]
                break
            unended[name] += 1
        elif unended[name]:
            unended[name] -= 1
        else:
            parts.append(text[position : tag.start()])
            position = _after(text, tag.end())
    return "".join([*parts, text[position:]])


def _without_opaque(text: str) -> tuple[str, list[str]]:
    """Cut out comments and elements whose content is no text of the page, keeping JSON-LD.

    An element never closed loses its tag only, a comment never closed goes to the end.
    """
    parts: list[str] = []
    json_ld: list[str] = []
    position = 0
    unclosed: set[str] = set()
    while opening := _OPAQUE.search(text, position):
        parts.append(text[position : opening.start()])
        if opening[1] is None:
            position = _after_comment(text, opening)
            continue
        name = opening[1].lower()
        closing = None if name in unclosed else _closing(name).search(text, opening.end())
        if closing is None:
            unclosed.add(name)
            position = _after(text, opening.end())
            continue
        if name == "script" and "ld+json" in opening[2].lower():
            json_ld.append(text[_after(text, opening.end()) : closing.start()])
        position = _after(text, closing.end())
    parts.append(text[position:])
    return "".join(parts), json_ld


def _after_comment(text: str, opening: re.Match[str]) -> int:
    """The position behind a comment; "<!-->" is one."""
    if opening[0].endswith(">"):
        return opening.end()
    end = text.find("-->", opening.end())
    return end + 3 if end >= 0 else len(text)


def _closing(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{name}\b", re.IGNORECASE)


def _after(text: str, position: int) -> int:
    """The position behind the next ">"."""
    end = text.find(">", position)
    return end + 1 if end >= 0 else len(text)


def strip_markup(text: str) -> str:
    """The text of a field that may hold entities and tags, even escaped twice (``&amp;#7871;``)."""
    for _ in range(2):
        if "&" in text:
            text = unescape(text)
    return (
        re.sub(r"</?(?:a|b|br|em|i|p|span|strong|u)\b[^<>]{0,500}>", " ", text)
        if "<" in text
        else text
    )
