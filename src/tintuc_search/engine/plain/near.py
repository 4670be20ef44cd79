"""Places of words in some documents, and what those gain by them, in NumPy.

A place is one number, the row of its document above its position: ``row << 32 | position``, int64.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tintuc_search.engine.scoring import saturated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tintuc_search.engine.postings import Array, Occurrences
    from tintuc_search.ranking import Ranking

_SHIFT = 32
_POSITION = (1 << _SHIFT) - 1
_FIELDS = 3
_NOWHERE = np.empty(0, np.int64)


def places(occurrences: Sequence[Occurrences], docs: Array) -> Array:
    """Where a word stands in ``docs`` (int64 ``[n]``, rising), in any of its forms: rising, each place once."""
    parts = [_places(each, docs) for each in occurrences]
    return parts[0] if len(parts) == 1 else np.unique(np.concatenate([_NOWHERE, *parts]))


def pair(
    before: Array, after: Array, borders: Array, norms: Array, ranking: Ranking
) -> tuple[Array, int]:
    """Score two words that stand side by side, before their rarity.

    Args:
        before: the places of the first.
        after: those of the second.
        borders: int64 ``[n, 2]``, where lead and body begin.
        norms: float64 ``[n, 3]``, what one occurrence counts for in each field.
        ranking: the constants.

    Returns:
        The scores (float64 ``[n]``, 0 to 1), and how many documents hold both side by side.
    """
    follows = before + 1
    at = np.searchsorted(after, follows)
    at[at == len(after)] = 0
    found = follows[after[at] == follows] if len(after) else follows[:0]
    keys = (found >> _SHIFT) * _FIELDS + columns(found, borders)
    counts = np.bincount(keys, minlength=len(borders) * _FIELDS).reshape(-1, _FIELDS)
    holding = int(np.count_nonzero(counts.any(axis=1)))
    return saturated(counts.astype(np.float64), norms, ranking), holding


def opening(
    words: Sequence[Array], rarities: Sequence[float], begins: Array, lengths: Array
) -> Array:
    """Score the words in what belongs to the opening, times the share of words there: float64 ``[n]``.

    Args:
        words: the places of each.
        rarities: the weight of each.
        begins: int64 ``[n]``, where the body begins.
        lengths: int64 ``[n]``, how many positions of it belong to the opening.
    """
    scores, found = np.zeros(len(begins)), np.zeros(len(begins))
    for word, rarity in zip(words, rarities, strict=True):
        rows = word >> _SHIFT
        offset = (word & _POSITION) - begins[rows]
        early = rows[(offset >= 0) & (offset < lengths[rows])]
        counts = np.bincount(early, minlength=len(begins))
        scores += rarity * counts / (1.0 + counts)
        found += counts > 0
    shared: Array = scores * found / max(len(words), 1)
    return shared


def window(words: Sequence[Array], size: int, width: int) -> Array:
    """The largest number of different words within a window of ``width`` positions: float64 ``[size]``, by row.

    A place counts a word for all windows that end between it and the word's next place, or the window's
    width; so the sum of these ranges counts the different words of every window.
    """
    most = np.zeros(size)
    every = np.concatenate([_NOWHERE, *words])
    if not len(every):
        return most
    order = np.argsort(every, kind="stable")
    following = np.concatenate(
        [np.append(word[1:], word[-1] + width) for word in words if len(word)]
    )
    until = np.minimum(following, every + width)[order]
    every = every[order]
    ended = np.bincount(np.searchsorted(every, until), minlength=len(every))
    within = np.cumsum(1 - ended[: len(every)])
    rows = every >> _SHIFT
    firsts = np.flatnonzero(np.diff(rows, prepend=-1))
    most[rows[firsts]] = np.maximum.reduceat(within, firsts)
    return most


def columns(found: Array, borders: Array) -> Array:
    """The column (0 title, 1 lead, 2 body) in which each place lies; ``borders`` are by row."""
    fields: Array = ((found & _POSITION)[:, None] >= borders[found >> _SHIFT]).sum(axis=1)
    return fields


def _places(occurrences: Occurrences, docs: Array) -> Array:
    if not len(docs):
        return _NOWHERE
    rows = np.searchsorted(docs, occurrences.docs)
    rows[rows == len(docs)] = 0
    chosen = np.flatnonzero(docs[rows] == occurrences.docs)
    starts = occurrences.starts[chosen]
    counts = occurrences.starts[chosen + 1] - starts
    at = np.repeat(starts - (np.cumsum(counts) - counts), counts) + np.arange(counts.sum())
    found: Array = np.repeat(rows[chosen] << _SHIFT, counts) | occurrences.positions[at]
    return found
