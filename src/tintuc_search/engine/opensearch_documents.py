"""From a document to what OpenSearch is sent."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, Any

import numpy as np

from tintuc_search.engine.base import FieldText, KeywordField, TextField
from tintuc_search.engine.opensearch_packing import gather, pack
from tintuc_search.engine.opensearch_schema import (
    DAY,
    ID,
    LENGTHS,
    MONTH,
    PACKED,
    PUBLISHED,
    SCALE,
    SINCE,
    WEIGHTS,
)
from tintuc_search.engine.opensearch_terms import placed, weighted
from tintuc_search.engine.postings import most_held
from tintuc_search.engine.scoring import norms_by
from tintuc_search.engine.snapshot import day_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tintuc_search.engine.base import IndexDocument
    from tintuc_search.engine.opensearch_packing import Gathered
    from tintuc_search.ranking import Ranking

MONTHS = 12
_EMPTY = FieldText()


def key(document_id: str, number: int) -> str:
    """The ``_id`` of the version of a document that a transaction writes."""
    digest = blake2b(document_id.encode("utf-8", "surrogatepass"), digest_size=16)
    return f"{digest.hexdigest()}@{number}"


def source(
    document: IndexDocument, number: int, averages: Sequence[float], ranking: Ranking
) -> dict[str, Any]:
    """The body of a document; ``averages`` are of the fields' lengths, about."""
    gathered = gather(document)
    body: dict[str, Any] = {
        ID: document.id,
        SINCE: number,
        WEIGHTS: _weights(gathered, averages, ranking),
        PACKED: pack(document, gathered),
    }
    for name, length in zip(TextField, gathered.extent.lengths, strict=True):
        body[LENGTHS[name]] = length
        body[name.value] = placed(document.texts.get(name, _EMPTY))
    for keywords in KeywordField:
        if ids := document.keywords.get(keywords):
            body[keywords.value] = list(ids)
    if document.published is not None:
        day = np.datetime64(day_of(document.published), "D")
        body[PUBLISHED] = document.published
        body[DAY] = int(day.astype(np.int64))
        body[MONTH] = int(day.astype("datetime64[M]").astype(np.int64))
    return body


def _weights(gathered: Gathered, averages: Sequence[float], ranking: Ranking) -> str:
    """The frequencies of BM25F, normalised and weighted by field: what OpenSearch then only saturates."""
    counts = np.minimum(gathered.frequencies, most_held())
    norm = norms_by(np.array([gathered.extent.lengths], np.int64), averages, ranking)[0]
    rounded = np.rint((counts * norm).sum(axis=1) * SCALE).astype(np.int64)
    return weighted(gathered.terms, np.maximum(rounded, 1).tolist())
