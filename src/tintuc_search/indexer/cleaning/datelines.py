"""Finds the dates that a page prints beside the headline or at the foot, not the page's clock nor those of comments."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from tintuc_search.indexer.cleaning import dates
from tintuc_search.indexer.cleaning.furniture import is_end, is_related_heading
from tintuc_search.indexer.cleaning.labels import hints_at
from tintuc_search.indexer.cleaning.resources import pattern
from tintuc_search.indexer.cleaning.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tintuc_search.indexer.cleaning.blocks import Block
    from tintuc_search.indexer.cleaning.dates import Moment
    from tintuc_search.indexer.cleaning.tree import Element
    from tintuc_search.indexer.cleaning.window import Window

LONGEST_LINE = 160
_BEFORE, _BEHIND = 12, 12
"""How many blocks before and behind the headline a date line may stand."""
_FOOT = 12
"""In elements: how far behind the text."""
_AT_FOOT = 30.0
_MENU = 5
"""Links: a breadcrumb has fewer."""
_HEADS = ("header", "nav")
_DEEP = 10
_WORDS_OF_A_HEADLINE = 3
_SENTENCE = re.compile(r"\w\s+\w+\s+\w.*[.!?…][”\"'’»)]*$")


def printed_times(blocks: list[Block], window: Window) -> tuple[Moment | None, Moment | None]:
    """The published and the updated date as lines beside the headline or at the foot print them."""
    published: list[tuple[float, Moment]] = []
    above: list[tuple[float, Moment]] = []
    updated: Moment | None = None
    for block, distance in _places(blocks, window):
        if len(block.text) > LONGEST_LINE or block.link_share > 0.5 or _is_clock(block, window):  # noqa: PLR2004
            continue
        for label, moment in _labelled(block.text):
            if label == "updated":
                updated = updated or moment
            elif label == "published" or _is_mostly_date(block.text, moment):
                weight = distance - 3 * moment.timed - 4 * (label == "published")
                may_be_clock = not label and block.element.order < window.title
                (above if may_be_clock else published).append((weight, moment))
    if not any(weight < _AT_FOOT for weight, _ in published):
        published += [pair for pair in above if updated is None or pair[1].at <= updated.at]
    best = min(published, key=lambda pair: pair[0])[1] if published else None
    return best, updated


def _places(blocks: list[Block], window: Window) -> Iterator[tuple[Block, float]]:
    """The lines where dates stand, with a distance from the headline; before it is less likely than behind it."""
    title_at = next(
        (place for place, block in enumerate(blocks) if block.element.order >= window.title), 0
    )
    for place in range(max(0, title_at - _BEFORE), title_at):
        yield blocks[place], (title_at - place) * 1.5
    for place in range(title_at, len(blocks)):
        order = blocks[place].element.order
        behind = order > window.end
        if order > window.end + _FOOT or (behind and _begins_furniture(blocks[place])):
            break
        if place - title_at <= _BEHIND and order <= window.start:
            yield blocks[place], float(place - title_at)
        elif order >= window.end - _FOOT or place - title_at <= _BEHIND:
            yield blocks[place], _AT_FOOT + place - title_at


def _begins_furniture(block: Block) -> bool:
    """Whether a block behind the text begins what is not the article's: other headlines, readers' comments."""
    return (
        not block.element.attached
        or is_end(block.text)
        or is_related_heading(block.text)
        or (block.linked > 0 and block.text.count(" ") >= _WORDS_OF_A_HEADLINE)
        or bool(_SENTENCE.search(block.text))
    )


def _labelled(text: str) -> Iterator[tuple[str, Moment]]:
    """The dates of a line with the label before each: "published", "updated" or none."""
    text = fold(text)
    position = 0
    for moment in dates.find(text):
        before = text[position : moment.start]
        position = moment.end
        if date_label("updated").search(before):
            yield "updated", moment
        elif date_label("published").search(before):
            yield "published", moment
        else:
            yield "", moment


@cache
def date_label(key: str) -> re.Pattern[str]:
    """What stands right before a date that is "published" or "updated"."""
    return pattern("dates", key, r"(?:WORDS)\s*(?:lúc|ngày|vào|on)?\s*[:,|-]?[\s\w,]{0,14}$")


def _is_mostly_date(text: str, moment: Moment) -> bool:
    """A line of its own, not a sentence that mentions a date."""
    rest = text[: moment.start] + text[moment.end :]
    return sum(character.isalpha() for character in rest) <= 40  # noqa: PLR2004 - weekday, zone, author, views


def _is_clock(block: Block, window: Window) -> bool:
    """Today's date, which many pages show at the top."""
    if block.text.casefold().startswith("hôm nay"):
        return True
    if stands_above(block.element, window):
        return True
    labels = [
        block.hinted,
        block.element.label,
        *(node.label for node in islice(block.element.ancestors(), 2)),
    ]
    return any(hints_at(label, "clock") for label in labels)


def stands_above(element: Element, window: Window) -> bool:
    """Whether an element belongs to the page's head: in a ``header`` of its own, or before a menu."""
    if element.order >= window.title:
        return False
    if any(
        node.name in _HEADS and node.end < window.title
        for node in (element, *islice(element.ancestors(), _DEEP))
    ):
        return True
    named = element.tree.named
    menus = _between(named.get("nav", []), element.order, window.title)
    if any(menu.end == menu.order for menu in menus):  # left out while parsing; breadcrumbs are not
        return True
    return len(_between(named.get("a", []), element.order, window.title)) >= _MENU


def _between(elements: list[Element], first: int, last: int) -> list[Element]:
    return elements[
        bisect_left(elements, first, key=_order) : bisect_left(elements, last, key=_order)
    ]


def _order(element: Element) -> int:
    return element.order
