"""Cutting a page out of what a request matched, and naming the one after it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tintuc_search.engine.base import Sort
from tintuc_search.engine.opensearch_candidates import scored
from tintuc_search.engine.opensearch_cursor import Place
from tintuc_search.engine.opensearch_schema import WINDOW
from tintuc_search.engine.opensearch_view import EARLIEST, LATEST, Found, read
from tintuc_search.engine.ordering import Cursor
from tintuc_search.engine.snapshot import UNDATED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tintuc_search.engine.base import Hit, SearchRequest
    from tintuc_search.engine.opensearch_counts import Counts
    from tintuc_search.engine.opensearch_view import After, Walk
    from tintuc_search.ranking import Ranking


@dataclass(frozen=True, slots=True)
class Page:
    """The hits asked for, and the cursor of what follows, if anything does."""

    hits: tuple[Hit, ...] = ()
    cursor: str | None = None


@dataclass(slots=True)
class _Pages:
    """What both orders share."""

    walk: Walk
    request: SearchRequest
    place: Place | None
    counts: Counts
    numbers: Sequence[int]
    ranking: Ranking

    @property
    def limit(self) -> int:
        """How many hits are asked for."""
        return max(self.request.limit, 0)

    @property
    def offset(self) -> int:
        """How many come before them."""
        return max(self.request.offset, 0) if self.request.cursor is None else 0

    def scores(self, found: Sequence[Found], request: SearchRequest) -> tuple[Hit, ...]:
        """The hits with exact scores."""
        rows = [each.document for each in found]
        return scored(request, rows, self.counts, self.numbers, self.ranking)

    def cursor(self, key: float, document_id: str, native: float | None) -> str:
        """The cursor after a document."""
        view = self.walk.view
        place = Place(Cursor(self.request.sort, key, document_id), native)
        if self.request.cursor is not None and view.pit:
            standing = view.standing
            place = replace(
                place, pit=view.pit, index=standing.index, generation=standing.generation
            )
        return place.encode()


class DatePages(_Pages):
    """Pages of an order by date, which is OpenSearch's."""

    def first_request(self) -> dict[str, Any]:
        """What to ask for; one document more than the page tells whether there is another page."""
        if not self._at_once:
            return self.walk.body(0, None, documents=False)
        size = min(self.limit + 1, WINDOW) if self.limit else 0
        body = self.walk.body(size, self._after, documents=True)
        return {**body, "from": self.offset} if self.offset else body

    def page(self, hits: Sequence[Any], _total: int) -> Page:
        """The page out of the answer."""
        if not self.limit:
            return Page()
        found = read(hits)
        if not self._at_once:
            found = self.walk.take(self.limit + 1, self._after, self.offset)
        shown = found[: self.limit]
        scores = self.scores(shown, self.request)
        if len(found) <= self.limit:
            return Page(scores)
        last = shown[-1].document
        return Page(scores, self.cursor(self._key(int(last.head[-1])), last.id, None))

    @property
    def _at_once(self) -> bool:
        return self.offset + self.limit < WINDOW

    @property
    def _after(self) -> After | None:
        if self.place is None:
            return None
        key = int(self.place.cursor.key)
        if self.request.sort is Sort.NEWEST:
            key = EARLIEST if key == LATEST else -key
        return [key, self.place.cursor.id]

    def _key(self, published: int) -> int:
        if published == UNDATED:
            return LATEST
        return -published if self.request.sort is Sort.NEWEST else published


class ScorePages(_Pages):
    """Pages of an order by score: the head by our formula, the tail as OpenSearch has it."""

    def first_request(self) -> dict[str, Any]:
        """Ask for the head."""
        size = self.ranking.depth if self.limit else 0
        return self.walk.body(size, None, documents=True)

    def page(self, hits: Sequence[Any], total: int) -> Page:
        """The page out of the answer, and out of the tail where it goes beyond the head."""
        if not self.limit:
            return Page()
        found = read(hits)
        head = self.scores(found, self.request)
        start = self._start(head)
        page = list(head[start : start + self.limit + 1])
        tail: list[Found] = []
        if len(page) <= self.limit and total > len(found) > 0:
            tail = self._tail(found[-1].after, self.limit + 1 - len(page), len(found))
            page += self._lessened(tail, head[-1].score)
        shown = tuple(page[: self.limit])
        if len(page) <= self.limit:
            return Page(shown)
        native = None
        beyond = len(page) - len(tail)
        if len(shown) > beyond:
            native = float(tail[len(shown) - beyond - 1].after[0])
        return Page(shown, self.cursor(-shown[-1].score, shown[-1].id, native))

    def _start(self, head: Sequence[Hit]) -> int:
        """Where the page begins in the head."""
        if self.place is None:
            return self.offset
        if self.place.native is not None:
            return len(head)
        cursor = self.place.cursor
        for i, hit in enumerate(head):
            if hit.id == cursor.id:
                return i + 1
        before = (1 for hit in head if (-hit.score, hit.id) <= (cursor.key, cursor.id))
        return sum(before)

    def _tail(self, after: After, count: int, head: int) -> list[Found]:
        if self.place is not None and self.place.native is not None:
            after = [self.place.native, self.place.cursor.id]
        return self.walk.take(count, after, max(self.offset - head, 0))

    def _lessened(self, found: Sequence[Found], bound: float) -> list[Hit]:
        """The hits of the tail in OpenSearch's order; none may seem better than one before it."""
        hits = []
        request = replace(self.request, stretches=())
        order = {each.document.id: i for i, each in enumerate(found)}
        for hit in sorted(self.scores(found, request), key=lambda hit: order[hit.id]):
            bound = min(bound, hit.score)
            hits.append(replace(hit, score=bound))
        return hits
