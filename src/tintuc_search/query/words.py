"""The words that the query language knows, read from ``data/words.toml``."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

from tintuc_search.query.tree import FieldName


class DatePrefix(StrEnum):
    """What a date in a query bounds."""

    DATE = "date"
    FROM = "from"
    TO = "to"


class Operator(StrEnum):
    """The operators that can be written as words."""

    AND = "and"
    OR = "or"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class Words:
    """Operators by word, prefixes by spelling, and the shown name of each prefix by language."""

    operators: dict[str, Operator]
    lower_needed: frozenset[str]
    prefixes: dict[str, FieldName | DatePrefix]
    names: dict[tuple[FieldName | DatePrefix, str], str]

    def operator(self, word: str, *, capitals: bool) -> Operator | None:
        """The operator that ``word`` is; ``capitals`` says that the query holds no small letter."""
        word = unicodedata.normalize("NFC", word)
        return None if capitals and word in self.lower_needed else self.operators.get(word)

    def prefix(self, name: str) -> FieldName | DatePrefix | None:
        """The field or date bound that ``name`` (without its colon) means."""
        return self.prefixes.get(spelling(name))


def spelling(name: str) -> str:
    """``name`` in small letters, NFC, without spaces: ``"Tác  giả"`` → ``"tácgiả"``."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", name).lower())


def unmarked(text: str) -> str:
    """``text`` without any mark, ``đ`` as ``d``."""
    decomposed = unicodedata.normalize("NFD", text)
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return bare.replace("đ", "d").replace("Đ", "D")


@cache
def table() -> dict[str, Any]:
    """The operators and names as they are written down."""
    text = resources.files(__package__).joinpath("data/words.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def words() -> Words:
    """The table by spelling."""
    prefixes: dict[str, FieldName | DatePrefix] = {}
    names: dict[tuple[FieldName | DatePrefix, str], str] = {}
    stated: list[tuple[FieldName | DatePrefix, dict[str, list[str]]]] = [
        *((FieldName(key), value) for key, value in table()["fields"].items()),
        *((DatePrefix(key), value) for key, value in table()["dates"].items()),
    ]
    for prefix, languages in stated:
        for language, spellings in languages.items():
            names[prefix, language] = spellings[0]
            for name in spellings:
                prefixes[spelling(name)] = prefix
                prefixes.setdefault(unmarked(spelling(name)), prefix)
    operators = {word: op for op in Operator for word in table()["operators"][op.value]}
    return Words(operators, frozenset(table()["operators"]["not_in_capitals"]), prefixes, names)
