"""Writing an OpenSearch index: a transaction whose documents nobody sees before its number is the index's.

Every document says from which transaction on it holds, and, once another takes its place, up to which. So documents
can be sent while they come, several batches at once, and the commit is one change of the index's state.
"""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from time import time
from typing import TYPE_CHECKING, Any, Self

from tintuc_search.engine.opensearch_bulk import Bulk, Change
from tintuc_search.engine.opensearch_connection import Pauses
from tintuc_search.engine.opensearch_documents import key, source
from tintuc_search.engine.opensearch_query import both
from tintuc_search.engine.opensearch_schema import ID, SINCE, UNTIL
from tintuc_search.engine.opensearch_sending import Sending
from tintuc_search.engine.opensearch_state import read
from tintuc_search.engine.postings import measure
from tintuc_search.errors import IndexLocked, IndexUnusable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from types import TracebackType

    from tintuc_search.engine.base import IndexDocument
    from tintuc_search.engine.opensearch_connection import Connection
    from tintuc_search.engine.opensearch_counts import Statistics
    from tintuc_search.engine.opensearch_lease import Lease
    from tintuc_search.engine.opensearch_state import State
    from tintuc_search.ranking import Ranking

BATCH = 1000
"""Documents gathered before they are sent."""
BATCH_TERMS = 150_000
"""Or so many terms of their texts: about as much as is sent in one request."""
_ATTEMPTS = 5
_ENOUGH = 100
"""Documents whose average lengths say enough of those to come."""


class OpenSearchWriter:
    """One writing transaction; implements :class:`~.base.IndexWriter`.

    ``kept`` is how long (seconds) readers may go on with what a commit replaced,
    ``on_commit`` is called after one.
    """

    def __init__(  # noqa: PLR0917 - only the engine makes one
        self,
        connection: Connection,
        lease: Lease,
        statistics: Statistics,
        ranking: Ranking,
        kept: float,
        on_commit: Callable[[], None],
    ) -> None:
        self._connection, self._lease, self._ranking = connection, lease, ranking
        self._generation, self._number = lease.before.generation, lease.number
        self._statistics, self._kept, self._on_commit = statistics, kept, on_commit
        self._averages = statistics.averages if statistics.count >= _ENOUGH else None
        self._bulk = Bulk(connection, lease.index)
        self._pending: dict[str, IndexDocument | None] = {}
        self._terms = 0
        self._sending = Sending()
        self._sent: set[str] = set()
        self._open = True
        self._dirty = lease.before.state.unclean

    def add(self, document: IndexDocument) -> None:
        """Store a document in place of any of the same id."""
        self._put(document.id, document)

    def delete(self, document_id: str) -> None:
        """Forget a document; not an error if there is none."""
        self._put(document_id, None)

    def commit(self, mark: int) -> None:
        """Make all of it visible at once, and remember ``mark``; ends the transaction."""
        self._flush()
        self._sending.stop()
        state, now = self._lease.before.state, time()
        changes: dict[str, Any] = {}
        if now >= state.removable:
            tidy_up(self._connection, self._lease.index, state)
            changes = {"replaced": self._number, "removable": now + self._kept}
        refresh(self._connection, self._lease.index)
        self._lease.end(mark=mark, generation=self._number, unclean=False, **changes)
        self._open = False
        self._on_commit()

    def clean(self) -> None:
        """Undo what a transaction left that ended without commit."""
        if self._dirty:
            # Read again: a commit may have been made whose answer was lost.
            generation = read(self._connection, self._lease.index).generation
            if generation < self._number:
                undo(self._connection, self._lease.index, generation, self._number)
            self._dirty = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if not self._open:
            return
        self._open = False
        self._sending.stop()  # what comes after the cleaning would stay
        if self._lease.lost:
            return  # what is there now is another's
        try:
            self.clean()
        except IndexUnusable:
            self._lease.end()  # the next writer cleans up
            raise
        with suppress(IndexLocked):  # then another cleans up
            self._lease.end(unclean=False)

    def _put(self, document_id: str, document: IndexDocument | None) -> None:
        self._pending.pop(document_id, None)
        self._pending[document_id] = document
        if document is not None:
            self._terms += document.syllables
        if len(self._pending) >= BATCH or self._terms >= BATCH_TERMS:
            self._send_pending()

    def _flush(self) -> None:
        """Send what is pending, and wait until all is stored."""
        self._send_pending()
        self._sending.wait()

    def _send_pending(self) -> None:
        """Have what is pending sent, while others are prepared."""
        if not self._pending:
            return
        pending, self._pending, self._terms = self._pending, {}, 0
        if not self._sent.isdisjoint(pending):
            self._sending.wait()  # what is said of a document must come in order
        replaced = [each for each in pending if each not in self._sent]
        changes = []
        for document_id, document in pending.items():
            name = key(document_id, self._number)
            if document is not None:
                averages = self._known_averages(pending.values())
                body = source(document, self._number, averages, self._ranking)
                changes.append(Change("index", name, body, f"article {document_id}"))
            elif document_id in self._sent:
                changes.append(Change("delete", name))
        self._sent.update(each for each, document in pending.items() if document is not None)
        self._dirty = True
        self._sending.give(partial(self._send, replaced, changes))

    def _send(self, replaced: Sequence[str], changes: Sequence[Change]) -> None:
        self._lease.check()
        if replaced and self._statistics.count:
            self._replace(replaced)
        self._bulk.send(changes)

    def _known_averages(
        self, documents: Iterable[IndexDocument | None]
    ) -> tuple[float, float, float]:
        """The average lengths, those of the first documents where the index is too small to say."""
        if self._averages is None:
            self._averages = average_lengths(each for each in documents if each is not None)
        return self._averages

    def _replace(self, ids: Sequence[str]) -> None:
        """Say of the documents with these ids that they hold no longer once this transaction is committed."""
        found = self._connection.search(
            f"/{self._lease.index}/_search",
            {
                "size": len(ids),
                "_source": [UNTIL],
                "seq_no_primary_term": True,
                "query": both([{"terms": {ID: list(ids)}}], self._lease.before.hidden()),
            },
            patience=self._connection.access.patience,
        )
        self._replace_these(found["hits"]["hits"])

    def _replace_these(self, versions: Sequence[Any]) -> None:
        """Say it of these documents, as search or ``_mget`` give them."""
        for _ in range(_ATTEMPTS):
            conflicts = self._bulk.send(
                # Only if nobody else has changed it: whoever has lost the right to write must not.
                Change(
                    "update",
                    each["_id"],
                    {"doc": {UNTIL: self._number}},
                    condition={
                        "if_seq_no": each["_seq_no"],
                        "if_primary_term": each["_primary_term"],
                    },
                )
                for each in versions
                if self._holds(each["_source"].get(UNTIL))
            )
            if not conflicts:
                return
            self._lease.check()
            # The change may have been ours: the answer to a first attempt was lost, or it was sent before.
            asked = [{"_id": each.key, "_source": [UNTIL]} for each in conflicts]
            answer = self._connection.call("POST", f"/{self._lease.index}/_mget", {"docs": asked})
            versions = [each for each in answer["docs"] if each["found"]]
        raise IndexLocked(f"the index {self._lease.index} is being changed by another writer")

    def _holds(self, until: int | None) -> bool:
        """Whether a version is still to be said to be replaced; raises IndexLocked if another writer has said so."""
        if until is None or until in self._lease.before.state.aborted:
            return True
        if until == self._number:
            return False
        raise IndexLocked(f"the index {self._lease.index} is being changed by another writer")


