"""Chooses the constants of the ranking: from those of the table, one step at a time while that helps.

What is to be raised is the mean over the collections of queries: the judged queries of the sample archive
(nDCG@10), its titles as queries for its bodies (MRR@10), and the same of the articles given, if any.
A step must help by more than ``WORTH`` (four articles of the sample that rise from the second place to the first), so
that the noise of a few queries moves nothing.

    python -m benchmarks.tune_ranking [news.jsonl.gz known-items.tsv]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING, Any

from benchmarks.given import fill, open_parts, own_ids, read_queries

from tintuc_search.engine.evaluation import evaluate
from tintuc_search.engine.leaves import LeafCache
from tintuc_search.ranking import RANKING, FieldScoring, Ranking
from tintuc_search.search.base import Match, SearchQuery
from tintuc_search.search.service import SearchService
from tintuc_search.settings import load
from tintuc_search.wiring import Parts

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from corpus.judgments import judged_queries
from corpus.measures import ndcg, reciprocal_rank
from corpus.relevance import article_keys, open_sample
from corpus.sample import articles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from tintuc_search.engine.base import Engine, SearchRequest, SearchResult
    from tintuc_search.engine.snapshot import Snapshot

WORTH = 0.008
GRID: dict[str, tuple[float, ...]] = {
    "k1": (0.9, 1.2, 1.6, 2.0),
    "rarity": (0.7, 0.8, 0.9, 1.0),
    "title.weight": (2.0, 3.0, 4.0, 5.0),
    "title.b": (0.2, 0.4, 0.6),
    "lead.weight": (1.0, 1.5, 2.0, 2.5),
    "lead.b": (0.3, 0.5, 0.7),
    "body.b": (0.5, 0.6, 0.7, 0.8),
    "compound": (0.0, 0.3, 0.6, 0.9),
    "pairs": (0.2, 0.4, 0.6, 0.8),
    "opening": (0.0, 0.2, 0.4, 0.6),
    "opening_syllables": (60, 100, 150),
    "window": (0.0, 0.1, 0.2, 0.3, 0.4),
    "window_syllables": (30, 60, 100),
}
"""The values tried of each constant; ``title.weight`` is the weight of the title's."""


@dataclass(frozen=True, slots=True)
class Query:
    """A query and the grades of the articles it should find, by their keys."""

    text: str
    grades: Mapping[str, int]


class Reranked:
    """An engine with other constants, for searching; the index stays as it is."""

    def __init__(self, engine: Engine, snapshot: Snapshot, ranking: Ranking) -> None:
        self._engine, self._snapshot = engine, snapshot
        self.documents = replace(snapshot.documents, ranking=ranking, leaves=LeafCache())
        self.postings, self.occurrences = snapshot.postings, snapshot.occurrences
        self.occurrences_in, self.keywords = snapshot.occurrences_in, snapshot.keywords

    def search(self, request: SearchRequest) -> SearchResult:
        """Answer by these constants."""
        return evaluate(self, replace(request, seconds=99.0))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)


@dataclass(frozen=True, slots=True)
class Collection:
    """An archive with its index, queries for it, and how a list of results is measured."""

    name: str
    parts: Parts
    keys: Mapping[str, str]
    queries: Sequence[Query]
    match: Match
    measure: Callable[[Sequence[str], Mapping[str, int]], float]

    def value(self, ranking: Ranking) -> float:
        """The mean of the measure over the queries."""
        snapshot = self.parts.engine._fresh()  # type: ignore[attr-defined]  # noqa: SLF001
        engine: Any = Reranked(self.parts.engine, snapshot, ranking)
        parts = self.parts
        service = SearchService(
            parts.archive, engine, parts.dictionary, parts.analyzer, ranking=ranking
        )
        return fmean(
            self.measure(self._found(service, query.text), query.grades) for query in self.queries
        )

    def _found(self, service: SearchService, text: str) -> list[str]:
        answer = service.search(SearchQuery(text, match=self.match, page_size=10))
        return [self.keys[hit.stored.id] for hit in answer.hits]


