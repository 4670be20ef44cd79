"""The way to an OpenSearch cluster: one place that sends requests and turns failures into our errors."""

from __future__ import annotations

import json
import logging
import random
from base64 import b64encode
from dataclasses import dataclass
from ssl import create_default_context
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from opensearchpy import OpenSearch
from opensearchpy.exceptions import (
    ConnectionError as NoConnection,
)
from opensearchpy.exceptions import (
    ImproperlyConfigured,
    SerializationError,
    TransportError,
)

from tintuc_search.errors import IndexUnusable, SettingsError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# The client logs every failed request with a traceback; what matters of it is in the error that we raise.
logging.getLogger("opensearch").setLevel(logging.CRITICAL)

BUSY = frozenset({429, 502, 503, 504})
"""Statuses that say "later": too many requests, or a node or shard that is being replaced."""
NOT_FOUND, CONFLICT = 404, 409
_LATE = frozenset({"time_exceeded_exception"})
_TOO_MUCH = frozenset({"too_many_clauses", "too_many_nested_clauses"}) | _LATE
_LOST = frozenset(
    {
        "connect_transport_exception",
        "node_closed_exception",
        "node_disconnected_exception",
        "node_not_connected_exception",
        "no_shard_available_action_exception",
        "shard_not_found_exception",
    }
)
"""What a node says, as an error of its own (500), for the short time in which it still counts on one that is lost."""
_GONE = frozenset({"index_not_found_exception", "search_context_missing_exception"})
_REFUSED = frozenset({401, 403})
_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 5.0


class Missing(Exception):  # noqa: N818 - a state, not a failure
    """There is no such index, document or point in time."""


class Conflict(Exception):  # noqa: N818
    """Somebody else has written the document in between."""


class TooMuch(IndexUnusable):
    """A query that asks too much of the cluster: clauses (``indices.query.bool.max_clause_count``) or time."""


class Busy(IndexUnusable):
    """The cluster answers, but not to this, for longer than we had patience."""


@dataclass(frozen=True, slots=True)
class Access:
    """How to reach a cluster and prove who we are.

    ``urls`` are its nodes; one that does not answer is left out for a while. ``ca`` is a file of certificates to
    trust in place of the system's. ``patience`` is how many seconds a write is tried again while the cluster is
    busy or replaces a lost node, ``reading`` the same for a search.
    """

    urls: tuple[str, ...]
    user: str = ""
    password: str = ""
    api_key: str = ""
    ca: str = ""
    timeout: float = 60.0
    patience: float = 120.0
    reading: float = 10.0

    def __str__(self) -> str:
        return ", ".join(self.urls)

    def client(self) -> OpenSearch:
        """A client, which connects when it is first used.

        Raises:
            SettingsError: an address or the file of certificates cannot be used.
        """
        if not self.urls:
            raise SettingsError("opensearch_urls names no address")
        for url in self.urls:
            if urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).hostname:
                raise SettingsError(f"opensearch_urls: {url!r} is no http:// or https:// address")
        options: dict[str, Any] = {}
        if self.api_key:
            options["headers"] = {"Authorization": f"ApiKey {self.api_key}"}
        elif self.user:
            # Written here, for the client knows no letters beyond Latin-1.
            account = b64encode(f"{self.user}:{self.password}".encode()).decode()
            options["headers"] = {"Authorization": f"Basic {account}"}
        try:
            if self.ca:
                options["ssl_context"] = create_default_context(cafile=self.ca)
            return OpenSearch(
                list(self.urls),
                timeout=self.timeout,
                max_retries=len(self.urls),
                retry_on_timeout=True,
                retry_on_status=(),
                pool_maxsize=20,
                **options,
            )
        except (ImproperlyConfigured, OSError) as error:
            raise SettingsError(f"opensearch_ca: {self.ca}: {error}") from error


