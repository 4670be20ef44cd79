"""Known-item search: an article is looked for by its title, which the index does not hold.

Prints MRR@10 and recall@10 for titles as written, with a mistake in one word of four and without marks, and how many
syllables and whole titles the reading of an unmarked title gets right.

    python -m benchmarks.relevance news.jsonl.gz known-items.tsv
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.given import arguments, open_parts, own_ids, read_queries
from benchmarks.slips import spoil

from tintuc_search.search.base import Match, SearchQuery

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tintuc_search.wiring import Parts

DEPTH = 10


def main() -> None:
    """Measure and print."""
    given = arguments(__doc__)
    queries = read_queries(given.queries, given.limit)
    with open_parts(given.home, given.articles, body_only=True) as parts:
        own = own_ids(parts)
        analyzer = parts.analyzer
        _measure("as written", queries, analyzer.key, parts, own)
        _measure("misspelt", queries, lambda t: spoil(analyzer.key(t), len(t)), parts, own)
        folded = _measure("unmarked", queries, lambda t: analyzer.fold(analyzer.key(t)), parts, own)
        _readings(folded, [title for _, title in queries], parts)


def _measure(
    name: str,
    queries: Sequence[tuple[str, str]],
    typed: Callable[[str], str],
    parts: Parts,
    own: dict[str, str],
) -> list[str]:
    """Search for every title as ``typed`` gives it; the readings taken."""
    ranks: list[int] = []
    readings: list[str] = []
    for wanted, title in queries:
        text = typed(title)
        answer = parts.search.search(SearchQuery(text, match=Match.ANY, page_size=DEPTH))
        found = [own[hit.stored.id] for hit in answer.hits]
        ranks.append(found.index(wanted) + 1 if wanted in found else 0)
        readings.append(answer.query.reading or text)
    mrr = sum(1 / rank for rank in ranks if rank) / len(ranks)
    recall = sum(rank > 0 for rank in ranks) / len(ranks)
    print(f"{name:12} MRR@{DEPTH} {mrr:.3f}  recall@{DEPTH} {recall:.3f}  ({len(ranks)} queries)")
    return readings


def _readings(readings: Sequence[str], titles: Sequence[str], parts: Parts) -> None:
    key = parts.analyzer.key
    pairs = [
        (key(title).split(), key(read).split())
        for title, read in zip(titles, readings, strict=True)
    ]
    right = sum(a == b for title, read in pairs for a, b in zip(title, read, strict=False))
    every = sum(len(title) for title, _ in pairs)
    whole = sum(title == read for title, read in pairs)
    print(f"readings     syllables {right / every:.3f}  whole titles {whole / len(pairs):.3f}")


if __name__ == "__main__":
    main()
