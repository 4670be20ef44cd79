"""The OpenSearch engine: an index on a cluster, which several machines search and write.

OpenSearch keeps, copies and matches the documents; terms, positions and scores are ours, so its answers are those of
the other engines. ``docs/ARCHITECTURE.md`` says how, and where its transactions are weaker than those of a file.
"""

from __future__ import annotations

from contextlib import suppress
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from uuid import uuid4

from tintuc_search.engine.opensearch_connection import Access, Connection, Missing
from tintuc_search.engine.opensearch_counts import CountsKept
from tintuc_search.engine.opensearch_cursor import Place
from tintuc_search.engine.opensearch_lease import take
from tintuc_search.engine.opensearch_schema import (
    SCHEMA_VERSION,
    STATE_ID,
    mappings,
    settings,
)
from tintuc_search.engine.opensearch_search import Searcher
from tintuc_search.engine.opensearch_state import REBUILD, Standing, State, read
from tintuc_search.engine.opensearch_writer import OpenSearchWriter
from tintuc_search.errors import IndexLocked, IndexUnusable
from tintuc_search.ranking import RANKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tintuc_search.engine.base import SearchRequest, SearchResult
    from tintuc_search.ranking import Ranking

KEPT_SECONDS = 60.0
"""How long what a commit replaced stays for the searches that began before it."""
_ATTEMPTS = 4
_PRIORITY = 200  # above what OpenSearch's own plugins use