def average_lengths(documents: Iterable[IndexDocument]) -> tuple[float, float, float]:
    """The average numbers of syllables of title, lead and body; there is at least one document."""
    rows = [measure(each).lengths for each in documents]
    title, lead, body = (sum(column) / len(rows) for column in zip(*rows, strict=True))
    return title, lead, body


def refresh(connection: Connection, index: str) -> None:
    """Make what was sent searchable, on every copy of every shard."""
    _until_done(connection, f"/{index}/_refresh", None, lambda done: done["_shards"]["failed"])


def remove(connection: Connection, index: str, query: dict[str, Any]) -> None:
    """Remove documents; they go from what is searched with the next refresh."""
    path = f"/{index}/_delete_by_query?conflicts=proceed"
    _until_done(connection, path, {"query": query}, lambda done: len(done["failures"]))


def restore(connection: Connection, index: str, query: dict[str, Any]) -> None:
    """Let documents hold again that were said to be replaced."""
    path = f"/{index}/_update_by_query?conflicts=proceed"
    body = {"query": query, "script": {"source": f"ctx._source.remove('{UNTIL}')"}}
    _until_done(connection, path, body, lambda done: len(done["failures"]))


def _until_done(
    connection: Connection, path: str, body: Any, failures: Callable[[Any], int]
) -> None:
    """Ask again while parts of it fail, as they do while a lost node is replaced."""
    pauses = Pauses(connection.access.patience)
    while failed := failures(connection.call("POST", path, body)):
        if not pauses.take():
            raise IndexUnusable(
                f"OpenSearch at {connection.access}: {failed} parts of {path} failed"
            )


def tidy_up(connection: Connection, index: str, state: State) -> None:
    """Remove what was replaced so long ago that nobody reads it, and what aborted transactions have written since."""
    aborted = list(state.aborted)
    if aborted:
        restore(connection, index, {"terms": {UNTIL: aborted}})
        remove(connection, index, {"terms": {SINCE: aborted}})
    if state.replaced:
        replaced = {"range": {UNTIL: {"lte": state.replaced}}}
        remove(connection, index, both([replaced], [{"terms": {UNTIL: aborted}}]))


def undo(connection: Connection, index: str, generation: int, number: int) -> None:
    """Remove what the transactions after this commit wrote, up to that of a number, and let hold what they replaced."""
    left = {"gt": generation, "lte": number}
    refresh(connection, index)
    remove(connection, index, {"range": {SINCE: left}})
    restore(connection, index, {"range": {UNTIL: left}})
