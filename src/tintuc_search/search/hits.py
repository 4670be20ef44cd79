"""From what an engine found to what is shown: articles, or quotations with their articles.

What left the archive since the index was written, or changed there, is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from tintuc_search.engine.base import TextField
from tintuc_search.search.base import Highlight, QuotationHit, SearchHit
from tintuc_search.search.highlights import highlight
from tintuc_search.search.marking import Marker

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tintuc_search.archive.base import Archive, StoredArticle
    from tintuc_search.quotations.base import Quotation, Quotations
    from tintuc_search.search.base import SearchQuery
    from tintuc_search.search.marking import Pieces
    from tintuc_search.search.running import Outcome


class HitReader(Protocol):
    """Reads the hits of an outcome."""

    def read(self, query: SearchQuery, outcome: Outcome) -> tuple[SearchHit, ...]:
        """The hits in the engine's order, with what was asked for beside them."""
        ...

    def of_articles(self, articles: Iterable[str]) -> frozenset[str]:
        """The ids of the documents that belong to articles."""
        ...


class ArticleHits:
    """Reads hits of the index of articles."""

    def __init__(self, archive: Archive, pieces: Pieces) -> None:
        self._archive, self._pieces = archive, pieces

    def read(self, query: SearchQuery, outcome: Outcome) -> tuple[SearchHit, ...]:
        """The hits in the engine's order, with what was asked for beside them."""
        stored = self._archive.get_many([hit.id for hit in outcome.result.hits])
        marker = Marker(outcome.plan.units, self._pieces)
        return tuple(
            SearchHit(
                stored[hit.id],
                hit.score,
                highlight(
                    stored[hit.id].article, marker, query.highlight_count, query.highlight_length
                )
                if query.highlight
                else (),
                outcome.plan.trace.hit(hit.score, hit.explanation) if hit.explanation else None,
            )
            for hit in outcome.result.hits
            if hit.id in stored
        )

    def of_articles(self, articles: Iterable[str]) -> frozenset[str]:
        """The articles themselves."""
        return frozenset(articles)


class QuotationHits:
    """Reads hits of the index of quotations: each with its article and one quotation."""

    def __init__(self, archive: Archive, quotations: Quotations, pieces: Pieces) -> None:
        self._archive, self._quotations, self._pieces = archive, quotations, pieces

    def read(
        self,
        query: SearchQuery,  # noqa: ARG002 - quotations are shown whole and marked always
        outcome: Outcome,
    ) -> tuple[SearchHit, ...]:
        """The hits in the engine's order, with what was asked for beside them."""
        found = self._quotations.of(hit.id for hit in outcome.result.hits)
        stored = self._archive.get_many({each.article for each in found.values()})
        marker = Marker(outcome.plan.units, self._pieces)
        marked = mark_quotations(found.values(), stored, marker)
        return tuple(
            SearchHit(
                stored[found[hit.id].article],
                hit.score,
                explanation=outcome.plan.trace.hit(hit.score, hit.explanation)
                if hit.explanation
                else None,
                quotations=(marked[hit.id],),
            )
            for hit in outcome.result.hits
            if hit.id in marked
        )

    def of_articles(self, articles: Iterable[str]) -> frozenset[str]:
        """The ids of all that articles quote."""
        return frozenset(each.id for each in self._quotations.within(articles))


def mark_quotations(
    quotations: Iterable[Quotation], stored: Mapping[str, StoredArticle], marker: Marker
) -> dict[str, QuotationHit]:
    """By id the quotations with their words marked; without those whose article is another by now."""
    present = [
        each
        for each in quotations
        if each.article in stored and stored[each.article].revision == each.revision
    ]
    texts = [stored[each.article].article.text[each.start : each.end] for each in present]
    marks = marker.mark([(TextField.BODY, text) for text in texts])
    return {
        each.id: QuotationHit(
            each, Highlight("quotation", text, tuple(mark.span for mark in found))
        )
        for each, text, found in zip(present, texts, marks, strict=True)
    }
