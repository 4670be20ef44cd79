"""HTML text → the tree and the structured data in its scripts. The one module that knows BeautifulSoup.

BeautifulSoup builds some 15,000 nodes a second, so it is most of the cost of cleaning a page: scripts, styles and
drawings are cut out of the text before it; menus, attributes that nobody asks for and white space between blocks are
left out while parsing; its tree is walked once.
"""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING

from bs4 import BeautifulSoup
from bs4.builder import ParserRejectedMarkup
from bs4.builder._lxml import LXMLTreeBuilder
from bs4.element import NavigableString, Tag

from tintuc_search.indexer.cleaning.resources import words
from tintuc_search.indexer.cleaning.tree import BLOCKS, Element

if TYPE_CHECKING:
    from collections.abc import Mapping

_KEPT = frozenset(words("markup", "attributes"))
_LONGEST_ATTRIBUTE = 4000
_LARGEST = 20_000_000
_DEEPEST = 1200

_OPAQUE = re.compile(
    r"<(script|style|svg|noscript|template|iframe|select|textarea|object|math)\b([^>]{0,1000})",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_SPACES = re.compile(r"[ \t\r\n\f\v]{2,}")
_MENU = re.compile(r"(?<![a-z])(?:main|sub|top)?(?:menu|nav)(?![a-z])", re.IGNORECASE)
_CRUMBS = re.compile(r"bread|crumb", re.IGNORECASE)
_LEFT_OUT = ("nav", "ul", "footer")
_NEVER = frozenset(("base", "button", "embed", "input", "param", "source", "track", "wbr"))


@dataclass(slots=True)
class Page:
    """A parsed page: the root of its tree and the texts of its JSON-LD scripts."""

    root: Element
    json_ld: list[str] = field(default_factory=list)


class _LeanBuilder(LXMLTreeBuilder):
    """Builds only what cleaning looks at."""

    CHUNK_SIZE = 1 << 16

    def __init__(self, *, skip_menus: bool) -> None:
        super().__init__(multi_valued_attributes=None)
        self._skip_menus = skip_menus
        self._skipping = 0
        self._space = False
        self._in_article = 0

    def start(
        self,
        tag: str | bytes,
        attrib: Mapping[str | bytes, str | bytes],
        nsmap: Mapping[str, str] | None = None,
    ) -> None:
        """Begin an element, unless it is or stands in one that is left out."""
        del nsmap  # HTML has no namespaces
        if self._skipping or self._is_left_out(str(tag), attrib):
            self._skipping += 1
            return
        self._settle_space(tag)
        self._in_article += tag == "article"
        assert self.soup is not None  # noqa: S101 - set before feeding
        kept = {
            str(key): str(value)[:_LONGEST_ATTRIBUTE]
            for key, value in attrib.items()
            if key in _KEPT
        }
        # What the class above does besides is for namespaces, and half the time of parsing.
        self.soup.handle_starttag(str(tag), None, None, kept)

    def end(self, tag: str | bytes) -> None:
        """End an element."""
        if self._skipping:
            self._skipping -= 1
            return
        self._settle_space(tag)
        self._in_article -= tag == "article"
        assert self.soup is not None  # noqa: S101 - set before feeding
        self.soup.endData()
        self.soup.handle_endtag(str(tag))

    def data(self, data: str | bytes) -> None:
        """Take text; white space waits for what follows it."""
        if self._skipping:
            return
        if data.isspace():
            self._space = True
            return
        self._settle_space("")
        super().data(data)

    def _settle_space(self, tag: str | bytes) -> None:
        """White space counts between words and inline elements, not beside a block."""
        if self._space and tag not in BLOCKS:
            super().data(" ")
        self._space = False

    def _is_left_out(self, tag: str, attrib: Mapping[str | bytes, str | bytes]) -> bool:
        if tag in _NEVER:
            return True
        if tag == "link":
            return "canonical" not in str(attrib.get("rel", ""))
        if tag not in _LEFT_OUT or not self._skip_menus:
            return False
        label = " ".join(str(attrib.get(key, "")) for key in ("class", "id", "aria-label"))
        if _CRUMBS.search(label):
            return False
        if tag == "footer":
            return not self._in_article
        return tag == "nav" or bool(_MENU.search(label))


def parse(text: str) -> Page:
    """Parse a page, however broken: what cannot be parsed is left out."""
    lean, json_ld = _without_opaque(_COMMENT.sub("", text[:_LARGEST].replace("\0", "")))
    lean = _SPACES.sub(" ", lean)
    # An element never closed would take the rest of the page with it.
    closed = all(_count(lean, f"<{name}") == _count(lean, f"</{name}") for name in _LEFT_OUT)
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore"
        )  # "this looks like a file name": what a page looks like is for us to say
        try:
            soup = BeautifulSoup(lean, builder=_LeanBuilder(skip_menus=closed))
        except ParserRejectedMarkup:
            soup = BeautifulSoup("", "lxml")
    return Page(_tree(soup), json_ld)


def _count(text: str, start: str) -> int:
    return len(re.findall(rf"{start}\b", text, re.IGNORECASE))


def _without_opaque(text: str) -> tuple[str, list[str]]:
    """Cut out elements whose content is no text of the page, keeping JSON-LD; one never closed loses its tag only."""
    parts: list[str] = []
    json_ld: list[str] = []
    position = 0
    unclosed: set[str] = set()
    while opening := _OPAQUE.search(text, position):
        parts.append(text[position : opening.start()])
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


def _closing(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{name}\b", re.IGNORECASE)


def _after(text: str, position: int) -> int:
    """The position behind the next ">"."""
    end = text.find(">", position)
    return end + 1 if end >= 0 else len(text)


def _tree(soup: BeautifulSoup) -> Element:
    """Copy the soup into light nodes without recursion; beyond a sane depth the tree is flattened."""
    root = Element("document", {}, None, 0)
    order = 0
    stack = [(child, root, 1) for child in reversed(soup.contents)]
    while stack:
        node, parent, depth = stack.pop()
        if isinstance(node, Tag):
            order += 1
            element = Element(
                node.name, {key: str(value) for key, value in node.attrs.items()}, parent, order
            )
            parent.children.append(element)
            inner = element if depth < _DEEPEST else parent
            stack.extend((child, inner, depth + 1) for child in reversed(node.contents))
        elif type(node) is NavigableString:
            parent.children.append(str(node))
    return root


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
