"""The tree of a page as the cleaner works on it: light nodes that remember what was measured on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tintuc_search.indexer.cleaning.resources import words
from tintuc_search.indexer.cleaning.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

BLOCKS = frozenset(words("markup", "blocks"))
"""Elements that begin and end a block of text."""

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


class Element:
    """One element: its name, attributes, parent and children (elements and texts).

    ``order`` counts elements in document order; ``score`` is how much running text it holds (set by the search for
    the body), ``kind`` what text in it is (remembered by the reading of blocks).
    """

    __slots__ = ("attrs", "children", "kind", "name", "order", "parent", "score")

    def __init__(
        self, name: str, attrs: dict[str, str], parent: Element | None, order: int
    ) -> None:
        self.name = name
        self.attrs = attrs
        self.parent = parent
        self.order = order
        self.children: list[Element | str] = []
        self.score = 0.0
        self.kind: str | None = None

    def get(self, attribute: str) -> str:
        """An attribute's value, empty if it has none."""
        return self.attrs.get(attribute, "")

    @property
    def label(self) -> str:
        """What the page's makers call it: id, classes and the attributes that some systems use for both."""
        attrs = self.attrs
        return " ".join(
            attrs[key]
            for key in ("id", "class", "data-role", "data-slot", "role", "type")
            if key in attrs
        )

    @property
    def classes(self) -> list[str]:
        """Its classes."""
        return self.get("class").split()

    def elements(self) -> Iterator[Element]:
        """All elements within, itself first, in document order."""
        stack: list[Element] = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(child for child in reversed(node.children) if isinstance(child, Element))

    def texts(self) -> Iterator[str]:
        """All texts within, in document order; an element that ends a block gives a space."""
        stack: list[Element | str] = [self]
        while stack:
            node = stack.pop()
            if isinstance(node, str):
                yield node
                continue
            if node.name in BLOCKS or node.name == "br":
                yield " "
                stack.append(" ")
            stack.extend(reversed(node.children))

    def text(self) -> str:
        """Its text on one line."""
        return fold("".join(self.texts()))

    def ancestors(self) -> Iterator[Element]:
        """Parent, grandparent and so on."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    @property
    def attached(self) -> bool:
        """Whether it still stands in the page's tree and was not taken out with what surrounds articles."""
        top = self
        while top.parent is not None:
            top = top.parent
        return top.name == "document"

    def within(self, other: Element) -> bool:
        """Whether it is ``other`` or stands inside it."""
        return self is other or any(node is other for node in self.ancestors())

    def remove(self) -> None:
        """Take it out of the tree."""
        if self.parent is not None:
            self.parent.children = [child for child in self.parent.children if child is not self]
            self.parent = None
