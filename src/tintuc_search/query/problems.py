"""What can be wrong with a query: codes and their sentences, read from ``data/problems.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from tintuc_search.query.tree import Problem


@cache
def messages() -> dict[str, dict[str, str]]:
    """The sentences by code and language (``vi``, ``en``)."""
    text = resources.files(__package__).joinpath("data/problems.toml").read_text("utf-8")
    return tomllib.loads(text)


def problem(code: str, start: int, end: int, **values: object) -> Problem:
    """A problem at ``start`` to ``end`` (code points of the query), its sentences filled in."""
    sentences = messages()[code]
    return Problem(
        start, end, code, sentences["vi"].format(**values), sentences["en"].format(**values)
    )
