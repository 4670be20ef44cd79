"""What a word or phrase of a query matched and what it scores, kept for the next query that holds it.

Neither depends on the rest of a query, only on the state of the index; so each state keeps the leaves it
was asked for lately, up to a number of bytes.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from tintuc_search.engine.postings import above_body, body_frequencies
from tintuc_search.engine.postings import frequencies as unpack
from tintuc_search.engine.scoring import saturated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tintuc_search.engine.base import Leaf
    from tintuc_search.engine.postings import Array
    from tintuc_search.engine.snapshot import Documents

CACHE_BYTES = 32 << 20
_MOST = 0.5  # the share of a leaf's documents from which on all their scores are worth making
_BYTES_A_DOCUMENT = 8 + 24 + 8
"""Number, frequencies and score of one document, at most."""


@dataclass(eq=False, slots=True)
class Found:
    """What a term or phrase is scored by: documents (rising), their frequencies, the weight of it all.

    ``frequencies`` is packed (uint32 ``[n]``), or of several terms or a phrase float64 ``[n, 3]``.
    """

    docs: Array
    frequencies: Array
    weight: float
    _scores: Array | None = None

    def counts(self) -> Array:
        """The frequencies unpacked: float64 ``[n, 3]``."""
        packed = self.frequencies.ndim == 1
        return unpack(self.frequencies) if packed else self.frequencies

    def counts_at(self, rows: Array) -> Array:
        """The same of some of the documents, by their place in ``docs`` (int64 ``[m]``): float64 ``[m, 3]``."""
        packed = self.frequencies.ndim == 1
        return unpack(self.frequencies[rows]) if packed else self.frequencies[rows]

    def score(self, gate: Array, documents: Documents, scores: Array) -> None:
        """Add the scores of the documents that ``gate`` (bool, by document) lets through.

        Where it lets most through, the scores of all are kept for the next request.
        """
        rows = np.flatnonzero(gate[self.docs])
        docs = self.docs[rows]
        if self._scores is None and len(rows) > len(self.docs) * _MOST:
            self._scores = self._score(self.docs, self.frequencies, documents)
        scores[docs] += (
            self._score(docs, self.frequencies[rows], documents)
            if self._scores is None
            else self._scores[rows]
        )

    def _score(self, docs: Array, frequencies: Array, documents: Documents) -> Array:
        """The scores of documents with these frequencies: float64."""
        norms = documents.norms
        if frequencies.ndim > 1:
            return self.weight * saturated(frequencies, norms[docs], documents.ranking)
        total = body_frequencies(frequencies) * documents.body_norms[docs]
        above = np.flatnonzero(above_body(frequencies))  # few have a word in title or lead
        if len(above):
            both = unpack(frequencies[above])[:, :2] * norms[docs[above], :2]
            total[above] = both[:, 0] + both[:, 1] + total[above]
        scores: Array = self.weight * (total / (documents.ranking.k1 + total))
        return scores


@dataclass(frozen=True, slots=True)
class Matched:
    """The documents that a node matches (bool, by document), and what makes their scores.

    ``parts`` are those of a node's children that score, ``found`` and ``leaf`` belong to a leaf.
    """

    mask: Array
    parts: Sequence[Matched] = ()
    found: Found | None = None
    leaf: Leaf | None = None

    def score(self, gate: Array, documents: Documents, scores: Array) -> None:
        """Add to ``scores`` for the documents that match and that ``gate`` lets through."""
        gate = gate & self.mask
        if self.found is not None:
            self.found.score(gate, documents, scores)
        for part in self.parts:
            part.score(gate, documents, scores)


class LeafCache:
    """The leaves asked for lately, the least recently used going first; safe for threads."""

    def __init__(self, limit: int = CACHE_BYTES) -> None:
        self._limit = limit
        self._leaves: OrderedDict[Leaf, Matched] = OrderedDict()
        self._lock = Lock()
        self._bytes = 0

    def get(self, node: Leaf) -> Matched | None:
        """What ``node`` matched, if it is known."""
        with self._lock:
            leaf = self._leaves.get(node)
            if leaf is not None:
                self._leaves.move_to_end(node)
            return leaf

    def put(self, node: Leaf, leaf: Matched) -> None:
        """Keep what ``node`` matched."""
        with self._lock:
            if node in self._leaves:
                return
            self._leaves[node] = leaf
            self._bytes += _size(leaf)
            while self._bytes > self._limit:
                self._bytes -= _size(self._leaves.popitem(last=False)[1])


def _size(leaf: Matched) -> int:
    docs = len(leaf.found.docs) if leaf.found else 0
    return len(leaf.mask) + docs * _BYTES_A_DOCUMENT
