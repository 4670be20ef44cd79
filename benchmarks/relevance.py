"""Known-item search: an article is looked for by its title, which the index does not hold.

Prints MRR@10 and recall@10 for titles pasted whole, as written without the signs between the words, and typed in
other ways; how many syllables and whole titles the reading of an unmarked title gets right and how long it
takes; and what plain BM25 does with the same articles and titles.

    python -m benchmarks.relevance news.jsonl.gz known-items.tsv
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks import typing_ways
from benchmarks.baselines import baselines
from benchmarks.given import arguments, open_parts, own_ids, read_queries

from tintuc_search.query.parser import parse
from tintuc_search.search.base import Match, SearchQuery
from tintuc_search.search.lookup import Lookup
from tintuc_search.search.planner import Planner

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tintuc_search.wiring import Parts

DEPTH = 10


@dataclass(frozen=True, slots=True)
class Found:
    """What one kind of query found: the rank of each wanted article (0: not among the first), ids, scores."""

    ranks: tuple[int, ...]
    answers: tuple[tuple[tuple[str, float], ...], ...] = ()
    readings: tuple[str, ...] = ()

    @property
    def mrr(self) -> float:
        """The mean of one over the rank."""
        return sum(1 / rank for rank in self.ranks if rank) / len(self.ranks)

    @property
    def recall(self) -> float:
        """The share found among the first."""
        return sum(rank > 0 for rank in self.ranks) / len(self.ranks)


def main() -> None:
    """Measure and print."""
    given = arguments(__doc__)
    queries = read_queries(given.queries, given.limit)
    with open_parts(given.home, given.articles, body_only=True) as parts:
        _measured("pasted, signs and all", [title for _, title in queries], queries, parts)
        titles = [typing_ways.words_of(title, parts.analyzer) for _, title in queries]
        written = _measured("as written", titles, queries, parts)
        for name, way in typing_ways.ways(parts.analyzer).items():
            found = _measured(name, [way(title) for title in titles], queries, parts)
            if name in typing_ways.SAME:
                same = sum(a == b for a, b in zip(written.answers, found.answers, strict=True))
                print(f"{'':24} the same answers, ids and scores: {same} of {len(queries)}")
            if name == "unmarked":
                _print_readings(found.readings, titles, parts)
                _print_time([way(title) for title in titles], parts)
        for name, rank in baselines(parts):
            _print(f"plain {name}", Found(tuple(rank(title, wanted) for wanted, title in queries)))


def _measured(
    name: str, typed: Sequence[str], queries: Sequence[tuple[str, str]], parts: Parts
) -> Found:
    """Search for every title as it was typed."""
    own = own_ids(parts)
    found = list(_answers(typed, queries, parts, own))
    ranks, answers, readings = zip(*found, strict=True)
    result = Found(ranks, answers, readings)
    _print(name, result)
    return result


def _answers(
    typed: Sequence[str], queries: Sequence[tuple[str, str]], parts: Parts, own: dict[str, str]
) -> Iterator[tuple[int, tuple[tuple[str, float], ...], str]]:
    for text, (wanted, _) in zip(typed, queries, strict=True):
        answer = parts.search.search(SearchQuery(text, match=Match.ANY, page_size=DEPTH))
        hits = tuple((own[hit.stored.id], hit.score) for hit in answer.hits)
        ids = [article_id for article_id, _ in hits]
        rank = ids.index(wanted) + 1 if wanted in ids else 0
        yield rank, hits, answer.query.reading or text


def _print(name: str, found: Found) -> None:
    count = len(found.ranks)
    print(
        f"{name:24} MRR@{DEPTH} {found.mrr:.4f}  recall@{DEPTH} {found.recall:.3f}  ({count} queries)"
    )


def _print_readings(readings: Sequence[str], titles: Sequence[str], parts: Parts) -> None:
    key = parts.analyzer.key
    pairs = [
        (key(title).split(), key(read).split())
        for title, read in zip(titles, readings, strict=True)
    ]
    right = sum(a == b for title, read in pairs for a, b in zip(title, read, strict=False))
    every = sum(len(title) for title, _ in pairs)
    whole = sum(title == read for title, read in pairs)
    print(f"{'readings':24} syllables {right / every:.4f}  whole titles {whole / len(pairs):.3f}")


def _print_time(titles: Sequence[str], parts: Parts) -> None:
    """How long parsing, reading and planning takes, everything looked up before."""
    planner = Planner(Lookup(parts.dictionary), parts.analyzer)
    documents = parts.engine.count()
    times: list[float] = []
    for title in titles:
        planner.plan(parse(title), Match.ANY, documents)
        began = time.process_time()
        planner.plan(parse(title), Match.ANY, documents)
        times.append(1000 * (time.process_time() - began))
    times.sort()
    p50, p95 = times[len(times) // 2], times[int(len(times) * 0.95)]
    print(f"{'read and planned':24} p50 {p50:.2f} ms  p95 {p95:.2f} ms of CPU")


if __name__ == "__main__":
    main()
