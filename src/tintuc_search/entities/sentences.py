"""Where sentences begin."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tintuc_search.entities.units import Units

_END = re.compile(r"[.!?…][\"”’')\]» ]*\s|\n")
_SHORTEST_WORD = 2


class Sentences:
    """The sentences of a text, each a row of units."""

    def __init__(self, units: Units) -> None:
        self.starts = [
            i
            for i, gap in enumerate(units.gaps)
            if gap != " " and _END.search(gap) and ("\n" in gap or self._ends(units, i))
        ]
        self._count = units.count

    def start(self, i: int) -> int:
        """Where the sentence of unit ``i`` begins."""
        at = bisect_right(self.starts, i)
        return self.starts[at - 1] if at else 0

    def end(self, i: int) -> int:
        """Behind which unit the sentence of unit ``i`` ends."""
        at = bisect_right(self.starts, i)
        return self.starts[at] if at < len(self.starts) else self._count

    @staticmethod
    def _ends(units: Units, i: int) -> bool:
        """A capital or number follows, and before it stood no initial (``Đ. Lý``) or ``TP.``."""
        short = units.upper[i - 1] and units.gaps[i].startswith(". ") if i else False
        return (units.is_name(i) or '"' in units.gaps[i]) and not (
            short and units.ends[i - 1] - units.starts[i - 1] < _SHORTEST_WORD
        )
