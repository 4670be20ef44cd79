"""Do two engines give the same results? One archive, indexed by both; known items looked for by their titles.

The archive in HOME is what ``benchmarks/engines.py`` leaves there; an engine without an index gets one, from kept
analyses. Prints, with all words and with any: how much of the first ten both give (0 to 1, mean and least), how often
the ten are the same in the same order, how many totals are the same, the largest difference between scores of one
article, and each engine's MRR@10.

    python -m benchmarks.agreement HOME known-items.tsv --engines tantivy opensearch --opensearch http://…
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.engines import settings_of
from benchmarks.given import own_ids, read_queries
from benchmarks.peers import words_of

from tintuc_search.errors import IndexUnusable
from tintuc_search.search.base import Match, SearchQuery
from tintuc_search.settings import load
from tintuc_search.wiring import Parts

if TYPE_CHECKING:
    from collections.abc import Sequence

DEPTH = 10
QUERIES = 200


@dataclass(frozen=True, slots=True)
class Answer:
    """The first hits of a query as ids of the archive with their scores, best first, and how many there are in all."""

    hits: dict[str, float]
    total: int

    def rank(self, wanted: str) -> int:
        """Where an article stands, from 1; 0 where it is not among the first."""
        ids = list(self.hits)
        return ids.index(wanted) + 1 if wanted in ids else 0


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path, help="where the archive is")
    parser.add_argument("queries", type=Path, help="TSV: id of an article, its title")
    parser.add_argument("--engines", nargs=2, default=["tantivy", "opensearch"])
    parser.add_argument("--opensearch", help="the URL of a cluster")
    parser.add_argument("--limit", type=int, default=QUERIES, help="take only so many queries")
    given = parser.parse_args()
    queries = read_queries(given.queries, given.limit)
    found = [_answers(given.home, engine, given.opensearch, queries) for engine in given.engines]
    for match in (Match.ALL, Match.ANY):
        _report(match, given.engines, found[0][match], found[1][match], queries)


def _answers(
    home: Path, engine: str, cluster: str | None, queries: Sequence[tuple[str, str]]
) -> dict[Match, list[Answer]]:
    """What one engine answers, by which words must match."""
    with Parts(load(**settings_of(home, engine, cluster))) as parts:
        _make_ready(parts)
        own = own_ids(parts)
        return {
            match: [_answer(parts, title, match, own) for _, title in queries]
            for match in (Match.ALL, Match.ANY)
        }


def _make_ready(parts: Parts) -> None:
    try:
        parts.check_ready()
    except IndexUnusable:
        with parts.rebuilding() as new:
            new.parts.index(known=new.known)
            new.switch()


def _answer(parts: Parts, title: str, match: Match, own: dict[str, str]) -> Answer:
    query = SearchQuery(" ".join(words_of(title)), match=match, page_size=DEPTH, highlight=False)
    found = parts.search.search(query)
    return Answer({own[hit.stored.id]: hit.score for hit in found.hits}, found.total)


def _report(
    match: Match,
    names: Sequence[str],
    one: Sequence[Answer],
    other: Sequence[Answer],
    queries: Sequence[tuple[str, str]],
) -> None:
    pairs = list(zip(one, other, strict=True))
    shared = [_overlap(a, b) for a, b in pairs]
    same = sum(list(a.hits) == list(b.hits) for a, b in pairs)
    totals = sum(a.total == b.total for a, b in pairs)
    apart = [
        abs(a.hits[each] - b.hits[each]) for a, b in pairs for each in a.hits if each in b.hits
    ]
    print(
        f"{match}: {len(pairs)} queries; first {DEPTH} shared {sum(shared) / len(shared):.4f} "
        f"(least {min(shared):.2f}), the same in order {same}, totals the same {totals}, "
        f"scores apart by at most {max(apart, default=0.0):.2g}"
    )
    for name, answers in zip(names, (one, other), strict=True):
        ranks = [answer.rank(wanted) for answer, (wanted, _) in zip(answers, queries, strict=True)]
        print(f"  {name:12} MRR@{DEPTH} {sum(1 / rank for rank in ranks if rank) / len(ranks):.4f}")


def _overlap(one: Answer, other: Answer) -> float:
    """The share of the longer list that is in both; two empty ones agree."""
    longer = max(len(one.hits), len(other.hits))
    return len(one.hits.keys() & other.hits.keys()) / longer if longer else 1.0


if __name__ == "__main__":
    main()
