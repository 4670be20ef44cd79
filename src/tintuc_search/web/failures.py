"""What a reader or a program is told when something goes wrong.

Programs get ``application/problem+json`` (RFC 9457) with a stable ``code`` and a ``temporary`` flag, readers a
page with the way back.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Response, json, render_template, request
from werkzeug.exceptions import HTTPException

from tintuc_search.errors import BadRequest, IndexUnusable, NotFound, TintucError

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


def register_failures(app: Flask) -> None:
    """Answer every error in the form that the path's readers understand."""

    @app.errorhandler(BadRequest)
    def bad_request(error: BadRequest) -> Response:
        return _answer(400, error.code, str(error), parameter=error.parameter)

    @app.errorhandler(TintucError)
    def known(error: TintucError) -> Response:
        status = 404 if isinstance(error, NotFound) else 500
        if isinstance(error, IndexUnusable):
            status = 503
        if status != HTTPStatus.NOT_FOUND:
            app.logger.error("%s: %s", type(error).__name__, error)
        # What is wrong with files and databases is for the log, not for the world.
        return _answer(
            status, CODES[status], str(error) if status == HTTPStatus.NOT_FOUND else None
        )

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> Response:
        status = error.code or 500
        answer = _answer(status, CODES.get(status, "requestInvalid"), None)
        for name, value in error.get_headers():
            if name in {"Allow", "Location", "Retry-After"}:
                answer.headers[name] = value
        return answer


def _answer(status: int, code: str, detail: str | None, **more: str) -> Response:
    """The error as the API's problem document or as a page."""
    title = HTTPStatus(status).phrase
    if request.path.startswith("/api/"):
        problem = {
            "type": "about:blank",
            "title": title,
            "status": status,
            "detail": detail or title,
            "instance": request.path,
            "code": code,
            "temporary": status >= HTTPStatus.INTERNAL_SERVER_ERROR,
            **more,
        }
        body = json.dumps(problem)
        return Response(body, status, mimetype="application/problem+json")
    page = render_template("failure.html", status=status, code=code, detail=detail)
    return Response(page, status, mimetype="text/html")
