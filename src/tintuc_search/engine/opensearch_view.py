"""One state of an index that a search reads, and the walk through what a query matches there."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from tintuc_search.engine.base import Sort
from tintuc_search.engine.opensearch_connection import Missing
from tintuc_search.engine.opensearch_extract import PICKED, Asked
from tintuc_search.engine.opensearch_packing import Unpacked, unpack
from tintuc_search.engine.opensearch_query import EVERYTHING, Query
from tintuc_search.engine.opensearch_schema import ID, PUBLISHED, WINDOW
from tintuc_search.errors import IndexUnusable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tintuc_search.engine.opensearch_connection import Connection
    from tintuc_search.engine.opensearch_state import Standing

KEEP_ALIVE = "2m"
EARLIEST, LATEST = -(1 << 63), (1 << 63) - 1

After = list[Any]
"""What a document is ordered by: its score or date, then its id."""


class Found(NamedTuple):
    """A document, and its place in OpenSearch's order."""

    document: Unpacked
    after: After


@dataclass(slots=True)
class View:
    """The documents of one commit, as they are or as of a point in time (``pit``). Safe for threads.

    ``timed_out`` says that OpenSearch gave up counting somewhere.
    """

    connection: Connection
    standing: Standing
    pit: str = ""
    timed_out: bool = field(default=False, init=False)

    def search(self, body: dict[str, Any], seconds: float | None = None) -> Any:
        """Ask; the answer is that of all shards."""
        if seconds is not None:
            body = {**body, "timeout": f"{max(int(1000 * seconds), 1)}ms"}
        if self.pit:
            body = {**body, "pit": {"id": self.pit, "keep_alive": KEEP_ALIVE}}
            answer = self.connection.search("/_search", body)
            self.pit = answer.get("pit_id") or self.pit
        else:
            answer = self.connection.search(f"/{self.standing.index}/_search", body)
        if answer["timed_out"]:
            self.timed_out = True
        return answer

    def narrowed(self, filters: Sequence[Query], scoring: Query | None = None) -> Query:
        """The documents of this commit that match all of ``filters``, scored by ``scoring``."""
        return {
            "bool": {
                "must": [] if scoring is None else [scoring],
                "filter": list(filters) or [EVERYTHING],
                "must_not": self.standing.hidden(),
            }
        }

    def hold(self) -> None:
        """Keep the index as it is for the searches to come, where the cluster lets us."""
        if self.pit:
            return
        try:
            answer = self.connection.call(
                "POST",
                f"/{self.standing.index}/_search/point_in_time",
                None,
                {"keep_alive": KEEP_ALIVE},
                patience=0.0,
            )
        except IndexUnusable:
            return  # too many are open: the walk goes on over the index as it is
        self.pit = answer["pit_id"]

    def let_go(self) -> None:
        """End the point in time."""
        if self.pit:
            with suppress(Missing, IndexUnusable):  # it ends by itself
                self.connection.call("DELETE", "/_search/point_in_time", {"pit_id": [self.pit]})
            self.pit = ""


@dataclass(slots=True)
class Walk:
    """What a query matches, in OpenSearch's order: by score or by date, then by id; ``asked`` is fetched of each."""

    view: View
    query: Query
    sort: Sort
    seconds: float
    asked: Asked

    def order(self) -> list[dict[str, Any]]:
        """As OpenSearch writes it; what has no date comes last."""
        if self.sort.by_score:
            first: dict[str, Any] = {"_score": "desc"}
        elif self.sort is Sort.NEWEST:
            first = {PUBLISHED: {"order": "desc", "missing": EARLIEST}}
        else:
            first = {PUBLISHED: {"order": "asc", "missing": LATEST}}
        return [first, {ID: "asc"}]

    def body(self, size: int, after: After | None, *, documents: bool) -> dict[str, Any]:
        """One request for the next ``size`` documents after a place."""
        body: dict[str, Any] = {
            "size": size,
            "query": self.query,
            "sort": self.order(),
            "stored_fields": "_none_",
            "track_total_hits": False,
        }
        if documents:
            body["script_fields"] = self.asked.field()
        if after is not None:
            body["search_after"] = after
        return body

    def take(self, count: int, after: After | None, skip: int = 0) -> list[Found]:
        """The next ``count`` documents after a place, ``skip`` left out before them."""
        if skip + count > WINDOW or (skip and after is not None):
            self.view.hold()
        while skip > 0:
            part = min(skip, WINDOW)
            hits = self._hits(part, after, documents=False)
            if len(hits) < part:
                return []
            after, skip = hits[-1]["sort"], skip - part
        found: list[Found] = []
        while count > 0:
            part = min(count, WINDOW)
            hits = self._hits(part, after, documents=True)
            found += read(hits)
            if len(hits) < part:
                break
            after, count = hits[-1]["sort"], count - part
        return found

    def _hits(self, size: int, after: After | None, *, documents: bool) -> list[Any]:
        answer = self.view.search(self.body(size, after, documents=documents), self.seconds)
        hits: list[Any] = answer["hits"]["hits"]
        return hits


def read(hits: Sequence[Any]) -> list[Found]:
    """The documents of an answer's hits."""
    return [Found(unpack(hit["fields"][PICKED][0], hit["sort"][-1]), hit["sort"]) for hit in hits]
