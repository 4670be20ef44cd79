"""Ordering what a request matched, cutting a page out of it, and the cursor that names where it ended.

Every order is by a number, the smallest first, then by id.
"""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING

import numpy as np

from tintuc_search.engine.base import Sort
from tintuc_search.engine.snapshot import UNDATED
from tintuc_search.errors import BadRequest

if TYPE_CHECKING:
    from tintuc_search.engine.postings import Array
    from tintuc_search.engine.snapshot import Documents

_LAST = int(np.iinfo(np.int64).max)
_FEW = 1000  # up to so many documents are compared by their ids; beyond, all ids are ranked once


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last document of a page: its place in the order and its id."""

    sort: Sort
    key: float
    id: str

    def encode(self) -> str:
        """Write as text fit for an address."""
        state = json.dumps([self.sort, self.key, self.id]).encode()
        return base64.urlsafe_b64encode(state).decode().rstrip("=")

    @classmethod
    def decode(cls, text: str, sort: Sort) -> Cursor:
        """Read what ``encode`` wrote; raises BadRequest for anything else, or for another order's."""
        try:
            state = json.loads(
                base64.b64decode(text + "=" * (-len(text) % 4), b"-_", validate=True)
            )
            name, key, document_id = state
            cursor = cls(Sort(name), key, document_id)
        except (ValueError, TypeError, RecursionError, binascii.Error):
            raise BadRequest("not a cursor that a search gave", "cursor") from None
        kind = float if sort.by_score else int
        if type(key) is not kind or not isinstance(document_id, str) or cursor.sort is not sort:
            raise BadRequest(f"not the cursor of a search ordered by {sort}", "cursor")
        if not isfinite(key) or abs(key) > _LAST:
            raise BadRequest("not a cursor that a search gave", "cursor")
        return cursor


def date_keys(documents: Documents, sort: Sort) -> Array:
    """What orders documents by date, int64 by document; those without one come last."""
    published = documents.published
    keys = np.negative(published) if sort is Sort.NEWEST else published.copy()
    keys[published == UNDATED] = _LAST
    return keys


def remaining(docs: Array, keys: Array, documents: Documents, cursor: Cursor) -> Array:
    """Those of ``docs`` that come after the cursor; ``keys`` is by document.

    Scores change a little with every document added, so in an order by score the place is where the
    cursor's document stands now.
    """
    key: float = cursor.key
    if cursor.sort.by_score:
        number = documents.number(cursor.id)
        if number is not None and np.any(docs == number):
            key = keys[number]
    level = docs[keys[docs] == key]
    after = [i for i in level.tolist() if documents.ids[i] > cursor.id]
    return np.concatenate([docs[keys[docs] > key], np.array(after, docs.dtype)])


def foremost(docs: Array, keys: Array, documents: Documents, count: int) -> Array:
    """The first ``count`` of ``docs`` (rising), in the order of their numbers: int64."""
    if count >= len(docs):
        return docs
    own = keys[docs]
    last = np.partition(own, count - 1)[count - 1]
    before, level = docs[own < last], docs[own == last]
    level = first(level, keys, documents, count - len(before))
    return np.sort(np.concatenate([before, np.array(level, docs.dtype)]))


def first(docs: Array, keys: Array, documents: Documents, count: int) -> list[int]:
    """The first ``count`` of ``docs`` in order."""
    if count <= 0:
        return []
    if count < len(docs):
        docs = docs[keys[docs] <= np.partition(keys[docs], count - 1)[count - 1]]
    if len(docs) > max(_FEW, 2 * count):
        order = np.lexsort((documents.ranks[docs], keys[docs]))
        ordered: list[int] = docs[order][:count].tolist()
        return ordered
    ids = documents.ids
    pairs = sorted(zip(keys[docs].tolist(), (ids[i] for i in docs), docs.tolist(), strict=True))
    return [number for _, _, number in pairs[:count]]
