"""What is fetched with a document to score it exactly: everything but its words, packed as bytes.

A head of nine int64 (version, bytes of a small number, number of terms, three lengths, two borders, date), then by
term, in the order of their numbers: int64 numbers, then small numbers (uint16, or uint32 in a long document): how many
positions each has, and all positions; then JSON of id and keywords. So 200 documents are about a megabyte.
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
_HEAD = 9
_SMALL = 2
_LARGE = 4


@dataclass(frozen=True, slots=True)
class Unpacked:
    """One document: ``terms`` int64 ``[n]`` rising, ``counts`` unsigned ``[n]``, ``positions`` unsigned.

    ``head`` is int64 ``[6]``: lengths of title, lead, body, borders of lead and body, date.
    """

    id: str
    head: Array
    terms: Array
    counts: Array
    positions: Array
    keywords: dict[str, list[str]]


def pack(document: IndexDocument, inverted: Inverted) -> str:
    """Pack a document as base64."""
    rows = sorted((number(term), places) for term, (_, places) in inverted.terms.items())
    positions = [place for _, places in rows for place in places]
    counts = [len(places) for _, places in rows]
    size = _SMALL if max(*positions, *counts, 0, 0) < 1 << 8 * _SMALL else _LARGE
    date = UNDATED if document.published is None else document.published
    head = [_VERSION, size, len(rows), *inverted.lengths, *inverted.borders, date]
    rest: list[Any] = [
        document.id,
        {name.value: list(ids) for name, ids in document.keywords.items() if ids},
    ]
    return b64encode(
        b"".join(
            (
                np.array(head, "<i8").tobytes(),
                np.array([row[0] for row in rows], "<i8").tobytes(),
                np.array(counts, f"<u{size}").tobytes(),
                np.array(positions, f"<u{size}").tobytes(),
                json.dumps(rest, ensure_ascii=False, separators=(",", ":")).encode(),
            )
        )
    ).decode()


def unpack(packed: str) -> Unpacked:
    """The document that was packed."""
    data = b64decode(packed + "=" * (-len(packed) % 4))  # which OpenSearch leaves out
    head = np.frombuffer(data, "<i8", _HEAD)
    size, count, at = int(head[1]), int(head[2]), 8 * _HEAD
    small = f"<u{size}"
    terms = np.frombuffer(data, "<i8", count, at)
    counts = np.frombuffer(data, small, count, at + 8 * count)
    at += (8 + size) * count
    places = int(counts.sum())
    positions = np.frombuffer(data, small, places, at)
    document_id, keywords = json.loads(data[at + size * places :])
    return Unpacked(document_id, head[3:], terms, counts, positions, keywords)
