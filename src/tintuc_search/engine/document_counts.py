"""Counts documents into the dictionary's tables, in place of what they held before.

A document is kept as its row of term numbers, :data:`~.grams.BREAK` before each paragraph, and the numbers of its
words. Both are compressed.
"""

from __future__ import annotations

import zlib
from collections import Counter
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from tintuc_search.engine import grams
from tintuc_search.engine.base import UNMARKED_WORD
from tintuc_search.engine.completing import extra_terms, renew_starts
from tintuc_search.engine.database import select

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from tintuc_search.engine.base import FieldText, IndexDocument
    from tintuc_search.engine.postings import Array

SCHEMA = """
CREATE TABLE IF NOT EXISTS terms (
    number INTEGER PRIMARY KEY, term TEXT NOT NULL UNIQUE, folded TEXT NOT NULL, count INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS terms_by_folded ON terms (folded);
CREATE TABLE IF NOT EXISTS documents (
    id TEXT PRIMARY KEY, row BLOB NOT NULL, words BLOB NOT NULL) WITHOUT ROWID;
"""
TABLES = ("terms", "documents")


@dataclass(frozen=True, slots=True)
class Held:
    """What a document holds: its terms in order, None before each paragraph, and its words.

    An article written without any mark tells nothing of how the archive puts its terms: it has no row, and its
    terms are kept as words are.
    """

    row: list[str | None] = field(default_factory=list)
    words: frozenset[str] = frozenset()

    def terms(self) -> set[str]:
        """Every term and word."""
        return {term for term in self.row if term is not None}.union(self.words)


def held_by(document: IndexDocument) -> Held:
    """What a document holds."""
    texts = document.texts.values()
    row = [term for text in texts for term in _paragraphs(text)]
    words = frozenset(word for text in texts for word, _ in text.words).union(extra_terms(document))
    if UNMARKED_WORD in words:
        return Held(words=words.union(term for term in row if term is not None))
    return Held(row, words)


def _paragraphs(text: FieldText) -> Iterator[str | None]:
    expected = -1
    for term, position in zip(text.terms, text.positions, strict=True):
        if position != expected:
            yield None
        yield term
        expected = position + 1


def count_in(
    connection: sqlite3.Connection, batch: Mapping[str, Held], fold: Callable[[str], str]
) -> None:
    """Count a batch in; a document that holds nothing is forgotten."""
    terms = {held_id: held.terms() for held_id, held in batch.items()}
    numbers, counts = _number(connection, set().union(*terms.values()), fold)
    before = list(_stored(connection, batch))
    rows = {
        held_id: np.array([numbers[term] if term else grams.BREAK for term in held.row], "<u4")
        for held_id, held in batch.items()
        if terms[held_id]
    }
    changes = Counter(map(numbers.__getitem__, chain.from_iterable(terms.values())))
    for row, words in before:
        changes.subtract(set(row[row != grams.BREAK].tolist()) | set(words.tolist()))
    _replace(connection, batch, rows, numbers)
    grams.append(connection, list(rows.values()), [row for row, _ in before])
    others = [number for number in changes if number not in counts]  # of what was held before
    counts |= dict(select(connection, "SELECT number, count FROM terms WHERE number IN", others))
    changed = {
        number: (counts[number], counts[number] + change)
        for number, change in changes.items()
        if change and number in counts
    }
    connection.executemany(
        "UPDATE terms SET count = ? WHERE number = ?",
        [(after, number) for number, (_, after) in changed.items()],
    )
    renew_starts(connection, changed)
    connection.executemany(
        "DELETE FROM terms WHERE number = ?",
        [(number,) for number, (_, after) in changed.items() if after <= 0],
    )


def _replace(
    connection: sqlite3.Connection,
    batch: Mapping[str, Held],
    rows: Mapping[str, Array],
    numbers: Mapping[str, int],
) -> None:
    connection.executemany("DELETE FROM documents WHERE id = ?", [(each,) for each in batch])
    words = {
        each: np.array(sorted(numbers[word] for word in batch[each].words), "<u4") for each in rows
    }
    connection.executemany(
        "INSERT INTO documents VALUES (?, ?, ?)",
        [(each, _packed(row), _packed(words[each])) for each, row in rows.items()],
    )


def _number(
    connection: sqlite3.Connection, terms: set[str], fold: Callable[[str], str]
) -> tuple[dict[str, int], dict[int, int]]:
    """The numbers of terms, and by number how many documents hold each; unknown ones are stored, still with 0."""
    numbers: dict[str, int] = {}
    counts: dict[int, int] = {}
    question = "SELECT term, number, count FROM terms WHERE term IN"
    for term, number, count in select(connection, question, terms):
        numbers[term], counts[number] = number, count
    new = sorted(terms - numbers.keys())
    connection.executemany(
        "INSERT INTO terms (term, folded, count) VALUES (?, ?, 0)",
        [(term, fold(term)) for term in new],
    )
    for term, number, count in select(connection, question, new):
        numbers[term], counts[number] = number, count
    return numbers, counts


def _stored(connection: sqlite3.Connection, ids: Iterable[str]) -> Iterator[tuple[Array, Array]]:
    """The rows of the documents that are stored, and the numbers of their words."""
    question = "SELECT row, words FROM documents WHERE id IN"
    for row, words in select(connection, question, ids):
        yield _unpacked(row), _unpacked(words)


def _packed(numbers: Array) -> bytes:
    """Compress numbers: the low bytes of all, then the next, which are alike."""
    return zlib.compress(numbers.view(np.uint8).reshape(-1, 4).T.tobytes(), 1)


def _unpacked(data: bytes) -> Array:
    planes = np.frombuffer(zlib.decompress(data), np.uint8).reshape(4, -1)
    numbers: Array = np.ascontiguousarray(planes.T).view("<u4").ravel()
    return numbers
