"""The rows of the page that explains how to search, read from ``guide.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def guide(language: str) -> tuple[tuple[str, str], ...]:
    """What can be written, and what it finds, in ``language``."""
    text = files("tintuc_search.web").joinpath("guide.toml").read_text("utf-8")
    return tuple((row[language][0], row[language][1]) for row in tomllib.loads(text)["row"])
