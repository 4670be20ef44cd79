"""What a web worker's searches cost, measured in a process of its own; ``benchmarks/engines.py`` starts it.

Reads a task from standard input, writes milliseconds by kind of query and the private memory in MB as JSON.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tintuc_search.engine.base import KeywordField
from tintuc_search.search.base import Match, SearchQuery
from tintuc_search.settings import load
from tintuc_search.wiring import Parts
from tintuc_search.wiring.warming import warm

if TYPE_CHECKING:
    from tintuc_search.engine.base import Engine, SearchRequest, SearchResult

FACETS = dict.fromkeys(
    (
        *(KeywordField.SOURCE, KeywordField.SECTION),
        *(KeywordField.PERSON, KeywordField.ORGANISATION, KeywordField.PLACE),
    ),
    10,
)


class Timed:
    """An engine whose searches are timed."""

    def __init__(self, inner: Engine) -> None:
        self.inner = inner
        self.spent = 0.0

    def search(self, request: SearchRequest) -> SearchResult:
        """Answer, and add the time it took."""
        began = time.perf_counter()
        try:
            return self.inner.search(request)
        finally:
            self.spent += time.perf_counter() - began

    def __getattr__(self, name: str) -> Any:
        return getattr(self.inner, name)


def main() -> None:
    """Measure and print."""
    task = json.load(sys.stdin)
    with Parts(load(**task["settings"])) as parts:
        engine = Timed(parts.engine)
        parts.__dict__["engine"] = engine
        warm(parts, FACETS)  # as a web worker does
        times: dict[str, dict[str, list[float]]] = {}
        for kind, queries in task["asked"].items():
            asked = [_query(text, operator) for text, operator in queries]
            found = times[kind] = {"cold": [], "warm": [], "engine": []}
            for state in ("cold", "warm"):
                for query in asked:
                    began = time.perf_counter()
                    parts.search.search(query)
                    found[state].append(1000 * (time.perf_counter() - began))
            for text, operator in queries:
                engine.spent = 0.0
                parts.search.search(_query(text, operator, plain=True))
                found["engine"].append(1000 * engine.spent)
    json.dump({"times": times, "memory": _private_memory()}, sys.stdout)


def _query(text: str, operator: str, *, plain: bool = False) -> SearchQuery:
    return SearchQuery(
        f'"{text}"' if operator == "phrase" else text,
        match=Match.ANY if operator == "any" else Match.AUTO,
        facets={} if plain else FACETS,
        highlight=not plain,
        page_size=10 if plain else 20,
    )


def _private_memory() -> float:
    """Megabytes that no file is mapped into, as Linux counts them."""
    status = Path("/proc/self/status").read_text("utf-8")
    line = next(line for line in status.splitlines() if line.startswith("RssAnon"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    main()
