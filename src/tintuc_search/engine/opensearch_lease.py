"""The right to write an index: held in its state, kept by saying so every few seconds, lost by silence."""

from __future__ import annotations

import os
import socket
from dataclasses import replace
from datetime import UTC, datetime
from threading import Event, Lock, Thread
from time import monotonic, sleep, time
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from tintuc_search.article import format_time
from tintuc_search.engine.opensearch_connection import Conflict
from tintuc_search.engine.opensearch_state import Owner, Standing, change, read
from tintuc_search.errors import IndexLocked, IndexUnusable

if TYPE_CHECKING:
    from tintuc_search.engine.opensearch_connection import Connection

LEASE = 60.0
"""Seconds after which a writer that says nothing is taken for dead; clocks must agree better than that."""
_PAUSE = 0.05
_REMEMBERED = 100
"""Transactions known to have been aborted; older ones have no process left that could write."""


class Lease:
    """The right of one transaction. ``before`` is the state in which it was taken, aborted transactions left out."""

    def __init__(
        self, connection: Connection, before: Standing, standing: Standing, owner: Owner
    ) -> None:
        self.before = before
        self._connection, self._standing, self._owner = connection, standing, owner
        self._lock = Lock()
        self._ended = Event()
        self._keeper = Thread(target=self._keep, name="opensearch-lease", daemon=True)
        self._keeper.start()

    @property
    def index(self) -> str:
        """The index itself, not its alias."""
        return self._standing.index

    @property
    def number(self) -> int:
        """The number of this transaction."""
        return self._standing.state.taken

    @property
    def lost(self) -> bool:
        """Whether the right has ended."""
        return self._ended.is_set()

    def check(self) -> None:
        """Raise IndexLocked if another has taken the right."""
        if not self._ended.is_set():
            owner = read(self._connection, self.index).state.owner
            if owner is None or owner.token != self._owner.token:
                self._ended.set()
        if self._ended.is_set():
            raise IndexLocked(f"the right to write the index {self.index} was lost to another")

    def end(self, **changes: Any) -> None:
        """Change the state and give the right back, both at once."""
        with self._lock:
            if self._ended.is_set():
                raise IndexLocked(f"the right to write the index {self.index} was lost to another")
            try:
                self._standing = change(self._connection, self._standing, owner=None, **changes)
            except Conflict:
                raise IndexLocked(
                    f"the index {self.index} was taken over by another writer; nothing was committed"
                ) from None
            finally:
                self._ended.set()

    def abandon(self) -> None:
        """Stop keeping the right; the index is gone."""
        self._ended.set()

    def _keep(self) -> None:
        while not self._ended.wait(LEASE / 4):
            with self._lock:
                if self._ended.is_set():
                    return
                owner = _owner(self._owner.token, self._owner.since)
                try:
                    self._standing = change(self._connection, self._standing, owner=owner)
                except Conflict:
                    self._ended.set()
                except IndexUnusable:
                    continue  # a commit will say so


def take(connection: Connection, index: str, wait: float) -> Lease:
    """Take the right to write, waiting up to ``wait`` seconds for another writer to end.

    Raises:
        IndexLocked: another holds it; the message says which, and since when.
    """
    until = monotonic() + max(wait, 0.0)
    while True:
        before = read(connection, index)
        holder = before.state.owner
        if holder is None or holder.gone():
            owner = _owner(uuid4().hex, format_time(datetime.now(UTC)) or "")
            aborted = before.state.aborted
            if before.state.unclean:
                aborted = (*aborted, before.state.taken)[-_REMEMBERED:]
            try:
                standing = change(
                    connection,
                    before,
                    owner=owner,
                    taken=before.state.taken + 1,
                    unclean=True,
                    aborted=aborted,
                )
            except Conflict:
                continue
            before = replace(before, state=replace(before.state, aborted=aborted))
            return Lease(connection, before, standing, owner)
        if monotonic() >= until:
            raise IndexLocked(
                f"the index {index} is being written by {holder}; try again when it has ended"
            )
        sleep(_PAUSE)


def _owner(token: str, since: str) -> Owner:
    return Owner(token, socket.gethostname(), os.getpid(), since, time() + LEASE)
