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

from tintuc_search.engine import loops
from tintuc_search.engine.base import Terms

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tintuc_search.engine.base import Leaf
    from tintuc_search.engine.coded import Coded
    from tintuc_search.engine.doc_sets import DocSet
    from tintuc_search.engine.postings import Array
    from tintuc_search.engine.snapshot import Documents

CACHE_BYTES = 30 << 20
LEVELS = 255
"""Rough scores are so many steps of a leaf's weight, one step too high at most and never too low."""
_PLAIN = 0.1  # the share of single terms
_STEPS = np.linspace(0.0, 1.0, LEVELS + 1, dtype=np.float32)


@dataclass(eq=False, slots=True)
class Found:
    """What a term or phrase is scored by: documents, their frequencies in the same order, the weight of it all."""

    docs: DocSet
    coded: Coded
    weight: float
    _levels: Array | None = None

    @property
    def size(self) -> int:
        """Bytes, with what may still be made."""
        return self.docs.nbytes + self.coded.nbytes + len(self.docs)

    def counts_at(self, rows: Array) -> Array:
        """The frequencies in some of the documents, by their place in ``docs`` (int64 ``[m]``): float64 ``[m, 3]``."""
        counts: Array = self.coded.kinds[self.coded.codes[rows]]
        return counts

    def add_rough(self, sums: Array, gate: Array | None, documents: Documents) -> None:
        """Add what its scores are at most to sums (float32, by document); steps are kept for the next request.

        ``gate`` marks the documents to which it is added (bool, by document), None for all.
        """
        if self._levels is None:
            self._levels = loops.scores.levels(self.docs, self.coded, documents, LEVELS)
        steps = _STEPS * np.float32(self.weight)
        loops.scores.add_rough(sums, self.docs, self._levels, steps, gate)

    def add_scores(
        self, sums: Array, docs: Array, gate: Array | None, documents: Documents
    ) -> None:
        """Add its scores to the sums (float32 or float64, by document) of those of ``docs`` (rising) that it holds."""
        loops.scores.add_scores(sums, self, docs, gate, documents)


@dataclass(frozen=True, slots=True)
class Matched:
    """The documents that a node matches (bool, by document), and what makes their scores.

    ``parts`` are those of a node's children that score, ``found`` and ``leaf`` belong to a leaf.
    """

    mask: Array
    parts: Sequence[Matched] = ()
    found: Found | None = None
    leaf: Leaf | None = None

    def scoring(self, gate: Array) -> Iterator[tuple[Found, Array]]:
        """What scores, each with the documents that it scores for (bool, by document) of those in ``gate``.

        What a leaf does not hold may be among them.
        """
        if self.found is not None:
            yield self.found, gate
        if self.parts:
            narrower = gate & self.mask
            gate = gate if np.array_equal(gate, narrower) else narrower
        for part in self.parts:
            yield from part.scoring(gate)


class LeafCache:
    """The leaves asked for lately, the least recently used going first; safe for threads.

    A single term is made again from its postings in no time, sums and phrases are not: so those have but
    a share of the room where both want it.
    """

    def __init__(self, limit: int = CACHE_BYTES) -> None:
        self._limit = limit
        self._plain, self._made = _Shelf(), _Shelf()
        self._lock = Lock()

    def get(self, node: Leaf, live: Array) -> Matched | None:
        """What ``node`` matched of the documents that are ``live`` (bool, by document), if it is known."""
        shelf = self._shelf(node)
        with self._lock:
            found = shelf.leaves.get(node)
            if found is None:
                return None
            shelf.leaves.move_to_end(node)
        return Matched(found.docs.mask & live, (), found, node)

    def put(self, node: Leaf, leaf: Matched) -> None:
        """Keep what ``node`` matched."""
        if leaf.found is None:
            return
        shelf = self._shelf(node)
        with self._lock:
            if node in shelf.leaves:
                return
            shelf.leaves[node] = leaf.found
            shelf.size += leaf.found.size
            while self._plain.size + self._made.size > self._limit:
                crowded = self._plain.size > self._limit * _PLAIN or not self._made.leaves
                (self._plain if crowded else self._made).drop()

    def _shelf(self, node: Leaf) -> _Shelf:
        return self._plain if isinstance(node, Terms) and len(node.terms) == 1 else self._made


class _Shelf:
    """Leaves, the least recently used first, and their bytes."""

    def __init__(self) -> None:
        self.leaves: OrderedDict[Leaf, Found] = OrderedDict()
        self.size = 0

    def drop(self) -> None:
        self.size -= self.leaves.popitem(last=False)[1].size
