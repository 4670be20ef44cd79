"""The application factory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask

from tintuc_search.web import api, pages, revisions
from tintuc_search.web.failures import register_failures
from tintuc_search.web.formats import register_formats
from tintuc_search.web.security import register_security

if TYPE_CHECKING:
    from tintuc_search.web.state import Services

LONGEST_BODY = 64 * 1024
"""Bytes of a request's body; no route takes one."""


def create_app(services: Services) -> Flask:
    """Make the web application over the parts that its views call."""
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = LONGEST_BODY
    app.json.ensure_ascii = False  # type: ignore[attr-defined]  # the default provider has it
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.extensions["tintuc"] = services
    app.register_blueprint(pages.blueprint)
    app.register_blueprint(api.blueprint)
    app.register_blueprint(revisions.blueprint)
    register_formats(app)
    register_security(app)
    register_failures(app)
    return app
