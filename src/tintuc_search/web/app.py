"""The application factory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask

from tintuc_search.web import api, pages, revisions
from tintuc_search.web.failures import register_failures
from tintuc_search.web.formats import register_formats
from tintuc_search.web.security import register_security
from tintuc_search.web.state import Services

if TYPE_CHECKING:
    from collections.abc import Callable

    from tintuc_search.archive.base import Archive
    from tintuc_search.archive.standings import Standing
    from tintuc_search.catalogue.base import Catalogue
    from tintuc_search.search.service import SearchService
    from tintuc_search.settings import Settings

LONGEST_BODY = 64 * 1024
"""Bytes of a request's body; no route takes one."""


def create_app(
    settings: Settings,
    search: SearchService,
    archive: Archive,
    catalogue: Catalogue,
    status: Callable[[int], tuple[tuple[Standing, ...], bool]],
) -> Flask:
    """Make the web application.

    Over a search service, an archive, the entities that it names, and what tells how the crawls go.
    """
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = LONGEST_BODY
    app.json.ensure_ascii = False  # type: ignore[attr-defined]  # the default provider has it
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.extensions["tintuc"] = Services(settings, search, archive, catalogue, status)
    app.register_blueprint(pages.blueprint)
    app.register_blueprint(api.blueprint)
    app.register_blueprint(revisions.blueprint)
    register_formats(app)
    register_security(app)
    register_failures(app)
    return app
