"""Answers what has to be known of the index before a query can be written: how many children a MostOf asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tintuc_search.engine.base import AllOf, AnyOf, Except, MostOf, Prefer
from tintuc_search.engine.matching import holds_most
from tintuc_search.engine.opensearch_query import AtLeast, Query, Resolved, matching

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tintuc_search.engine.base import QueryNode

    Best = Callable[[Sequence[Query], Sequence[Query]], int]


class Resolver:
    """Puts :class:`AtLeast` in place of every MostOf, in the order in which the evaluator meets them.

    ``best`` gives the largest number of the queries that a document matches which matches all of the others.
    """

    def __init__(self, best: Best) -> None:
        self.numbers: list[int] = []
        self._best = best

    def resolve(self, node: QueryNode, allowed: Sequence[Query]) -> Resolved:  # noqa: PLR0911 - one per kind
        """The node; ``allowed`` is what the rest of the request asks of a document."""
        if not _anywhere(node):
            return node
        match node:
            case AllOf():
                return self._all(node.children, allowed)
            case AnyOf():
                return AnyOf(tuple(self.resolve(child, allowed) for child in node.children))
            case MostOf():
                children = tuple(self.resolve(child, allowed) for child in node.children)
                best = self._best([matching(child) for child in children], allowed)
                self.numbers.append(best)
                return AtLeast(children, best)
            case Except():
                return Except(self.resolve(node.child, allowed))
            case Prefer():
                required = self.resolve(node.required, allowed)
                bound = [*allowed, matching(required)]
                return Prefer(
                    required, tuple(self.resolve(child, bound) for child in node.optional)
                )
            case _:
                return node

    def _all(self, children: Sequence[QueryNode], allowed: Sequence[Query]) -> Resolved:
        resolved: dict[int, Resolved] = {}
        bound = list(allowed)
        for i in sorted(range(len(children)), key=lambda i: holds_most(children[i])):
            resolved[i] = self.resolve(children[i], bound)
            bound.append(matching(resolved[i]))
        return AllOf(tuple(resolved[i] for i in range(len(children))))


def _anywhere(node: QueryNode) -> bool:
    """Whether a MostOf stands anywhere in a node, in what only raises the rank too."""
    if isinstance(node, Prefer):
        return any(_anywhere(child) for child in (node.required, *node.optional))
    if isinstance(node, AllOf | AnyOf):
        return any(_anywhere(child) for child in node.children)
    return holds_most(node) if not isinstance(node, Except) else _anywhere(node.child)