class Connection:
    """Sends requests to one cluster; safe for threads."""

    def __init__(self, access: Access) -> None:
        self.access = access
        self._client = access.client()

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        params: Mapping[str, Any] | None = None,
        *,
        patience: float | None = None,
    ) -> Any:
        """Send one request, again and again while the cluster is busy, and return what it answers.

        Raises:
            Missing: there is no such thing (404).
            Conflict: the document was changed in between (409).
            IndexUnusable: the cluster cannot be reached, refuses us, or does not understand.
        """
        pauses = Pauses(self.access.patience if patience is None else patience)
        while True:
            try:
                return self._client.transport.perform_request(
                    method, path, params=dict(params or {}), body=body
                )
            except NoConnection as error:
                # A node that was just lost: another may answer. A cluster that is not there is not waited for.
                if not self._reached():
                    raise self._unreachable(error) from None
                if not pauses.take():
                    raise Busy(str(self._unreachable(error))) from None
            except SerializationError as error:
                raise self._unreachable(error) from None
            except TransportError as error:
                problem = error.info.get("error") if isinstance(error.info, dict) else None
                if not is_passing(error.status_code, problem):
                    raise self._translated(error) from None
                if not pauses.take():
                    raise Busy(str(self._translated(error))) from None

    def search(self, path: str, body: Any, *, patience: float | None = None) -> Any:
        """Search, all shards or none, waiting less long than for a write unless ``patience`` says otherwise.

        With a ``timeout`` in the body the answer may be of what was looked at in time; it says so (``timed_out``).
        """
        # Where partial answers are refused, one that is late is an error too; so what failed is looked at here.
        params = {"allow_partial_search_results": "true" if "timeout" in body else "false"}
        patience = self.access.reading if patience is None else patience
        pauses = Pauses(patience)
        while True:
            answer = self.call("POST", path, body, params, patience=patience)
            failed = [each["reason"] for each in answer["_shards"].get("failures", ())]
            if not failed and not answer["_shards"]["failed"]:
                return answer
            if any(_types(each) & _GONE for each in failed):
                raise Missing
            if failed and all(_types(each) & _LATE for each in failed):
                return {**answer, "timed_out": True}
            passing = all(is_passing(None, each) for each in failed)
            if not passing or not pauses.take():
                raise self._problem(None, failed[0] if failed else "some shards are not there")

    def many(self, index: str, bodies: Sequence[Mapping[str, Any]]) -> list[Any]:
        """The answers to several searches of one index, in their order."""
        if not bodies:
            return []
        head = json.dumps({"allow_partial_search_results": False})
        lines = "".join(f"{head}\n{json.dumps(body)}\n" for body in bodies)
        pauses = Pauses(self.access.reading)
        while True:
            answers = self.call("POST", f"/{index}/_msearch", lines, patience=self.access.reading)
            responses: list[Any] = answers["responses"]
            failed = [answer for answer in responses if "error" in answer]
            if not failed:
                return responses
            if any(answer.get("status") == NOT_FOUND for answer in failed):
                raise Missing
            passing = all(is_passing(each.get("status"), each["error"]) for each in failed)
            if not passing or not pauses.take():
                raise self._problem(None, failed[0]["error"])

    def close(self) -> None:
        """Release the connections."""
        self._client.close()

    def _reached(self) -> bool:
        """Whether any node answers at all."""
        return bool(self._client.ping(params={"request_timeout": 5}))

    def _unreachable(self, error: TransportError | SerializationError) -> IndexUnusable:
        detail = error.info if isinstance(error, TransportError) else error
        return IndexUnusable(f"OpenSearch at {self.access} cannot be reached: {_line(detail)}")

    def _translated(self, error: TransportError) -> Exception:
        if error.status_code == NOT_FOUND:
            return Missing()
        if error.status_code == CONFLICT:
            return Conflict()
        if error.status_code in _REFUSED:
            return IndexUnusable(
                f"OpenSearch at {self.access} refuses us ({error.status_code}): see the settings "
                "opensearch_user, opensearch_password and opensearch_api_key"
            )
        problem = error.info.get("error") if isinstance(error.info, dict) else error.info
        return self._problem(error.status_code, problem)

    def _problem(self, status: object, error: Any) -> IndexUnusable:
        kind = TooMuch if _types(error) & _TOO_MUCH else IndexUnusable
        said = _reason(error) if status is None else f"{status} {_reason(error)}"
        return kind(f"OpenSearch at {self.access}: {said}")


class Pauses:
    """Pauses between attempts, each about twice as long as the one before, within so many seconds."""

    def __init__(self, seconds: float) -> None:
        self._until = monotonic() + seconds
        self._next = _FIRST_PAUSE

    def take(self) -> bool:
        """Wait; False where no time is left for another attempt."""
        # Chance keeps writers that were refused together from coming back together.
        pause = self._next * (0.5 + random.random())  # noqa: S311 - no secret
        if monotonic() + pause > self._until:
            return False
        sleep(pause)
        self._next = min(2 * self._next, _LONGEST_PAUSE)
        return True


def is_passing(status: Any, error: Any) -> bool:
    """Whether an error is one that passes by itself: the cluster is busy, or is replacing a lost node."""
    if status in BUSY:
        return True
    return bool(_types(error) & _LOST)


def _types(error: Any) -> set[object]:
    """The types of an error and of its causes."""
    if not isinstance(error, dict):
        return set()
    found: set[object] = {error.get("type")}
    causes = [*error.get("root_cause", ()), error.get("caused_by")]
    causes += [shard.get("reason") for shard in error.get("failed_shards", ())]
    return found.union(*map(_types, causes))


def _reason(error: Any) -> str:
    """The innermost reason of an OpenSearch error, which says most."""
    if not isinstance(error, dict):
        return _line(error)
    cause = error
    while isinstance(cause.get("caused_by"), dict):
        cause = cause["caused_by"]
    shards = error.get("failed_shards") or []
    if cause is error and shards and isinstance(shards[0].get("reason"), dict):
        return _reason(shards[0]["reason"])
    return _line(f"{cause.get('type')}: {cause.get('reason')}")


def _line(text: Any) -> str:
    return " ".join(str(text).split())[:300]
