"""Sorts the blocks of an article's element into lead, paragraphs, captions, tables and the byline at the foot."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tintuc_search.indexer.cleaning import furniture
from tintuc_search.indexer.cleaning.authors import Byline, is_name, looks_like_byline, parse_byline
from tintuc_search.indexer.cleaning.blocks import Block, Kind
from tintuc_search.indexer.cleaning.labels import hints_at
from tintuc_search.indexer.cleaning.resources import word_set

if TYPE_CHECKING:
    from tintuc_search.article import Table

_CAPTION = 350
_SIGNATURE = 90
_FOOT = 4
_SENTENCE_END = re.compile(r"[.!?…:;,][”\"'’»)]*$")
_BRACKETED = re.compile(r"^\([^()]{2,60}\)$")


@dataclass(slots=True)
class Content:
    """What stands in an article; ``foot`` is the byline at its end, ``dropped`` how many blocks were links."""

    paragraphs: list[Block] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    foot: Byline = field(default_factory=Byline)
    links: int = 0


def sort_blocks(blocks: list[Block], site_names: tuple[str, ...]) -> Content:
    """Sort blocks in reading order; furniture between and behind them is left out."""
    content = Content()
    after_image = False
    in_links = False
    for block in blocks:
        if not block.text:
            after_image = block.image
            continue
        if furniture.is_end(block.text) and content.paragraphs:
            break
        if furniture.is_related_heading(block.text):
            in_links = True
            content.links += 1
            continue
        if furniture.is_related_line(block) or (in_links and block.link_share > 0.5):  # noqa: PLR2004
            content.links += len(block.text) > 20  # noqa: PLR2004 - a headline, not a word
            continue
        in_links = False
        if (
            furniture.is_line(block.text)
            or furniture.is_tag_line(block)
            or furniture.is_date_line(block.text)
        ):
            continue
        if block.kind is Kind.TABLE:
            content.tables.append(block.rows)
        elif is_caption(block, after_image=after_image):
            content.captions.append(block.text)
            after_image = False
            continue
        else:
            content.paragraphs.append(block)
        after_image = block.image
    _take_foot(content, site_names)
    return content


def is_caption(block: Block, *, after_image: bool) -> bool:
    """Whether a block belongs to a picture: by its element or name, or short and beside a picture."""
    if block.kind is Kind.CAPTION or hints_at(block.hinted, "caption"):
        return True
    if len(block.text) > _CAPTION or block.kind is Kind.HEADING:
        return False
    set_apart = block.centred or block.italic >= 0.9 * len(block.text)
    if block.image:
        return set_apart or ". " not in block.text
    return (
        after_image and (set_apart or not _SENTENCE_END.search(block.text)) and not block.all_bold
    )


def _take_foot(content: Content, site_names: tuple[str, ...]) -> None:
    """Take the byline off the end: one or two short lines that name people or an agency."""
    authors: list[str] = []
    origin = None
    for _ in range(_FOOT):
        if not content.paragraphs:
            break
        block = content.paragraphs[-1]
        found = signature(block, site_names, last=True)
        if found is None:
            break
        content.paragraphs.pop()
        authors = [*found.authors, *authors]
        origin = found.origin or origin
    content.foot = Byline(tuple(dict.fromkeys(authors)), origin)


def signature(block: Block, site_names: tuple[str, ...], *, last: bool = False) -> Byline | None:
    """The byline that a block is; None if it is none. An empty one is a line such as "(Tổng hợp)" or "Ảnh: PV"."""
    text = block.text
    if len(text) > _SIGNATURE or block.kind in (Kind.TABLE, Kind.CAPTION):
        return None
    byline = parse_byline(text, site_names)
    named = hints_at(block.hinted, "author") or hints_at(block.element.label, "author")
    if named or looks_like_byline(text):
        return byline
    if last and (
        _BRACKETED.match(text) or text.casefold().strip("().") in word_set("bylines", "nobody")
    ):
        return byline
    sure = byline and not _SENTENCE_END.search(text) and block.kind is not Kind.ITEM
    return byline if last and sure and _only_names(text, byline) else None


def _only_names(text: str, byline: Byline) -> bool:
    """Whether a line holds nothing but the names found in it: "Hà Nội, ngày 3" is none."""
    named = sum(len(name) for name in byline.authors) + len(byline.origin or "")
    letters = sum(character.isalpha() or character in " ." for character in text)
    single = (
        len(byline.authors) == 1
        and not byline.origin
        and not is_name(byline.authors[0], fewest_words=2)
    )
    return named >= letters * 0.6 and not single
