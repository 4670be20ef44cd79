"""Markup → the cleaner's tree, by BeautifulSoup on lxml. The one module that knows BeautifulSoup.

BeautifulSoup makes some 15,000 nodes a second as it comes: menus, attributes that nobody asks for and white space
between blocks are left out while parsing, nodes are made without what only changing a tree needs, and the tree is
walked once.
"""

from __future__ import annotations

import re
import warnings
from typing import TYPE_CHECKING, Any, cast

from bs4 import BeautifulSoup
from bs4.builder import ParserRejectedMarkup
from bs4.builder._lxml import LXMLTreeBuilder
from bs4.element import NavigableString, Tag

from tintuc_search.indexer.cleaning.resources import words
from tintuc_search.indexer.cleaning.tree import BLOCKS, Tree

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bs4.builder import TreeBuilder
    from bs4.element import PageElement

LEFT_OUT = ("nav", "ul", "footer")
"""Elements that are left out where they are menus, if a page closes all that it opens."""

MENUS = ("nav", "ul")
"""Those of them that leave an empty ``nav`` in their place."""

_KEPT = frozenset(words("markup", "attributes"))
_LONGEST_ATTRIBUTE = 4000
_DEEPEST = 1200
"""Elements in each other, as many as three hundred tables make; what lies deeper is laid side by side, as browsers do
from 512 on."""
_MENU = re.compile(r"(?<![a-z])(?:main|sub|top)?(?:menu|nav)(?![a-z])", re.IGNORECASE)
_CRUMBS = re.compile(r"bread|crumb", re.IGNORECASE)
_NEVER = frozenset(
    ("base", "button", "embed", "input", "param", "rp", "rt", "source", "track", "wbr")
)


def tree_of(markup: str, *, skip_menus: bool) -> Tree:
    """Parse markup, however broken: what cannot be parsed gives an empty tree."""
    builder = _LeanBuilder(skip_menus=skip_menus)
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore"
        )  # "this looks like a file name": what a page looks like is for us to say
        try:
            return _copied(_LeanSoup(markup, builder=builder, element_classes={Tag: _LeanTag}))
        except ParserRejectedMarkup:
            return Tree()


def _copied(soup: BeautifulSoup) -> Tree:
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
            if not self._skipping and tag in MENUS:
                self._mark_menu()
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

    def _mark_menu(self) -> None:
        """Leave an empty element where a menu stood: what is above the menu is the page's, not the article's."""
        soup = self.soup
        assert soup is not None  # noqa: S101 - set before feeding
        self._space = False
        soup.handle_starttag("nav", None, None, {})
        soup.popTag()

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
        if tag not in LEFT_OUT or not self._skip_menus:
            return False
        label = " ".join(str(attrib.get(key, "")) for key in ("class", "id", "aria-label"))
        if _CRUMBS.search(label):
            return False
        if tag == "footer":
            return not self._in_article
        return tag == "nav" or bool(_MENU.search(label))
