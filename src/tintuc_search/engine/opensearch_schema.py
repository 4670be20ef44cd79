"""The schema of an OpenSearch index: analysis, similarities, fields, and which documents a reader may see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tintuc_search.engine.base import KeywordField, TextField
from tintuc_search.engine.opensearch_terms import SEPARATOR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tintuc_search.ranking import Ranking

SCHEMA_VERSION = 1

ID, PUBLISHED, DAY, MONTH = "id", "published", "day", "month"
SINCE, UNTIL = "since", "until"
WEIGHTS = "weights"
"""The field of all terms of a document with their weighted frequencies: one look-up for a word in any field."""
PACKED = "packed"
"""What scores a document exactly, see :mod:`~.opensearch_packing`."""
LENGTHS = {name: f"length_{name}" for name in TextField}
STATE, STATE_ID = "state", "state"
NEVER = 1 << 62
"""The ``since`` of what is no document."""

SCALE = 64
"""Weighted frequencies are whole numbers: so many to one occurrence that counts for 1."""
WINDOW = 10_000
"""The most hits of one request (OpenSearch's ``max_result_window``)."""
MOST_TERMS = 65_536
"""The most terms of one ``terms`` query (OpenSearch's ``max_terms_count``)."""


def hidden(generation: int, aborted: Sequence[int]) -> list[dict[str, Any]]:
    """What excludes the documents that the commit of this generation does not hold, for ``must_not``.

    ``aborted`` are transactions that count for nothing, whatever they wrote and may still write. These queries match
    little or nothing, so they cost little.
    """
    replaced: dict[str, Any] = {"range": {UNTIL: {"lte": generation}}}
    if not aborted:
        return [{"range": {SINCE: {"gt": generation}}}, replaced]
    return [
        {"range": {SINCE: {"gt": generation}}},
        {"terms": {SINCE: list(aborted)}},
        {"bool": {"filter": [replaced], "must_not": [{"terms": {UNTIL: list(aborted)}}]}},
    ]


def field_k1(name: TextField, ranking: Ranking) -> float:
    """The ``k1`` with which plain BM25 on one field is BM25F of that field alone."""
    constants = ranking.fields[list(TextField).index(name)]
    return ranking.k1 / constants.weight


def settings(shards: int, replicas: int, ranking: Ranking) -> dict[str, Any]:
    """The index's settings; nothing becomes searchable but by a commit's own refresh."""
    similarities = {
        f"of_{name}": {
            "type": "BM25",
            "k1": field_k1(name, ranking),
            "b": constants.b,
        }
        for name, constants in zip(TextField, ranking.fields, strict=True)
    }
    return {
        "number_of_shards": shards,
        "number_of_replicas": replicas,
        "refresh_interval": "-1",
        "codec": "best_compression",  # of what only a replaced document is read from
        "max_result_window": WINDOW,
        "max_terms_count": MOST_TERMS,
        # Lengths are in the weighted frequencies already.
        "similarity": {
            f"of_{WEIGHTS}": {"type": "BM25", "k1": ranking.k1 * SCALE, "b": 0.0},
            **similarities,
        },
        "analysis": {
            "tokenizer": {"spaces": {"type": "whitespace", "max_token_length": 32_000}},
            "filter": {
                "each": {
                    "type": "pattern_capture",
                    "preserve_original": False,
                    "patterns": [f"([^{SEPARATOR}]+)"],
                },
                "free": {"type": "stop", "stopwords": [SEPARATOR]},
                "counted": {"type": "delimited_term_freq", "delimiter": SEPARATOR},
            },
            "analyzer": {
                "places": {"type": "custom", "tokenizer": "spaces", "filter": ["each", "free"]},
                "counts": {"type": "custom", "tokenizer": "spaces", "filter": ["counted"]},
            },
        },
    }


def mappings(fingerprint: str) -> dict[str, Any]:
    """The index's fields, and of which version and analyzer they are."""
    keyword = {"type": "keyword"}
    number = {"type": "long"}
    return {
        "dynamic": "strict",
        "_meta": {"version": SCHEMA_VERSION, "fingerprint": fingerprint},
        "properties": {
            ID: keyword,
            SINCE: number,
            UNTIL: number,
            PUBLISHED: number,
            DAY: number,
            MONTH: number,
            **{name: {"type": "integer"} for name in LENGTHS.values()},
            **{name.value: keyword for name in KeywordField},
            **{
                name.value: {"type": "text", "analyzer": "places", "similarity": f"of_{name}"}
                for name in TextField
            },
            WEIGHTS: {
                "type": "text",
                "analyzer": "counts",
                "index_options": "freqs",
                "norms": False,
                "similarity": f"of_{WEIGHTS}",
            },
            PACKED: {"type": "binary", "doc_values": True},
            STATE: {"type": "object", "enabled": False},
        },
    }
