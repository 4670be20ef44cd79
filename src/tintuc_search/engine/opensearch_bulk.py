"""Sending many changes: in portions that the cluster can take, each again where it was refused for now."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tintuc_search.engine.opensearch_connection import (
    CONFLICT,
    NOT_FOUND,
    Busy,
    Missing,
    Pauses,
    is_passing,
)
from tintuc_search.errors import IndexUnusable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tintuc_search.engine.opensearch_connection import Connection

PORTION_BYTES = 5 << 20
_LEAST_BYTES = 64 << 10
_TOLD = "errors,items.*.status,items.*.error"
"""Of an answer, what is looked at: the rest is as long as a small document."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change: ``what`` is ``index``, ``update`` or ``delete``; ``name`` is for an error's message.

    ``condition`` is of which state the document must be.
    """

    what: str
    key: str
    body: dict[str, Any] | None = None
    name: str = ""
    condition: Mapping[str, int] = field(default_factory=dict)

    def lines(self) -> str:
        """As ``_bulk`` takes it."""
        action = json.dumps({self.what: {"_id": self.key, **self.condition}})
        if self.body is None:
            return f"{action}\n"
        return f"{action}\n{json.dumps(self.body, ensure_ascii=False)}\n"


class Bulk:
    """Sends changes to one index; each may be sent twice without harm, for it says the whole outcome.

    Safe for threads, which share the size of what the cluster takes at once.
    """

    def __init__(self, connection: Connection, index: str) -> None:
        self._connection, self._index = connection, index
        self._portion = PORTION_BYTES

    def send(self, changes: Iterable[Change]) -> list[Change]:
        """Send all; those of one document stay in order. Returns those whose condition did not hold.

        Raises:
            IndexUnusable: the cluster refuses one for good (the message names the document), or all for too long.
        """
        passed_over: list[Change] = []
        waiting = [(change, change.lines().encode("utf-8", "replace")) for change in changes]
        pauses = Pauses(self._connection.access.patience)
        while waiting:
            portion = self._portion_of(waiting)
            refused = self._attempt(portion, passed_over)
            if len(refused) < len(portion):  # some were taken: the cluster works
                pauses = Pauses(self._connection.access.patience)
            if refused:
                # Less at once is what a cluster that refuses needs.
                size = sum(len(lines) for _, lines in portion)
                self._portion = max(min(self._portion, size) // 2, _LEAST_BYTES)
                if not pauses.take():
                    raise IndexUnusable(
                        f"OpenSearch at {self._connection.access} refuses to store "
                        f"{len(waiting)} documents: {refused[0][1]}"
                    )
            elif self._portion < PORTION_BYTES:
                self._portion += self._portion // 4
            waiting = [*(each for each, _ in refused), *waiting[len(portion) :]]
        return passed_over

    def _portion_of(
        self, waiting: Sequence[tuple[Change, bytes]]
    ) -> Sequence[tuple[Change, bytes]]:
        """The first of them, as many as the cluster can take at once."""
        size = 0
        for count, (_, lines) in enumerate(waiting):
            size += len(lines)
            if count and size > self._portion:
                return waiting[:count]
        return waiting

    def _attempt(
        self, portion: Sequence[tuple[Change, bytes]], passed_over: list[Change]
    ) -> list[tuple[tuple[Change, bytes], str]]:
        """Send once; returns what is to be sent again, and why, and adds those whose condition did not hold."""
        try:
            answer = self._connection.call(
                "POST",
                f"/{self._index}/_bulk",
                b"".join(lines for _, lines in portion).decode(),
                {"filter_path": _TOLD},
                patience=0.0,
            )
        except Busy as error:
            return [(each, str(error)) for each in portion]
        except Missing:
            raise IndexUnusable(
                f"the index {self._index} was removed while it was written"
            ) from None
        if not answer["errors"]:
            return []
        refused = []
        for each, item in zip(portion, answer["items"], strict=True):
            change = each[0]
            result = item[change.what]
            status, problem = result["status"], result.get("error")
            if problem is None or (status == NOT_FOUND and change.what != "index"):
                continue
            reason = f"{problem.get('type')}: {problem.get('reason')}"
            if status == CONFLICT and change.condition:
                passed_over.append(change)
                continue
            if status != CONFLICT and not is_passing(status, problem):
                raise IndexUnusable(
                    f"OpenSearch at {self._connection.access} cannot store {change.name or change.key}: "
                    f"{' '.join(reason.split())[:300]}"
                )
            refused.append((each, reason))
        return refused
