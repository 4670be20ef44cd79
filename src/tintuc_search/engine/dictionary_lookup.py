"""Look-ups in a dictionary's tables by the beginning of a name, and of all its one-syllable terms."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING
from unicodedata import normalize

from tintuc_search.engine.base import Label
from tintuc_search.engine.database import select
from tintuc_search.engine.vocabulary import SortedVocabulary

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from tintuc_search.analysis.base import Analyzer
    from tintuc_search.engine.base import KeywordField

_AFTER_ALL = "\U0010ffff"


def labels_beginning(
    connection: sqlite3.Connection,
    analyzer: Analyzer,
    field: KeywordField,
    value: str,
    limit: int,
) -> list[Label]:
    """The labels whose key, or (``value`` unmarked) folded key, begins with ``value``; by name.

    A beginning is looked for in its canonical spelling and as typed: "li" begins "lý" and "linh".
    """
    typed = " ".join(normalize("NFC", value).lower().split())
    starts = {analyzer.key(value), typed} - {""}
    column = "key" if any(map(analyzer.is_marked, starts)) else "folded"
    if column == "folded":
        starts = set(map(analyzer.fold, starts))
    ranges = " OR ".join([f"({column} >= ? AND {column} < ?)"] * len(starts))
    if not starts:
        return []
    bounds = [bound for start in sorted(starts) for bound in (start, start + _AFTER_ALL)]
    rows = connection.execute(
        f"SELECT id, name FROM labels WHERE field = ? AND ({ranges}) ORDER BY key, id LIMIT ?",  # noqa: S608 - our own columns
        (field, *bounds, max(limit, 0)),
    )
    return [Label(field, keyword, name) for keyword, name in rows]


def names_of(
    connection: sqlite3.Connection, keywords: Iterable[tuple[KeywordField, str]]
) -> dict[tuple[KeywordField, str], str]:
    """The names of those keywords that have one."""
    by_field: defaultdict[KeywordField, list[str]] = defaultdict(list)
    for field, keyword in keywords:
        by_field[field].append(keyword)
    return {
        (field, keyword): name
        for field, ids in by_field.items()
        for keyword, name in select(
            connection,
            f"SELECT id, name FROM labels WHERE field = '{field.value}' AND id IN",  # noqa: S608 - our own field
            ids,
        )
    }


def read_vocabulary(connection: sqlite3.Connection) -> SortedVocabulary:
    """All terms of texts that are no words of several syllables."""
    # A term with a colon stands for a name or title, as completing.py says.
    return SortedVocabulary(
        connection.execute(
            "SELECT folded, term, count FROM terms"
            " WHERE instr(term, '_') = 0 AND instr(term, ':') = 0 ORDER BY folded"
        )
    )
