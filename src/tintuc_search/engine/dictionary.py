"""The dictionary beside the index, in SQLite: terms with document frequencies, and keyword names.

For each document it keeps which terms it held (numbers, as a compressed array), so that a change or a
deletion takes back exactly what was counted.
"""

from __future__ import annotations

import zlib
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from tintuc_search.engine import completing, definitions
from tintuc_search.engine.base import DictionaryEntry, KeywordField, Label
from tintuc_search.engine.completing import Completion, extra_terms, find_starts, name_of, title_of
from tintuc_search.engine.database import Database
from tintuc_search.engine.dictionary_lookup import labels_beginning, read_vocabulary

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from tintuc_search.analysis.base import Analyzer
    from tintuc_search.engine.base import IndexDocument
    from tintuc_search.engine.completing import Kind, Start
    from tintuc_search.engine.vocabulary import SortedVocabulary

_VERSION = 2
_SCHEMA = """
CREATE TABLE IF NOT EXISTS terms (
    number INTEGER PRIMARY KEY, term TEXT NOT NULL UNIQUE, folded TEXT NOT NULL, count INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS terms_by_folded ON terms (folded);
CREATE TABLE IF NOT EXISTS documents (id TEXT PRIMARY KEY, terms BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS labels (
    field TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, key TEXT NOT NULL, folded TEXT NOT NULL,
    PRIMARY KEY (field, id)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS labels_by_key ON labels (field, key);
CREATE INDEX IF NOT EXISTS labels_by_folded ON labels (field, folded);
"""
_TABLES = ("terms", "documents", "labels", *definitions.TABLES, completing.TABLE)
_BATCH = 200  # documents counted at a time
_ASKED = 500  # values in one question to SQLite, which takes at least 999


