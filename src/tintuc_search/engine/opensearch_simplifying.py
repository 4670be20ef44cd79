"""What is left of a request once its time is up: each word's own best term, and nothing that only raises the rank."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tintuc_search.engine.base import AllOf, AnyOf, Except, MostOf, Phrase, Prefer, Synonyms, Terms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tintuc_search.engine.base import QueryNode, SearchRequest, WeightedTerm


class Simplifier:
    """Leaves out what can be left out, and says so in ``cuts``."""

    def __init__(self) -> None:
        self._terms = self._parts = 0
        self._harder = False

    @property
    def cuts(self) -> list[str]:
        """What was left out, in words for a log."""
        said = []
        if self._terms:
            said.append(f"{self._terms} expansions of low weight not looked up")
        if self._parts:
            said.append("what only raises the rank left out")
        return said

    def request(self, request: SearchRequest, *, harder: bool = False) -> SearchRequest:
        """The request without; ``harder`` leaves of several ways to write one thing only the first."""
        self._harder = harder
        self._parts += bool(request.stretches and request.sort.by_score)
        return replace(
            request,
            query=self._node(request.query),
            filters=tuple(self._node(node) for node in request.filters),
            demoted=None if request.demoted is None else self._node(request.demoted),
            stretches=(),
        )

    def _node(self, node: QueryNode) -> QueryNode:
        match node:
            case Terms() | Phrase():
                return self._leaf(node)
            case Synonyms():
                kept = node.leaves[:1] if self._harder else node.leaves
                self._terms += len(node.leaves) - len(kept)
                return replace(node, leaves=tuple(self._leaf(leaf) for leaf in kept))
            case AllOf() | AnyOf() | MostOf():
                return replace(node, children=tuple(self._node(each) for each in node.children))
            case Except():
                return Except(self._node(node.child))
            case Prefer():
                self._parts += len(node.optional)
                return self._node(node.required)
            case _:
                return node

    def _leaf(self, node: Terms | Phrase) -> Terms | Phrase:
        if isinstance(node, Terms):
            return replace(node, terms=self._best(node.terms))
        return replace(node, slots=tuple(self._best(slot) for slot in node.slots))

    def _best(self, terms: Sequence[WeightedTerm]) -> tuple[WeightedTerm, ...]:
        self._terms += max(len(terms) - 1, 0)
        return tuple(sorted(terms, key=lambda weighted: -weighted.weight)[:1])
