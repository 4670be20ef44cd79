"""From a document's terms to postings: what an engine stores of a text, and how it is packed.

A posting packs a term's frequencies in title, lead and body into 24 bits, so that one number holds all
three; a Whoosh posting's weight (a 32-bit float) carries 24 bits exactly. Positions number the whole
document: title, then lead, then body, with a gap between them that no phrase runs over.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from tintuc_search.engine.base import PARAGRAPH_GAP, FieldText, TextField

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tintuc_search.engine.base import IndexDocument

Array = np.ndarray[Any, np.dtype[Any]]
"""An array; the names and docstrings say of what type and shape."""

TEXT_FIELDS = tuple(TextField)
_BITS = {TextField.TITLE: 5, TextField.LEAD: 7, TextField.BODY: 12}
_SHIFT = {TextField.TITLE: 19, TextField.LEAD: 12, TextField.BODY: 0}
_LIMIT = {name: (1 << bits) - 1 for name, bits in _BITS.items()}
_LANE = 20  # bits in which 256 frequencies of any field can be summed
_EMPTY = FieldText()


class Kinds(NamedTuple):
    """Packed frequencies: the kinds there are (uint32 ``[k]``), and of which each is (unsigned ``[n]``)."""

    packed: Array
    codes: Array


class Postings:
    """The documents that hold a term, and its frequencies in them.

    Args:
        docs: int32, rising.
        frequencies: packed, uint32; or by their kind.
    """

    def __init__(self, docs: Array, frequencies: Array | Kinds) -> None:
        self.docs, self._frequencies = docs, frequencies

    @property
    def kinds(self) -> Kinds | None:
        """The frequencies by their kind, where they are known so."""
        return self._frequencies if isinstance(self._frequencies, Kinds) else None

    @property
    def packed(self) -> Array:
        """The packed frequencies: uint32."""
        if isinstance(self._frequencies, Kinds):
            packed: Array = self._frequencies.packed.take(self._frequencies.codes)
            return packed
        return self._frequencies

    @property
    def nbytes(self) -> int:
        """Bytes in memory, as packed frequencies."""
        return self.docs.nbytes + self.packed.nbytes


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Where a term stands: positions of ``docs[i]`` are ``positions[starts[i]:starts[i + 1]]``.

    ``docs`` is int32, ``starts`` int64 and one longer, ``positions`` int32, rising within a document.
    """

    docs: Array
    starts: Array
    positions: Array

    @property
    def nbytes(self) -> int:
        """Bytes in memory."""
        return self.docs.nbytes + self.starts.nbytes + self.positions.nbytes

    def holding(self, live: Array) -> int:
        """How many of the documents marked ``live`` (bool, by document) hold the term."""
        return int(np.count_nonzero(live[self.docs]))


@dataclass(frozen=True, slots=True)
class SomeOccurrences(Occurrences):
    """Where a term stands in some documents; ``held`` is how many live ones hold it in all."""

    held: int

    def holding(self, live: Array) -> int:  # noqa: ARG002 - known already
        """How many live documents hold the term."""
        return self.held


class Extent(NamedTuple):
    """Syllables of title, lead, body, and the positions where lead and body begin."""

    lengths: tuple[int, int, int]
    borders: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Inverted:
    """A document turned into terms.

    ``lengths`` counts the syllables of title, lead, body; ``borders`` are the positions where lead and
    body begin; ``terms`` maps a term to its packed frequencies and its rising positions.
    """

    lengths: tuple[int, int, int]
    borders: tuple[int, int]
    terms: dict[str, tuple[int, list[int]]]


NO_POSTINGS = Postings(np.empty(0, np.int32), np.empty(0, np.uint32))
NO_OCCURRENCES = Occurrences(np.empty(0, np.int32), np.zeros(1, np.int64), np.empty(0, np.int32))


