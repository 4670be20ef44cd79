"""Writes a syntax tree as the text of a query that reads back to the same tree."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tintuc_search.query.calendar import stated
from tintuc_search.query.lexer import QUOTES
from tintuc_search.query.tree import (
    AndNode,
    DateNode,
    FieldNode,
    Node,
    NotNode,
    OrNode,
    PhraseNode,
    WordNode,
)
from tintuc_search.query.words import DatePrefix, spelling, words

if TYPE_CHECKING:
    from datetime import date

_EVERYWHERE = frozenset(f"()|*\\{QUOTES}")
_FIRST = frozenset("-+='‘")
_LAST = re.compile(r"~(?=[0-9]*\Z)")


def render(node: Node | None, language: str = "vi") -> str:
    """The canonical text of a tree; field names in ``language`` (``vi`` or ``en``); empty for None."""
    match node:
        case AndNode(children=children):
            return _all(children, language)
        case OrNode(children=children):
            return " OR ".join(render(child, language) for child in children)
        case NotNode(child=child):
            return f"-{_grouped(child, language, AndNode, OrNode)}"
        case FieldNode(field=name, child=child):
            value = _grouped(child, language, AndNode, OrNode, NotNode)
            return f"{words().names[name, language]}:{value}"
        case _:
            return "" if node is None else _leaf(node, language)


def _leaf(node: WordNode | PhraseNode | DateNode, language: str) -> str:
    match node:
        case WordNode(text=text):
            before, behind = "=" * node.exact, "*" * node.prefix
            errors = f"~{node.fuzzy if node.fuzzy > 1 else ''}" if node.fuzzy else ""
            return f"{before}{_word(text)}{behind}{errors}"
        case PhraseNode(text=text, slop=slop):
            before, behind = "=" * node.exact, "*" * node.prefix
            return f'{before}"{text}{behind}"' + (f"~{slop}" if slop else "")
        case DateNode(since=since, until=until):
            return _dates(since, until, language)


def _all(children: tuple[Node, ...], language: str) -> str:
    pieces = [_grouped(child, language, OrNode) for child in children]
    for index, following in enumerate(pieces[1:]):
        name, colon, _ = following.partition(":")
        if colon and words().prefix(pieces[index] + name):
            pieces[index] = f"\\{pieces[index]}"  # or "từ" and "ngày:2019" would read as one name
    return " ".join(pieces)


def _grouped(node: Node, language: str, *kinds: type[Node]) -> str:
    text = render(node, language)
    return f"({text})" if isinstance(node, kinds) else text


def _word(text: str) -> str:
    """The word with a backslash wherever it would otherwise be read as something else."""
    if words().operator(text, capitals=False):
        return f"\\{text}"
    escaped = "".join(f"\\{char}" if char in _EVERYWHERE else char for char in text)
    escaped = _LAST.sub(r"\\~", escaped.replace("&&", "\\&\\&"))
    if text[0] in _FIRST:
        escaped = f"\\{escaped}"
    name, colon, rest = escaped.partition(":")
    if colon and any(known.endswith(spelling(name)) for known in words().prefixes):
        return f"{name}\\:{rest}"
    return escaped


def _dates(since: date | None, until: date | None, language: str) -> str:
    names = words().names
    if since and until:
        return f"{names[DatePrefix.DATE, language]}:{_period(since, until)}"
    bounds = ((DatePrefix.FROM, since), (DatePrefix.TO, until))
    return " ".join(f"{names[key, language]}:{day.isoformat()}" for key, day in bounds if day)


def _period(since: date, until: date) -> str:
    """One value that stands for all the days: a day, a month, a year, else a range."""
    day, year, month = since.isoformat(), since.year, since.month
    for value, days in (
        (day, stated(year, month, since.day)),
        (day[:7], stated(year, month)),
        (day[:4], stated(year)),
    ):
        if days == (since, until):
            return value
    return f"{since.isoformat()}..{until.isoformat()}"
