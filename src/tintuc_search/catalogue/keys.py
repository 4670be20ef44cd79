"""The key that spellings of one name share, and the stable id of an entity."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Protocol

from tintuc_search.analysis.tables import digest_tables, read_table
from tintuc_search.entities.base import Kind
from tintuc_search.entities.divisions import known_divisions
from tintuc_search.entities.naming import with_area
from tintuc_search.entities.numbers import known_by, number_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from tintuc_search.analysis.base import Analyzer
    from tintuc_search.entities.divisions import Divisions

EQUIVALENTS = "equivalents.tsv"
_SLUG = re.compile(r"[^a-z0-9]+")
_ID = re.compile(r"[a-z0-9-]{1,70}-[0-9a-f]{8}")
LONGEST_SLUG = 60
_KEPT = 1 << 15
_SLUGS = 1 << 12
"""Slugs that are kept: each is asked for several times, one time after the other."""
_LEVELS = ("tỉnh", "thành phố")
BORDER = " / "
"""Between the key of a place's name and that of the province that tells it from others."""


class Namer(Protocol):
    """Reads names; :class:`~tintuc_search.entities.Recogniser` is one."""

    def key(self, name: str, kind: Kind | None = None) -> str:
        """The key that spellings of a name share, abbreviations read out."""
        ...


class Keys:
    """Keys and ids of names; threads may share it.

    ``namer`` is called when a name is first read: most of what only shows entities never needs the lists behind it.
    """

    def __init__(self, namer: Callable[[], Namer], analyzer: Analyzer) -> None:
        self._analyzer, self._namer = analyzer, namer
        self._key = lru_cache(_KEPT)(self._read)
        self._slug = lru_cache(_SLUGS)(self._made_slug)

    @cached_property
    def _listed(self) -> list[tuple[Kind, str, str]]:
        rows = read_table(__package__, EQUIVALENTS)
        return [(Kind(kind), name, other) for kind, name, other in rows]

    @cached_property
    def preferred(self) -> dict[tuple[Kind, str], str]:
        """The names of ``equivalents.tsv`` that are shown, by kind and key."""
        return {(kind, self._key(kind, name)): name for kind, name, _ in self._listed}

    @cached_property
    def _equal(self) -> dict[tuple[Kind, str], str]:
        return {
            (kind, self._key(kind, other)): self._key(kind, name)
            for kind, name, other in self._listed
        }

    def _read(self, kind: Kind, name: str) -> str:
        return self._namer().key(_number_first(name) if kind is Kind.DOCUMENT else name, kind) or (
            self.spelling(name)
        )

    def canonical(self, kind: Kind, name: str, note: str = "") -> str:
        """The key of a name, that of its better known name where ``equivalents.tsv`` has one.

        With the ``note`` that an article gives it: a body's province as if its name ended with it; a place's, and who
        issued a document, behind :data:`BORDER`.
        """
        key = self._key(kind, with_area(name, note) if kind is Kind.ORGANISATION else name)
        key = self._equal.get((kind, key), key)
        if kind is Kind.ORGANISATION:
            return self._without_level(key)
        of = Kind.PLACE if kind is Kind.PLACE else Kind.ORGANISATION
        return f"{key}{BORDER}{self.canonical(of, note)}" if note else key

    def short(self, kind: Kind, name: str, canonical: str) -> str:
        """The shorter key that articles may use for a name with a canonical key; empty where there is none.

        A person's last word, a place's name without its province, a document's kind and number.
        """
        if kind is Kind.DOCUMENT:
            number = number_of(name)
            return self.spelling(number.short) if number else ""
        return short_of(kind, canonical)

    def _without_level(self, key: str) -> str:
        """``Công an tỉnh Bình Phước`` is ``Công an Bình Phước``; but a province can have a city of its name."""
        for level in _LEVELS:
            head, found, name = key.rpartition(f" {level} ")
            if found and name in self.divisions.provinces and self._is_of(level, name):
                return f"{head} {name}"
        return key

    def _is_of(self, level: str, province: str) -> bool:
        return level == _LEVELS[0] or province in self._cities

    @property
    def divisions(self) -> Divisions:
        """The administrative divisions by name."""
        return known_divisions(self._analyzer.key)

    @cached_property
    def _cities(self) -> frozenset[str]:
        rows = read_table("tintuc_search.entities", "function_words.tsv")
        return frozenset(self.spelling(word) for word, part in rows if part == "city")

    def indexed(self, kind: Kind, name: str, note: str = "") -> str:
        """The key under which the index knows a name; of a body with a note the narrower of its two."""
        if kind is Kind.ORGANISATION:
            return self.spelling(with_area(name, note))
        return self.spelling(known_by(name) if kind is Kind.DOCUMENT else name)

    def spelling(self, name: str) -> str:
        """The key of a name as it is written: abbreviations stay."""
        return self._analyzer.key(name)

    def read_out(self, text: str) -> str:
        """The key of any words, abbreviations read out."""
        return self._key(Kind.PERSON, text)

    def folded(self, name: str) -> str:
        """A name without any mark."""
        return self._analyzer.fold(self.spelling(name))

    def is_marked(self, text: str) -> bool:
        """Whether any mark was typed."""
        return self._analyzer.is_marked(self._analyzer.key(text))

    def id_of(self, kind: Kind, key: str, article: str = "") -> str:
        """The id of the entity of a canonical key; of one of several, by an article that tells of it.

        ``le-van-thu-1f0c52aa``: to be read, and told from others of the same letters by eight hex digits of a
        SHA-256 over all three. The same in every archive and after every rebuild.
        """
        return f"{self.slug(key)}-{digest_of(kind, key, article)}"

    def slug(self, key: str) -> str:
        """The part of an id that can be read."""
        return self._slug(key)

    def _made_slug(self, key: str) -> str:
        plain = _SLUG.sub("-", self._analyzer.fold(key).lower()).strip("-")
        return plain[:LONGEST_SLUG].strip("-") or "x"


def _number_first(name: str) -> str:
    """A document's name as its spellings share it: the number with its abbreviations, else kind, number and year."""
    number = number_of(name)
    return number.key if number else known_by(name)


def short_of(kind: Kind, canonical: str) -> str:
    """The shorter key of a person or place that can be told from the canonical one."""
    if kind is Kind.PERSON:
        return canonical.rsplit(" ", 1)[-1]
    name, border, _ = canonical.partition(BORDER)
    return name if border and kind is Kind.PLACE else ""


def digest_of(kind: Kind, key: str, article: str = "") -> str:
    """The end of an id, behind its last hyphen."""
    return sha256(f"{kind.value}\0{key}\0{article}".encode()).hexdigest()[:8]


def is_id(text: str) -> bool:
    """Whether a text has the form of an id."""
    return _ID.fullmatch(text) is not None


def equivalents_digest() -> str:
    """Changes whenever the list of equal names does."""
    return digest_tables(__package__, EQUIVALENTS)
