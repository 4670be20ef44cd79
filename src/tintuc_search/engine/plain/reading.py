"""Reading the positions of terms in some documents, in NumPy: each number by itself, from where it lies in the files.

Of a few hundred documents among a hundred thousand, whole blocks of positions hold a hundred times what is asked
for; so the place of every number is reckoned, for all terms at once, and only these bytes are looked at.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from tintuc_search.engine.postings import NO_OCCURRENCES, TEXT_FIELDS, field_sums
from tintuc_search.engine.slots import SLOTS
from tintuc_search.engine.tantivy_bits import BLOCK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tintuc_search.engine.postings import Array
    from tintuc_search.engine.tantivy_known import KnownTerm

STEP = 16
"""Postings from one of the marks that are kept of a term to the next."""
FIELDS = len(TEXT_FIELDS)
_LANES, _WORD = 4, 32
_WORDS_BYTES = _LANES * _WORD // 8  # from a word of a lane to its next


def read_some(
    terms: Sequence[KnownTerm], wanted: Array, files: Sequence[Array], borders: Array
) -> list[tuple[Array, Array, Array]]:
    """Read the positions of terms in some documents.

    Args:
        terms: the terms, whose packed frequencies are exact.
        wanted: the documents, int32, rising.
        files: each segment's positions, uint8.
        borders: int64 ``[documents, 2]`` as in :class:`~.snapshot.Documents`.

    Returns:
        For each term those of the documents that hold it (int32 ``[n]``), where the positions of each begin (int64
        ``[n + 1]``), and these (int32).

    Raises:
        ValueError, IndexError: a list of positions is damaged.
    """
    found = [term.postings.rows(wanted) for term in terms]
    rows = [each for each, _ in found]
    docs = np.concatenate([np.empty(0, np.int32), *(each for _, each in found)])
    if not len(docs):
        return [(docs, NO_OCCURRENCES.starts, NO_OCCURRENCES.positions)] * len(terms)
    both = list(zip(terms, rows, strict=True))
    codes = [term.postings.codes[each] for term, each in both]
    packed = [term.postings.table[each] for (term, _), each in zip(both, codes, strict=True)]
    counts = field_sums(np.concatenate(packed)[:, None])
    segments = np.concatenate(
        [np.searchsorted(term.firsts, each, side="right") - 1 for term, each in both]
    )
    begins = field_sums(np.concatenate([term.postings.window(each) for term, each in both]))
    begins += np.concatenate([term.sums[each // STEP] for term, each in both])
    sizes = [len(each) for each in rows]
    of = np.repeat(np.arange(len(terms)), sizes)
    origins = np.stack([term.origins for term in terms])
    begins -= origins[of, segments]
    lists = ((of * origins.shape[1] + segments) * FIELDS)[:, None] + np.arange(FIELDS)
    some = np.flatnonzero(counts.ravel())
    words = [_words_of(each) for each in files]
    steps = _steps(terms, words, lists.ravel()[some], begins.ravel()[some], counts.ravel()[some])
    shifts = np.zeros((len(docs), FIELDS), np.int64)
    shifts[:, 1:] = borders[docs]
    positions = _positions(steps, counts.ravel()[some], shifts.ravel()[some])
    ends = np.concatenate([np.zeros(1, np.int64), np.cumsum(counts.sum(axis=1))])
    borders_of = np.cumsum([0, *sizes]).tolist()
    return [
        (docs[at:end], ends[at : end + 1] - ends[at], positions[ends[at] : ends[end]])
        for at, end in pairwise(borders_of)
    ]


def _words_of(data: Array) -> Array:
    """The 32-bit words that begin at each byte (uint8): uint32, of which none is copied."""
    return np.ndarray(max(len(data) - 3, 0), "<u4", data.data, strides=(1,))


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
