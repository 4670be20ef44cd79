"""What a reader or a program is told when something goes wrong.

Programs get ``application/problem+json`` (RFC 9457) with a stable ``code`` and a ``temporary`` flag, readers a
page with the way back.
"""

from __future__ import annotations

from http import HTTPStatus
from traceback import format_exception, format_tb
from typing import TYPE_CHECKING

from flask import Response, json, render_template, request, url_for
from werkzeug.exceptions import HTTPException

from tintuc_search.errors import BadRequest, IndexUnusable, NotFound, TintucError
from tintuc_search.search.parameters import PARAMETERS
from tintuc_search.web.language import language
from tintuc_search.web.links import Links
from tintuc_search.web.state import services

if TYPE_CHECKING:
    from flask import Flask

CODES = {
    400: "requestInvalid",
    404: "notFound",
    405: "methodNotAllowed",
    413: "requestTooLarge",
    500: "internalError",
    503: "indexUnusable",
}
PASSED_ON = frozenset({"Allow", "Location", "Retry-After"})


def register_failures(app: Flask) -> None:
    """Answer every error in the form that the path's readers understand."""

    @app.errorhandler(BadRequest)
    def bad_request(error: BadRequest) -> Response:
        return _answer(400, error.code, str(error), error.parameter)

    @app.errorhandler(TintucError)
    def known(error: TintucError) -> Response:
        if isinstance(error, NotFound):
            return _answer(404, CODES[404], str(error))
        # What is wrong with files and databases is for the log, not for the world.
        app.logger.error("%s: %s", type(error).__name__, error)
        status = 503 if isinstance(error, IndexUnusable) else 500
        return _answer(status, CODES[status])

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> Response:
        status = error.code or 500
        if status < HTTPStatus.BAD_REQUEST:
            return Response(status=status, headers=dict(error.get_headers()))
        answer = _answer(status, CODES.get(status, "requestInvalid"))
        for name, value in error.get_headers():
            if name in PASSED_ON:
                answer.headers[name] = value
        return answer

    @app.errorhandler(Exception)
    def unknown(error: Exception) -> Response:
        app.logger.error("on %s\n%s", request.path, _trace(error))
        return _answer(500, CODES[500])


def _trace(error: Exception) -> str:
    """Where it happened. An error's text may hold what was searched for: left out unless that may be logged."""
    if services().settings.log_queries:
        return "".join(format_exception(error))
    return "".join((*format_tb(error.__traceback__), type(error).__qualname__))


def _answer(
    status: int, code: str, detail: str | None = None, parameter: str | None = None
) -> Response:
    """The error as the API's problem document or as a page."""
    if request.path.startswith("/api/"):
        problem = _problem(status, code, detail, parameter)
        return Response(json.dumps(problem), status, mimetype="application/problem+json")
    start = url_for("pages.search")
    # The path of an unknown page is not for links: "//host/" would lead away.
    here = url_for(request.endpoint, **request.view_args or {}) if request.endpoint else start
    pairs = list(request.args.items(multi=True))
    kept = [("lang", value) for name, value in pairs if name == "lang"]
    page = render_template(
        "failure.html",
        status=status,
        code=code,
        detail=detail,
        parameter=parameter,
        parameter_help=_help(parameter),
        links=Links.of(start, kept[:1]),
        here=Links.of(here, pairs),
    )
    return Response(page, status, mimetype="text/html")


def _problem(
    status: int, code: str, detail: str | None, parameter: str | None
) -> dict[str, str | int | bool]:
    title = HTTPStatus(status).phrase
    problem: dict[str, str | int | bool] = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": detail or title,
        "instance": request.path,
        "code": code,
        "temporary": status >= HTTPStatus.INTERNAL_SERVER_ERROR,
    }
    return problem | ({"parameter": parameter} if parameter else {})


def _help(parameter: str | None) -> str:
    """What a parameter takes, in the reader's language; empty where there is no such parameter."""
    for known in PARAMETERS:
        if known.name == parameter:
            return known.help_vi if language() == "vi" else known.help
    return ""
