"""Facets and date histograms as OpenSearch counts them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tintuc_search.engine.base import Bar, FacetCount, Interval, KeywordField
from tintuc_search.engine.opensearch_schema import DAY, MONTH

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tintuc_search.engine.base import SearchRequest
    from tintuc_search.engine.opensearch_query import Query
    from tintuc_search.engine.opensearch_view import View

_BARS = "bars"
_MOST = 60_000
"""The most values that one shard may be asked for; OpenSearch counts up to 65,535 in one answer."""
_MORE = 10
_MONDAY = 4
"""A day since 1970-01-01 that is a Monday."""
_HISTOGRAMS: Mapping[Interval, dict[str, Any]] = {
    Interval.DAY: {"field": DAY, "interval": 1},
    Interval.WEEK: {"field": DAY, "interval": 7, "offset": _MONDAY},
    Interval.MONTH: {"field": MONTH, "interval": 1},
    Interval.YEAR: {"field": MONTH, "interval": 12},
}


def aggregations(request: SearchRequest) -> dict[str, Any]:
    """What to ask for beside the hits."""
    asked = {
        f"by_{field}": _terms(field, limit, limit + 50)
        for field, limit in request.facets.items()
        if limit > 0
    }
    if request.histogram is not None:
        asked[_BARS] = {"histogram": {**_HISTOGRAMS[request.histogram], "min_doc_count": 1}}
    return asked


def facets(
    request: SearchRequest, answer: Mapping[str, Any], view: View, query: Query
) -> dict[KeywordField, tuple[FacetCount, ...]]:
    """The counts, exact: where shards left out values that might belong in, they are asked for more."""
    counted: dict[KeywordField, tuple[FacetCount, ...]] = {}
    for field, limit in request.facets.items():
        if limit <= 0:
            counted[field] = ()
            continue
        found, size = answer[f"by_{field}"], limit + 50
        while found["doc_count_error_upper_bound"] and size < _MOST:
            size = min(size * _MORE, _MOST)
            body = {"size": 0, "query": query, "aggs": {"more": _terms(field, limit, size)}}
            found = view.search({**body, "track_total_hits": False})["aggregations"]["more"]
        counted[field] = tuple(
            FacetCount(bucket["key"], bucket["doc_count"]) for bucket in found["buckets"]
        )
    return counted


def histogram(request: SearchRequest, answer: Mapping[str, Any]) -> tuple[Bar, ...]:
    """The bars, in order."""
    if request.histogram is None:
        return ()
    unit = "D" if request.histogram in {Interval.DAY, Interval.WEEK} else "M"
    buckets = answer[_BARS]["buckets"]
    keys = np.array([int(bucket["key"]) for bucket in buckets], np.int64)
    begins = keys.astype(f"datetime64[{unit}]").astype("datetime64[D]")
    return tuple(
        Bar(str(begin), bucket["doc_count"]) for begin, bucket in zip(begins, buckets, strict=True)
    )


def _terms(field: KeywordField, limit: int, per_shard: int) -> dict[str, Any]:
    return {
        "terms": {
            "field": field.value,
            "size": limit,
            "shard_size": per_shard,
            "order": [{"_count": "desc"}, {"_key": "asc"}],
        }
    }
