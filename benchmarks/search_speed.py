"""How long a search takes with twenty highlighted results, six facets and a histogram by month.

Prints p50 and p95 in milliseconds for kinds of queries, each cold (a new process after the other processes'
work, every term for the first time) and warm (the same again).

    python -m benchmarks.search_speed news.jsonl.gz known-items.tsv
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from benchmarks.given import arguments, open_parts, read_queries

from tintuc_search.engine.base import Interval, KeywordField
from tintuc_search.search.base import Match, SearchQuery

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tintuc_search.search.service import SearchService

SHORT = 4
COMMON = ("chính phủ", "quốc hội", "trung ương đảng", "tổng bí thư", "chủ tịch nước")


def main() -> None:
    """Measure and print."""
    given = arguments(__doc__)
    titles = [title for _, title in read_queries(given.queries, given.limit)]
    with open_parts(given.home, given.articles, body_only=False) as parts:
        analyzer = parts.analyzer
        terms = [analyzer.key(title) for title in titles]
        short = [" ".join(title.split()[:SHORT]) for title in terms]
        common = [*COMMON, *(f'"{words}"' for words in COMMON)]
        for name, queries, match in (
            ("common words and phrases", common, Match.AUTO),
            (f"first {SHORT} syllables", short, Match.AUTO),
            ("the last of them begun", [f"{words[:-1]}*" for words in short], Match.AUTO),
            ("the last of them similar", [f"{words}~" for words in short], Match.AUTO),
            ("whole title, any word", terms, Match.ANY),
        ):
            _measure(name, queries, match, parts.search)
            _measure(f"{name}, unmarked", list(map(analyzer.fold, queries)), match, parts.search)


def _measure(name: str, queries: Sequence[str], match: Match, service: SearchService) -> None:
    facets = dict.fromkeys(KeywordField, 10)
    for state in ("cold", "warm"):
        times = []
        for text in queries:
            query = SearchQuery(
                text, match=match, facets=facets, histogram=Interval.MONTH, highlight=True
            )
            began = time.perf_counter()
            service.search(query)
            times.append(1000 * (time.perf_counter() - began))
        times.sort()
        p50, p95 = times[len(times) // 2], times[int(len(times) * 0.95)]
        print(f"{name:36} {state}  p50 {p50:6.1f}  p95 {p95:6.1f}  ({len(times)} queries)")


if __name__ == "__main__":
    main()