class OpenSearchEngine:
    """An index behind the alias ``index``; implements :class:`~.base.Engine`. Safe for threads.

    Args:
        access: the cluster, or the addresses of its nodes.
        index: the name; letters that OpenSearch does not allow in one become ``-``.
        fingerprint: of the analyzer whose terms are written; an index of another is refused.
        shards: parts that the index is cut into when it is made.
        replicas: copies of each part beside the first.
        ranking: the constants of scores.
        kept_seconds: how long readers may go on with what a commit replaced.
        refresh_seconds: how long commits of other processes may stay unseen; our own are seen at once.
    """

    def __init__(
        self,
        access: Access | Sequence[str],
        index: str,
        *,
        fingerprint: str = "",
        shards: int = 1,
        replicas: int = 1,
        ranking: Ranking = RANKING,
        kept_seconds: float = KEPT_SECONDS,
        refresh_seconds: float = 0.0,
    ) -> None:
        self.index = _name(index)
        self.access = access if isinstance(access, Access) else Access(tuple(access))
        self._connection = Connection(self.access)
        self._fingerprint, self._ranking = fingerprint, ranking
        self._shards, self._replicas, self._kept = shards, replicas, kept_seconds
        self._counts = CountsKept(self._connection, ranking)
        self._searcher = Searcher(self._connection, self._counts, ranking)
        self._refresh_seconds = refresh_seconds
        self._checked = ""
        self._seen: tuple[float, Standing] | None = None
        self._lock = Lock()

    def search(self, request: SearchRequest) -> SearchResult:
        """Answer from the newest committed state, or, with a cursor, from the one its walk began in."""
        place = Place.decode(request.cursor, request.sort) if request.cursor else None
        for _ in range(_ATTEMPTS):
            standing = self._standing()
            if place is not None and not place.fits(standing):
                place = place.without_point_in_time()
            try:
                return self._searcher.answer(request, standing, place)
            except Missing:  # the index was made anew, or the point in time has ended
                self._forget()
                if place is not None:
                    place = place.without_point_in_time()
        raise IndexUnusable(f"the index {self.index} is being made anew again and again")

    def mark(self) -> int:
        """The archive change sequence of the newest commit, 0 for an empty index."""
        return self._standing().state.mark

    def generation(self) -> str:
        """A string that changes with every commit."""
        standing = self._standing()
        return f"{standing.index.rpartition('.')[2]}-{standing.generation}"

    def count(self) -> int:
        """The number of documents."""
        for _ in range(_ATTEMPTS):
            try:
                return self._counts.of(self._standing()).statistics.count
            except Missing:
                self._forget()
        raise IndexUnusable(f"the index {self.index} is being made anew again and again")

    def writer(self, *, wait: float = 0.0) -> OpenSearchWriter:
        """Open the one writing transaction, waiting up to ``wait`` seconds for another to end."""
        self._forget()
        self._standing()
        lease = take(self._connection, self.index, wait)
        try:
            statistics = self._counts.of(lease.before).statistics
            writer = OpenSearchWriter(
                self._connection, lease, statistics, self._ranking, self._kept, self._forget
            )
            writer.clean()
        except BaseException:
            lease.end()
            raise
        return writer

    def rebuild(self) -> None:
        """Put an empty index of the present schema in place of whatever was there, in one step."""
        lease = None
        try:
            lease = take(self._connection, self.index, 0.0)
        except IndexLocked:
            raise
        except IndexUnusable:
            self._connection.call("GET", "/")  # says it if there is no cluster
        try:
            self._swap(self._make())
        finally:
            if lease is not None:
                lease.abandon()
        self._forget()

    def remove(self) -> None:
        """Remove the index and all that belongs to it; not an error if there is none."""
        for name in self._behind():
            self._delete(f"/{name}")
        self._delete(f"/_index_template/{quote(self.index)}")

    def close(self) -> None:
        """Release threads and connections."""
        self._searcher.close()
        self._connection.close()

    def _standing(self) -> Standing:
        """The newest commit, checked to be one that we can read."""
        with self._lock:
            if self._seen is not None and monotonic() < self._seen[0]:
                return self._seen[1]
        until = monotonic() + self._refresh_seconds
        standing = read(self._connection, self.index)
        with self._lock:
            self._seen = (until, standing)
            if standing.index == self._checked:
                return standing
        meta = self._meta(standing.index)
        if meta.get("version") != SCHEMA_VERSION:
            raise IndexUnusable(
                f"the index {self.index} was written by another version of the program; {REBUILD}"
            )
        if self._fingerprint and meta.get("fingerprint") != self._fingerprint:
            raise IndexUnusable(
                f"the index {self.index} holds the terms of another version of the analyzer; {REBUILD}"
            )
        with self._lock:
            self._checked = standing.index
        return standing

    def _forget(self) -> None:
        """Look anew at the index's state when it is next asked for."""
        with self._lock:
            self._seen = None

    def _meta(self, name: str) -> dict[str, Any]:
        try:
            found = self._connection.call("GET", f"/{name}/_mapping")
        except Missing:
            return {}
        meta: dict[str, Any] = found[name]["mappings"].get("_meta") or {}
        return meta

    def _make(self) -> str:
        """Make an empty index by the template of our settings, and return its name."""
        self._connection.call(
            "PUT",
            f"/_index_template/{quote(self.index)}",
            {
                "index_patterns": [f"{self.index}.*"],
                "priority": _PRIORITY + len(self.index),  # the longer name is the nearer one
                "template": {
                    "settings": {"index": settings(self._shards, self._replicas, self._ranking)},
                    "mappings": mappings(self._fingerprint),
                },
            },
        )
        name = f"{self.index}.{uuid4().hex[:12]}"
        self._connection.call("PUT", f"/{name}")
        self._connection.call("PUT", f"/{name}/_doc/{STATE_ID}", State().body())
        return name

    def _swap(self, name: str) -> None:
        """Let the alias mean this index, and remove those that it meant before."""
        actions: list[dict[str, Any]] = [
            {"remove_index": {"index": old}} for old in self._behind() if old != name
        ]
        actions.append({"add": {"index": name, "alias": self.index}})
        self._connection.call("POST", "/_aliases", {"actions": actions})

    def _behind(self) -> list[str]:
        """The indexes that the alias means, or the one that has its name."""
        try:
            found: dict[str, Any] = self._connection.call("GET", f"/{self.index}")
        except Missing:
            return []
        return sorted(found)

    def _delete(self, path: str) -> None:
        with suppress(Missing):
            self._connection.call("DELETE", path)


def _name(index: str) -> str:
    """A name that OpenSearch allows."""
    kept = (letter if letter.isascii() and letter.isalnum() else "-" for letter in index.lower())
    return "".join(kept).strip("-") or "tintuc"
