"""The tree as a reader sees it: one block of text after the other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from tintuc_search.indexer.cleaning.labels import hints_at
from tintuc_search.indexer.cleaning.tables import data_rows, is_figure
from tintuc_search.indexer.cleaning.text import fold
from tintuc_search.indexer.cleaning.tree import BLOCKS, HEADINGS, Element

if TYPE_CHECKING:
    from tintuc_search.article import Table

_SENTENCE_END = re.compile(r"[.!?…:;][”\"'’»)]*$")
_TAIL, _MOST_QUOTES = 200, 20
_LONGEST_HEADING = 1000
_MOST_BLOCKS = 10_000
"""Of a page; the longest laws have some thousand paragraphs, and a page made to tire us has more."""
_BOLD = frozenset(("b", "strong", "h1", "h2", "h3", "h4", "h5", "h6"))
_ITALIC = frozenset(("i", "em"))
_CENTRED = re.compile(r"text-align:\s*center", re.IGNORECASE)
_RIGHT = re.compile(r"text-align:\s*right", re.IGNORECASE)
_HIDDEN = re.compile(r"display:\s*none|visibility:\s*hidden", re.IGNORECASE)


class Kind(StrEnum):
    """What a block is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    CAPTION = "caption"
    TABLE = "table"


@dataclass(slots=True)
class Block:
    """A block of text: how many of its characters are linked, bold or italic tells much about it.

    ``element`` is the block element it stands in, ``owners`` the inline elements it consists of; ``rows`` the cells
    of a data table.
    """

    text: str
    element: Element
    kind: Kind = Kind.PARAGRAPH
    linked: int = 0
    bold: int = 0
    italic: int = 0
    image: bool = False
    hinted: str = ""
    rows: Table = ()

    @property
    def link_share(self) -> float:
        """The share of its characters that stand in links."""
        return self.linked / len(self.text) if self.text else 0.0

    @property
    def all_bold(self) -> bool:
        """Whether (nearly) all of it is bold."""
        return bool(self.text) and self.bold >= 0.9 * len(self.text)

    @property
    def centred(self) -> bool:
        """Whether it is set in the middle."""
        element = self.element
        return element.get("align") == "center" or bool(_CENTRED.search(element.get("style")))

    @property
    def right(self) -> bool:
        """Whether it is set at the right."""
        element = self.element
        return element.get("align") == "right" or bool(_RIGHT.search(element.get("style")))


@dataclass(slots=True)
class _Style:
    linked: bool = False
    bold: bool = False
    italic: bool = False
    hint: str = ""


