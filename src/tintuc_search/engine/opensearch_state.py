"""The one document that says what an index holds: its newest commit, and who writes it.

A commit is one change of this document, made only if nobody else changed it; so it is there whole or not at all.
"""

from __future__ import annotations

import os
import socket
from dataclasses import asdict, dataclass, replace
from time import time
from typing import TYPE_CHECKING, Any

from tintuc_search.engine.opensearch_connection import Conflict, Missing
from tintuc_search.engine.opensearch_schema import NEVER, SINCE, STATE, STATE_ID, hidden
from tintuc_search.errors import IndexUnusable

if TYPE_CHECKING:
    from tintuc_search.engine.opensearch_connection import Connection

REBUILD = "rebuild it with: tintuc index --rebuild"


@dataclass(frozen=True, slots=True)
class Owner:
    """Who writes: a name of this one transaction, where it runs, since when and until when unless it says more."""

    token: str
    host: str
    process: int
    since: str
    until: float

    def gone(self) -> bool:
        """Whether the writer has ended without saying so."""
        if time() >= self.until:
            return True
        if self.host != socket.gethostname():
            return False
        try:
            os.kill(self.process, 0)
        except ProcessLookupError:
            return True
        except OSError:
            return False
        return False

    def __str__(self) -> str:
        return f"process {self.process} on {self.host} (since {self.since})"


@dataclass(frozen=True, slots=True)
class State:
    """What the document says.

    ``generation`` is the number of the newest commit's transaction, ``taken`` the highest number given to any.
    ``unclean`` says that a transaction may have left documents behind; ``aborted`` are those that did and were
    followed by another. Documents that were replaced up to generation
    ``replaced`` may be removed from ``removable`` on (seconds since 1970).
    """

    mark: int = 0
    generation: int = 0
    taken: int = 0
    unclean: bool = False
    aborted: tuple[int, ...] = ()
    owner: Owner | None = None
    replaced: int = 0
    removable: float = 0.0

    def body(self) -> dict[str, Any]:
        """The document."""
        return {SINCE: NEVER, STATE: asdict(self)}


@dataclass(frozen=True, slots=True)
class Standing:
    """A state, the index it belongs to, and what tells it from any later one."""

    index: str
    state: State
    sequence: int
    term: int

    @property
    def generation(self) -> int:
        """The number of the newest commit."""
        return self.state.generation

    def hidden(self) -> list[dict[str, Any]]:
        """What excludes the documents that this commit does not hold, for ``must_not``."""
        return hidden(self.generation, self.state.aborted)


def read(connection: Connection, index: str) -> Standing:
    """The state of an index, or of that behind an alias.

    Raises:
        IndexUnusable: there is no such index, or it is none of ours.
    """
    try:
        found = connection.call("GET", f"/{index}/_doc/{STATE_ID}")
        state = dict(found["_source"][STATE])
        owner, aborted = state.pop("owner"), tuple(state.pop("aborted"))
        return Standing(
            found["_index"],
            State(**state, aborted=aborted, owner=Owner(**owner) if owner else None),
            found["_seq_no"],
            found["_primary_term"],
        )
    except Missing:
        raise IndexUnusable(
            f"there is no index {index} in OpenSearch at {connection.access}; {REBUILD}"
        ) from None
    except (KeyError, TypeError, ValueError) as error:
        raise IndexUnusable(
            f"the index {index} in OpenSearch at {connection.access} was not written by this program "
            f"or by another version of it ({error!r}); {REBUILD}"
        ) from None


def change(connection: Connection, standing: Standing, **changes: Any) -> Standing:
    """Change the state, if it is still the one that was read.

    Raises:
        Conflict: it is not.
    """
    state = replace(standing.state, **changes)
    try:
        answer = connection.call(
            "PUT",
            f"/{standing.index}/_doc/{STATE_ID}",
            state.body(),
            {"if_seq_no": standing.sequence, "if_primary_term": standing.term},
        )
    except Conflict:
        # The answer to a first attempt may have been lost with a node, the change itself not.
        found = read(connection, standing.index)
        if found.state != state or state == standing.state:
            raise
        return found
    except Missing:
        raise IndexUnusable(
            f"the index {standing.index} was removed while it was being written"
        ) from None
    return Standing(standing.index, state, answer["_seq_no"], answer["_primary_term"])
