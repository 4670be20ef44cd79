"""A plan put to the engine: as it stands, and where nothing matches it all, with as many words as can be."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tintuc_search.engine.base import UNMARKED_WORD, SearchRequest, Terms, WeightedTerm
from tintuc_search.query.parser import parse
from tintuc_search.search.base import Match

if TYPE_CHECKING:
    from tintuc_search.engine.base import Engine, QueryNode, SearchResult
    from tintuc_search.query.tree import ParsedQuery, Problem
    from tintuc_search.search.base import SearchQuery
    from tintuc_search.search.lookup import Lookup
    from tintuc_search.search.planner import Plan, Planner


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the engine answered to which plan, run as ``node``; how many of how many words had to do, what to tell."""

    result: SearchResult
    plan: Plan
    node: QueryNode
    relaxed: tuple[int, int] | None = None
    notices: tuple[Problem, ...] = ()


class Runner:
    """Runs searches on one engine, each within ``seconds``; threads may share it."""

    def __init__(self, engine: Engine, planner: Planner, lookup: Lookup, seconds: float) -> None:
        self._engine = engine
        self._planner = planner
        self._lookup = lookup
        self.seconds = seconds

    def plan(self, query: SearchQuery, parsed: ParsedQuery) -> Plan:
        """How a query is to be run."""
        return self._planner.plan(
            parsed, query.match, self._engine.count(), abbreviations=query.abbreviations
        )

    def run(
        self, query: SearchQuery, plan: Plan, mended: Plan | None, filters: tuple[QueryNode, ...]
    ) -> Outcome:
        """Ask the engine; where not all words must match, with unknown ones as they may have been meant."""
        lenient, notices = mended or plan, mended.problems if mended else ()
        if query.match is Match.ANY:
            loose = lenient.loose()
            return Outcome(self._ask(query, lenient, loose, filters), lenient, loose, None, notices)
        strict = plan.strict()
        result = self._ask(query, plan, strict, filters)
        relaxed = None
        if query.match is Match.AUTO:
            relaxed = lenient.relaxed() or (mended.strict() if mended else None)
        if result.total or result.cuts or relaxed is None:
            return Outcome(result, plan, strict)
        result = self._ask(query, lenient, relaxed, filters)
        if not result.total:
            return Outcome(result, plan, strict)
        of = len(lenient.wanted)
        matched = of if result.matched is None else result.matched
        short = (matched, of) if matched < of or mended is None else None
        return Outcome(result, lenient, relaxed, short, notices)

    def _ask(
        self, query: SearchQuery, plan: Plan, node: QueryNode, filters: tuple[QueryNode, ...]
    ) -> SearchResult:
        return self._engine.search(
            SearchRequest(
                query=node,
                filters=filters,
                stretches=plan.stretches,
                demoted=self._unmarked(),
                sort=query.sort,
                offset=(query.page - 1) * query.page_size,
                limit=query.page_size,
                cursor="" if query.cursor == "*" else query.cursor,
                facets=query.facets,
                histogram=query.histogram,
                seconds=self.seconds,
                explain=query.explain,
            )
        )

    def matching(self, node: QueryNode) -> int:
        """How many articles match a node."""
        request = SearchRequest(node, limit=0, seconds=self.seconds)
        return self._engine.search(request).total

    def count(self, query: SearchQuery) -> int:
        """How many articles a search finds."""
        query = replace(query, page=1, page_size=0, cursor=None, facets={}, histogram=None)
        plan = self.plan(query, parse(query.text))
        return self.run(query, plan, None, self._planner.filters().of_request(query)).result.total

    def _unmarked(self) -> QueryNode | None:
        """The articles that are written without any mark, if there are any: they are found, and come last."""
        held = self._lookup.entry(UNMARKED_WORD)
        return Terms((WeightedTerm(UNMARKED_WORD, 0.0),)) if held else None
