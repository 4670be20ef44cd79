"""What an office tells of its holder: the line of work, the area, how high."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from tintuc_search.analysis.tables import digest_tables, read_table
from tintuc_search.entities.base import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tintuc_search.catalogue.keys import Keys

LINES, LEVELS = "lines.tsv", "levels.tsv"
_SHORT = 3
"""A name of so many letters is an abbreviation."""
_KEPT = 1 << 14


class Level(IntEnum):
    """How wide the area of an office is."""

    COMMUNE = 1
    DISTRICT = 2
    PROVINCE = 3


@dataclass(frozen=True, slots=True)
class Standing:
    """Of one office: its line of work, empty where it could be any; its areas by key with their level.

    ``shown`` gives the names of the areas as written, by key.
    """

    key: str
    line: str
    areas: frozenset[tuple[str, Level]]
    shown: frozenset[tuple[str, str]]


class OfficeReader:
    """Reads offices by the words of ``lines.tsv`` and ``levels.tsv``; threads may share it."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys
        rows = read_table(__package__, LINES)
        self._lines = sorted(
            ((keys.spelling(word), line, where) for word, line, where in rows),
            key=lambda row: (-len(row[0]), row),
        )
        self._levels = {
            keys.spelling(word): Level[level.upper()]
            for word, level in read_table(__package__, LEVELS)
        }
        self.read = lru_cache(_KEPT)(self._read)

    def _read(self, office: str) -> Standing:
        """What the words of an office tell."""
        key = self._keys.spelling(office)
        line = next((line for word, line, where in self._lines if _tells(word, where, key)), "")
        areas = [(self._area(word, name), level) for word, name, level in self._areas(office)]
        return Standing(
            key,
            line,
            frozenset((area, level) for (area, _), level in areas),
            frozenset(area for area, _ in areas),
        )

    def _area(self, word: str, name: str) -> tuple[str, str]:
        """The key of an area and the name to show: ``TP HCM`` and ``quận 1`` are none without their word."""
        whole = name if len(name) > _SHORT and not name.isdigit() else f"{word} {name}"
        key = self._keys.canonical(Kind.PLACE, whole)
        return key, self._keys.preferred.get((Kind.PLACE, key), whole)

    def _areas(self, office: str) -> Iterator[tuple[str, str, Level]]:
        """``xã Nậm Lìn``, ``Tỉnh ủy Ninh Bình``, ``Quận 9``: the capitals and numbers behind a word of a level."""
        words = office.replace(",", " , ").split()
        terms = [self._keys.spelling(word) for word in words]
        for i in range(len(words)):
            level, start = self._level(terms, i)
            after = start
            while level and after < len(words) and _is_name(words[after]):
                if self._level(terms, after)[0]:  # "Tỉnh ủy Thành phố": another begins
                    break
                after += 1
            if level and after > start:
                yield " ".join(words[i:start]), " ".join(words[start:after]).strip("."), level

    def _level(self, terms: list[str], i: int) -> tuple[Level | None, int]:
        for length in (2, 1):
            level = self._levels.get(" ".join(terms[i : i + length]))
            if level and i + length <= len(terms):
                return level, i + length
        return None, i


def _tells(word: str, where: str, key: str) -> bool:
    return f"{key} ".startswith(f"{word} ") or (where == "within" and f" {word} " in f" {key} ")


def _is_name(word: str) -> bool:
    return word[0].isupper() or word[0].isdigit()


def offices_digest() -> str:
    """Changes whenever one of the lists does."""
    return digest_tables(__package__, LINES, LEVELS)
