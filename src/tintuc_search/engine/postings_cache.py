"""The cache of what was read of an index's segments, which never change once written."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import Any

_OVERHEAD = 400  # bytes that an entry of the cache takes besides its arrays, roughly
Key = tuple[str, bytes, bool]
"""Segment, term, whether with positions."""


class PostingsCache:
    """Postings and occurrences by segment and term, least recently used out; safe for threads."""

    def __init__(self, limit: int) -> None:
        self.size = 0
        self._limit = limit
        self._lock = Lock()
        self._entries: OrderedDict[Key, tuple[Any, int]] = OrderedDict()

    def get(self, key: Key) -> Any:
        """The entry, or None."""
        with self._lock:
            entry = self._entries.get(key)
            if entry is None:
                return None
            self._entries.move_to_end(key)
            return entry[0]

    def put(self, key: Key, value: Any, size: int) -> None:
        """Keep an entry of ``size`` bytes, if it is not larger than the whole cache."""
        size += _OVERHEAD + len(key[1])
        with self._lock:
            if key in self._entries or size > self._limit:
                return
            self._entries[key] = (value, size)
            self.size += size
            while self.size > self._limit:
                self.size -= self._entries.popitem(last=False)[1][1]

    def keep(self, segments: set[str]) -> None:
        """Drop the entries of all other segments."""
        with self._lock:
            for key in [key for key in self._entries if key[0] not in segments]:
                self.size -= self._entries.pop(key)[1]
