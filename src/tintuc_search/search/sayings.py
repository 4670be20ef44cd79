"""Words that stand beside a speaker in a query are looked for in what that speaker says.

``phát biểu:"Lê Quốc Phong" chuyển đổi số`` finds the articles with a quotation that holds these words and is his. The
quotations are looked for in their own index, by the same rules as articles: which words must match, accents, readings,
abbreviations. Fields, exclusions and names beside them go on to hold for the article.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tintuc_search.engine.base import HasId, KeywordField, Sort
from tintuc_search.query.problems import problem
from tintuc_search.query.tree import (
    AndNode,
    FieldName,
    FieldNode,
    Node,
    OrNode,
    ParsedQuery,
    PhraseNode,
    WordNode,
)
from tintuc_search.quotations.base import article_of
from tintuc_search.search.base import DEEPEST, Match
from tintuc_search.search.filters import join_names
from tintuc_search.search.hits import mark_quotations
from tintuc_search.search.marking import Marker

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tintuc_search.archive.base import StoredArticle
    from tintuc_search.query.tree import Problem
    from tintuc_search.quotations.base import Quotations
    from tintuc_search.search.base import QuotationHit, SearchQuery
    from tintuc_search.search.marking import Pieces
    from tintuc_search.search.planner import Plan, Planner
    from tintuc_search.search.running import Outcome, Runner

SHOWN = 2
"""Quotations shown of one article."""
OF_BOTH = (KeywordField.SOURCE, KeywordField.AUTHOR, KeywordField.SECTION)
"""The filters that hold for a quotation as for its article; the others are names within."""


@dataclass(frozen=True, slots=True)
class Said:
    """The quotations found, best first, and the query without their words."""

    ids: tuple[str, ...]
    outcome: Outcome
    rest: ParsedQuery
    problems: tuple[Problem, ...]

    @property
    def anything(self) -> bool:
        """Whether the speaker says any of it."""
        return bool(self.ids)

    def narrowed(self, plan: Plan, rest: Plan) -> Plan:
        """The plan of a whole query for the articles found: its words only order them, ``rest`` must match."""
        articles = HasId(frozenset(map(article_of, self.ids)))
        return replace(
            plan,
            wanted=rest.wanted,
            restrictions=(*rest.restrictions, articles),
            optional=(*plan.optional, *plan.wanted),
            problems=(*plan.problems, *self.problems),
        )


class Sayings:
    """Finds who says what, over an index of quotations; threads may share it."""

    def __init__(
        self, runner: Runner, planner: Planner, quotations: Quotations, pieces: Pieces
    ) -> None:
        self._runner, self._planner = runner, planner
        self._quotations, self._pieces = quotations, pieces

    def find(self, query: SearchQuery, parsed: ParsedQuery) -> Said | None:
        """What was said of a query's words; None where it does not set words beside a speaker."""
        split = _split(join_names(parsed.root, self._planner.filters()))
        if split is None:
            return None
        speakers, words, others = split
        asked = replace(
            query,
            include={field: query.include[field] for field in OF_BOTH if field in query.include},
            exclude={field: query.exclude[field] for field in OF_BOTH if field in query.exclude},
            sort=Sort.RELEVANCE,
            page=1,
            page_size=DEEPEST,
            cursor=None,
            facets={},
            histogram=None,
            explain=False,
        )
        spoken = replace(parsed, root=AndNode((*speakers, *words)), problems=())
        plan = self._runner.plan(asked, spoken)
        filters = self._planner.filters().of_request(asked)
        outcome = self._runner.run(asked, plan, None, filters)
        ids = tuple(hit.id for hit in outcome.result.hits)
        where = words[0].start if isinstance(words[0], WordNode | PhraseNode) else 0
        problems: tuple[Problem, ...] = ()
        if outcome.result.total > len(ids):
            problems = (problem("tooManySayings", where, len(parsed.text), limit=DEEPEST),)
        elif not ids and query.match is Match.AUTO:
            problems = (problem("notSaid", where, len(parsed.text)),)
        rest = replace(parsed, root=AndNode((*speakers, *others)), problems=())
        return Said(ids, outcome, rest, problems)

    def shown(
        self, said: Said, stored: Mapping[str, StoredArticle]
    ) -> dict[str, tuple[QuotationHit, ...]]:
        """The best of what was found in each of these articles, with the words marked."""
        chosen: dict[str, list[str]] = {}
        for quotation in said.ids:
            article = article_of(quotation)
            if article in stored and len(chosen.setdefault(article, [])) < SHOWN:
                chosen[article].append(quotation)
        found = self._quotations.of(each for ids in chosen.values() for each in ids)
        marker = Marker(said.outcome.plan.units, self._pieces)
        marked = mark_quotations(found.values(), stored, marker)
        return {
            article: tuple(marked[each] for each in ids if each in marked)
            for article, ids in chosen.items()
        }


def _split(root: Node | None) -> tuple[Sequence[Node], Sequence[Node], Sequence[Node]] | None:
    """The speakers of a query, the words beside them, and the rest; None where either of the first is missing."""
    if not isinstance(root, AndNode):
        return None
    speakers = [node for node in root.children if _is_speaker(node)]
    words = [node for node in root.children if _is_text(node)]
    others = [node for node in root.children if node not in speakers and node not in words]
    return (speakers, words, others) if speakers and words else None


def _is_speaker(node: Node) -> bool:
    return isinstance(node, FieldNode) and node.field is FieldName.SPEAKER


def _is_text(node: Node) -> bool:
    """Whether a part is words alone, without a field and without anything excluded."""
    match node:
        case WordNode() | PhraseNode():
            return True
        case AndNode(children=children) | OrNode(children=children):
            return all(map(_is_text, children))
        case _:
            return False
