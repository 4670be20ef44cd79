"""HTML text → the tree and the structured data in its scripts. The one module that knows BeautifulSoup.

BeautifulSoup builds some 15,000 nodes a second, so it is most of the cost of cleaning a page: scripts, styles and
drawings are cut out of the text before it; menus, attributes that nobody asks for and white space between blocks are
left out while parsing; its tree is walked once.
"""

from __future__ import annotations

import re
import warnings
from collections import Counter
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING, Any, cast

from bs4 import BeautifulSoup
from bs4.builder import ParserRejectedMarkup
from bs4.builder._lxml import LXMLTreeBuilder
from bs4.element import NavigableString, Tag

from tintuc_search.indexer.cleaning.resources import words
from tintuc_search.indexer.cleaning.tree import BLOCKS, Element, Tree

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bs4.builder import TreeBuilder
    from bs4.element import PageElement

_KEPT = frozenset(words("markup", "attributes"))
_LONGEST_ATTRIBUTE = 4000
_DEEPEST = 1200
"""Elements in each other, as many as three hundred tables make; what lies deeper is laid side by side, as browsers do
from 512 on."""
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
_MENU = re.compile(r"(?<![a-z])(?:main|sub|top)?(?:menu|nav)(?![a-z])", re.IGNORECASE)
_CRUMBS = re.compile(r"bread|crumb", re.IGNORECASE)
_LEFT_OUT = ("nav", "ul", "footer")
_LEFT_OUT_TAG = re.compile(r"<(/?)(nav|ul|footer)\b", re.IGNORECASE)
_NEVER = frozenset(
    ("base", "button", "embed", "input", "param", "rp", "rt", "source", "track", "wbr")
)


@dataclass(slots=True)
class Page:
    """A parsed page: the root of its tree and the texts of its JSON-LD scripts."""

    root: Element
    json_ld: list[str] = field(default_factory=list)


class _LeanTag(Tag):
    """A tag without what is for changing and printing trees, which takes most of the time of making one."""

    def __init__(  # noqa: PLR0917 - as called by BeautifulSoup
        self,
        parser: BeautifulSoup | None,
        builder: TreeBuilder | None,
        name: str,
        namespace: str | None,
        prefix: str | None,
        attrs: dict[str, Any],
        *_: object,
        **__: object,
    ) -> None:
        del parser, builder, namespace
        self.name = name
        self.prefix = prefix
        self.attrs = attrs
        self.contents = []


class _LeanSoup(BeautifulSoup):
    """A soup whose nodes are only told their children.

    The links between neighbours that the class above keeps are mended by a walk up the tree for each text: with deep
    trees that takes time by the square of a page's size.
    """

    def object_was_parsed(
        self,
        o: PageElement,
        parent: Tag | None = None,
        most_recent_element: PageElement | None = None,
    ) -> None:
        """Put a text where the parser stands."""
        del parent, most_recent_element
        assert self.currentTag is not None  # noqa: S101 - the soup itself at least
        self.currentTag.contents.append(o)


class _LeanBuilder(LXMLTreeBuilder):
    """Builds only what cleaning looks at."""

    def __init__(self, *, skip_menus: bool) -> None:
        super().__init__(
            multi_valued_attributes=None, preserve_whitespace_tags=set(), string_containers={}
        )
        self._skip_menus = skip_menus
        self._skipping = 0
        self._beyond = 0
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
        if self._space:
            self._settle_space(tag)
        self._in_article += tag == "article"
        soup = self.soup
        assert soup is not None  # noqa: S101 - set before feeding
        kept = {
            str(key): str(value)[:_LONGEST_ATTRIBUTE]
            for key, value in attrib.items()
            if key in _KEPT
        }
        # What the class above does besides is for namespaces, and half the time of parsing.
        soup.handle_starttag(str(tag), None, None, kept)
        if len(soup.tagStack) > _DEEPEST:
            soup.popTag()
            self._beyond += 1

    def end(self, tag: str | bytes) -> None:
        """End an element."""
        if self._skipping:
            self._skipping -= 1
            return
        if self._space:
            self._settle_space(tag)
        self._in_article -= tag == "article"
        soup = self.soup
        assert soup is not None  # noqa: S101 - set before feeding
        soup.endData()
        if self._beyond:
            self._beyond -= 1
        else:
            soup.popTag()

    def data(self, data: str | bytes) -> None:
        """Take text; white space waits for what follows it."""
        if self._skipping:
            return
        if data.isspace():
            self._space = True
            return
        if self._space:
            self._settle_space("")
        super().data(data)

    def _settle_space(self, tag: str | bytes) -> None:
        """White space counts between words and inline elements, not beside a block."""
        if tag not in BLOCKS:
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
    lean, json_ld = _without_opaque(text.replace("\0", ""))
    lean = _bounded(_SPACES.sub(" ", lean))
    builder = _LeanBuilder(skip_menus=_closes_menus(lean))
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore"
        )  # "this looks like a file name": what a page looks like is for us to say
        try:
            soup = _LeanSoup(lean, builder=builder, element_classes={Tag: _LeanTag})
        except ParserRejectedMarkup:
            soup = _LeanSoup("", builder=_LeanBuilder(skip_menus=False))
    return Page(_tree(soup).root, json_ld)


def _closes_menus(text: str) -> bool:
    """Whether all menus are closed: one that never is would take the rest of the page with it."""
    counts = Counter((name.lower(), slash) for slash, name in _LEFT_OUT_TAG.findall(text))
    return all(counts[name, ""] == counts[name, "/"] for name in _LEFT_OUT)


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


def _tree(soup: BeautifulSoup) -> Tree:
    """Copy the soup into light nodes, without recursion."""
    tree = Tree()
    element = tree.root
    open_nodes = [iter(soup.contents)]
    while open_nodes:
        for node in open_nodes[-1]:
            if isinstance(node, Tag):
                attributes = cast("dict[str, str]", node.attrs)  # as the builder gave them
                element = tree.open(node.name, attributes, element)
                open_nodes.append(iter(node.contents))
                break
            if type(node) is NavigableString:
                tree.write(str(node), element)
        else:
            open_nodes.pop()
            tree.close(element)
            element = element.parent or element
    return tree


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
