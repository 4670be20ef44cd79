"""Tables that hold data, apart from those that only place text or a picture on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tintuc_search.indexer.cleaning.tree import Element

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tintuc_search.article import Table

_ROWS, _COLUMNS = 2, 2
_LONG_CELL = 200
_CAPTION = 600


def data_rows(table: Element) -> Table:
    """The cells of a data table; empty for a table of layout.

    Data means: two rows and columns or more, hardly a cell that is a paragraph, no table or picture within.
    """
    # Asked first, so that of tables in each other only the innermost are read.
    if any(table.holds(name) for name in ("table", "img", "form", "h1", "h2")):
        return ()
    rows = tuple(cells for row in _rows(table) if (cells := _cells(row)) and any(cells))
    filled = [cell for row in rows for cell in row if cell]
    if len(rows) < _ROWS or sum(len(row) >= _COLUMNS for row in rows) < _ROWS:
        return ()
    long = sum(len(cell) > _LONG_CELL for cell in filled)
    linked = sum(node.name == "a" for node in table.elements())
    if long > len(filled) * 0.2 or linked > len(filled) * 0.4:
        return ()
    return rows


def is_figure(table: Element) -> bool:
    """Whether a table only holds a picture and the words below it."""
    if not table.holds("img") or table.holds("table") or len(table.text(_CAPTION)) > _CAPTION:
        return False
    return sum(node.name == "td" for node in table.elements()) <= 8  # noqa: PLR2004


def _rows(table: Element) -> Iterator[Element]:
    return (node for node in table.elements() if node.name == "tr")


def _cells(row: Element) -> tuple[str, ...]:
    found = (
        child for child in row.children if isinstance(child, Element) and child.name in ("td", "th")
    )
    return tuple(cell.text() for cell in found)
