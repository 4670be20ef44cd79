"""Finds the element that holds an article's text, by the evidence of its blocks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tintuc_search.indexer.cleaning import dates
from tintuc_search.indexer.cleaning.blocks import Block, Kind
from tintuc_search.indexer.cleaning.labels import hints_at
from tintuc_search.indexer.cleaning.selectors import select

if TYPE_CHECKING:
    from tintuc_search.indexer.cleaning.profiles import Profile
    from tintuc_search.indexer.cleaning.tree import Element, Tree

_SHORTEST = 30
_LONGEST = 1000
_SENTENCE_END = re.compile(r"[.!?…:;][”\"'’»)\]]*$")
_REACH = 7
_TEASER_HEADLINE = 20
_MOSTLY_LINK, _ALL_LINK = 0.6, 0.9
_TEASER_REACH = 3
_DECAY = 0.85
"""What an ancestor loses a level: it must hold a sixth more running text than its child to be the better choice."""
_HINT = 1.3
_ARTICLE_BODY = 1.6
_BEFORE_TITLE = 0.4


def points(block: Block) -> float:
    """How much a block looks like running text: length, punctuation, few links."""
    if block.kind in (Kind.CAPTION, Kind.TABLE, Kind.HEADING) or len(block.text) < _SHORTEST:
        return 0.0
    value = min(len(block.text), _LONGEST) / 100 + min(block.text.count(","), 5) * 0.2
    value *= (1 - min(block.link_share, 1.0)) ** 2
    if not _SENTENCE_END.search(block.text):
        value *= 0.5
    return value * (0.7 if block.kind is Kind.ITEM else 1.0)


def teasers(blocks: list[Block]) -> set[int]:
    """The places of blocks that only introduce another article: below its linked headline, in a small box of both."""
    found = set()
    headline: Block | None = None
    since = 0
    for place, block in enumerate(blocks):
        since += 1
        if _heads_teaser(block):
            headline, since = block, 0
        elif headline is not None and since <= _TEASER_REACH and points(block):
            if _in_one_box(headline, block, blocks[place + 1 : place + 2]):
                found.add(place)
            headline = None
    return found


def _heads_teaser(block: Block) -> bool:
    """A linked headline, alone or with its date behind it."""
    if len(block.text) <= _TEASER_HEADLINE or block.link_share <= _MOSTLY_LINK:
        return False
    return block.link_share > _ALL_LINK or dates.parse(block.text) is not None


def _in_one_box(headline: Block, text: Block, following: list[Block]) -> bool:
    """Whether a box holds headline and text, but not what follows."""
    box = text.element
    for ancestor in (text.element, *text.element.ancestors()):
        box = ancestor
        if headline.element.within(ancestor):
            break
    return not any(block.element.within(box) for block in following)


def score(tree: Tree, blocks: list[Block]) -> None:
    """Write on every element how much running text it holds, teasers of other articles apart."""
    passed = teasers(blocks)
    for place, block in enumerate(blocks):
        if place not in passed:
            block.element.own += points(block)
    tree.count_scores()


def find_body(
    root: Element, blocks: list[Block], title: Element | None, profile: Profile
) -> Element | None:
    """The element that holds the article's text; None if the page has no running text at all.

    ``blocks`` are those of the tree as pruned.
    """
    for selector in profile.of("body"):
        for element in select(root, selector):
            if element.score > 0:
                return element
    candidates: dict[Element, float] = {}
    passed = teasers(blocks)
    for place, block in enumerate(blocks):
        value = 0.0 if place in passed else points(block)
        if title is not None and block.element.order < title.order:
            value *= _BEFORE_TITLE
        if value:
            _credit(block.element, value, candidates)
    return max(candidates, key=lambda element: candidates[element] * _bonus(element), default=None)


def _credit(element: Element | None, value: float, candidates: dict[Element, float]) -> None:
    for _ in range(_REACH):
        if element is None or element.name in ("document", "html"):
            return
        candidates[element] = candidates.get(element, 0.0) + value
        value *= _DECAY
        element = element.parent


def _bonus(element: Element) -> float:
    if element.get("itemprop").lower() == "articlebody":
        return _ARTICLE_BODY
    if hints_at(element.label, "body") or element.get("data-role") == "content":
        return _HINT
    return 1.1 if element.name in ("article", "main") else 1.0
