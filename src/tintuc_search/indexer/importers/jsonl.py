"""Reads articles from lines of JSON."""

from __future__ import annotations

import json
import zlib
from typing import IO, TYPE_CHECKING, Any
from unicodedata import normalize

from tintuc_search.archive.base import Incoming
from tintuc_search.article import Article, parse_time
from tintuc_search.errors import BadInput
from tintuc_search.indexer.cleaning.text import fold, fold_lines
from tintuc_search.indexer.importers.base import Bad

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from tintuc_search.article import Table
    from tintuc_search.indexer.importers.base import Item

MOST_BYTES = 10 << 20
"""Of one line; a longer one is refused without being held in memory."""


def read_lines(stream: IO[bytes], place: str) -> Iterator[Item]:
    """Every article of a stream of lines; a bad line is told with its number, the rest goes on."""
    number = 0
    while True:
        number += 1
        here = f"{place}:{number}"
        try:
            line = stream.readline(MOST_BYTES + 1)
            too_long = len(line) > MOST_BYTES
            while too_long and not line.endswith(b"\n") and (rest := stream.readline(MOST_BYTES)):
                line = rest
        except (EOFError, OSError, zlib.error) as error:
            yield Bad(here, f"the file is cut off or damaged here: {error}")
            return
        if not line:
            return
        if too_long:
            yield Bad(here, f"the line is longer than {MOST_BYTES >> 20} MB")
        elif line.strip():
            yield _read_line(line, here)


def _read_line(line: bytes, here: str) -> Item:
    try:
        given = json.loads(line.decode("utf-8-sig"))
        return Incoming(article_of(given), here, from_file=True)
    except UnicodeDecodeError as error:
        return Bad(here, f"not UTF-8 at byte {error.start}")
    except json.JSONDecodeError as error:
        return Bad(here, f"not JSON: {error.msg} at character {error.pos}")
    except RecursionError:
        return Bad(here, "not JSON: nested too deeply")
    except (BadInput, ValueError) as error:
        return Bad(here, str(error))


def article_of(given: object) -> Article:
    """The article of one import line.

    Raises:
        BadInput: the line is no object, has no title, or a value has the wrong type.
    """
    if not isinstance(given, dict):
        raise BadInput("not a JSON object")
    title = _text(given, "title")
    if not title:
        raise BadInput("there is no title")
    own_id = _own_id(given)
    return Article(
        title=title,
        url=_text(given, "url") or None,
        lead=_text(given, "lead"),
        paragraphs=_paragraphs(given),
        captions=_texts(given, "captions"),
        tables=_tables(given),
        published_at=_time(given, "published_at"),
        updated_at=_time(given, "updated_at"),
        authors=_texts(given, "authors"),
        origin=_text(given, "origin") or None,
        source=_text(given, "source") or None,
        source_id=own_id,
        section=_text(given, "section") or None,
    )


def text_of_line(given: object) -> str:
    """The text that entity offsets refer to: ``text`` as given, else title, lead and body as lines; NFC.

    Raises:
        BadInput: the line is no object, or has neither.
    """
    if not isinstance(given, dict):
        raise BadInput("not a JSON object")
    if "text" in given:
        return normalize("NFC", _raw_text(given, "text"))
    if "title" not in given:
        raise BadInput("there is neither text nor title")
    return normalize("NFC", "\n".join(_raw_text(given, name) for name in ("title", "lead", "body")))


def _raw_text(given: Mapping[str, Any], name: str) -> str:
    value = given.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise BadInput(f"{name} must be a string")
    return value


def _text(given: Mapping[str, Any], name: str) -> str:
    return fold(_raw_text(given, name))


def _texts(given: Mapping[str, Any], name: str) -> tuple[str, ...]:
    value = given.get(name)
    if value is None:
        return ()
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise BadInput(f"{name} must be a list of strings")
    return tuple(text for item in value if (text := fold(item)))


def _paragraphs(given: Mapping[str, Any]) -> tuple[str, ...]:
    """The body, one paragraph a line; what ``tintuc clean`` prints has them as a list."""
    if given.get("body") is None and "paragraphs" in given:
        return _texts(given, "paragraphs")
    return tuple(fold_lines(_raw_text(given, "body")))


def _tables(given: Mapping[str, Any]) -> tuple[Table, ...]:
    value = given.get("tables") or []
    if not (
        isinstance(value, list)
        and all(isinstance(table, list) for table in value)
        and all(isinstance(row, list) for table in value for row in table)
        and all(isinstance(cell, str) for table in value for row in table for cell in row)
    ):
        raise BadInput("tables must be a list of tables, each a list of rows of strings")
    return tuple(tuple(tuple(fold(cell) for cell in row) for row in table) for table in value)


def _own_id(given: Mapping[str, Any]) -> str | None:
    """The article's id at its source; an export keeps it apart from the archive's."""
    value = given["source_id"] if "source_id" in given else given.get("id")
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise BadInput("id must be a string or a whole number")
    return fold(str(value)) or None


def _time(given: Mapping[str, Any], name: str) -> datetime | None:
    value = _text(given, name)
    try:
        return parse_time(value)
    except ValueError:
        raise BadInput(f"{name} must be ISO 8601, not {value[:40]!r}") from None