class _Writer:
    """Collects text pieces until a block ends."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._pieces: list[tuple[str, _Style]] = []
        self._image = False

    def text(self, text: str, style: _Style) -> None:
        self._pieces.append((text, style))

    def image(self) -> None:
        self._image = True

    def line_break(self) -> None:
        """A line that ends like a sentence or is a bold subhead ends its paragraph; else the line goes on."""
        self._pieces.append(("\n", _Style()))

    def end(self, element: Element) -> None:
        """Close the block at hand, if it holds anything."""
        if not (self._pieces or self._image):
            return
        pieces, self._pieces = self._pieces, []
        image, self._image = self._image, False
        kind = _kind(element)
        lines = _lines(pieces)
        if not lines and image and len(self.blocks) < _MOST_BLOCKS:
            self.blocks.append(Block("", element, kind, image=True))
        for number, line in enumerate(lines):
            if len(self.blocks) >= _MOST_BLOCKS:
                return
            block = _block(line, element, kind)
            if block.text:
                block.image = image and number == 0
                self.blocks.append(block)


def _lines(pieces: list[tuple[str, _Style]]) -> list[list[tuple[str, _Style]]]:
    """Split pieces at line breaks: at two in a row always, at one where the line before it is complete."""
    lines: list[list[tuple[str, _Style]]] = [[]]
    breaks = 0
    bold = (
        True  # all of the line at hand; told as it grows, for it may be joined of very many pieces
    )
    for text, style in pieces:
        if text == "\n":
            breaks += 1
            continue
        if not text.strip() and not fold(text):
            if not breaks and lines[-1]:
                lines[-1].append((" ", style))
            continue
        if breaks and lines[-1]:
            if breaks > 1 or (bold and not style.bold) or _ends_sentence(lines[-1]):
                lines.append([])
                bold = True
            else:
                lines[-1].append((" ", _Style()))
        breaks = 0
        bold = bold and style.bold
        lines[-1].append((text, style))
    return [line for line in lines if line]


def _ends_sentence(line: list[tuple[str, _Style]]) -> bool:
    """Whether a line ends like a sentence, by its last characters."""
    tail = ""
    for piece, _ in reversed(line):
        tail = fold(piece[-_TAIL:] + tail)
        if len(tail) > _MOST_QUOTES:
            break
    return bool(_SENTENCE_END.search(tail))


def _block(line: list[tuple[str, _Style]], element: Element, kind: Kind) -> Block:
    block = Block(fold("".join(text for text, _ in line)), element, kind)
    hints = set()
    for text, style in line:
        size = len(text.strip())
        block.linked += size * style.linked
        block.bold += size * style.bold
        block.italic += size * style.italic
        if size:
            hints.add(style.hint)
    if len(hints) == 1:
        block.hinted = hints.pop()
    return block


def blocks_of(root: Element) -> list[Block]:
    """The blocks within an element in reading order; what is hidden from readers is left out."""
    writer = _Writer()
    stack: list[tuple[Element | str, _Style, bool]] = [(root, _Style(), False)]
    while stack:
        node, style, leaving = stack.pop()
        if isinstance(node, str):
            writer.text(node, style)
            continue
        if leaving:
            writer.end(node)
            continue
        if node.name == "br":
            writer.line_break()
            continue
        if node.name in ("img", "amp-img", "picture"):
            writer.image()
            continue
        if node is not root and (node.name == "head" or _is_hidden(node)):
            continue
        block = node.name in BLOCKS
        if block and node is not root:
            writer.end(node.parent if node.parent is not None else root)
        if block and node.name == "table" and _table(node, writer):
            continue
        if block or node is root:
            stack.append((node, style, True))
        inner = _styled(node, style)
        stack.extend((child, inner, False) for child in reversed(node.children))
    return writer.blocks


def _table(node: Element, writer: _Writer) -> bool:
    """Write a data table as one block; False where the table is a means of layout."""
    rows = data_rows(node)
    if not rows:
        return False
    if len(writer.blocks) >= _MOST_BLOCKS:
        return True
    text = fold(" ".join(cell for row in rows for cell in row))
    writer.blocks.append(Block(text, node, Kind.TABLE, rows=rows))
    return True


def _styled(node: Element, style: _Style) -> _Style:
    name = node.name
    linked = style.linked or (name == "a" and not node.get("href").startswith("#"))
    bold = style.bold or (name in _BOLD and (name not in HEADINGS or is_heading(node)))
    italic = style.italic or name in _ITALIC
    hint = node.label or style.hint
    if (linked, bold, italic, hint) == (style.linked, style.bold, style.italic, style.hint):
        return style
    return _Style(linked, bold, italic, hint)


def _kind(node: Element) -> Kind:
    """What text in this element is: decided by the element itself or the nearest one around it that decides."""
    path: list[Element] = []
    found: str | None = None
    element: Element | None = node
    while element is not None and found is None:
        found = element.kind or _own_kind(element)
        path.append(element)
        element = element.parent
    for passed in path:
        passed.kind = found or Kind.PARAGRAPH
    return Kind(found or Kind.PARAGRAPH)


def _own_kind(element: Element) -> Kind | None:
    """What an element makes of the text in it; None if that is up to the elements around it."""
    if element.name in ("figcaption", "caption", "figure") or hints_at(element.label, "caption"):
        return Kind.CAPTION
    if element.name == "table" and is_figure(element):
        return Kind.CAPTION
    if element.name in HEADINGS and is_heading(element):
        return Kind.HEADING
    if element.name in ("li", "dd", "dt"):
        return Kind.ITEM
    return Kind.PARAGRAPH if element.name in ("body", "article", "main") else None


def is_heading(element: Element) -> bool:
    """Whether a heading element is one: where it was never closed, it holds the rest of the page."""
    return len(element.text(_LONGEST_HEADING)) <= _LONGEST_HEADING


def _is_hidden(node: Element) -> bool:
    attrs = node.attrs
    return "hidden" in attrs or ("style" in attrs and bool(_HIDDEN.search(attrs["style"])))
