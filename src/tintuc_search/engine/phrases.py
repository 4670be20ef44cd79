"""Matching phrases on arrays of positions.

An occurrence is one number, ``document << 32 | position``, so that sorted arrays of them can be shifted,
searched and intersected at once for all documents. Two slots of the same terms need two occurrences; two
slots that merely share a term may, with slop, be met by one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tintuc_search.engine.plain.near import columns
from tintuc_search.engine.postings import TEXT_FIELDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tintuc_search.engine.base import TextField
    from tintuc_search.engine.postings import Array, Occurrences, Postings
    from tintuc_search.engine.snapshot import Documents

    Slot = Sequence[tuple[float, Occurrences]]
    """The terms that may stand in one place of a phrase: weight and occurrences of each."""

_SHIFT = 32


@dataclass(frozen=True, slots=True)
class Places:
    """Where something stands: ``keys`` (int64, rising, no repeats) and ``weights`` (float64)."""

    keys: Array
    weights: Array


def find_phrase(
    slots: Sequence[Slot], slop: int, fields: frozenset[TextField], documents: Documents
) -> tuple[Array, Array]:
    """Find the documents where the slots stand together, and the weighted number of places per field.

    Returns:
        The documents, int64 ``[n]`` rising, and float64 ``[n, 3]``.
    """
    candidates = holding_all([[found for _, found in slot] for slot in slots], documents)
    found = [_places(slot, candidates) for slot in slots]
    if not found or not all(len(places.keys) for places in found):
        return np.empty(0, np.int64), np.empty((0, 3))
    if slop <= 0:
        starts = ends = _side_by_side(found)
    else:
        starts, ends = _windows(slots, found, len(slots) + slop)
    return _by_document(starts, ends.keys, fields, documents)


def holding_all(slots: Sequence[Sequence[Postings | Occurrences]], documents: Documents) -> Array:
    """Mark the live documents in which every slot has a term (bool, by document)."""
    holding = documents.live.copy()
    for slot in slots:
        any_term = np.zeros(len(holding), bool)
        for found in slot:
            any_term[found.docs] = True
        holding &= any_term
    return holding


def _places(slot: Slot, candidates: Array) -> Places:
    """Gather a slot's occurrences in the candidate documents, the heaviest where two share a place."""
    parts = [(weight, _keys(occurrences, candidates)) for weight, occurrences in slot]
    if not parts:
        return Places(np.empty(0, np.int64), np.empty(0))
    keys = np.concatenate([part for _, part in parts])
    weights = np.concatenate([np.full(len(part), weight) for weight, part in parts])
    if len(parts) > 1:
        order = np.lexsort((-weights, keys))
        keys, weights = keys[order], weights[order]
    first = np.ones(len(keys), bool)
    first[1:] = keys[1:] != keys[:-1]
    return Places(keys[first], weights[first])


def _keys(occurrences: Occurrences, candidates: Array) -> Array:
    chosen = np.flatnonzero(candidates[occurrences.docs])
    starts = occurrences.starts[chosen]
    counts = occurrences.starts[chosen + 1] - starts
    before = np.cumsum(counts) - counts
    at = np.repeat(starts - before, counts) + np.arange(int(counts.sum()))
    return (
        np.repeat(occurrences.docs[chosen].astype(np.int64) << _SHIFT, counts)
        | (occurrences.positions[at])
    )


def _side_by_side(found: list[Places]) -> Places:
    """Find where slot ``i`` stands ``i`` positions after slot 0, beginning with the rarest slot."""
    order = sorted(range(len(found)), key=lambda i: len(found[i].keys))
    rarest = order[0]
    keys, weights = found[rarest].keys - rarest, found[rarest].weights
    for i in order[1:]:
        at = np.searchsorted(found[i].keys, keys + i)
        at[at == len(found[i].keys)] = 0
        here = found[i].keys[at] == keys + i
        keys, weights = keys[here], weights[here] * found[i].weights[at[here]]
    return Places(keys, weights)


def _windows(slots: Sequence[Slot], found: list[Places], width: int) -> tuple[Places, Places]:
    """Find the smallest windows that hold all slots within ``width`` positions: first and last places.

    For every occurrence taken as the end, each slot's last occurrence before it (or its n-th last, if n slots
    are alike) bounds the window's start; of the windows with one start the shortest is the smallest.
    """
    alike: dict[tuple[int, ...], list[int]] = {}
    for i, slot in enumerate(slots):
        alike.setdefault(tuple(sorted(id(occurrences) for _, occurrences in slot)), []).append(i)
    ends = np.unique(np.concatenate([places.keys for places in found]))
    starts, weights = ends.copy(), np.ones(len(ends))
    whole = np.ones(len(ends), bool)
    for group in alike.values():
        places = found[group[0]]
        last = np.searchsorted(places.keys, ends, side="right") - 1
        for back in range(len(group)):
            at = last - back
            whole &= at >= 0
            starts = np.minimum(starts, places.keys[np.maximum(at, 0)])
            weights *= places.weights[np.maximum(at, 0)]
    whole &= ends - starts < width
    starts, ends, weights = starts[whole], ends[whole], weights[whole]
    first = np.ones(len(starts), bool)
    first[1:] = starts[1:] != starts[:-1]
    return Places(starts[first], weights[first]), Places(ends[first], weights[first])


def _by_document(
    starts: Places, ends: Array, fields: frozenset[TextField], documents: Documents
) -> tuple[Array, Array]:
    """Sum the places by document and field, leaving out those across fields or in others."""
    docs, field = starts.keys >> _SHIFT, columns(starts.keys, documents.borders)
    allowed = np.array([name in fields for name in TEXT_FIELDS])[field]
    allowed &= field == columns(ends, documents.borders)
    docs, field, weights = docs[allowed], field[allowed], starts.weights[allowed]
    unique, row = np.unique(docs, return_inverse=True)
    sums = np.bincount(row * 3 + field, weights=weights, minlength=3 * len(unique))
    return unique, sums.astype(np.float64).reshape(-1, 3)  # of nothing they are whole numbers
