"""The cursor of an OpenSearch search: the port's own, and where OpenSearch's order and point in time stand."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tintuc_search.engine.ordering import Cursor
from tintuc_search.errors import BadRequest

if TYPE_CHECKING:
    from tintuc_search.engine.base import Sort
    from tintuc_search.engine.opensearch_state import Standing


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page ended.

    ``native`` is the last document's score by OpenSearch, where the page ended beyond those that were scored exactly.
    ``pit`` is the point in time that the pages share, ``index`` and ``generation`` the state that it holds.
    """

    cursor: Cursor
    native: float | None = None
    pit: str = ""
    index: str = ""
    generation: int = 0

    def fits(self, standing: Standing) -> bool:
        """Whether the point in time may be read: a cursor comes from outside, and an index may be made anew."""
        return self.index == standing.index and 0 <= self.generation <= standing.generation

    def without_point_in_time(self) -> Place:
        """The same place in the index as it is now."""
        return replace(self, pit="", index="", generation=0)

    def encode(self) -> str:
        """Write as text fit for an address."""
        rest = json.dumps([self.native, self.pit, self.index, self.generation]).encode()
        return f"{self.cursor.encode()}.{base64.urlsafe_b64encode(rest).decode().rstrip('=')}"

    @classmethod
    def decode(cls, text: str, sort: Sort) -> Place:
        """Read what ``encode`` wrote; raises BadRequest for anything else, or for another order's."""
        first, _, rest = text.partition(".")
        cursor = Cursor.decode(first, sort)
        try:
            state = json.loads(
                base64.b64decode(rest + "=" * (-len(rest) % 4), b"-_", validate=True)
            )
            native, pit, index, generation = state
        except (ValueError, TypeError, RecursionError, binascii.Error):
            raise BadRequest("not a cursor that a search gave", "cursor") from None
        known = isinstance(pit, str) and isinstance(index, str) and type(generation) is int
        if not known or not (native is None or type(native) is float):
            raise BadRequest("not a cursor that a search gave", "cursor")
        return cls(cursor, native, pit, index, generation)
