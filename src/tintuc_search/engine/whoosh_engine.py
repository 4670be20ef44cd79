"""The Whoosh engine: an index in a folder, with nothing more to install.

Whoosh keeps the files: segments, their terms and columns, generations, merging. Reading is ours: a
segment's postings are read as arrays (``whoosh_codec``, ``whoosh_segment``), and the evaluator matches and
scores on them.
"""

from __future__ import annotations

import re
import shutil
from threading import RLock
from time import sleep
from typing import TYPE_CHECKING, NamedTuple
from uuid import uuid4

from whoosh.index import TOC

from tintuc_search.engine.base import KeywordField
from tintuc_search.engine.damage import REBUILD, damage_reported
from tintuc_search.engine.evaluation import evaluate
from tintuc_search.engine.index_lock import (
    lock_for_writing,
    locked_for_rebuild,
)
from tintuc_search.engine.postings_cache import PostingsCache
from tintuc_search.engine.snapshot import Vocabulary
from tintuc_search.engine.whoosh_schema import SCHEMA_VERSION, make_schema, read_stamp
from tintuc_search.engine.whoosh_segment import LoadedSegment
from tintuc_search.engine.whoosh_snapshot import WhooshSnapshot
from tintuc_search.engine.whoosh_storage import CarefulStorage
from tintuc_search.engine.whoosh_writer import WhooshWriter
from tintuc_search.errors import IndexUnusable

if TYPE_CHECKING:
    from pathlib import Path

    from tintuc_search.engine.base import SearchRequest, SearchResult

CACHE_BYTES = 64 * 1024 * 1024
_NAME = "MAIN"
_TOC = re.compile(rf"_{_NAME}_([0-9]{{1,9}})\.toc")
_ATTEMPTS = 8  # a commit may remove files between our listing and our opening them


class _Commit(NamedTuple):
    """What tells one commit from every other, even after the folder was made anew."""

    generation: int
    inode: int
    changed: int


class WhooshEngine:
    """An index in the folder ``path``; implements :class:`~.base.Engine`.

    Safe for threads. ``cache_bytes`` bounds the postings kept in memory; the table of documents (about
    100 bytes and the id for each) comes on top.
    """

    def __init__(self, path: Path, *, cache_bytes: int = CACHE_BYTES) -> None:
        self.path = path
        self._storage = CarefulStorage(str(path))
        self._lock = RLock()
        self._cache = PostingsCache(cache_bytes)
        self._forget()

    def search(self, request: SearchRequest) -> SearchResult:
        """Answer from the newest committed state."""
        return evaluate(self._fresh(), request)

    def mark(self) -> int:
        """The archive change sequence of the newest commit, 0 for an empty index."""
        return self._fresh().stamp.mark

    def generation(self) -> str:
        """A string that changes with every commit."""
        with self._lock:
            snapshot = self._fresh()
            generation = self._commit.generation if self._commit else 0
            return f"{snapshot.stamp.created}-{generation}"

    def count(self) -> int:
        """The number of documents."""
        return self._fresh().documents.count

    def writer(self, *, wait: float = 0.0) -> WhooshWriter:
        """Open the one writing transaction, waiting up to ``wait`` seconds for another to end."""
        self._fresh()  # says what is wrong with the folder before a lock file is put into it
        lock = lock_for_writing(self.path, wait)
        try:
            return WhooshWriter(self.path, self._fresh(), lock)
        except BaseException:
            lock.release()
            raise

    def rebuild(self) -> None:
        """Make the index empty and of the present schema, whatever was there."""
        with locked_for_rebuild(self.path):
            commits = self._commits()
            generation = max(commits, default=0) + 1
            TOC(make_schema(uuid4().hex[:12]), [], generation).write(self._storage, _NAME)
            _remove_all_but(self.path, f"_{_NAME}_{generation}.toc")
        with self._lock:
            self._forget()

    def close(self) -> None:
        """Release files and memory."""
        with self._lock:
            self._forget()

    def _forget(self) -> None:
        self._commit: _Commit | None = None
        self._snapshot: WhooshSnapshot | None = None
        self._segments: dict[str, LoadedSegment] = {}
        self._vocabularies = {field: Vocabulary() for field in KeywordField}
        self._cache.keep(set())

    def _commits(self) -> dict[int, str]:
        """The files of the commits in the folder by generation; there may be two for a moment."""
        names = (_TOC.fullmatch(name) for name in self._storage.list())
        return {int(match[1]): match[0] for match in names if match}

    def _fresh(self) -> WhooshSnapshot:
        """The newest committed state, read anew if there was a commit."""
        with self._lock:
            for attempt in range(_ATTEMPTS):
                try:
                    with damage_reported(self.path):
                        return self._refresh()
                except FileNotFoundError as error:
                    missing = error
                    sleep(0.002 * attempt)
            if self.path.exists() and self._commits():
                raise IndexUnusable(f"the index {self.path} lacks files ({missing}); {REBUILD}")
            raise IndexUnusable(f"there is no index in {self.path}; {REBUILD}")

    def _refresh(self) -> WhooshSnapshot:
        commits = self._commits()
        if not commits:
            raise FileNotFoundError(self.path)
        generation = max(commits)
        status = (self.path / commits[generation]).stat()
        commit = _Commit(generation, status.st_ino, status.st_mtime_ns)
        if self._snapshot is None or commit != self._commit:
            self._snapshot = self._load(generation)
            self._commit = commit
        return self._snapshot

    def _load(self, generation: int) -> WhooshSnapshot:
        with CarefulStorage(str(self.path)).closing() as storage:
            return self._read(storage, generation)

    def _read(self, storage: CarefulStorage, generation: int) -> WhooshSnapshot:
        toc = TOC.read(storage, _NAME, gen=generation)
        stamp = read_stamp(toc.schema)
        if stamp.version != SCHEMA_VERSION:
            raise IndexUnusable(
                f"the index {self.path} was written by another version of the program; {REBUILD}"
            )
        names = {segment.segment_id() for segment in toc.segments}
        known = {name: loaded for name, loaded in self._segments.items() if name in names}
        for segment in toc.segments:
            if segment.segment_id() not in known:
                known[segment.segment_id()] = LoadedSegment(
                    storage, toc.schema, segment, self._cache, self._lock
                )
        self._segments = known
        self._cache.keep(names)
        return WhooshSnapshot(
            self.path,
            stamp,
            [known[segment.segment_id()] for segment in toc.segments],
            [list(segment.deleted_docs()) for segment in toc.segments],
            self._vocabularies,
        )


def _remove_all_but(path: Path, keep: str) -> None:
    """Remove an index's files and leave those of others, such as the dictionary, alone."""
    for child in path.iterdir():
        if child.name == keep or not child.name.startswith(
            (f"{_NAME}_", f"_{_NAME}_", f"{_NAME}.")
        ):
            continue
        if child.is_dir() and not child.is_symlink():
            shutil.rmtree(child)
        else:
            child.unlink()
