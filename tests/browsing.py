"""What the tests that drive a browser share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from playwright.sync_api import Page


class Visit(Protocol):
    """Opens a browser window of its own; ``options`` are those of Playwright's ``new_context``."""

    def __call__(self, **options: Any) -> Page: ...
