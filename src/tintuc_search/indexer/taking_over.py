"""Reading what engines hold of the articles that dictionary and catalogue know already.

An index that is built beside another takes these two over from it, so nobody needs the articles themselves: what is
kept of them is read. It is read ahead, by a thread, only while an engine commits, which takes time and needs no
interpreter: at any other time two threads would hold each other up.
"""

from __future__ import annotations

from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event
from typing import TYPE_CHECKING

from tintuc_search.archive.base import Change
from tintuc_search.errors import ArchiveError
from tintuc_search.indexer.documents import Analysed
from tintuc_search.indexer.kept import unpack_documents, version_as_kept

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tintuc_search.archive.analyses import KeptChange, SqlAnalyses

AHEAD = 6
"""Batches read ahead at most: about what a commit takes."""


class TakingOver:
    """Reads changes up to ``known``, in batches, as long as all of a batch is kept.

    Args:
        analyses: where analyses are kept.
        made_by: whose count.
        known: the last change that is taken over.
        batch: changes in a batch.
    """

    def __init__(self, analyses: SqlAnalyses, made_by: str, known: int, batch: int) -> None:
        self._analyses, self._made_by = analyses, made_by
        self._known, self._batch = known, batch
        self._ahead: deque[Sequence[Analysed]] = deque()
        self._next = 0  # what follows it is to be given next, and may have been read ahead

    def after(self, mark: int) -> Sequence[Analysed]:
        """The batch that follows ``mark``, without the articles; empty where it is not kept, or not known.

        Raises:
            ArchiveError: the archive cannot be read.
        """
        if mark != self._next:
            self._ahead.clear()
        taken = self._ahead.popleft() if self._ahead else self._read(mark)
        self._next = taken[-1].change.sequence if taken else mark
        return taken

    @contextmanager
    def reading_ahead(self) -> Iterator[None]:
        """Read what is to be given next while the block runs."""
        if self._next >= self._known:
            yield
            return
        over = Event()
        with ThreadPoolExecutor(1, thread_name_prefix="kept analyses") as thread:
            thread.submit(self._read_until, over)
            try:
                yield
            finally:
                over.set()

    def _read_until(self, over: Event) -> None:
        read_to = self._ahead[-1][-1].change.sequence if self._ahead else self._next
        while len(self._ahead) < AHEAD and not over.is_set():
            try:
                taken = self._read(read_to)
            except ArchiveError:  # as whoever asks for it is told, if it still is so
                return
            if not taken:
                return
            self._ahead.append(taken)
            read_to = taken[-1].change.sequence

    def _read(self, mark: int) -> Sequence[Analysed]:
        if mark >= self._known:
            return ()
        return self._taken(self._analyses.changes(mark, self._known, self._batch))

    def _taken(self, kept: Sequence[KeptChange]) -> Sequence[Analysed]:
        taken = []
        for each in kept:
            change = Change(each.sequence, each.article_id, None)
            if each.text is None:
                taken.append(Analysed(change, None))
                continue
            version = version_as_kept(each.article_id, each.revision, each.text, self._made_by)
            if each.content is None or each.version != version:
                return ()
            try:
                taken.append(Analysed(change, unpack_documents(each.content)))
            except Exception:  # noqa: BLE001 - whatever damage can do: it is told where it is made anew
                return ()
        return taken
