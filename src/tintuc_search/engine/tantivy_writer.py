"""Writing a Tantivy index: one transaction, in as many segments as Tantivy sees fit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from tantivy import Index

from tintuc_search.engine.damage import damage_reported
from tintuc_search.engine.tantivy_schema import (
    ID,
    NUMBER,
    STATE,
    numbered,
    open_writer,
    to_document,
)
from tintuc_search.engine.tantivy_state import FILES
from tintuc_search.engine.tantivy_strings import StringFile

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from filelock import FileLock
    from tantivy import PreTokenizedString

    from tintuc_search.engine.base import IndexDocument, KeywordField
    from tintuc_search.engine.tantivy_state import State

_HEAP = 128_000_000  # bytes of postings kept in memory before Tantivy writes a segment
_THREADS = 1  # beside the one that calls: more would wait for it
_WRITTEN = 4096
"""Keywords of fields that are kept as they were written: those of a quotation are often those of the one before."""


class KnownStrings:
    """The files of strings as the last transaction of this process left them, for the next one to go on with."""

    def __init__(self) -> None:
        self._created: tuple[int, int] | None = None
        self._files: dict[str, StringFile] = {}

    def take(self, path: Path, state: State) -> dict[str, StringFile]:
        """The files, read up to where a transaction starts."""
        files = self._files if self._created == state.created else {}
        self.forget()
        files = files or {name: StringFile(strings_path(path, name)) for name in FILES}
        for name, file in files.items():
            file.read_to(state.extents[name])
        return files

    def keep(self, state: State, files: dict[str, StringFile]) -> None:
        """Remember what was committed."""
        self._created, self._files = state.created, files

    def forget(self) -> None:
        """Let the next transaction read everything anew."""
        self._created, self._files = None, {}


class TantivyWriter:
    """One writing transaction; implements :class:`~.base.IndexWriter`.

    ``state`` is what the transaction starts from; the lock is let go at the end of the ``with`` block, after
    Tantivy has merged what it wants to merge. A new ``meta.json``, put in place in one step, is what makes a
    commit visible, mark and all, for the mark is in a document.
    """

    def __init__(self, path: Path, state: State, lock: FileLock, known: KnownStrings) -> None:
        self._path, self._state, self._lock, self._known = path, state, lock, known
        self._changed = False
        self._written: dict[tuple[str, tuple[str, ...]], PreTokenizedString] = {}
        with damage_reported(path):
            self._strings = known.take(path, state)
            self._writer = open_writer(Index.open(str(path)), _HEAP, _THREADS)

    def add(self, document: IndexDocument) -> None:
        """Store a document in place of any of the same id."""
        with damage_reported(self._path):
            self._delete(document.id)
            self._changed = True
            keywords = {
                field: self._written.get((field, ids)) or self._write(field, ids)
                for field, ids in document.keywords.items()
                if ids
            }
            number = self._strings[ID].number(document.id)
            self._writer.add_document(to_document(document, number, keywords))

    def _write(self, field: KeywordField, ids: tuple[str, ...]) -> PreTokenizedString:
        if len(self._written) >= _WRITTEN:
            self._written.clear()
        written = self._written[field, ids] = numbered(self._strings[field].all_numbers(ids))
        return written

    def delete(self, document_id: str) -> None:
        """Forget a document; not an error if there is none."""
        with damage_reported(self._path):
            self._delete(document_id)

    def _delete(self, document_id: str) -> None:
        if document_id in self._strings[ID].strings.numbers:
            self._changed = True
            self._writer.delete_documents_by_term(ID, document_id)

    def commit(self, mark: int) -> None:
        """Make all of it visible at once, and remember ``mark``."""
        with damage_reported(self._path):
            for file in self._strings.values():
                file.write()
            extents = {name: file.extent for name, file in self._strings.items()}
            state = self._state._replace(
                commits=self._state.commits + 1, mark=mark, extents=extents
            )
            self._writer.delete_documents_by_term(STATE, NUMBER)
            self._writer.add_document(state.to_document())
            self._writer.commit()
        self._state, self._changed = state, False
        self._known.keep(state, self._strings)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            with damage_reported(self._path):
                if self._changed:
                    self._known.forget()  # some were numbered and never written
                    self._writer.rollback()
                    self._writer.garbage_collect_files()
                self._writer.wait_merging_threads()
        finally:
            self._lock.release()


def strings_path(path: Path, name: str) -> Path:
    """The file of strings of a field."""
    return path / f"{name}.strings"
