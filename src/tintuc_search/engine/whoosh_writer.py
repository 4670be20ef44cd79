"""Writing a Whoosh index: one transaction, one new segment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from whoosh.index import FileIndex, clean_files
from whoosh.reading import SegmentReader

from tintuc_search.engine.damage import damage_reported
from tintuc_search.engine.postings import invert
from tintuc_search.engine.whoosh_codec import ArrayCodec
from tintuc_search.engine.whoosh_merging import Size, segments_to_merge
from tintuc_search.engine.whoosh_schema import STATE, fields_of
from tintuc_search.engine.whoosh_segment_writer import MergingWriter
from tintuc_search.engine.whoosh_storage import CarefulStorage

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from filelock import FileLock

    from tintuc_search.engine.base import IndexDocument
    from tintuc_search.engine.whoosh_snapshot import WhooshSnapshot

_POOL_MB = 128  # postings kept in memory before Whoosh sorts them on disk


class WhooshWriter:
    """One writing transaction; implements :class:`~.base.IndexWriter`.

    ``snapshot`` is the state that the transaction starts from; the lock is let go at the end of the ``with``
    block. A new TOC file, put in place in one step, is what makes a commit visible, mark and all.
    """

    def __init__(self, path: Path, snapshot: WhooshSnapshot, lock: FileLock) -> None:
        self._path, self._snapshot, self._lock = path, snapshot, lock
        self._open = True
        self._pending: dict[str, int] = {}
        with damage_reported(path), CarefulStorage(str(path)).closing() as storage:
            self._writer = MergingWriter(FileIndex(storage), codec=ArrayCodec(), limitmb=_POOL_MB)
        self._segments = {segment.segment_id(): segment for segment in self._writer.segments}

    def add(self, document: IndexDocument) -> None:
        """Store a document in place of any of the same id."""
        inverted = invert(document)
        self.delete(document.id)
        number = self._writer.docnum
        with damage_reported(self._path):
            self._writer.add_document(**fields_of(document, inverted))
        self._pending[document.id] = number

    def delete(self, document_id: str) -> None:
        """Forget a document; not an error if there is none."""
        number = self._pending.pop(document_id, None)
        if number is not None:
            self._writer.newsegment.delete_document(number)
            return
        with damage_reported(self._path):
            for loaded in self._snapshot.segments:
                for known in loaded.find(document_id):
                    self._segments[loaded.name].delete_document(known)

    def commit(self, mark: int) -> None:
        """Make all of it visible at once, and remember ``mark``; ends the transaction."""
        self._writer.schema[STATE].mark = mark
        self._open = False
        with damage_reported(self._path), self._writer.storage.closing():
            self._writer.commit(mergetype=_merge)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if self._open:
                self._open = False
                with damage_reported(self._path):
                    self._writer.cancel()
                    writer = self._writer  # its segments are the old ones: what it wrote goes
                    clean_files(
                        writer.storage, writer.indexname, writer.generation - 1, writer.segments
                    )
        finally:
            self._lock.release()


def _merge(writer: Any, segments: list[Any]) -> list[Any]:
    """Merge what :func:`segments_to_merge` chooses into the writer's segment; return the others."""
    kept = [segment for segment in segments if segment.deleted_count() < segment.doc_count_all()]
    sizes = [
        Size(every=segment.doc_count_all(), live=segment.doc_count_all() - segment.deleted_count())
        for segment in kept
    ]
    chosen = segments_to_merge(sizes, writer.doc_count())
    for i in chosen:
        writer.add_reader(SegmentReader(writer.storage, writer.schema, kept[i]))
    return [segment for i, segment in enumerate(kept) if i not in chosen]
