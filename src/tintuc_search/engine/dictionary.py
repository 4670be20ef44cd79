"""The dictionary beside the index, in SQLite: terms, how often they stand side by side, keyword names.

For each document it keeps its row of terms and the words it held (numbers, as compressed arrays), so that a change
or a deletion takes back exactly what was counted.
"""

from __future__ import annotations

from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from tintuc_search.engine import completing, definitions, document_counts, grams
from tintuc_search.engine.base import DictionaryEntry, KeywordField, Label
from tintuc_search.engine.completing import Completion, find_starts, name_of, title_of
from tintuc_search.engine.database import MEMORY, Database, select
from tintuc_search.engine.dictionary_lookup import labels_beginning, names_of, read_vocabulary
from tintuc_search.engine.document_counts import Held, count_in, held_by
from tintuc_search.engine.language import Language
from tintuc_search.engine.language_files import LanguageFiles
from tintuc_search.engine.paths import likeliest

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from tintuc_search.analysis.base import Analyzer
    from tintuc_search.engine.base import IndexDocument, Way
    from tintuc_search.engine.completing import Kind, Start
    from tintuc_search.engine.vocabulary import SortedVocabulary

_VERSION = 3
_LABELS = """
CREATE TABLE IF NOT EXISTS labels (
    field TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, key TEXT NOT NULL, folded TEXT NOT NULL,
    PRIMARY KEY (field, id)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS labels_by_key ON labels (field, key);
CREATE INDEX IF NOT EXISTS labels_by_folded ON labels (field, folded);
"""
_SCHEMA = document_counts.SCHEMA + grams.SCHEMA + definitions.SCHEMA + completing.SCHEMA + _LABELS
_TABLES = (*document_counts.TABLES, *grams.TABLES, *definitions.TABLES, completing.TABLE, "labels")
_BATCH = 1000  # documents counted at a time


class SqliteDictionary:
    """Implements :class:`~.base.Dictionary` in the SQLite file ``path``, or ``":memory:"``.

    Safe for threads; several processes may read while one writes. A file must first be made by ``clear``.
    """

    def __init__(self, path: Path | str, analyzer: Analyzer) -> None:
        self._database = Database(path, _SCHEMA, _VERSION)
        self._analyzer = analyzer
        self._files = None if str(path) == MEMORY else LanguageFiles(Path(path).parent)
        self._learning = Lock()
        self._language: tuple[tuple[int, ...], Language] | None = None

    def entry(self, term: str) -> DictionaryEntry | None:
        """The term as stored, or None."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT term, count, number FROM terms WHERE term = ?", (_storable(term),)
            ).fetchone()
        return DictionaryEntry(*row) if row else None

    def entries(self, terms: Iterable[str]) -> Sequence[DictionaryEntry]:
        """Those of ``terms`` that are held, each once, in no order: one question for many."""
        wanted = dict.fromkeys(map(_storable, terms))
        question = "SELECT term, count, number FROM terms WHERE term IN"
        with self._database.reading() as connection:
            return [DictionaryEntry(*row) for row in select(connection, question, wanted)]

    def folded(self, folded: str, limit: int) -> Sequence[DictionaryEntry]:
        """The terms that fold to ``folded``, most frequent first, at most ``limit``."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT term, count, number FROM terms WHERE folded = ? ORDER BY count DESC, term LIMIT ?",
                (_storable(folded), max(limit, 0)),
            ).fetchall()
        return [DictionaryEntry(*row) for row in rows]

    def definitions(self, least: int) -> Mapping[tuple[str, str], int]:
        """The abbreviations with their full forms that ``least`` and more documents explain: in how many."""
        with self._database.reading() as connection:
            return definitions.explained(connection, least)

    def likeliest(self, choices: Sequence[Sequence[DictionaryEntry]], most: int) -> Sequence[Way]:
        """The likeliest ways through ``choices``, by how the archive puts terms one after the other."""
        numbers = [[entry.number for entry in entries] for entries in choices]
        return likeliest(self._learnt(), numbers, most)

    def _learnt(self) -> Language:
        """How the archive puts terms one after the other, read anew where it changed."""
        with self._learning, self._database.reading() as connection, _one_state(connection):
            state = grams.numbers_of(connection)
            if self._language is None or self._language[0] != state:
                self._language = None  # two at once would take twice the memory
                kept = self._files.read(state) if self._files else None
                self._language = state, kept or _learn(connection)
            return self._language[1]

    def settle(self) -> None:
        """Make what readers would otherwise have to, after a run of ``apply``."""
        if self._files is None:
            return
        with self._database.reading() as connection, _one_state(connection):
            state = grams.numbers_of(connection)
            if self._files.read(state) is None:
                self._files.write(state, _learn(connection))

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
        """The keywords that ``value`` means: by id, else by key of name or id, else (unmarked) by folded key."""
        value = _storable(value)
        key = self._analyzer.key(value)
        questions = [("id", value)]
        if key:
            questions += [("key", key), ("id", key)]
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
        named = {(label.field, label.id): label for label in labels}
        fold = completing.folding(named.values(), self._analyzer)
        with self._database.writing() as connection:
            known = names_of(connection, named)
            definitions.count(connection, explained | dict.fromkeys(deleted, ()))
            counted = ((document.id, held_by(document)) for document in documents)
            gone = ((document_id, Held()) for document_id in deleted)
            for held in (counted, gone):
                while batch := dict(islice(held, _BATCH)):
                    count_in(connection, batch, fold)
            new = [label for key, label in named.items() if known.get(key) != label.name]
            connection.executemany(
                "INSERT OR REPLACE INTO labels VALUES (?, ?, ?, ?, ?)", self._rows(new)
            )

    def clear(self) -> None:
        """Forget everything, whatever state the file is in."""
        if self._files:
            self._files.clear()  # the numbers of a file made anew begin anew
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


def _learn(connection: sqlite3.Connection) -> Language:
    """Merge all counts."""
    pairs, triples = (grams.read(connection, size) for size in grams.SIZES)
    return Language.learnt(pairs, triples)


@contextmanager
def _one_state(connection: sqlite3.Connection) -> Iterator[None]:
    """Let several questions see one state of the file, whatever is written meanwhile."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("COMMIT")


def _storable(text: str) -> str:
    """A query may hold lone surrogates, which no stored text does and SQLite does not take."""
    return text.encode("utf-8", "replace").decode("utf-8")
