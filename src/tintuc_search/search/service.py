"""The one search service that pages, API and command line call."""

from __future__ import annotations

from dataclasses import dataclass, replace
from time import perf_counter
from typing import TYPE_CHECKING

from tintuc_search.engine.base import (
    UNMARKED_WORD,
    SearchRequest,
    SearchResult,
    Sort,
    Terms,
    WeightedTerm,
)
from tintuc_search.errors import BadRequest
from tintuc_search.query.offers import offers
from tintuc_search.query.parser import parse
from tintuc_search.query.problems import problem
from tintuc_search.ranking import RANKING
from tintuc_search.search.base import (
    DEEPEST,
    ArticleView,
    FacetValue,
    Match,
    SearchAnswer,
    SearchHit,
    Suggestion,
    Understood,
)
from tintuc_search.search.completion import Completer
from tintuc_search.search.filters import Filters, join_names
from tintuc_search.search.highlights import highlight, view
from tintuc_search.search.lookup import Lookup
from tintuc_search.search.marking import Marker, Pieces
from tintuc_search.search.obstacles import find_obstacles
from tintuc_search.search.planner import Plan, Planner
from tintuc_search.search.related import alike, telling_terms
from tintuc_search.search.spelling import Speller, corrected

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tintuc_search.analysis.base import Analyzer
    from tintuc_search.archive.base import Archive
    from tintuc_search.engine.base import Engine, KeywordField, QueryNode
    from tintuc_search.engine.completing import CompletingDictionary
    from tintuc_search.query.tree import ParsedQuery, Problem
    from tintuc_search.ranking import Ranking
    from tintuc_search.search.base import SearchQuery
    from tintuc_search.search.spelling import Correction


OTHER_ACCENTS = "otherAccents"
"""The problem that tells of a word that is searched with other accents than typed."""


@dataclass(frozen=True, slots=True)
class _Run:
    """What the engine answered to which plan, run as ``node``; how many of how many words had to do, what to tell."""

    result: SearchResult
    plan: Plan
    node: QueryNode
    relaxed: tuple[int, int] | None = None
    notices: tuple[Problem, ...] = ()


