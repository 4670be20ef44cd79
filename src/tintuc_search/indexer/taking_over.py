"""Reading what engines hold of the articles that dictionary and catalogue know already.

An index that is built beside another takes these two over from it, so nobody needs the articles themselves: what is
kept of them is read, by a thread of its own, for an engine's commit takes time and needs no interpreter.
"""

from __future__ import annotations

from collections import deque
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from tintuc_search.archive.base import Change
from tintuc_search.indexer.documents import Analysed
from tintuc_search.indexer.kept import unpack_documents, version_as_kept

if TYPE_CHECKING:
    from collections.abc import Sequence
    from concurrent.futures import Future

    from tintuc_search.archive.analyses import KeptChange, SqlAnalyses

AHEAD = 6
"""Batches read ahead: about what a commit takes."""


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
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="kept analyses")
        self._ahead: deque[Future[Sequence[Analysed]]] = deque()
        self._next = self._read_to = 0

    def after(self, mark: int) -> Sequence[Analysed]:
        """The batch that follows ``mark``, without the articles; empty where it is not kept, or not known.

        Raises:
            ArchiveError: the archive cannot be read.
        """
        if mark >= self._known:
            return ()
        if mark != self._next or not self._ahead:
            self._forget()
            self._thread.submit(self._go_to, mark).result()
        while len(self._ahead) < AHEAD:
            self._ahead.append(self._thread.submit(self._read))
        taken = self._ahead.popleft().result()
        if taken:
            self._next = taken[-1].change.sequence
        else:
            self._forget()  # they would all begin with what is not kept
        return taken

    def close(self) -> None:
        """End the thread."""
        self._thread.shutdown(wait=True, cancel_futures=True)

    def _forget(self) -> None:
        for each in self._ahead:
            each.cancel()
        self._ahead.clear()

    def _go_to(self, mark: int) -> None:
        self._read_to = mark

    def _read(self) -> Sequence[Analysed]:
        """The next batch; what the thread does, one after the other."""
        kept = self._analyses.changes(self._read_to, self._known, self._batch)
        taken = self._taken(kept)
        if taken:
            self._read_to = taken[-1].change.sequence
        return taken

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
