"""The cache of what was read of an index's segments, which never change once written."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

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
        """Keep an entry of ``size`` bytes, in place of any of its key, if it is not larger than the whole cache."""
        size += _OVERHEAD + len(key[1])
        with self._lock:
            if size > self._limit:
                return
            self.size += size - self._entries.pop(key, (None, 0))[1]
            self._entries[key] = (value, size)
            while self.size > self._limit:
                self.size -= self._entries.popitem(last=False)[1][1]

    def keep(self, segments: set[str]) -> None:
        """Drop the entries of all other segments."""
        with self._lock:
            for key in [key for key in self._entries if key[0] not in segments]:
                self.size -= self._entries.pop(key)[1]

    def change(self, segment: str, change: Callable[[Any], Any]) -> None:
        """Put what ``change`` makes of each of a segment's entries in its place."""
        with self._lock:
            for key, (value, size) in self._entries.items():
                if key[0] == segment:
                    self._entries[key] = (change(value), size)
