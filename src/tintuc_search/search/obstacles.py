"""Why a search finds nothing: each part that alone stands in the way, and what there is without it.

Every part is left out in turn and the rest counted as a search of its own, so that a link which drops the part
leads to just as many articles as it says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import islice
from time import perf_counter
from typing import TYPE_CHECKING

from tintuc_search.query.render import render
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
from tintuc_search.search.base import Obstacle
from tintuc_search.search.leaves import text_fields

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tintuc_search.engine.base import KeywordField
    from tintuc_search.search.base import SearchQuery

TRIES = 16
"""Parts that are left out in turn; of a longer query the first."""
PART_OF_TIME = 0.5
"""No further part is tried after this part of the time that a search may take."""

Attempt = tuple[Obstacle, "SearchQuery"]
Values = Mapping["KeywordField", tuple[str, ...]]


def find_obstacles(
    query: SearchQuery, root: Node | None, count: Callable[[SearchQuery], int], seconds: float
) -> tuple[Obstacle, ...]:
    """The parts without which a search that finds nothing finds something, the most harmful first.

    Args:
        query: the search.
        root: its query's tree, names of fields joined.
        count: tells how many articles a search finds.
        seconds: the time that a search may take.
    """
    until = perf_counter() + seconds * PART_OF_TIME
    found = []
    for obstacle, rest in islice((*_parameters(query), *_parts(query, root)), TRIES):
        if perf_counter() > until:
            break
        total = count(rest)
        if total:
            found.append(replace(obstacle, without=total))
    return tuple(sorted(found, key=lambda obstacle: -obstacle.without))


def _parameters(query: SearchQuery) -> Iterator[Attempt]:
    """The search without each value of its filters, and without its dates."""
    for obstacle, left in _without_one("", query.include):
        yield obstacle, replace(query, include=left)
    for obstacle, left in _without_one("exclude_", query.exclude):
        yield obstacle, replace(query, exclude=left)
    if query.since or query.until:
        days = " – ".join(f"{day:%d/%m/%Y}" if day else "…" for day in (query.since, query.until))
        yield (
            Obstacle("date", days, 0, parameter="from_date" if query.since else "to_date"),
            replace(query, since=None, until=None),
        )


def _without_one(prefix: str, given: Values) -> Iterator[tuple[Obstacle, Values]]:
    """The values of some filters without each one of them."""
    for field, values in given.items():
        for value in values:
            rest = tuple(other for other in values if other != value)
            left = {**given, field: rest}
            if not rest:
                del left[field]
            yield Obstacle("filter", value, 0, parameter=prefix + field.value), left


def _parts(query: SearchQuery, root: Node | None) -> Iterator[Attempt]:
    """The search without each part of its query that must match; none where there is but one."""
    children = root.children if isinstance(root, AndNode) else ()
    for number, child in enumerate(children):
        rest = (*children[:number], *children[number + 1 :])
        text = render(rest[0] if len(rest) == 1 else AndNode(rest))
        leaves = list(_spans(child))
        start, end = min(first for first, _ in leaves), max(last for _, last in leaves)
        obstacle = Obstacle(_kind(child), render(child), 0, start, end, text)
        yield obstacle, replace(query, text=text)


def _kind(node: Node) -> str:
    match node:
        case DateNode():
            return "date"
        case NotNode():
            return "filter"
        case FieldNode():
            return "filter" if text_fields(node) is None else "word"
        case _:
            return "word"


def _spans(node: Node) -> Iterator[tuple[int, int]]:
    match node:
        case WordNode() | PhraseNode() | FieldNode() | DateNode():
            yield node.start, node.end
        case NotNode(child=child):
            yield from _spans(child)
        case AndNode(children=children) | OrNode(children=children):
            for child in children:
                yield from _spans(child)
