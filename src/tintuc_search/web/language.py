"""The language of the pages: which one a request asks for, and its messages."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from flask import g, request

from tintuc_search.web.state import services

LANGUAGES = ("vi", "en")


@cache
def messages(language: str) -> dict[str, str]:
    """Every message of a language by its key."""
    text = files("tintuc_search.web").joinpath("messages", f"{language}.toml").read_text("utf-8")
    table: dict[str, str] = tomllib.loads(text)
    return table


def language() -> str:
    """The language of the present request: ``lang`` in the address, else the setting."""
    if "language" not in g:
        asked = request.args.get("lang", "")
        g.language = asked if asked in LANGUAGES else services().settings.language
    chosen: str = g.language
    return chosen


def message(key: str, **values: object) -> str:
    """The message ``key`` in the request's language with ``{name}`` filled in."""
    text = messages(language())[key]
    return text.format(**values) if values else text
