"""Counts documents into the dictionary's tables, in place of what they held before.

A document is kept as its row of term numbers, :data:`~.grams.BREAK` before each paragraph, and the numbers of its
words. Both are compressed.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tintuc_search.engine import grams
from tintuc_search.engine.base import UNMARKED_WORD
from tintuc_search.engine.completing import extra_terms, renew_starts
from tintuc_search.engine.database import select
from tintuc_search.engine.slots import FILLER, distinct, row
from tintuc_search.engine.tallies import difference

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

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
    """What a document holds: texts, whose terms in order are its row, and its words; ``terms`` are all of both.

    An article written without any mark tells nothing of how the archive puts its terms: it has no row, and its
    terms are kept as words are.
    """

    texts: tuple[FieldText, ...] = ()
    words: frozenset[str] = frozenset()
    terms: frozenset[str] = frozenset()


def held_by(document: IndexDocument) -> Held:
    """What a document holds."""
    texts = tuple(document.texts.values())
    found = [distinct(text) for text in texts]
    words = frozenset(extra_terms(document)).union(*(words for _, words in found))
    terms = words.union(*(terms for terms, _ in found))
    return Held((), terms, terms) if UNMARKED_WORD in words else Held(texts, words, terms)


def count_in(
    connection: sqlite3.Connection, batch: Mapping[str, Held], fold: Callable[[str], str]
) -> None:
    """Count a batch in; a document that holds nothing is forgotten."""
    held = {held_id: each for held_id, each in batch.items() if each.terms}
    known = _number(connection, set().union(*(each.terms for each in held.values())), fold)
    before = list(_stored(connection, batch))
    rows = {held_id: _row(each, known.numbers) for held_id, each in held.items()}
    words = {held_id: np.sort(_all(each.words, known.numbers)) for held_id, each in held.items()}
    _replace(connection, batch, rows, words)
    grams.append(connection, list(rows.values()), [row for row, _ in before])
    changes = _changes([_all(each.terms, known.numbers) for each in held.values()], before)
    counts = known.counts
    others = [number for number in changes if number not in counts]  # of what was held before
    counts |= dict(select(connection, "SELECT number, count FROM terms WHERE number IN", others))
    changed = {
        number: (counts[number], counts[number] + change)
        for number, change in changes.items()
        if number in counts
    }
    connection.executemany(
        "UPDATE terms SET count = ? WHERE number = ?",
        [(after, number) for number, (_, after) in changed.items()],
    )
    renew_starts(connection, changed, known.new)
    connection.executemany(
        "DELETE FROM terms WHERE number = ?",
        [(number,) for number, (_, after) in changed.items() if after <= 0],
    )


def _row(held: Held, numbers: Mapping[str, int]) -> Array:
    """The numbers of a document's terms in order, a break before each paragraph."""
    rows = [row(text, numbers) for text in held.texts]
    return np.concatenate([np.empty(0, np.uint32), *rows])


def _all(terms: frozenset[str], numbers: Mapping[str, int]) -> Array:
    """The numbers of terms, uint32, in no order."""
    return np.fromiter(map(numbers.__getitem__, terms), np.uint32, len(terms))


def _changes(added: Sequence[Array], before: Iterable[tuple[Array, Array]]) -> dict[int, int]:
    """By how much the counts of terms change, by number; 0 is left out."""
    none = np.empty(0, np.uint32)
    gone = [np.union1d(held[held != grams.BREAK], words) for held, words in before]
    changes = difference(np.concatenate([none, *added]), np.concatenate([none, *gone]))
    return dict(zip(changes.keys.tolist(), changes.counts.tolist(), strict=True))


def _replace(
    connection: sqlite3.Connection,
    batch: Iterable[str],
    rows: Mapping[str, Array],
    words: Mapping[str, Array],
) -> None:
    connection.executemany("DELETE FROM documents WHERE id = ?", [(each,) for each in batch])
    connection.executemany(
        "INSERT INTO documents VALUES (?, ?, ?)",
        [(each, _packed(row), _packed(words[each])) for each, row in rows.items()],
    )


class _Known(NamedTuple):
    """Terms as they are stored.

    ``numbers`` by term, :data:`~.grams.BREAK` among them for a gap; ``counts`` by number, how many documents hold
    each; ``new`` those that were not stored before, by number, with their folded form.
    """

    numbers: dict[str, int]
    counts: dict[int, int]
    new: dict[int, tuple[str, str]]


def _number(connection: sqlite3.Connection, terms: set[str], fold: Callable[[str], str]) -> _Known:
    """Look terms up; unknown ones are stored, still with a count of 0."""
    known = _Known({}, {}, {})
    question = "SELECT term, number, count FROM terms WHERE term IN"
    for term, number, count in select(connection, question, terms):
        known.numbers[term], known.counts[number] = number, count
    new = {term: fold(term) for term in sorted(terms - known.numbers.keys())}
    connection.executemany("INSERT INTO terms (term, folded, count) VALUES (?, ?, 0)", new.items())
    for term, number, _ in select(connection, question, new):
        known.numbers[term], known.counts[number] = number, 0
        known.new[number] = term, new[term]
    known.numbers[FILLER] = grams.BREAK
    return known


def _stored(connection: sqlite3.Connection, ids: Iterable[str]) -> Iterator[tuple[Array, Array]]:
    """The rows of the documents that are stored, and the numbers of their words."""
    question = "SELECT row, words FROM documents WHERE id IN"
    for numbers, words in select(connection, question, ids):
        yield _unpacked(numbers), _unpacked(words)


def _packed(numbers: Array) -> bytes:
    """Compress numbers: the low bytes of all, then the next, which are alike."""
    numbers = numbers.astype("<u4", copy=False)
    return zlib.compress(numbers.view(np.uint8).reshape(-1, 4).T.tobytes(), 1)


def _unpacked(data: bytes) -> Array:
    planes = np.frombuffer(zlib.decompress(data), np.uint8).reshape(4, -1)
    numbers: Array = np.ascontiguousarray(planes.T).view("<u4").ravel()
    return numbers
