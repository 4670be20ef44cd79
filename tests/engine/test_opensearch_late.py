"""A search for which OpenSearch has too little time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine_samples import ask, document, fill, term
from tintuc_search.engine.base import AllOf
from tintuc_search.engine.opensearch_view import View

if TYPE_CHECKING:
    import pytest

    from tintuc_search.engine.opensearch_engine import OpenSearchEngine

SEGMENTS = 8
"""Fewer than Lucene would merge."""
PARTS = 40
"""A document takes some 100 ms with them; OpenSearch's clock moves on by 200 ms at a time."""
SLOW = "int sum = 0; for (int i = 0; i < 900000; ++i) { sum += i % 7; } return sum > params.part;"


def test_a_search_that_is_cut_off_gives_what_was_found_by_then_and_says_so(
    opensearch: OpenSearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """OpenSearch looks at its clock between segments, one for each commit here."""
    for mark in range(1, SEGMENTS + 1):
        fill(opensearch, document(f"{mark}", "chung"), mark=mark)
    narrowed = View.narrowed

    def slowly(self: View, filters: Any, scoring: Any = None) -> Any:
        scripts = [
            {"script": {"script": {"lang": "painless", "source": SLOW, "params": {"part": part}}}}
            for part in range(PARTS)
        ]
        return narrowed(self, [*filters, *scripts], scoring)

    monkeypatch.setattr(View, "narrowed", slowly)
    everything = ask(opensearch, AllOf(()), seconds=60.0)
    assert (SEGMENTS, ()) == (everything.total, everything.cuts)

    monkeypatch.setattr("tintuc_search.engine.opensearch_search._LEAST_SECONDS", 0.001)
    late = ask(opensearch, term("chung"), seconds=0.0)

    assert late.total < SEGMENTS
    assert "OpenSearch stopped before it had looked at every document" in late.cuts
