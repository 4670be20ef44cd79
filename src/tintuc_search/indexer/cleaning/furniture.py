"""Tells what surrounds an article (menus, related links, share bars, comments) from the article."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from tintuc_search.indexer.cleaning import dates
from tintuc_search.indexer.cleaning.labels import names_furniture
from tintuc_search.indexer.cleaning.resources import alternation, pattern, word_set, words
from tintuc_search.indexer.cleaning.selectors import select
from tintuc_search.indexer.cleaning.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tintuc_search.indexer.cleaning.blocks import Block
    from tintuc_search.indexer.cleaning.profiles import Profile
    from tintuc_search.indexer.cleaning.tree import Element

_TAGS = frozenset(("aside", "footer", "nav", "dialog", "marquee", "menu"))
_SMALL_PART = 0.4
"""Share of a page's running text up to which a part may be furniture: more is the article, whatever its name."""
_SHORT = 120
_EDGE = " \t:.…»«>›|•·-–—+*►▶"
_COUNT = re.compile(r"[\s:()\[\]]*\d[\d.,]*[)\]]?$")


def prune(root: Element, profile: Profile) -> list[Element]:
    """Take out of the tree what its element or name calls furniture; the parts taken out are returned.

    Needs the scores of :func:`~tintuc_search.indexer.cleaning.body.score`.
    """
    total = root.score
    kept, dropped = _selected(root, profile, "keep"), _selected(root, profile, "drop")
    removed: list[Element] = []
    stack = [root]
    while stack:
        for child in stack.pop().children:
            if isinstance(child, str) or child.order in kept:
                continue
            if _is_furniture(child, total, dropped):
                removed.append(child)
            else:
                stack.append(child)
    if removed:
        root.tree.prune(removed)
        root.tree.count_scores()
    return removed


def _selected(root: Element, profile: Profile, field: str) -> set[int]:
    """The places of the elements that a profile's selectors mean."""
    return {element.order for selector in profile.of(field) for element in select(root, selector)}


def _is_furniture(element: Element, total: float, dropped: set[int]) -> bool:
    if element.name in ("html", "body", "h1", "head"):
        return False
    if element.order in dropped:
        return True
    if element.name not in _TAGS and not names_furniture(element.label):
        return False
    return element.score <= total * _SMALL_PART and not element.holds("h1")


def is_line(text: str) -> bool:
    """Whether a line is furniture by itself: a button, a counter, a list of them."""
    bare = text.strip(_EDGE)
    if len(bare) <= _SHORT:
        bare = _COUNT.sub("", bare).strip(_EDGE).casefold()
    if not bare:
        return not any(character.isalpha() for character in text)
    return len(text) <= _SHORT and bool(_tools().fullmatch(bare))


@cache
def _tools() -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?:{alternation(words('furniture', 'lines'))})[\W\d]*+)+", re.IGNORECASE
    )


def is_related_heading(text: str) -> bool:
    """Whether a line heads links to other articles ("Tin liên quan", ">> Xem thêm:")."""
    return _bare(text) in word_set("furniture", "related")


def is_related_line(block: Block) -> bool:
    """Whether a block leads to another article: all link, or "Xem thêm: " and a link."""
    if not block.linked:
        return False
    if block.link_share > 0.9:  # noqa: PLR2004 - nothing but a link, quotation marks and arrows apart
        return True
    if block.link_share > 0.5 and dates.parse(block.text):  # noqa: PLR2004 - headline, author, date
        return True
    opening = pattern("furniture", "related", r"\W{0,4}(?:WORDS)\s*[:>»]").match(block.text)
    return bool(opening) and block.linked >= 0.8 * (
        len(block.text) - len(opening[0]) if opening else 1
    )


def is_end(text: str) -> bool:
    """Whether a line is the heading of what follows an article, such as readers' comments."""
    return len(text) <= _SHORT and _bare(_COUNT.sub("", text)) in word_set("furniture", "end")


def is_tag_line(block: Block) -> bool:
    """Whether a block is the list of an article's tags."""
    opening = pattern("furniture", "tags", r"(?:WORDS)\s*:").match(block.text)
    return bool(opening) and (block.linked > 0 or len(block.text) <= _SHORT)


def is_date_line(text: str) -> bool:
    """Whether a short line is a date and little else ("Thứ sáu, 31/5/2019, 09:49 (GMT+7)")."""
    if len(text) > _SHORT or not any(character.isdigit() for character in text):
        return False
    moment = dates.parse(text)
    if moment is None:
        return False
    rest = _date_words().sub(" ", text[: moment.start] + " " + text[moment.end :])
    return sum(character.isalpha() for character in rest) <= 3 and "?" not in rest  # noqa: PLR2004 - a stray word


@cache
def _date_words() -> re.Pattern[str]:
    found = [*words("dates", "filler"), *words("dates", "published"), *words("dates", "updated")]
    return re.compile(rf"(?<!\w)(?:{alternation(found)})(?!\w)", re.IGNORECASE)


def _bare(text: str) -> str:
    return fold(text.strip(_EDGE)).casefold() if len(text) <= _SHORT else ""


def link_share(blocks: Iterable[Block]) -> float:
    """The share of linked characters over several blocks."""
    text = linked = 0
    for block in blocks:
        text += len(block.text)
        linked += block.linked
    return linked / text if text else 0.0