def sample_collections(stack: ExitStack) -> list[Collection]:
    """The sample archive: its judged queries, and its titles over its bodies."""
    whole = stack.enter_context(open_sample(_folder(stack)))
    judged = [Query(query.text, query.grades) for query in judged_queries()]
    bodies = stack.enter_context(Parts(load({}, home=str(_folder(stack)))))
    titles = {sample.key: sample.fields["title"] for sample in articles()}
    lines = (
        {"id": sample.key, "body": "\n".join(sample.fields["paragraphs"])} for sample in articles()
    )
    fill(bodies, lines, body_only=True)
    plain = bodies.analyzer.key  # a headline's quotation marks are no phrases
    known = [Query(plain(title), {key: 1}) for key, title in titles.items()]
    return [
        Collection("judged", whole, article_keys(whole.archive), judged, Match.AUTO, ndcg),
        Collection("titles", bodies, own_ids(bodies), known, Match.ANY, reciprocal_rank),
    ]


def given_collection(articles_file: Path, queries: Path, home: Path) -> Collection:
    """The articles given, their titles over their bodies."""
    parts = open_parts(home, articles_file, body_only=True)
    plain = parts.analyzer.key
    known = [Query(plain(title), {own: 1}) for own, title in read_queries(queries, None)]
    return Collection("given", parts, own_ids(parts), known, Match.ANY, reciprocal_rank)


def _folder(stack: ExitStack) -> Path:
    return Path(stack.enter_context(tempfile.TemporaryDirectory()))


def with_constant(ranking: Ranking, name: str, value: float) -> Ranking:
    """The constants with one of them changed."""
    outer, _, inner = name.partition(".")
    if not inner:
        single: Any = {name: value}
        return replace(ranking, **single)
    field: FieldScoring = getattr(ranking, outer)
    changed: Any = {outer: replace(field, **{inner: value})}
    return replace(ranking, **changed)


def constant(ranking: Ranking, name: str) -> float:
    """The value of a constant of :data:`GRID`."""
    value: Any = ranking
    for part in name.split("."):
        value = getattr(value, part)
    return float(value)


def steps(ranking: Ranking) -> Iterator[tuple[str, float]]:
    """Every constant's next lower and next higher value."""
    for name, values in GRID.items():
        now = constant(ranking, name)
        below, above = [v for v in values if v < now], [v for v in values if v > now]
        yield from ((name, value) for value in (*below[-1:], *above[:1]))


def objective(collections: Sequence[Collection], ranking: Ranking) -> float:
    """What is to be raised."""
    return fmean(collection.value(ranking) for collection in collections)


def choose(collections: Sequence[Collection], start: Ranking) -> Ranking:
    """Take every step that helps by more than ``WORTH``, until none does."""
    ranking, best = start, objective(collections, start)
    helped = True
    while helped:
        helped = False
        for name, value in list(steps(ranking)):
            tried = with_constant(ranking, name, value)
            reached = objective(collections, tried)
            if reached > best + WORTH:
                print(f"{name} {constant(ranking, name)} → {value}: {best:.4f} → {reached:.4f}")
                ranking, best, helped = tried, reached, True
    return ranking


def main() -> None:
    """Choose and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("articles", type=Path, nargs="?", help="JSONL, maybe .gz")
    parser.add_argument("queries", type=Path, nargs="?", help="TSV: id of an article, its title")
    parser.add_argument("--home", type=Path, help="keep archive and index here")
    given = parser.parse_args()
    with ExitStack() as stack:
        collections = sample_collections(stack)
        if given.articles and given.queries:
            home = given.home or _folder(stack)
            collections.append(given_collection(given.articles, given.queries, home))
            stack.enter_context(collections[-1].parts)
        chosen = choose(collections, RANKING)
        print(chosen)
        for collection in collections:
            before, after = collection.value(RANKING), collection.value(chosen)
            print(f"{collection.name:8} {before:.4f} → {after:.4f}")


if __name__ == "__main__":
    main()