def invert(document: IndexDocument) -> Inverted:
    """Gather a document's terms; frequencies beyond what a field's bits hold count as the most they hold."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    packed: defaultdict[str, int] = defaultdict(int)
    extent = measure(document)
    for name, begin in zip(TEXT_FIELDS, (0, *extent.borders), strict=True):
        text = document.texts.get(name, _EMPTY)
        for term, position in (*zip(text.terms, text.positions, strict=True), *text.words):
            places[term].append(begin + position)
        shift, limit = _SHIFT[name], _LIMIT[name]
        for term, count in Counter((*text.terms, *(word for word, _ in text.words))).items():
            packed[term] |= min(count, limit) << shift
    terms = {term: (packed[term], sorted(positions)) for term, positions in places.items()}
    return Inverted(extent.lengths, extent.borders, terms)


def measure(document: IndexDocument) -> Extent:
    """How long a document's fields are, and where they begin among its positions."""
    lengths, begins, begin = [], [], 0
    for name in TEXT_FIELDS:
        text = document.texts.get(name, _EMPTY)
        lengths.append(text.syllables)
        begins.append(begin)
        begin += PARAGRAPH_GAP + text.end
    return Extent((lengths[0], lengths[1], lengths[2]), (begins[1], begins[2]))


def field_sums(packed: Array) -> Array:
    """Add up each row's packed frequencies (``[n, k]``, at most 256 of them): int64 ``[n, 3]``, title, lead, body."""
    wide = packed.astype(np.uint64)
    spread = np.zeros(wide.shape, np.uint64)
    for lane, name in enumerate(TEXT_FIELDS):
        spread |= ((wide >> _SHIFT[name]) & _LIMIT[name]) << lane * _LANE
    sums = spread.sum(axis=1)
    lanes = [(sums >> lane * _LANE) & ((1 << _LANE) - 1) for lane in range(len(TEXT_FIELDS))]
    return np.stack(lanes, axis=1).astype(np.int64)


def are_exact(packed: Array) -> bool:
    """Whether all frequencies are the true ones, none the most that is held."""
    return not any(
        int((packed & np.uint32(limit << _SHIFT[name])).max(initial=0)) >> _SHIFT[name] == limit
        for name, limit in _LIMIT.items()
    )


def most_held() -> Array:
    """The largest frequencies that a posting holds: int64 ``[3]``, of title, lead, body."""
    return np.array([_LIMIT[name] for name in TEXT_FIELDS], np.int64)


def field_bits(fields: Iterable[TextField]) -> int:
    """The bits of a packed frequency that belong to ``fields``."""
    return sum(_LIMIT[name] << _SHIFT[name] for name in fields)


def pack(counts: Array, name: TextField) -> Array:
    """Pack the frequencies (int64) of one field: uint32."""
    return np.minimum(counts, _LIMIT[name]).astype(np.uint32) << np.uint32(_SHIFT[name])


def pack_frequencies(counts: Array) -> Array:
    """Pack whole numbers of shape ``[n, 3]`` (title, lead, body); those beyond a field's bits as the most they hold."""
    packed = np.zeros(len(counts), np.uint32)
    for column, name in enumerate(TEXT_FIELDS):
        capped = np.minimum(counts[:, column], _LIMIT[name]).astype(np.uint32)
        packed |= capped << np.uint32(_SHIFT[name])
    return packed


def frequencies(packed: Array) -> Array:
    """Unpack to float64 of shape ``[n, 3]``: title, lead, body."""
    unpacked = np.empty((len(packed), len(TEXT_FIELDS)), np.float64)
    for column, name in enumerate(TEXT_FIELDS):
        unpacked[:, column] = (packed >> _SHIFT[name]) & _LIMIT[name]
    return unpacked


def join_postings(parts: list[tuple[int, Postings]]) -> Postings:
    """Join the postings of segments, each given with the number of its first document."""
    parts = [(base, part) for base, part in parts if len(part.docs)]
    if not parts:
        return NO_POSTINGS
    if len(parts) == 1 and parts[0][0] == 0:
        return parts[0][1]
    docs = np.concatenate([part.docs + np.int32(base) for base, part in parts])
    return Postings(docs, np.concatenate([part.packed for _, part in parts]))


def join_occurrences(parts: list[tuple[int, Occurrences]]) -> Occurrences:
    """Join the occurrences of segments, each given with the number of its first document."""
    parts = [(base, part) for base, part in parts if len(part.docs)]
    if not parts:
        return NO_OCCURRENCES
    if len(parts) == 1 and parts[0][0] == 0:
        return parts[0][1]
    docs = np.concatenate([part.docs + np.int32(base) for base, part in parts])
    counts = np.concatenate([np.diff(part.starts) for _, part in parts])
    starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)])
    return Occurrences(docs, starts, np.concatenate([part.positions for _, part in parts]))
