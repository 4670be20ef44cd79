"""What leaves score, added up by document, and which documents that leaves in the race, in NumPy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from tintuc_search.engine.coded import Coded
    from tintuc_search.engine.doc_sets import DocSet
    from tintuc_search.engine.leaves import Found
    from tintuc_search.engine.postings import Array
    from tintuc_search.engine.snapshot import Documents


def shares(coded: Coded, docs: Array, codes: Array, documents: Documents) -> Array:
    """What part of a weight ``docs`` (int ``[n]``) have by frequencies of the kinds ``codes``: float64, 0 to 1."""
    kinds = coded.kinds
    total = kinds[:, 2].take(codes) * documents.body_norms.take(docs)
    higher = kinds[:, 0] + kinds[:, 1] > 0.0
    above = np.flatnonzero(higher.take(codes))  # few hold it in title or lead
    if len(above):
        counts = kinds.take(codes.take(above), axis=0)
        weighted = counts * documents.norms.take(docs.take(above), axis=0)
        total[above] = weighted[:, 0] + weighted[:, 1] + weighted[:, 2]
    found: Array = total / (documents.ranking.k1 + total)
    return found


def levels(docs: DocSet, coded: Coded, documents: Documents, most: int) -> Array:
    """The shares of all documents of a leaf in steps of ``1 / most``, rounded up: uint8 ``[n]``."""
    found = shares(coded, docs.numbers, coded.codes, documents)
    steps: Array = np.ceil(found * most).astype(np.uint8)
    return steps


def add_rough(sums: Array, docs: DocSet, levels: Array, steps: Array, gate: Array | None) -> None:
    """Add ``steps[levels]`` to the sums of a leaf's documents.

    Args:
        sums: float32 by document.
        docs: the documents.
        levels: uint8, as :func:`levels` gives them.
        steps: float32 by level.
        gate: to which documents it is added, bool by document; None for all.
    """
    rough, at = steps.take(levels), docs.numbers
    if gate is not None:
        rows = np.flatnonzero(gate.take(at))
        rough, at = rough.take(rows), at.take(rows)
    np.add.at(sums, at, rough)


def add_scores(
    sums: Array, found: Found, docs: Array, gate: Array | None, documents: Documents
) -> None:
    """Add what a leaf scores to the sums of those of ``docs`` that it holds.

    Args:
        sums: float32 or float64, by document.
        found: what the leaf matched.
        docs: int64, rising.
        gate: to which of them it is added, bool by document; None for all.
        documents: the table of all documents.
    """
    rows, here = found.docs.rows(docs)
    if gate is not None:
        inside = np.flatnonzero(gate.take(here))
        rows, here = rows.take(inside), here.take(inside)
    codes = found.coded.codes.take(rows)
    scored = found.weight * shares(found.coded, here, codes, documents)
    np.add.at(sums, here, scored.astype(sums.dtype))


def threshold(
    sums: Array, docs: Array, weights: Array | None, bound: float, count: int
) -> float | None:
    """The ``count``-th largest of the sums of ``docs`` (float32 by document), if it is above ``bound``.

    They are multiplied by ``weights`` (float64 by document), None for 1.
    """
    now = _weighed(sums.take(docs), docs, weights)
    ahead = now[now > bound]
    if len(ahead) < count:
        return None
    place = len(ahead) - count
    return float(np.partition(ahead, place)[place])


def reaching(sums: Array, docs: Array, weights: Array | None, left: float, bound: float) -> Array:
    """Those of ``docs`` whose sums, with ``left`` added and then weighed, are at least ``bound``: int64."""
    most = _weighed(sums.take(docs) + np.float32(left), docs, weights)
    return docs[most >= bound]


def _weighed(sums: Array, docs: Array, weights: Array | None) -> Array:
    return sums.astype(np.float64) if weights is None else sums * weights.take(docs)
