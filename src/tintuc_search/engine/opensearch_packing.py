"""What is kept with a document to score it exactly: everything but its words, packed as bytes.

A head of nine int64 (version, bytes of a small number, number of terms, three lengths, two borders, date), then by
term, in the order of their numbers: int64 numbers, then small numbers (uint16, or uint32 in a long document): how many
positions each has, and all positions; then JSON of id and keywords. :mod:`~.opensearch_extract` picks out of it.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tintuc_search.engine.base import FieldText
from tintuc_search.engine.opensearch_terms import number
from tintuc_search.engine.postings import TEXT_FIELDS, measure
from tintuc_search.engine.snapshot import UNDATED

if TYPE_CHECKING:
    from tintuc_search.engine.base import IndexDocument
    from tintuc_search.engine.postings import Array, Extent

_VERSION = 1
_HEAD = 9
_SMALL = 2
_LARGE = 4
_EMPTY = FieldText()


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


@dataclass(frozen=True, slots=True)
class Gathered:
    """A document's terms, in the order of their ``numbers`` (int64 ``[n]``, rising).

    ``counts`` (int64 ``[n]``) is how many of the ``positions`` (int64) each has, ``frequencies`` (int64 ``[n, 3]``)
    how many of them in title, lead and body.
    """

    terms: list[str]
    numbers: Array
    counts: Array
    positions: Array
    frequencies: Array
    extent: Extent


def gather(document: IndexDocument) -> Gathered:
    """Gather a document's terms, as arrays: term by term in Python this took longer than all the rest."""
    extent = measure(document)
    terms: list[str] = []
    places: list[int] = []
    sizes: list[int] = []
    begins: list[int] = []
    for name, begin in zip(TEXT_FIELDS, (0, *extent.borders), strict=True):
        text = document.texts.get(name, _EMPTY)
        terms += text.terms
        terms += [word for word, _ in text.words]
        places += text.positions
        places += [at for _, at in text.words]
        sizes.append(len(terms) - sum(sizes))
        begins.append(begin)
    every = np.fromiter(map(number, terms), np.int64, len(terms))
    positions = np.array(places, np.int64) + np.repeat(begins, sizes)
    fields = np.repeat(np.arange(len(sizes)), sizes)
    order = np.lexsort((positions, every))
    every = every[order]
    begins_term = np.ones(len(every), bool)
    begins_term[1:] = every[1:] != every[:-1]
    first = np.flatnonzero(begins_term)
    rows = np.cumsum(begins_term) - 1
    columns = len(sizes)
    frequencies = np.bincount(columns * rows + fields[order], minlength=columns * len(first))
    frequencies = frequencies.reshape(-1, columns)
    return Gathered(
        [terms[at] for at in order[first].tolist()],
        every[first],
        frequencies.sum(axis=1),
        positions[order],
        frequencies,
        extent,
    )


def pack(document: IndexDocument, gathered: Gathered) -> str:
    """Pack a document as base64."""
    counts, positions = gathered.counts, gathered.positions
    size = (
        _SMALL if max(counts.max(initial=0), positions.max(initial=0)) < 1 << 8 * _SMALL else _LARGE
    )
    date = UNDATED if document.published is None else document.published
    lengths, borders = gathered.extent
    head = [_VERSION, size, len(counts), *lengths, *borders, date]
    rest: list[Any] = [
        document.id,
        {name.value: list(ids) for name, ids in document.keywords.items() if ids},
    ]
    return b64encode(
        b"".join(
            (
                np.array(head, "<i8").tobytes(),
                gathered.numbers.astype("<i8").tobytes(),
                counts.astype(f"<u{size}").tobytes(),
                positions.astype(f"<u{size}").tobytes(),
                json.dumps(rest, ensure_ascii=False, separators=(",", ":")).encode(),
            )
        )
    ).decode()


def unpack(packed: str, document_id: str) -> Unpacked:
    """The document that was packed, or what was picked out of it: some of its terms, maybe without its keywords."""
    data = b64decode(packed)
    head = np.frombuffer(data, "<i8", _HEAD)
    size, count, at = int(head[1]), int(head[2]), 8 * _HEAD
    small = f"<u{size}"
    terms = np.frombuffer(data, "<i8", count, at)
    counts = np.frombuffer(data, small, count, at + 8 * count)
    at += (8 + size) * count
    places = int(counts.sum())
    positions = np.frombuffer(data, small, places, at)
    rest = data[at + size * places :]
    keywords = json.loads(rest)[1] if rest else {}
    return Unpacked(document_id, head[3:], terms, counts, positions, keywords)
