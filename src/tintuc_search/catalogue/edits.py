"""The editor's file ``entities.toml``: what the program takes for one or for two against the editor's knowledge.

Five tables, each as often as needed; ``kind`` is ``person``, ``organisation``, ``place`` or ``document``::

    [[merge]]                          # names of one
    kind = "person"
    into = "Lê Cảnh Hoàn"              # whose name and id stay
    names = ["Lê Hoàn", "Lê Cảnh Hoàn (Nậm Lìn)"]

    [[split]]                          # one name, several people; every article goes to the first part that fits
    kind = "person"
    name = "Lê Văn Thử"
    parts = [
      { note = "Cà Mau", words = ["Cà Mau", "Tỉnh ủy"] },   # offices, bodies, places, people beside
      { note = "bác sĩ", articles = ["3f2a…"] },             # ids of articles
    ]

    [[rename]]                         # shown otherwise; the id stays
    kind = "organisation"
    name = "Trung ương Đoàn"
    to = "Trung ương Đoàn TNCS Hồ Chí Minh"

    [[alias]]                          # also found, and joined, under these names
    kind = "person"
    name = "Nguyễn Tất Thành"
    aliases = ["Văn Ba"]

A name means whoever bears it; with a note in brackets, as pages show it, or as an id, one of several bearers.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from tintuc_search.entities.base import Kind
from tintuc_search.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_FIELDS: Mapping[str, Mapping[str, type]] = {
    "merge": {"kind": str, "into": str, "names": list},
    "split": {"kind": str, "name": str, "parts": list},
    "rename": {"kind": str, "name": str, "to": str},
    "alias": {"kind": str, "name": str, "aliases": list},
}
_PART: Mapping[str, type] = {"note": str, "words": list, "articles": list}
_HEADER = re.compile(r"\s*\[\[\s*(\w+)\s*\]\]")
_WRITTEN: Mapping[type, str] = {str: "a text that is not empty", list: "a list that is not empty"}


@dataclass(frozen=True, slots=True)
class Part:
    """One of the bearers of a name, by words of what articles tell of them, or by articles."""

    note: str
    words: tuple[str, ...]
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Edit:
    """One table of the file. ``place`` says where it stands, for a warning."""

    what: str
    kind: Kind
    name: str
    others: tuple[str, ...]
    parts: tuple[Part, ...]
    place: str


@dataclass(frozen=True, slots=True)
class Edits:
    """All tables of a file, in order, and what tells one text of the file from another."""

    tables: tuple[Edit, ...] = ()
    digest: str = ""


def read_edits(path: Path) -> Edits:
    """Read the editor's file; none is as good as an empty one.

    Raises:
        BadInput: it cannot be read; names file, line and table.
    """
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return Edits()
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"cannot be read: {error}", str(path)) from error
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadInput(f"no valid TOML: {error}", str(path)) from error
    lines = _lines(text)
    edits: list[tuple[int, Edit]] = []
    for what, tables in given.items():
        if what not in _FIELDS or not isinstance(tables, list):
            known = ", ".join(f"[[{name}]]" for name in _FIELDS)
            raise BadInput(f"unknown table {what!r}; there are {known}", str(path))
        for number, table in enumerate(tables):
            line = lines.get((what, number), 0)
            place = f"{path}:{line} [[{what}]]" if line else f"{path}: {what} number {number + 1}"
            edits.append((line, _edit(what, table, place)))
    edits.sort(key=lambda edit: edit[0])
    return Edits(tuple(edit for _, edit in edits), sha256(text.encode()).hexdigest())


def _lines(text: str) -> dict[tuple[str, int], int]:
    """The line of each table by its name and number."""
    found: dict[tuple[str, int], int] = {}
    counts: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if match := _HEADER.match(line):
            name = match[1]
            found[name, counts.get(name, 0)] = number
            counts[name] = counts.get(name, 0) + 1
    return found


def _edit(what: str, table: object, place: str) -> Edit:
    values = _checked(table, _FIELDS[what], place)
    try:
        kind = Kind(values["kind"])
    except ValueError:
        known = ", ".join(kind.value for kind in Kind)
        raise BadInput(f"kind {values['kind']!r} is none of {known}", place) from None
    if what == "split" and kind is not Kind.PERSON:
        raise BadInput("only a person's name can be split", place)
    others = values.get("names") or values.get("aliases") or [values.get("to", "")]
    return Edit(
        what=what,
        kind=kind,
        name=values.get("into") or values["name"],
        others=_texts(others, place) if what != "split" else (),
        parts=tuple(_part(part, place) for part in values.get("parts", ())),
        place=place,
    )


def _part(given: object, place: str) -> Part:
    place = f"{place} parts"
    values = _checked(given, _PART, place, optional=frozenset(["words", "articles"]))
    return Part(
        values["note"],
        _texts(values.get("words", []), place),
        _texts(values.get("articles", []), place),
    )


def _checked(
    table: object, fields: Mapping[str, type], place: str, optional: frozenset[str] = frozenset()
) -> dict[str, Any]:
    """The values of a table, each of its type and none unknown."""
    if not isinstance(table, dict):
        raise BadInput(f"must be a table with {', '.join(fields)}", place)
    for name in table:
        if name not in fields:
            raise BadInput(f"unknown key {name!r}; there are {', '.join(fields)}", place)
    for name, kind in fields.items():
        if name in optional and name not in table:
            continue
        value = table.get(name)
        if not isinstance(value, kind) or not (value.strip() if isinstance(value, str) else value):
            raise BadInput(f"{name} must be {_WRITTEN[kind]}", place)
    return table


def _texts(values: list[object], place: str) -> tuple[str, ...]:
    texts = tuple(value.strip() for value in values if isinstance(value, str) and value.strip())
    if len(texts) != len(values):
        raise BadInput("every entry of a list must be a text that is not empty", place)
    return texts
