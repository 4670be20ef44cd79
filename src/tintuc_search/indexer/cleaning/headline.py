"""Finds a page's headline and the element that shows it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tintuc_search.indexer.cleaning.furniture import is_end, is_related_heading
from tintuc_search.indexer.cleaning.labels import hints_at
from tintuc_search.indexer.cleaning.selectors import select
from tintuc_search.indexer.cleaning.text import comparable, fold
from tintuc_search.indexer.cleaning.tree import BLOCKS, Element

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tintuc_search.indexer.cleaning.metadata import Metadata
    from tintuc_search.indexer.cleaning.profiles import Profile

_LONGEST = 400
_SHORTEST = 8
_MOST_PARTS, _MOST_CHARACTERS = 500, 4000
"""How far into an element its headline is read: where it has not ended by then, the element was never closed."""
_SUFFIX = re.compile(r"\s+[|–—-]\s+(?:(?!\s[|–—-]\s).){2,60}$")


def find_title(root: Element, metadata: Metadata, profile: Profile) -> tuple[str, Element | None]:
    """The headline as readers see it and its element; as stated for machines where the page shows none."""
    for selector in profile.of("title"):
        for element in select(root, selector):
            if text := leading_text(element):
                return text, element
    stated = _stated(metadata)
    known = [comparable(text) for text in stated]
    best: tuple[float, str, Element] | None = None
    for element in _candidates(root):
        text = leading_text(element)
        value = _value(element, text, known)
        if value > 0 and (best is None or value > best[0]):
            best = (value, text, element)
    if best:
        return best[1], best[2]
    return (stated[0] if stated else ""), None


def _stated(metadata: Metadata) -> list[str]:
    """Headlines in the metadata, surest first; that of ``title`` with and without the paper's name behind it."""
    found = [metadata.text("headline"), metadata.first("og:title", "twitter:title")]
    if title := metadata.page_title:
        shorter = _SUFFIX.sub("", title)
        found += [shorter, _SUFFIX.sub("", shorter), title]
    return [text for text in dict.fromkeys(found) if text]


def _candidates(root: Element) -> Iterator[Element]:
    for element in root.elements():
        if element.name in ("title", "meta", "link", "a", "p", "script"):
            continue
        if (
            element.name in ("h1", "h2", "h3")
            or hints_at(element.label, "title")
            or "headline" in element.get("itemprop")
        ):
            yield element


def leading_text(element: Element) -> str:
    """The text of an element up to the first block in it that follows text: all of it, unless it was never closed."""
    parts: list[str] = []
    stack: list[Element | str] = list(reversed(element.children))
    shown = False
    for _ in range(_MOST_PARTS):
        if not stack:
            break
        node = stack.pop()
        if isinstance(node, str):
            parts.append(node[:_MOST_CHARACTERS])
            shown = shown or bool(node.strip())
        elif shown and node.name in BLOCKS:
            break
        else:
            parts.append(" ")
            stack.extend(reversed(node.children[:_MOST_PARTS]))
    return fold("".join(parts))


def _value(element: Element, text: str, known: list[str]) -> float:
    """How likely an element is the headline: first of all that the metadata say the same."""
    if not _SHORTEST <= len(text) <= _LONGEST:
        return 0.0
    if is_related_heading(text) or is_end(text):
        return 0.0
    value = 0.0
    key = comparable(text)
    if key in known:
        value += 10
    elif any(_same_start(key, other) for other in known):
        value += 6
    value += {"h1": 5.0, "h2": 1.0, "h3": 0.5}.get(element.name, 0.0)
    if hints_at(element.label, "title") or element.get("itemprop") == "headline":
        value += 2
    if _is_linked(element):
        value -= 4 if element.name == "h1" else 7
    return value - element.order * 1e-5


def _same_start(one: str, other: str) -> bool:
    shorter = min(len(one), len(other))
    return shorter >= 15 and one[:shorter] == other[:shorter]  # noqa: PLR2004 - fewer letters may agree by chance


def _is_linked(element: Element) -> bool:
    return element.in_link or any(link.get("href") for link in element.links(_MOST_PARTS))
