"""Reading the positions of terms in some documents: each number by itself, from where it lies in the files.

Of a few hundred documents among a hundred thousand, whole blocks of positions hold a hundred times what is asked
for; so the place of every number is reckoned, for all terms at once, and only these bytes are looked at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tintuc_search.engine.compact import STEP
from tintuc_search.engine.postings import NO_OCCURRENCES, SomeOccurrences, field_sums
from tintuc_search.engine.slots import SLOTS
from tintuc_search.engine.tantivy_bits import BLOCK
from tintuc_search.engine.tantivy_known import FIELDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tintuc_search.engine.postings import Array, Occurrences
    from tintuc_search.engine.tantivy_known import KnownTerm

_LANES, _WORD = 4, 32
_WORDS_BYTES = _LANES * _WORD // 8  # from a word of a lane to its next


def words_of(data: memoryview) -> Array:
    """The 32-bit words that begin at each byte: uint32, of which none is copied."""
    return np.ndarray(max(len(data) - 3, 0), "<u4", data, strides=(1,))


def read_some(
    terms: Sequence[KnownTerm],
    held: Sequence[tuple[Array, Array]],
    files: Sequence[Array],
    borders: Array,
) -> list[Occurrences]:
    """Read terms' occurrences in some of their documents.

    Args:
        terms: the terms, whose packed frequencies are exact.
        held: for each the postings (int64 ``[n]``, rising) that are to be read, and their documents (int32).
        files: each segment's positions as :func:`words_of` gives them.
        borders: int64 ``[documents, 2]`` as in :class:`~.snapshot.Documents`.
    """
    rows = [each for each, _ in held]
    docs = np.concatenate([np.empty(0, np.int32), *(each for _, each in held)])
    if not len(docs):
        nothing = NO_OCCURRENCES
        return [
            SomeOccurrences(nothing.docs, nothing.starts, nothing.positions, term.held)
            for term in terms
        ]
    both = list(zip(terms, rows, strict=True))
    codes = [term.postings.codes[each] for term, each in both]
    packed = [term.postings.table[each] for (term, _), each in zip(both, codes, strict=True)]
    counts = field_sums(np.concatenate(packed)[:, None])
    segments = np.concatenate(
        [np.searchsorted(term.firsts, each, side="right") - 1 for term, each in both]
    )
    begins = field_sums(np.concatenate([term.postings.window(each) for term, each in both]))
    begins += np.concatenate([term.sums[each // STEP] for term, each in both])
    sizes = np.array([len(each) for each in rows])
    of = np.repeat(np.arange(len(terms)), sizes)
    origins = np.stack([term.origins for term in terms])
    begins -= origins[of, segments]
    lists = ((of * origins.shape[1] + segments) * FIELDS)[:, None] + np.arange(FIELDS)
    some = np.flatnonzero(counts.ravel())
    steps = _steps(terms, files, lists.ravel()[some], begins.ravel()[some], counts.ravel()[some])
    shifts = np.zeros((len(docs), FIELDS), np.int64)
    shifts[:, 1:] = borders[docs]
    positions = _positions(steps, counts.ravel()[some], shifts.ravel()[some])
    ends = np.concatenate([np.zeros(1, np.int64), np.cumsum(counts.sum(axis=1))])
    found: list[Occurrences] = []
    at = 0
    for term, size in zip(terms, sizes.tolist(), strict=True):
        starts = ends[at : at + size + 1]
        here = positions[starts[0] : starts[-1]]
        found.append(SomeOccurrences(docs[at : at + size], starts - starts[0], here, term.held))
        at += size
    return found


def _positions(steps: Array, counts: Array, shifts: Array) -> Array:
    """Add up the steps of each group (``counts`` int64) and move it by ``shifts`` (int64): int32."""
    sums = np.cumsum(steps)
    before = np.cumsum(counts) - counts
    base = np.where(before > 0, sums[before - 1], 0)
    places: Array = (sums - np.repeat(base, counts)) // SLOTS + np.repeat(shifts, counts)
    return places.astype(np.int32)


def _steps(
    terms: Sequence[KnownTerm], files: Sequence[Array], lists: Array, begins: Array, counts: Array
) -> Array:
    """Some numbers of the terms' lists: int64, ``counts`` of the first, then of the second, and so on.

    Args:
        terms: the terms, whose lists are numbered on from one to the next.
        files: the words of each segment's file.
        lists: int64 ``[n]``, the number of a list.
        begins: int64 ``[n]``, where in it to begin.
        counts: int64 ``[n]``, how many to read from there on.
    """
    places = [term.places for term in terms]
    blocks = np.cumsum([0, *(len(each.begins) for each in places)]).tolist()
    rests = np.cumsum([0, *(len(each.rests) for each in places)]).tolist()
    firsts = np.concatenate([p.firsts + base for p, base in zip(places, blocks, strict=False)])
    ends = np.concatenate([p.ends + base for p, base in zip(places, blocks, strict=False)])
    after = np.concatenate([p.after + base for p, base in zip(places, rests, strict=False)])
    number = np.repeat(begins - (np.cumsum(counts) - counts), counts)
    number += np.arange(len(number))
    group = np.repeat(lists, counts)
    block = firsts[group] + number // BLOCK
    inside = block < ends[group]
    steps = np.empty(len(number), np.int64)
    within = np.flatnonzero(inside)
    block, place, group_in = block[within], number[within] % BLOCK, group[within]
    widths = np.concatenate([each.widths for each in places])[block]
    at = np.concatenate([each.begins for each in places])[block] + place % _LANES * _LANES
    bits = place // _LANES * widths
    word = bits // _WORD
    low = at + word * _WORDS_BYTES
    high = at + np.minimum(word + 1, widths - 1) * _WORDS_BYTES  # the last ends with its word
    segment = group_in // FIELDS % len(files)
    pairs = np.zeros(len(within), np.uint64)
    for i, file in enumerate(files):
        here = np.flatnonzero((segment == i) & (widths > 0))
        if len(here):
            pairs[here] = file[high[here]].astype(np.uint64) << np.uint64(_WORD) | file[low[here]]
    pairs >>= (bits % _WORD).astype(np.uint64)
    pairs &= (np.uint64(1) << widths.astype(np.uint64)) - np.uint64(1)
    steps[within] = pairs
    outside = np.flatnonzero(~inside)
    if len(outside):
        of = group[outside]
        left = number[outside] - (ends[of] - firsts[of]) * BLOCK
        steps[outside] = np.concatenate([each.rests for each in places])[after[of] + left]
    return steps
