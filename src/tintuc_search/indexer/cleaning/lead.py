"""Finds the lead and takes the paper's own mark ("(TSO) -", "Web.ĐTN:") off its beginning."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tintuc_search.indexer.cleaning.blocks import Block, Kind
from tintuc_search.indexer.cleaning.labels import hints_at
from tintuc_search.indexer.cleaning.resources import word_set
from tintuc_search.indexer.cleaning.selectors import select
from tintuc_search.indexer.cleaning.text import comparable, fold

if TYPE_CHECKING:
    from tintuc_search.indexer.cleaning.metadata import Metadata
    from tintuc_search.indexer.cleaning.profiles import Profile
    from tintuc_search.indexer.cleaning.tree import Element

_SHORTEST, _LONGEST = 40, 1200
_DESCRIBED = 400
_MOST_LINKS = 100
_BRACKETED = re.compile(r"^[(\[][^()\[\]]{2,30}[)\]]\s*[-–—:.]\s*")
_WEB = re.compile(r"^Web\.[^\W\d_]{2,12}\s*:\s*")
_BEFORE_DASH = re.compile(r"^([^\s–—:-][^–—:]{1,29}?)\s*(?:[–—:]|-(?=\s))\s*(?=\S)")
_HOST = re.compile(r"^[\w-]{2,20}\.(?:vn|com|net|org|example)$", re.IGNORECASE)


def without_mark(text: str, source: str | None = None) -> str:
    """Take the paper's mark off the beginning of a lead: in brackets, known, or the initials of its name.

    >>> without_mark("(TSO) - Chiều 30/5, đoàn công tác đã đến.")
    'Chiều 30/5, đoàn công tác đã đến.'
    >>> without_mark("ĐĐK Sơn Giang - Lần đầu tiên.", "Đại Đoàn Kết Sơn Giang")
    'Lần đầu tiên.'
    """
    for form in (_BRACKETED, _WEB):
        if (shorter := form.sub("", text, count=1)) != text:
            return shorter or text
    found = _BEFORE_DASH.match(text)
    return text[found.end() :] if found and _is_mark(found[1], source) else text


def _is_mark(text: str, source: str | None) -> bool:
    if text.casefold() in word_set("marks", "marks") or _HOST.match(text):
        return True
    if not source:
        return False
    initials = _initials(source)
    return comparable(text) == comparable(source) or (
        len(initials) > 1 and _initials(text) in (initials, f"{initials}O")
    )


def _initials(name: str) -> str:
    """Initials, words in capitals whole: "ĐĐK Sơn Giang" → "ĐĐKSG"."""
    return "".join(word if word.isupper() else word[0].upper() for word in name.split())


def has_mark(text: str, source: str | None = None) -> bool:
    """Whether a text opens with a paper's mark, as leads do."""
    return without_mark(text, source) != text


def find_marked(
    root: Element, profile: Profile, body: Element, title: Element | None, last: int
) -> Element | None:
    """The element that the profile, or else its name, says is the lead; the one nearest to the headline.

    It begins at the element numbered ``last`` at the latest: where the text is under way.
    """
    for selector in profile.of("lead"):
        for element in select(root, selector):
            if element is not body and len(element.text(_SHORTEST)) >= _SHORTEST:
                return element
    best: tuple[float, Element] | None = None
    for element in root.elements():
        if element.order > last:
            break
        if not _is_called_lead(element) or body.within(element):
            continue
        text = element.text(_LONGEST)
        if not _SHORTEST <= len(text) <= _LONGEST or _linked(element, text):
            continue
        distance = float(element.order - title.order) if title is not None else float(element.order)
        if distance < 0:
            distance = 500 - distance
        if best is None or distance < best[0]:
            best = (distance, element)
    return best[1] if best else None


def _is_called_lead(element: Element) -> bool:
    if element.name in ("meta", "link", "title", "img", "body", "html") or not hints_at(
        element.label, "lead"
    ):
        return False
    return not (hints_at(element.label, "caption") or element.in_item or element.holds("h1"))


def _linked(element: Element, text: str) -> bool:
    links = [element] if element.name == "a" else element.links(_MOST_LINKS)
    return sum(len(link.text(_LONGEST)) for link in links) > 0.5 * len(text)


def is_lead_block(
    block: Block, following: Block | None, metadata: Metadata, source: str | None
) -> bool:
    """Whether the first block of the text is set as a lead: bold, a heading of sentence length, marked, described."""
    if not _SHORTEST <= len(block.text) <= _LONGEST or following is None or block.kind is Kind.ITEM:
        return False
    if block.all_bold or block.kind is Kind.HEADING or has_mark(block.text, source):
        return True
    described = comparable(metadata.first("og:description", "description", "twitter:description"))
    return len(block.text) <= _DESCRIBED and described == comparable(
        without_mark(fold(block.text), source)
    )
