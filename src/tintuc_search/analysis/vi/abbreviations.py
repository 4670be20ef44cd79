"""What the abbreviations of state, party, economy and places stand for, whatever an archive holds."""

from __future__ import annotations

from functools import cache

from tintuc_search.analysis.base import Abbreviation, Use
from tintuc_search.analysis.tables import read_table


@cache
def known_abbreviations() -> tuple[Abbreviation, ...]:
    """The rows of ``abbreviations.tsv``; ``bch-`` there stands before the abbreviation, ``-đảng`` behind it."""
    return tuple(
        Abbreviation(short, full, Use(use), *_neighbours(beside))
        for short, full, use, beside in read_table(__package__, "abbreviations.tsv")
    )


def _neighbours(beside: str) -> tuple[frozenset[str], frozenset[str]]:
    words = [] if beside == "-" else beside.split(" ")
    before = frozenset(word.removesuffix("-") for word in words if not word.startswith("-"))
    behind = frozenset(word.removeprefix("-") for word in words if not word.endswith("-"))
    return before, behind
