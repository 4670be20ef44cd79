"""Tells pages that are no article: lists, home pages, searches, galleries, error pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tintuc_search.indexer.cleaning.body import points, teasers
from tintuc_search.indexer.cleaning.resources import pattern
from tintuc_search.indexer.cleaning.text import comparable

if TYPE_CHECKING:
    from tintuc_search.indexer.cleaning.blocks import Block
    from tintuc_search.indexer.cleaning.content import Content
    from tintuc_search.indexer.cleaning.metadata import Metadata

_LEAST_TEXT = 150
_SECTION_TITLE = 40
_TEASER = 90
"""Characters: what a teaser has at most on the average, and paragraphs have more of."""
_FEW_LINKS = 3
_SENTENCE = re.compile(r"[.!?…]")


def reason_to_refuse(
    title: str,
    content: Content,
    *,
    section: str | None,
    lead: str,
    metadata: Metadata,
    page_blocks: list[Block],
    url: str | None,
    dated: bool,
) -> str | None:
    """Why a page is no article, in words for the user; None if it is one."""
    reason = _by_title(title) or ("the address is a site's home page" if is_home(url) else None)
    if reason:
        return reason
    text = lead + " ".join(block.text for block in content.paragraphs)
    if len(text) < _LEAST_TEXT:
        return (
            "a gallery, hardly any text" if len(content.captions) > 1 else "hardly any running text"
        )
    if not _SENTENCE.search(text):
        return "no sentence was found"
    evidence = list_evidence(title, section, content, metadata, page_blocks, dated=dated)
    return "a list of articles, more links than text" if evidence >= 1 else None


def _by_title(title: str) -> str | None:
    """Why a headline is that of no article."""
    if not title:
        return "no headline was found"
    if pattern("refusal", "error_titles", r"^\W*(?:WORDS)\b").search(title):
        return f"an error page ({title[:60]!r})"
    exact = pattern("refusal", "list_titles", r"^\W*(?:WORDS)(?:\s*[:\"“'«]|\s*$)").search(title)
    if exact or pattern("refusal", "list_openings", r"^\W*(?:WORDS)\b").search(title):
        return f"a list of articles ({title[:60]!r})"
    return None


def list_evidence(
    title: str,
    section: str | None,
    content: Content,
    metadata: Metadata,
    page_blocks: list[Block],
    *,
    dated: bool,
) -> float:
    """How much speaks for a list of articles: 1 and above is one."""
    value = 0.0
    if metadata.says_list:
        value += 0.5
    if (
        metadata.article
        or metadata.first("og:type") == "article"
        or metadata.first("article:published_time")
    ):
        value -= 0.5
    if not dated:
        value += 0.4
    if is_home(metadata.canonical) or is_home(metadata.first("og:url")):
        value += 0.5
    lengths = [len(block.text) for block in content.paragraphs]
    if content.links > _FEW_LINKS and sum(lengths) < _TEASER * len(lengths):
        value += 0.4
    paragraphs = max(1, len(content.paragraphs))
    value += min(1.0, content.links / paragraphs * 0.7)
    own = sum(points(block) for block in content.paragraphs)
    passed = teasers(page_blocks)
    others = sum(points(page_blocks[place]) for place in passed)
    if len(passed) > 3 and others > own:  # noqa: PLR2004 - the related articles of one
        value += 0.6
    cut = sum(block.text.endswith(("...", "…")) for block in content.paragraphs)
    if cut > max(2, paragraphs * 0.3):
        value += 0.5
    crumbs = {comparable(crumb) for crumb in metadata.crumbs}
    if len(title) <= _SECTION_TITLE and (
        comparable(title) in crumbs or comparable(title) == comparable(section or "")
    ):
        value += 0.7
    return value


def is_home(url: str | None) -> bool:
    """Whether an address is that of a site's first page."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return False
    path = re.sub(r"/(?:index|default|home|trang-chu)\.\w{2,5}$", "/", parts.path.lower())
    return bool(parts.hostname) and not parts.query and path.strip("/") in ("", "home", "trang-chu")
