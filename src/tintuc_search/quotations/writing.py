"""Writes quotations into their engine and the file beside it."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tintuc_search.engine.base import Engine, IndexWriter
    from tintuc_search.quotations.base import Quoted
    from tintuc_search.quotations.store import SqliteQuotations


class QuotationIndex:
    """Implements :class:`~.base.QuotationStore` over an engine and a file."""

    def __init__(self, engine: Engine, store: SqliteQuotations) -> None:
        self._engine = engine
        self._store = store

    def mark(self) -> int:
        """The change sequence up to which the archive has been seen."""
        return self._engine.mark()

    def clear(self) -> None:
        """Forget everything, whatever state it is in."""
        self._engine.rebuild()
        self._store.clear()

    @contextmanager
    def writer(self, *, wait: float = 0.0) -> Iterator[Writing]:
        """Open the one transaction, waiting up to ``wait`` seconds for another to end; raises IndexLocked."""
        with self._engine.writer(wait=wait) as writer, self._store.held_open():
            yield Writing(writer, self._store)


@dataclass(frozen=True, slots=True)
class Writing:
    """One open transaction; implements :class:`~.base.QuotationWriter`."""

    _writer: IndexWriter
    _store: SqliteQuotations

    def apply(self, quoted: Iterable[Quoted], deleted: Iterable[str]) -> None:
        """Write what articles quote in place of what was there of them; of those ``deleted`` nothing stays."""
        quoted = list(quoted)
        held = self._store.replace(quoted, deleted)
        new = {each.article: len(each.documents) for each in quoted}
        for article, most in held.items():
            for number in range(new.get(article, 0), most):
                self._writer.delete(f"{article}.{number}")
        for each in quoted:
            for document in each.documents:
                self._writer.add(document)

    def commit(self, mark: int) -> None:
        """Make all of it visible, and remember ``mark`` (the archive's change sequence)."""
        self._writer.commit(mark)