class SearchService:
    """Answers searches over one archive and its index; threads may share it.

    No text of a query makes it fail: what cannot be used is left out and told as a problem of the answer.
    """

    def __init__(
        self,
        archive: Archive,
        engine: Engine,
        dictionary: CompletingDictionary,
        analyzer: Analyzer,
        *,
        seconds: float = 2.0,
        ranking: Ranking = RANKING,
    ) -> None:
        self._archive = archive
        self._engine = engine
        self._lookup = Lookup(dictionary)
        self._pieces = Pieces(analyzer)
        self._seconds = seconds
        self._planner = Planner(self._lookup, analyzer, ranking)
        self._speller = Speller(self._lookup, analyzer, self._matching)
        self._completer = Completer(archive, dictionary, self._lookup, analyzer)

    def generation(self) -> str:
        """A string that changes whenever an answer could."""
        return self._engine.generation()

    def search(self, query: SearchQuery) -> SearchAnswer:
        """Answer a search.

        Raises:
            BadRequest: the page lies beyond what can be paged through, or the cursor is none.
            IndexUnusable: there is no index, or it is damaged.
        """
        began = perf_counter()
        if query.cursor is None and query.page * query.page_size > DEEPEST:
            raise BadRequest(f"only {DEEPEST} results can be paged through; use a cursor", "page")
        self._lookup.renew(self._engine.generation())
        parsed = parse(query.text)
        documents = self._engine.count()
        plan = self._plan(query, parsed)
        if not plan.wanted and query.sort.by_score:
            # Filters alone make no article more relevant than another.
            query = replace(query, sort=Sort.NEWEST)
        filters = Filters(self._lookup)
        restrictions = filters.of_request(query)
        slips = self._speller.corrections(query.text, self._planner.runs(parsed), documents)
        mended = self._mended(query, parsed, plan, slips)
        run = self._run(query, plan, mended, restrictions)
        plan = replace(plan, units=run.plan.units)
        problems = (*plan.problems, *run.notices, *filters.problems, *_cuts(query, run.result))
        understood = self._understood(parsed, plan, run, problems, documents)
        if query.explain:
            understood = replace(understood, explanation=run.plan.trace.query(run.node))
        return SearchAnswer(
            query=self._helped(understood, query, parsed, run, slips),
            total=run.result.total,
            total_type="gte" if run.result.cuts else "exact",
            page=query.page,
            page_size=query.page_size,
            hits=self._hits(query, run),
            next_cursor=run.result.next_cursor if query.cursor else None,
            facets=self._facets(run.result),
            histogram=run.result.histogram,
            took_ms=round((perf_counter() - began) * 1000),
        )

    def article(
        self, article_id: str, text: str = "", *, abbreviations: bool = True
    ) -> ArticleView | None:
        """An article with the words of a query marked in it; None where there is no such article."""
        stored = self._archive.get(article_id)
        if stored is None:
            return None
        self._lookup.renew(self._engine.generation())
        plan = self._planner.plan(
            parse(text), Match.AUTO, self._engine.count(), abbreviations=abbreviations
        )
        return view(stored, Marker(plan.units, self._pieces))

    def complete(self, text: str, limit: int = 8) -> tuple[Suggestion, ...]:
        """What a query that is being typed can become, at most ``limit``."""
        self._lookup.renew(self._engine.generation())
        return self._completer.complete(text, limit)

    def related(self, article_id: str, limit: int = 5) -> tuple[SearchHit, ...] | None:
        """The articles most like one, best first; None where there is no such article."""
        stored = self._archive.get(article_id)
        if stored is None:
            return None
        self._lookup.renew(self._engine.generation())
        terms = telling_terms(stored.article, self._pieces, self._lookup, self._engine.count())
        if terms is None:
            return ()
        request = SearchRequest(query=terms, limit=limit + 1, seconds=self._seconds)
        hits = alike(self._engine.search(request).hits, article_id, limit)
        known = self._archive.get_many([hit.id for hit in hits])
        return tuple(SearchHit(known[hit.id], hit.score) for hit in hits if hit.id in known)

    def _plan(self, query: SearchQuery, parsed: ParsedQuery) -> Plan:
        """How a query is to be run."""
        return self._planner.plan(
            parsed, query.match, self._engine.count(), abbreviations=query.abbreviations
        )

    def _run(
        self, query: SearchQuery, plan: Plan, mended: Plan | None, filters: tuple[QueryNode, ...]
    ) -> _Run:
        """Ask the engine; where not all words must match, with unknown ones as they may have been meant."""
        lenient, notices = mended or plan, mended.problems if mended else ()
        if query.match is Match.ANY:
            loose = lenient.loose()
            return _Run(self._ask(query, lenient, loose, filters), lenient, loose, None, notices)
        strict = plan.strict()
        result = self._ask(query, plan, strict, filters)
        relaxed = None
        if query.match is Match.AUTO:
            relaxed = lenient.relaxed() or (mended.strict() if mended else None)
        if result.total or result.cuts or relaxed is None:
            return _Run(result, plan, strict)
        result = self._ask(query, lenient, relaxed, filters)
        if not result.total:
            return _Run(result, plan, strict)
        of = len(lenient.wanted)
        matched = of if result.matched is None else result.matched
        short = (matched, of) if matched < of or mended is None else None
        return _Run(result, lenient, relaxed, short, notices)

    def _mended(
        self, query: SearchQuery, parsed: ParsedQuery, plan: Plan, slips: Sequence[Correction]
    ) -> Plan | None:
        """The plan of the words as they may have been meant where the archive holds none; its problems say so.

        A word that is searched with other accents already is left to that.
        """
        taken = {(each.start, each.end) for each in plan.problems if each.code == OTHER_ACCENTS}
        unknown = [
            slip
            for slip in slips
            if slip.unknown and (slip.typed.start, slip.typed.end) not in taken
        ]
        if query.match is Match.ALL or not unknown:
            return None
        meant = parse(corrected(parsed.text, unknown))
        notices = tuple(
            problem(
                "spelledAs",
                slip.typed.start,
                slip.typed.end,
                value=parsed.text[slip.typed.start : slip.typed.end],
                meant=slip.term,
            )
            for slip in unknown
        )
        mended = self._plan(query, meant)
        return replace(mended, problems=notices)

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
                seconds=self._seconds,
                explain=query.explain,
            )
        )

    def _unmarked(self) -> QueryNode | None:
        """The articles that are written without any mark, if there are any: they are found, and come last."""
        held = self._lookup.entry(UNMARKED_WORD)
        return Terms((WeightedTerm(UNMARKED_WORD, 0.0),)) if held else None

    def _understood(
        self,
        parsed: ParsedQuery,
        plan: Plan,
        run: _Run,
        problems: tuple[Problem, ...],
        documents: int,
    ) -> Understood:
        alternatives = plan.alternatives
        missed = run.relaxed is not None or not run.result.total
        if (missed or plan.unmatched) and not alternatives and plan.wanted:
            alternatives = self._planner.suggestions(parsed, documents)
        return Understood(
            text=parsed.text,
            understood=plan.understood,
            reading=plan.reading,
            alternatives=alternatives,
            relaxed=run.relaxed,
            unmatched=plan.unmatched if missed else (),
            problems=problems,
            offers=offers(parsed),
            expansions=plan.expansions,
        )

    def _helped(
        self,
        understood: Understood,
        query: SearchQuery,
        parsed: ParsedQuery,
        run: _Run,
        slips: Sequence[Correction],
    ) -> Understood:
        """What was understood, with what helps on: a correction, or what stands in the way."""
        if run.result.cuts or query.cursor or query.page > 1:
            return understood
        if slips:
            understood = self._corrected(understood, query, run, slips)
        if run.result.total:
            return understood
        root = join_names(parsed.root, Filters(self._lookup))
        obstacles = find_obstacles(query, root, self._count, self._seconds)
        return replace(understood, obstacles=obstacles)

    def _corrected(
        self, understood: Understood, query: SearchQuery, run: _Run, slips: Sequence[Correction]
    ) -> Understood:
        """With the query as it may have been meant, if that finds more than as typed."""
        text = corrected(understood.text, slips)
        match = Match.ALL if query.match is Match.AUTO else query.match
        total = self._count(replace(query, text=text, match=match))
        others = any(each.code == OTHER_ACCENTS for each in understood.problems)
        replaced = run.relaxed or run.notices or others
        if total <= (0 if replaced else run.result.total):
            return understood
        return replace(understood, suggestion=text, suggestion_total=total)

    def _matching(self, node: QueryNode) -> int:
        """How many articles match a node."""
        request = SearchRequest(node, limit=0, seconds=self._seconds)
        return self._engine.search(request).total

    def _count(self, query: SearchQuery) -> int:
        """How many articles a search finds."""
        query = replace(query, page=1, page_size=0, cursor=None, facets={}, histogram=None)
        plan = self._plan(query, parse(query.text))
        return self._run(query, plan, None, Filters(self._lookup).of_request(query)).result.total

    def _hits(self, query: SearchQuery, run: _Run) -> tuple[SearchHit, ...]:
        """The hits with their articles; one that left the archive since the index was written is left out."""
        stored = self._archive.get_many([hit.id for hit in run.result.hits])
        marker = Marker(run.plan.units, self._pieces)
        return tuple(
            SearchHit(
                stored[hit.id],
                hit.score,
                highlight(
                    stored[hit.id].article, marker, query.highlight_count, query.highlight_length
                )
                if query.highlight
                else (),
                run.plan.trace.hit(hit.score, hit.explanation) if hit.explanation else None,
            )
            for hit in run.result.hits
            if hit.id in stored
        )

    def _facets(self, result: SearchResult) -> Mapping[KeywordField, tuple[FacetValue, ...]]:
        counted = [(field, count) for field, counts in result.facets.items() for count in counts]
        names = self._lookup.labels((field, count.id) for field, count in counted)
        return {
            field: tuple(
                FacetValue(names.get((field, count.id), count.id), count.id, count.count)
                for count in counts
            )
            for field, counts in result.facets.items()
        }


def _cuts(query: SearchQuery, result: SearchResult) -> tuple[Problem, ...]:
    return (problem("timeLimit", 0, len(query.text)),) if result.cuts else ()
