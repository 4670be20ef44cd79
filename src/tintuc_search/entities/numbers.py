"""The number that a document is known by, and what it tells."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from tintuc_search.analysis.tables import read_table

_NUMBER = re.compile(
    r"\d+[\w.-]*(?:\s-\s\w+)?(?:\s?/\s?[^\W_][\w-]*(?:\s-\s[^\W\d_]+)*)+",
)
_PARTS = re.compile(
    r"""(?P<head>\D*?)(?:\s+số)?\s+(?P<number>\d+[a-zA-Z]?)
        (?:\s?/\s?(?P<year>(?:19|20)\d\d)(?!\d))?
        (?P<code>(?:\s?[-–/&]\s?[^\W\d_]\w*)*)""",
    re.VERBOSE,
)
_LETTERS = re.compile(r"[^\W\d_]+")
_BEFORE_NUMBER = re.compile(r"\s+số(?=\s+\d)")
_NUMBERED = frozenset(["number", "count"])


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """The parts of ``Nghị định 100/2019/NĐ-CP``: kind, number without zeros in front, year, abbreviations.

    ``year`` is empty and ``code`` has no entry where the name has none.
    """

    kind: str
    number: str
    year: str
    code: tuple[str, ...]

    @property
    def short(self) -> str:
        """Kind and number alone, as articles mention a document that they take for known."""
        return f"{self.kind} {self.number}"

    def may_be_of(self, body: str) -> bool:
        """Whether its abbreviations allow a body to have issued it, by name."""
        bodies = [name for part in self.code for name in _told_by(part)[1]]
        return any(body.casefold().startswith(name.casefold()) for name in bodies)

    @property
    def is_local(self) -> bool:
        """Whether bodies of many places number their documents so."""
        return not _LOCAL.isdisjoint(self.code)

    @property
    def is_dated(self) -> bool:
        """Whether it tells the year, or the term of an assembly (``QH14``)."""
        return bool(self.year) or any(part[-1].isdigit() for part in self.code)

    @property
    def key(self) -> str:
        """What spellings of the number share; with the kind where the abbreviations do not tell it."""
        parts = (self.number, self.year, *self.code)
        told = self.code and self.kind not in _UNTOLD
        return " ".join(filter(None, parts if told else (self.kind, *parts)))


_LOCAL = frozenset(["HĐND", "TU", "UBND"])
_UNTOLD = frozenset(["quy định"])
"""Abbreviated like another kind: ``QĐ``."""


def known_by(name: str) -> str:
    """A document's number where that has letters, else its name: its kind and subject are told in many ways.

    >>> known_by("Chỉ thị số 05-CT/TW của Bộ Chính trị"), known_by("Luật Đất đai"), known_by("Chỉ thị số 05")
    ('05-CT/TW', 'Luật Đất đai', 'Chỉ thị 05')
    """
    number = _NUMBER.search(name)
    if number and _LETTERS.search(number[0]):
        return "".join(number[0].split())
    return _BEFORE_NUMBER.sub("", name)


def number_of(name: str) -> DocumentNumber | None:
    """The number of a document with a name like ``Chỉ thị số 05-CT/TW``; None for a law, a treaty, a congress's.

    >>> number_of("Chỉ thị số 05-CT/TW")
    DocumentNumber(kind='chỉ thị', number='5', year='', code=('CT', 'TW'))
    """
    parts = _PARTS.match(name)
    head = " ".join(parts["head"].split()).casefold() if parts else ""
    if not parts or head not in _heads():
        return None
    code = tuple(re.findall(r"[^\W\d_]\w*", parts["code"]))
    told = [kind for part in code if (kind := _told_by(part)[0])]
    kind = _told_by(head.upper())[0] or head
    if told and kind not in _UNTOLD:
        kind = told[0]
    return DocumentNumber(kind, parts["number"].lstrip("0") or "0", parts["year"] or "", code)


def _told_by(part: str) -> tuple[str, tuple[str, ...]]:
    """The kind and the bodies that an abbreviation tells."""
    return _codes().get(part.rstrip("0123456789"), ("", ()))


@cache
def _heads() -> frozenset[str]:
    rows = read_table(__package__, "documents.tsv")
    return frozenset(word.casefold() for word, kind in rows if kind in _NUMBERED)


@cache
def _codes() -> dict[str, tuple[str, tuple[str, ...]]]:
    rows = read_table(__package__, "document_codes.tsv")
    return {
        code: (kind.casefold(), tuple(filter(None, bodies.split(","))))
        for code, kind, bodies in rows
    }
