"""What is fetched with a document to score it exactly: everything but its words, packed as bytes.

A head of eight int64 (version, three lengths, two borders, date, number of terms), then by term, in the order of
their numbers: int64 numbers, uint32 packed frequencies, uint32 counts of positions; then int32 positions; then JSON
of id and keywords.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tintuc_search.engine.opensearch_terms import number
from tintuc_search.engine.snapshot import UNDATED

if TYPE_CHECKING:
    from tintuc_search.engine.base import IndexDocument
    from tintuc_search.engine.postings import Array, Inverted

_VERSION = 1
_HEAD = 8


@dataclass(frozen=True, slots=True)
class Unpacked:
    """One document: ``terms`` int64 ``[n]`` rising, ``frequencies`` and ``counts`` uint32 ``[n]``, ``positions`` int32.

    ``head`` is int64 ``[6]``: lengths of title, lead, body, borders of lead and body, date.
    """

    id: str
    head: Array
    terms: Array
    frequencies: Array
    counts: Array
    positions: Array
    keywords: dict[str, list[str]]


def pack(document: IndexDocument, inverted: Inverted) -> str:
    """Pack a document as base64."""
    rows = sorted((number(term), *found) for term, found in inverted.terms.items())
    date = UNDATED if document.published is None else document.published
    head = [_VERSION, *inverted.lengths, *inverted.borders, date, len(rows)]
    rest: list[Any] = [
        document.id,
        {name.value: list(ids) for name, ids in document.keywords.items() if ids},
    ]
    return b64encode(
        b"".join(
            (
                np.array(head, "<i8").tobytes(),
                np.array([row[0] for row in rows], "<i8").tobytes(),
                np.array([row[1] for row in rows], "<u4").tobytes(),
                np.array([len(row[2]) for row in rows], "<u4").tobytes(),
                np.array([place for row in rows for place in row[2]], "<i4").tobytes(),
                json.dumps(rest, ensure_ascii=False, separators=(",", ":")).encode(),
            )
        )
    ).decode()


def unpack(packed: str) -> Unpacked:
    """The document that was packed."""
    data = b64decode(packed + "=" * (-len(packed) % 4))  # which OpenSearch leaves out
    head = np.frombuffer(data, "<i8", _HEAD)
    size, at = int(head[-1]), 8 * _HEAD
    terms = np.frombuffer(data, "<i8", size, at)
    frequencies = np.frombuffer(data, "<u4", size, at + 8 * size)
    counts = np.frombuffer(data, "<u4", size, at + 12 * size)
    at += 16 * size
    places = int(counts.sum())
    positions = np.frombuffer(data, "<i4", places, at)
    document_id, keywords = json.loads(data[at + 4 * places :])
    return Unpacked(document_id, head[1:-1], terms, frequencies, counts, positions, keywords)
