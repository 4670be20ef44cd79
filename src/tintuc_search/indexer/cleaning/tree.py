"""The tree of a page as the cleaner works on it: light nodes that remember what was measured on them.

Elements and texts lie in document order in two lists, so that what an element holds is a stretch of each: its text is
a slice, and whether one element stands in another or holds a table is told without walking, however deep the page.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

from tintuc_search.indexer.cleaning.resources import words
from tintuc_search.indexer.cleaning.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

BLOCKS = frozenset(words("markup", "blocks"))
"""Elements that begin and end a block of text."""

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))

_LONGEST_LABEL = 300
_LABELS = ("id", "class", "data-role", "data-slot", "role", "type")
_GAPS = BLOCKS | {"br"}
_GAP = " "
_LINK, _ITEM = 1, 2
_INSIDE = {"a": _LINK, "figcaption": _ITEM, "figure": _ITEM, "li": _ITEM}
_SHRINKING = 4
"""Characters that may become one by folding: a letter and its marks."""
_SLACK = 200


class Element:
    """One element: its name, attributes, parent and children (elements and texts).

    ``order`` counts elements in document order, ``end`` is that of the last one within. ``label`` is what the page's
    makers call it: id, classes and the attributes that some systems use for both. It is no longer ``attached`` when it
    was taken out with what surrounds articles. ``own`` and ``score`` are how much running text stands in it directly
    and in all (set by the search for the body), ``kind`` what text in it is (remembered by the reading of blocks).
    """

    __slots__ = (
        "attached",
        "attrs",
        "children",
        "end",
        "first_text",
        "inside",
        "kind",
        "label",
        "name",
        "order",
        "own",
        "parent",
        "past_text",
        "score",
        "tree",
    )

    def __init__(
        self, tree: Tree, name: str, attrs: dict[str, str], parent: Element | None
    ) -> None:
        self.tree = tree
        self.name = name
        self.attrs = attrs
        self.parent = parent
        self.children: list[Element | str] = []
        self.order = self.end = len(tree.nodes)
        self.first_text = self.past_text = len(tree.texts)
        self.inside: int = parent.inside | _INSIDE.get(parent.name, 0) if parent is not None else 0
        self.label = " ".join([attrs[key] for key in _LABELS if key in attrs])[:_LONGEST_LABEL]
        self.attached = True
        self.own = self.score = 0.0
        self.kind: str | None = None

    def get(self, attribute: str) -> str:
        """An attribute's value, empty if it has none."""
        return self.attrs.get(attribute, "")

    @property
    def classes(self) -> list[str]:
        """Its classes."""
        return self.get("class").split()

    @property
    def in_link(self) -> bool:
        """Whether it stands in a link."""
        return bool(self.inside & _LINK)

    @property
    def in_item(self) -> bool:
        """Whether it stands in an entry of a list or belongs to a picture."""
        return bool(self.inside & _ITEM)

    @property
    def size(self) -> int:
        """How many elements it holds, itself among them."""
        return self.end - self.order + 1

    def elements(self) -> list[Element]:
        """All elements within, itself first, in document order."""
        found = self.tree.nodes[self.order : self.end + 1]
        if self.attached and self.tree.pruned:
            return [element for element in found if element.attached]
        return found

    def holds(self, name: str) -> bool:
        """Whether an element of this name stands within (not counting itself)."""
        orders = self.tree.orders(name)
        place = bisect_right(orders, self.order)
        return place < len(orders) and orders[place] <= self.end

    def links(self, most: int) -> list[Element]:
        """The first links within, at most so many."""
        orders = self.tree.orders("a")
        first = bisect_right(orders, self.order)
        past = min(bisect_right(orders, self.end), first + most)
        return [self.tree.nodes[order] for order in orders[first:past]]

    def text(self, limit: int | None = None) -> str:
        """Its text on one line; an element that begins or ends a block gives a space.

        With a ``limit``, of a longer text only so much that one sees it is longer: asking for short lines stays cheap
        where many elements lie in each other and each holds the rest of the page.
        """
        texts = self.tree.left if self.attached else self.tree.texts
        if limit is None:
            return fold("".join(texts[self.first_text : self.past_text]))
        most = limit * _SHRINKING + _SLACK
        past = self.tree.past(self.first_text, most)
        return fold(
            "".join([text[:most] for text in texts[self.first_text : min(past, self.past_text)]])
        )

    def ancestors(self) -> Iterator[Element]:
        """Parent, grandparent and so on."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    def within(self, other: Element) -> bool:
        """Whether it is ``other`` or stands inside it."""
        return other.order <= self.order <= other.end and other.attached == self.attached


class Tree:
    """A page's elements and texts in document order, and tables to find elements in."""

    def __init__(self) -> None:
        self.nodes: list[Element] = []
        self.texts: list[str] = []
        self.pruned = False
        self._orders: dict[str, list[int]] = {}
        self.root = self.open("document", {}, None)

    def open(self, name: str, attrs: dict[str, str], parent: Element | None) -> Element:
        """Begin an element behind all that there is."""
        element = Element(self, name, attrs, parent)
        self.nodes.append(element)
        if parent is not None:
            parent.children.append(element)
        if name in _GAPS:
            self.texts.append(_GAP)
        return element

    def write(self, text: str, parent: Element) -> None:
        """Put a text behind all that there is."""
        parent.children.append(text)
        self.texts.append(text)

    def close(self, element: Element) -> None:
        """End an element: what was put in since it was opened stands within."""
        if element.name in _GAPS:
            self.texts.append(_GAP)
        element.end = len(self.nodes) - 1
        element.past_text = len(self.texts)

    def prune(self, elements: Iterable[Element]) -> None:
        """Take elements out; they keep their place, their parents and their own text."""
        left = self.left
        parents = set()
        for element in elements:
            self.pruned = True
            for node in self.nodes[element.order : element.end + 1]:
                node.attached = False
            left[element.first_text : element.past_text] = [""] * (
                element.past_text - element.first_text
            )
            if element.parent is not None:
                parents.add(element.parent)
        for parent in parents:
            parent.children = [
                child for child in parent.children if isinstance(child, str) or child.attached
            ]
        self._orders.clear()

    def count_scores(self) -> None:
        """Add up the scores of what is attached, from the leaves to the root."""
        for element in self.nodes:
            element.score = element.own
        for element in reversed(self.nodes):
            if element.parent is not None and element.attached:
                element.parent.score += element.score

    def orders(self, name: str) -> list[int]:
        """The places of the attached elements of a name."""
        found = self._orders.get(name)
        if found is None:
            found = [node.order for node in self.named.get(name, ()) if node.attached]
            self._orders[name] = found
        return found

    def past(self, first: int, size: int) -> int:
        """The place in the texts where ``size`` characters or more have passed since ``first``."""
        passed = self._passed
        return bisect_right(passed, passed[first] + size)

    @cached_property
    def left(self) -> list[str]:
        """The texts, blank where they were taken out."""
        return self.texts.copy()

    @cached_property
    def named(self) -> dict[str, list[Element]]:
        """All elements by name."""
        found: dict[str, list[Element]] = defaultdict(list)
        for node in self.nodes:
            found[node.name].append(node)
        return dict(found)

    @cached_property
    def classed(self) -> dict[str, list[Element]]:
        """All elements by class."""
        found: dict[str, list[Element]] = defaultdict(list)
        for node in self.having.get("class", ()):
            for name in dict.fromkeys(node.classes):
                found[name].append(node)
        return dict(found)

    @cached_property
    def having(self) -> dict[str, list[Element]]:
        """All elements by attribute."""
        found: dict[str, list[Element]] = defaultdict(list)
        for node in self.nodes:
            for attribute in node.attrs:
                found[attribute].append(node)
        return dict(found)

    @cached_property
    def _passed(self) -> list[int]:
        """How many characters stand before each text, white space between blocks apart."""
        return [0, *accumulate(0 if text == _GAP else len(text) for text in self.texts)]
