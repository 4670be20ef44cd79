"""What processes that share an archive ask, so that no two of them do the same work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection
    from contextlib import AbstractContextManager


class Locks(Protocol):
    """Locks by name, over all processes and machines that share an archive; a process that dies holds none.

    Nobody waits: who does not get a lock has other work to do.
    """

    def held(
        self, names: Collection[str], shared: Collection[str] = ()
    ) -> AbstractContextManager[str | None]:
        """Hold all of these while the block runs, or none of them.

        The block is given None, or the name of a lock that somebody else holds. ``shared`` ones may be held by many,
        as long as nobody holds them alone. Locks are not re-entrant: the same process may be the somebody.

        Raises:
            ArchiveError: it cannot be told.
        """
        ...
