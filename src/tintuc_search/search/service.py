"""The one search service that pages, API and command line call."""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter
from typing import TYPE_CHECKING

from tintuc_search.engine.base import SearchRequest, Sort
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
    SearchQuery,
    Suggestion,
    Understood,
)
from tintuc_search.search.completion import Completer
from tintuc_search.search.helping import Helping
from tintuc_search.search.highlights import view
from tintuc_search.search.hits import ArticleHits, QuotationHits
from tintuc_search.search.lookup import Lookup
from tintuc_search.search.marking import Marker, Pieces
from tintuc_search.search.planner import Planner
from tintuc_search.search.related import alike, telling_terms
from tintuc_search.search.reprints import ReprintFinder
from tintuc_search.search.running import Runner
from tintuc_search.search.sayings import Sayings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tintuc_search.analysis.base import Analyzer
    from tintuc_search.archive.base import Archive
    from tintuc_search.catalogue.base import EntityFinder
    from tintuc_search.engine.base import Engine, KeywordField, SearchResult
    from tintuc_search.engine.completing import CompletingDictionary
    from tintuc_search.query.tree import ParsedQuery, Problem
    from tintuc_search.quotations.base import Quotations
    from tintuc_search.ranking import Ranking
    from tintuc_search.reprints.base import Reprints
    from tintuc_search.search.hits import HitReader
    from tintuc_search.search.planner import Plan
    from tintuc_search.search.reprints import Reprinted
    from tintuc_search.search.running import Outcome
    from tintuc_search.search.sayings import Said


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
        reprints: Reprints | None = None,
        quotations: tuple[Engine, Quotations] | None = None,
        seconds: float = 2.0,
        entities: EntityFinder | None = None,
        ranking: Ranking = RANKING,
        hits: HitReader | None = None,
    ) -> None:
        self._archive = archive
        self._engine = engine
        self._lookup = Lookup(dictionary, entities=entities)
        self._pieces = Pieces(analyzer)
        self._hits = hits or ArticleHits(archive, self._pieces)
        self._reprints = ReprintFinder(archive, reprints, analyzer)
        self._seconds = seconds
        self._planner = Planner(self._lookup, analyzer, ranking, self._hits.of_articles)
        self._runner = Runner(engine, self._planner, self._lookup, seconds)
        self._sayings = None
        if quotations:
            held = QuotationHits(archive, quotations[1], self._pieces)
            planner = Planner(self._lookup, analyzer, ranking, held.of_articles)
            runner = Runner(quotations[0], planner, self._lookup, seconds)
            self._sayings = Sayings(runner, planner, quotations[1], self._pieces)
        self._helping = Helping(self._runner, self._planner, self._lookup, analyzer)
        self._completer = Completer(archive, dictionary, self._lookup, analyzer)

    @classmethod
    def of_quotations(
        cls,
        archive: Archive,
        engine: Engine,
        quotations: Quotations,
        dictionary: CompletingDictionary,
        analyzer: Analyzer,
        *,
        entities: EntityFinder | None = None,
        seconds: float = 2.0,
    ) -> SearchService:
        """A service whose results are quotations, each with its article; ``engine`` holds them."""
        hits = QuotationHits(archive, quotations, Pieces(analyzer))
        return cls(
            archive, engine, dictionary, analyzer, entities=entities, seconds=seconds, hits=hits
        )

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
        plan = self._runner.plan(query, parsed)
        said = self._sayings.find(query, parsed) if self._sayings else None
        if not plan.wanted and query.sort.by_score:
            # Filters alone make no article more relevant than another.
            query = replace(query, sort=Sort.NEWEST)
        filters = self._planner.filters()
        restrictions = filters.of_request(query)
        slips = self._helping.slips(parsed, plan, documents)
        mended = self._helping.mended(query, parsed, plan, slips)
        if said and (said.anything or query.match is not Match.AUTO):
            plan, mended = said.narrowed(plan, self._runner.plan(query, said.rest)), None
        elif said:
            plan = replace(plan, problems=(*plan.problems, *said.problems))
        outcome = self._runner.run(query, plan, mended, restrictions)
        if said and said.anything:
            outcome = replace(outcome, relaxed=said.outcome.relaxed)
        problems = (
            *plan.problems,
            *outcome.notices,
            *filters.problems,
            *_cuts(query, outcome.result),
        )
        understood = self._understood(parsed, plan, outcome, problems, documents)
        if query.explain:
            understood = replace(understood, explanation=outcome.plan.trace.query(outcome.node))
        return SearchAnswer(
            query=self._helping.helped(understood, query, parsed, outcome, slips),
            total=outcome.result.total,
            total_type="gte" if outcome.result.cuts else "exact",
            page=query.page,
            page_size=query.page_size,
            hits=self._read(query, outcome, said),
            next_cursor=outcome.result.next_cursor if query.cursor else None,
            facets=self._facets(outcome.result),
            histogram=outcome.result.histogram,
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
        query = SearchQuery(text, abbreviations=abbreviations)
        parsed = parse(text)
        plan = self._runner.plan(query, parsed)
        slips = self._helping.slips(parsed, plan, self._engine.count())
        # Words that the archive does not hold are marked as the search took them.
        plan = self._helping.mended(query, parsed, plan, slips) or plan
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

    def reprints(self, article_id: str) -> Reprinted | None:
        """Who else prints an article's text, and where they differ; None where nobody does."""
        return self._reprints.of(article_id)

    def _understood(
        self,
        parsed: ParsedQuery,
        plan: Plan,
        outcome: Outcome,
        problems: tuple[Problem, ...],
        documents: int,
    ) -> Understood:
        alternatives = plan.alternatives
        missed = outcome.relaxed is not None or not outcome.result.total
        if (missed or plan.unmatched) and not alternatives and plan.wanted:
            meant = parse(plan.reading) if plan.reading else parsed
            others = self._planner.suggestions(meant, documents)
            alternatives = tuple(each for each in others if each != parsed.text)
        return Understood(
            text=parsed.text,
            understood=plan.understood,
            reading=plan.reading,
            alternatives=alternatives,
            relaxed=outcome.relaxed,
            unmatched=plan.unmatched if missed else (),
            problems=problems,
            offers=offers(parsed),
            expansions=plan.expansions,
        )

    def _read(
        self, query: SearchQuery, outcome: Outcome, said: Said | None
    ) -> tuple[SearchHit, ...]:
        hits = self._hits.read(query, outcome)
        if said is None or self._sayings is None:
            return hits
        shown = self._sayings.shown(said, {hit.stored.id: hit.stored for hit in hits})
        return tuple(replace(hit, quotations=shown.get(hit.stored.id, ())) for hit in hits)

    def _facets(self, result: SearchResult) -> Mapping[KeywordField, tuple[FacetValue, ...]]:
        counted = [(field, count) for field, counts in result.facets.items() for count in counts]
        names = self._lookup.labels((field, count.id) for field, count in counted)
        return {
            field: tuple(
                FacetValue(
                    names.get((field, count.id), count.id),
                    count.id,
                    count.count,
                    entities.get(count.id, ()),
                )
                for count in counts
            )
            for field, counts in result.facets.items()
            for entities in [self._lookup.bearers(field, [count.id for count in counts])]
        }


def _cuts(query: SearchQuery, result: SearchResult) -> tuple[Problem, ...]:
    return (problem("timeLimit", 0, len(query.text)),) if result.cuts else ()
