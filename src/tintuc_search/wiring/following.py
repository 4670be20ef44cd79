"""Noticing that another index has been put into use."""

from __future__ import annotations

import logging
import time
from threading import Lock
from typing import TYPE_CHECKING

from tintuc_search.errors import TintucError

if TYPE_CHECKING:
    from tintuc_search.web import Services
    from tintuc_search.wiring import Parts

LEFT_SECONDS = 60.0
"""How long an index that was left stays open for requests under way."""

log = logging.getLogger(__name__)


class Follower:
    """Looks whether the index of ``parts`` is still the one in use; threads may share it."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._state = parts.places.state()
        self._left: list[tuple[float, Parts]] = []
        self._lock = Lock()

    def look(self) -> Services | None:
        """The services over another index where that is in use by now, else None.

        One that cannot be used is told of in the log, and the old one stays.
        """
        if self._parts.places.state() == self._state and not self._left:
            return None
        with self._lock:
            self._close_left()
            state = self._parts.places.state()
            if state == self._state:
                return None
            self._state = state
            return self._go_over()

    def _go_over(self) -> Services | None:
        new = self._parts.now()
        if new.folder == self._parts.folder:
            return None
        try:
            new.check_ready()
        except TintucError as error:
            log.error("%s", error)  # noqa: TRY400 - one line
            new.close_index()
            return None
        log.info("%s is searched from now on", new.folder)
        self._left.append((time.monotonic(), self._parts))
        self._parts = new
        return new.services

    def _close_left(self) -> None:
        now = time.monotonic()
        for since, parts in tuple(self._left):
            if now - since > LEFT_SECONDS:
                parts.close_index()
                self._left.remove((since, parts))
