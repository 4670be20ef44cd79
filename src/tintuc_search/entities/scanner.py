"""Goes through an article line by line: headlines, bylines, and lines to be read for names."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from tintuc_search.entities.base import Kind
from tintuc_search.entities.bylines import is_byline, names_of_byline, without_note
from tintuc_search.entities.finders import Finders
from tintuc_search.entities.reading import LineReader
from tintuc_search.entities.scan import Found, Scan

if TYPE_CHECKING:
    from tintuc_search.entities.tables import Tables
    from tintuc_search.entities.units import Units

SHORTEST_HEADLINE = 5


class Scanner:
    """Holds nothing between texts; threads may share it."""

    def __init__(self, tables: Tables) -> None:
        self._finders = Finders(tables)

    def scan(self, units: Units) -> Scan:
        """Everything found in ``units``."""
        scan = Scan()
        reader = LineReader(self._finders, units, scan)
        lines = [i for i, gap in enumerate(units.gaps) if "\n" in gap]
        for first, after in pairwise([*lines, units.count]):
            written = units.text[units.starts[first] : units.ends[after - 1]]
            if after - first >= SHORTEST_HEADLINE and written.isupper():
                scan.headlines.append((first, after))
            elif first and is_byline(units, self._finders, first, after):
                for name in names_of_byline(units, first, after):
                    scan.names.append(Found(Kind.PERSON, *name, "byline"))
                reader.read(without_note(units, first, after), after)
            else:
                reader.read(first, after)
        self._finders.evidence.settle(units, scan)
        return scan