class SqliteDictionary:
    """Implements :class:`~.base.Dictionary` in the SQLite file ``path``, or ``":memory:"``.

    Safe for threads; several processes may read while one writes. A file must first be made by ``clear``.
    """

    def __init__(self, path: Path | str, analyzer: Analyzer) -> None:
        schema = _SCHEMA + definitions.SCHEMA + completing.SCHEMA
        self._database = Database(path, schema, _VERSION)
        self._analyzer = analyzer

    def entry(self, term: str) -> DictionaryEntry | None:
        """The term as stored, or None."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT term, count FROM terms WHERE term = ?", (_storable(term),)
            ).fetchone()
        return DictionaryEntry(*row) if row else None

    def entries(self, terms: Iterable[str]) -> Sequence[DictionaryEntry]:
        """Those of ``terms`` that are held, each once, in no order: one question for many."""
        wanted = dict.fromkeys(map(_storable, terms))
        question = "SELECT term, count FROM terms WHERE term IN"
        with self._database.reading() as connection:
            return [DictionaryEntry(*row) for row in _select(connection, question, wanted)]

    def folded(self, folded: str, limit: int) -> Sequence[DictionaryEntry]:
        """The terms that fold to ``folded``, most frequent first, at most ``limit``."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT term, count FROM terms WHERE folded = ? ORDER BY count DESC, term LIMIT ?",
                (_storable(folded), max(limit, 0)),
            ).fetchall()
        return [DictionaryEntry(*row) for row in rows]

    def definitions(self, least: int) -> Mapping[tuple[str, str], int]:
        """The abbreviations with their full forms that ``least`` and more documents explain: in how many."""
        with self._database.reading() as connection:
            return definitions.explained(connection, least)

    def labels(
        self, ids: Iterable[tuple[KeywordField, str]]
    ) -> Mapping[tuple[KeywordField, str], str]:
        """The names of keyword ids; unknown ones are left out."""
        names = {}
        with self._database.reading() as connection:
            for field, keyword in ids:
                row = connection.execute(
                    "SELECT name FROM labels WHERE field = ? AND id = ?",
                    (field, _storable(keyword)),
                ).fetchone()
                if row:
                    names[field, keyword] = row[0]
        return names

    def resolve(self, field: KeywordField, value: str) -> Sequence[Label]:
        """The keywords that ``value`` means: by id, else by key, else (unmarked) by folded key."""
        value = _storable(value)
        key = self._analyzer.key(value)
        questions = [("id", value)]
        if key:
            questions.append(("key", key))
            if not self._analyzer.is_marked(key):
                questions.append(("folded", self._analyzer.fold(key)))
        with self._database.reading() as connection:
            for column, wanted in questions:
                rows = connection.execute(
                    f"SELECT id, name FROM labels WHERE field = ? AND {column} = ? ORDER BY id",  # noqa: S608
                    (field, wanted),
                ).fetchall()
                if rows:
                    return [Label(field, keyword, name) for keyword, name in rows]
        return []

    def beginning(self, field: KeywordField, value: str, limit: int) -> Sequence[Label]:
        """The keywords whose key, or (``value`` unmarked) folded key, begins with ``value``; by name."""
        with self._database.reading() as connection:
            return labels_beginning(connection, self._analyzer, field, _storable(value), limit)

    def vocabulary(self) -> SortedVocabulary:
        """The terms of one syllable as they are now."""
        with self._database.reading() as connection:
            return read_vocabulary(connection)

    def complete(
        self, kind: Kind, beginning: str, limit: int, fits: Callable[[str], bool]
    ) -> Sequence[Completion]:
        """What begins with the folded ``beginning`` and whose text ``fits``, most frequent first."""
        found: dict[str, Completion] = {}
        with self._database.reading() as connection:
            for rows in find_starts(connection, kind, _storable(beginning)):
                for row in sorted(rows, key=lambda row: (-row.articles, row.start)):
                    completion = self._completion(row)
                    if row.term not in found and fits(completion.text):
                        found[row.term] = completion
                    if len(found) >= limit:
                        return list(found.values())
        return list(found.values())

    def apply(
        self,
        documents: Iterable[IndexDocument],
        labels: Iterable[Label],
        deleted: Iterable[str],
    ) -> None:
        """Count the documents in, in place of what they held before, in one transaction."""
        documents, deleted = list(documents), list(deleted)
        explained = {document.id: document.definitions for document in documents}
        labels = list(labels)
        names = completing.folded_names(
            labels, lambda name: self._analyzer.fold(self._analyzer.key(name))
        )
        with self._database.writing() as connection:
            definitions.count(connection, explained | dict.fromkeys(deleted, ()))
            counted = ((document.id, _terms(document)) for document in documents)
            while batch := dict(islice(counted, _BATCH)):
                self._count(connection, batch, names)
            gone = ((document_id, frozenset[str]()) for document_id in deleted)
            while batch := dict(islice(gone, _BATCH)):
                self._count(connection, batch, {})
            connection.executemany(
                "INSERT OR REPLACE INTO labels VALUES (?, ?, ?, ?, ?)", self._rows(labels)
            )

    def clear(self) -> None:
        """Forget everything, whatever state the file is in."""
        self._database.clear(_TABLES)

    def close(self) -> None:
        """Release files."""
        self._database.close()

    def _completion(self, row: Start) -> Completion:
        if title := title_of(row.term):
            return Completion(self._from(title[0], row.start), row.articles, document=title[1])
        keyword = name_of(row.term)
        if keyword is None:
            return Completion(row.term.replace("_", " "), row.articles)
        name = self.labels([keyword]).get(keyword, keyword[1])
        text = self._from(self._analyzer.key(name), row.start)
        return Completion(text, row.articles, Label(*keyword, name))

    def _from(self, key: str, start: str) -> str:
        """The words of a key from where, folded, it begins with ``start``."""
        words = key.split()
        folded = completing.beginnings([self._analyzer.fold(word) for word in words])
        at = folded.index(start) if start in folded else 0
        return " ".join(words[at:]).replace("_", " ")

    def _rows(self, labels: Iterable[Label]) -> Iterator[tuple[str, str, str, str, str]]:
        for label in labels:
            key = self._analyzer.key(label.name)
            yield label.field.value, label.id, label.name, key, self._analyzer.fold(key)

    def _count(
        self,
        connection: sqlite3.Connection,
        batch: Mapping[str, frozenset[str]],
        names: Mapping[str, str],
    ) -> None:
        """Count a batch in; a document without terms is forgotten."""
        numbers = self._number(connection, frozenset().union(*batch.values()), names)
        changes: Counter[int] = Counter()
        for held in _held(connection, batch):
            changes.subtract(held)
        rows = []
        for document_id, terms in batch.items():
            held = sorted(numbers[term] for term in terms)
            changes.update(held)
            rows.append((document_id, _packed(held)))
        connection.executemany(
            "DELETE FROM documents WHERE id = ?", [(i,) for i, terms in batch.items() if not terms]
        )
        connection.executemany(
            "INSERT OR REPLACE INTO documents VALUES (?, ?)",
            [row for row in rows if batch[row[0]]],
        )
        changed = [(change, number) for number, change in changes.items() if change]
        connection.executemany("UPDATE terms SET count = count + ? WHERE number = ?", changed)
        completing.renew_starts(connection, {number: change for change, number in changed})
        connection.executemany(
            "DELETE FROM terms WHERE number = ? AND count <= 0",
            [(number,) for change, number in changed if change < 0],
        )

    def _number(
        self, connection: sqlite3.Connection, terms: frozenset[str], names: Mapping[str, str]
    ) -> dict[str, int]:
        """The numbers of terms; unknown ones are stored, still with count 0."""
        numbers = dict(_select(connection, "SELECT term, number FROM terms WHERE term IN", terms))
        new = sorted(terms - numbers.keys())
        connection.executemany(
            "INSERT INTO terms (term, folded, count) VALUES (?, ?, 0)",
            [(term, names.get(term) or self._analyzer.fold(term)) for term in new],
        )
        numbers.update(_select(connection, "SELECT term, number FROM terms WHERE term IN", new))
        return numbers


def _terms(document: IndexDocument) -> frozenset[str]:
    held: set[str] = set()
    for text in document.texts.values():
        held.update(text.terms)
        held.update(word for word, _ in text.words)
    held.update(extra_terms(document))
    return frozenset(held)


def _held(connection: sqlite3.Connection, ids: Iterable[str]) -> Iterator[list[int]]:
    """The numbers of the terms that stored documents hold."""
    for _, blob in _select(connection, "SELECT id, terms FROM documents WHERE id IN", ids):
        steps = np.frombuffer(zlib.decompress(blob), "<u4")
        yield np.cumsum(steps, dtype=np.int64).tolist()


def _packed(numbers: list[int]) -> bytes:
    """Compress rising numbers as the steps between them."""
    return zlib.compress(np.diff(np.array(numbers, np.int64), prepend=0).astype("<u4").tobytes(), 1)


def _select(
    connection: sqlite3.Connection, question: str, values: Iterable[str]
) -> Iterator[tuple]:  # type: ignore[type-arg]
    every = iter(values)
    while asked := tuple(islice(every, _ASKED)):
        yield from connection.execute(f"{question} ({', '.join('?' * len(asked))})", asked)


def _storable(text: str) -> str:
    """A query may hold lone surrogates, which no stored text does and SQLite does not take."""
    return text.encode("utf-8", "replace").decode("utf-8")
