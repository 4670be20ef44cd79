"""Loads the word lists and tables in ``data/``: everything the cleaner knows about words and markup."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, cast

from tintuc_search.indexer.cleaning.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

_DATA = files("tintuc_search.indexer.cleaning") / "data"


@cache
def table(name: str) -> dict[str, Any]:
    """Read ``data/<name>.toml``."""
    return tomllib.loads((_DATA / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """Read ``data/<name>.tsv``: the cells of every line that is no comment."""
    text = (_DATA / f"{name}.tsv").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    return tuple(tuple(line.split("\t")) for line in lines)


@cache
def words(name: str, key: str) -> tuple[str, ...]:
    """The list ``key`` (dotted for a table within) of ``data/<name>.toml``."""
    found: Any = table(name)
    for part in key.split("."):
        found = found[part]
    return tuple(cast("list[str]", found))


@cache
def word_set(name: str, key: str) -> frozenset[str]:
    """The same list as a set of case-folded words."""
    return frozenset(fold(word).casefold() for word in words(name, key))


@cache
def pattern(name: str, key: str, form: str) -> re.Pattern[str]:
    """Put a word list into a regular expression, in place of ``WORDS`` in ``form``; case is ignored.

    The longest word comes first, so that "Tin, ảnh" wins over "Tin"; a space stands for any run of spaces.
    """
    return re.compile(form.replace("WORDS", alternation(words(name, key))), re.IGNORECASE)


def alternation(entries: Iterable[str]) -> str:
    """Write words as alternatives of a regular expression, longest first."""
    ordered = sorted(entries, key=len, reverse=True)
    return "|".join(r"\s+".join(map(re.escape, entry.split())) for entry in ordered)
