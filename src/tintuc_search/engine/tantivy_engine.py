"""The Tantivy engine: an index in a folder that is written some twenty times as fast as Whoosh's.

Tantivy keeps the files: segments, their terms and positions, merging, deletion. tantivy-py gives neither postings
nor positions, only the best documents by a formula that is not ours; so reading is ours: a segment's files are
mapped and read as arrays (``tantivy_terms``, ``tantivy_lists``, ``tantivy_reading``), and the evaluator matches
and scores on them.
"""

from __future__ import annotations

import shutil
from secrets import randbits
from threading import RLock
from time import sleep
from typing import TYPE_CHECKING

import numpy as np
from tantivy import Index

from tintuc_search.engine.damage import REBUILD, damage_reported
from tintuc_search.engine.evaluation import evaluate
from tintuc_search.engine.index_lock import (
    lock_for_writing,
    locked_for_rebuild,
)
from tintuc_search.engine.postings_cache import PostingsCache
from tintuc_search.engine.tantivy_files import META_FILE, open_file, read_alive, read_meta, stamp
from tintuc_search.engine.tantivy_known import TERMS
from tintuc_search.engine.tantivy_schema import SCHEMA_VERSION, STATE, make_schema, open_writer
from tintuc_search.engine.tantivy_segment import LoadedSegment
from tintuc_search.engine.tantivy_snapshot import TantivySnapshot
from tintuc_search.engine.tantivy_state import (
    CREATED_BITS,
    FILES,
    State,
    read_state,
    read_version,
)
from tintuc_search.engine.tantivy_strings import Extent, ReadStrings
from tintuc_search.engine.tantivy_writer import KnownStrings, TantivyWriter, strings_path
from tintuc_search.errors import IndexUnusable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tintuc_search.engine.base import SearchRequest, SearchResult
    from tintuc_search.engine.postings import Array
    from tintuc_search.engine.tantivy_files import Meta, Stamp

CACHE_BYTES = 64 * 1024 * 1024
_ATTEMPTS = 8  # a commit may remove files between our reading of it and our opening them
_OURS = ("*.idx", "*.pos", "*.term", "*.store", "*.fast", "*.fieldnorm", "*.del", "*.temp")
_HIDDEN = (META_FILE, ".managed.json", ".tantivy-meta.lock", ".tantivy-writer.lock")
_SMALLEST_HEAP = 15_000_000  # what Tantivy asks for


