"""Going over to other services while the application runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from tintuc_search.web.state import Services


def follow(app: Flask, look: Callable[[], Services | None]) -> None:
    """Ask ``look`` before every request for services to take the place of those there; mostly there are none."""

    def go_over() -> None:
        found = look()
        if found is not None:
            app.extensions["tintuc"] = found

    app.before_request(go_over)