class TantivyEngine:
    """An index in the folder ``path``; implements :class:`~.base.Engine`.

    Safe for threads. ``cache_bytes`` bounds the postings kept in memory; the table of documents (about
    100 bytes and the id for each) and the keywords (16 bytes for each of a document) come on top.
    """

    def __init__(self, path: Path, *, cache_bytes: int = CACHE_BYTES) -> None:
        self.path = path
        self._lock = RLock()
        self._cache = PostingsCache(cache_bytes)
        self._forget()

    def search(self, request: SearchRequest) -> SearchResult:
        """Answer from the newest committed state."""
        return evaluate(self.snapshot(), request)

    def mark(self) -> int:
        """The archive change sequence of the newest commit, 0 for an empty index."""
        return self.snapshot().state.mark

    def generation(self) -> str:
        """A string that changes with every commit."""
        return self.snapshot().state.generation

    def count(self) -> int:
        """The number of documents."""
        return self.snapshot().documents.count

    def writer(self, *, wait: float = 0.0) -> TantivyWriter:
        """Open the one writing transaction, waiting up to ``wait`` seconds for another to end."""
        self.snapshot()  # says what is wrong with the folder before a lock file is put into it
        lock = lock_for_writing(self.path, wait)
        try:
            return TantivyWriter(self.path, self.snapshot().state, lock, self._written)
        except BaseException:
            lock.release()
            raise

    def rebuild(self) -> None:
        """Make the index empty and of the present schema, whatever was there."""
        with locked_for_rebuild(self.path):
            _remove_index(self.path)
            with damage_reported(self.path):
                _make_index(self.path)
        with self._lock:
            self._forget()

    def close(self) -> None:
        """Release files and memory."""
        with self._lock:
            self._forget()

    def _forget(self) -> None:
        self._stamp: Stamp | None = None
        self._snapshot: TantivySnapshot | None = None
        self._segments: dict[str, LoadedSegment] = {}
        self._strings = {name: ReadStrings(strings_path(self.path, name)) for name in FILES}
        self._written = KnownStrings()
        self._cache.keep(set())

    def snapshot(self) -> TantivySnapshot:
        """The newest committed state, read anew if there was a commit."""
        with self._lock:
            for attempt in range(_ATTEMPTS):
                try:
                    with damage_reported(self.path):
                        return self._refresh()
                except (FileNotFoundError, NotADirectoryError) as error:
                    missing = error
                    sleep(0.002 * attempt)
            if (self.path / META_FILE).exists():
                raise IndexUnusable(f"the index {self.path} lacks files ({missing}); {REBUILD}")
            raise IndexUnusable(f"there is no index in {self.path}; {REBUILD}")

    def _refresh(self) -> TantivySnapshot:
        newest = stamp(self.path)
        if self._snapshot is None or newest != self._stamp:
            self._snapshot = self._read(read_meta(self.path))
            self._stamp = newest
        return self._snapshot

    def _read(self, meta: Meta) -> TantivySnapshot:
        if STATE not in meta.fields:
            raise IndexUnusable(f"the index {self.path} was not written by this program; {REBUILD}")
        known = {
            each.name: self._segments.get(each.name) or LoadedSegment(self.path, each, meta.fields)
            for each in meta.segments
        }
        alive = [
            np.ones(each.size, bool)
            if each.deletions is None
            else read_alive(open_file(self.path / each.deletions), each.size)
            for each in meta.segments
        ]
        segments = [known[each.name] for each in meta.segments]
        state = self._state(segments, alive)
        if self._snapshot is not None and self._snapshot.state.created != state.created:
            self._forget()  # made anew: its strings are others
        for name, file in self._strings.items():
            file.read_to(state.extents[name])
        self._segments = known
        self._cache.keep({TERMS, *known})
        self._cache.change(TERMS, lambda term: term.without(known.keys()))
        return TantivySnapshot(
            self.path, state, segments, alive, strings=self._strings, cache=self._cache
        )

    def _state(self, segments: Sequence[LoadedSegment], alive: Sequence[Array]) -> State:
        """The state that was committed, in the one document of its kind that is not deleted."""
        states = [
            steps
            for segment, kept in zip(segments, alive, strict=True)
            for steps in segment.steps[kept[segment.states]]
        ]
        if len(states) != 1:
            raise ValueError(f"{len(states)} states in one commit")
        if read_version(states[0]) != SCHEMA_VERSION:
            raise IndexUnusable(
                f"the index {self.path} was written by another version of the program; {REBUILD}"
            )
        return read_state(states[0])


def _make_index(path: Path) -> None:
    created = (randbits(CREATED_BITS), randbits(CREATED_BITS))
    state = State(created, 0, 0, dict.fromkeys(FILES, Extent()))
    writer = open_writer(Index(make_schema(), str(path), reuse=False), _SMALLEST_HEAP, 1)
    writer.add_document(state.to_document())
    writer.commit()
    writer.wait_merging_threads()


def _remove_index(path: Path) -> None:
    """Remove an index's files, the commit first, and leave those of others, such as the dictionary, alone."""
    found = [path / name for name in _HIDDEN]
    found += [strings_path(path, name) for name in FILES]
    found += [file for pattern in _OURS for file in path.glob(pattern)]
    for file in found:
        if file.is_dir() and not file.is_symlink():
            shutil.rmtree(file)
        else:
            file.unlink(missing_ok=True)
