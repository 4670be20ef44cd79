"""What a file is, told by its content; its name says nothing.

========= ===================================================================================
``WARC``  begins with the name and version of that format, packed by gzip or not
``WACZ``  begins as a zip file; whether that holds WARC files, its directory at the end says
``HTML``  begins with ``<`` and holds a tag of a page, in whatever encoding
``JSONL`` one of the first lines is a JSON object with a title, or the first of several begins as one
``TEXT``  prose in Vietnamese, or a first line with a date line after it, as readers save pages
========= ===================================================================================

Anything else, such as a pretty-printed JSON document, a table or a program, is of no known kind.
"""

from __future__ import annotations

import json
import re
from enum import StrEnum

from tintuc_search.indexer.cleaning.encoding import decode

HEAD = 1 << 16
"""Bytes looked at, unpacked."""

_PAGE = re.compile(r"<(?:html|head|body|meta|title|table|article|div|p|h1)\b", re.IGNORECASE)
_FEED = re.compile(
    # A comment ends at its first "-->": tried at all, many comments in a row would take for ever.
    r"\s*(?:<\?xml[^>]*>\s*)?(?>(?:<!--.*?-->\s*)*)<(?:rss|feed|urlset|sitemapindex|svg)\b",
    re.DOTALL,
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")
_MARKED = re.compile(
    "[àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ\u0300\u0301\u0303\u0309\u0323]"
)
_CODE = re.compile(r"\s*(?:#|//|/\*|---|\{|\[|\||%|=|<|\"|import |from |def |class )")
_DATE = re.compile(r"\b\d{1,2}[/-]\d{1,2}[/-]\d{4}\b")
_LINES = 20
_MARKED_SHARE = 0.2
_LONG_LINE = 60


class Kind(StrEnum):
    """The kinds of content that an import reads."""

    HTML = "html"
    JSONL = "jsonl"
    TEXT = "text"
    WARC = "warc"
    WACZ = "wacz"


_MARKS = {b"WARC/": Kind.WARC, b"PK\x03\x04": Kind.WACZ}


def kind_of(head: bytes) -> Kind | None:
    """The kind of a file that begins with ``head``, at most :data:`HEAD` bytes, or None."""
    if not head.strip(b"\x00 \t\r\n"):
        return None
    if marked := kind_by_mark(head):
        return marked
    if _begins_json(head):
        return Kind.JSONL
    text = decode(head)
    if _CONTROL.sub("", text).lstrip("\ufeff \t\r\n").startswith("<"):
        return Kind.HTML if _PAGE.search(text) and not _FEED.match(text) else None
    return Kind.TEXT if not _CONTROL.search(text) and _is_prose(text) else None


def kind_by_mark(head: bytes) -> Kind | None:
    """The kind of a format that says in its first bytes what it is."""
    return next((kind for mark, kind in _MARKS.items() if head.startswith(mark)), None)


def _begins_json(head: bytes) -> bool:
    lines = [line for line in head.removeprefix(b"\xef\xbb\xbf").splitlines() if line.strip()]
    lines = lines[:_LINES]
    if len(lines) > 1 or not _is_object(head):
        first = lines[0].lstrip() if lines else b""
        if first.startswith(b'{"'):
            return True
    return any(_is_article_line(line) for line in lines if line.lstrip().startswith(b"{"))


def _is_article_line(line: bytes) -> bool:
    given = _parsed(line)
    return isinstance(given, dict) and "title" in given


def _is_object(line: bytes) -> bool:
    return isinstance(_parsed(line), dict)


def _parsed(line: bytes) -> object:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _is_prose(text: str) -> bool:
    """Whether the text reads like an article: not like code or a table, and Vietnamese or dated."""
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) < 2 or _CODE.match(lines[0]) or max(map(len, lines)) < _LONG_LINE:  # noqa: PLR2004
        return False
    if sum("\t" in line.strip() for line in lines) * 3 > len(lines):
        return False
    words = text.lower().split()
    marked = sum(bool(_MARKED.search(word)) for word in words)
    return marked >= len(words) * _MARKED_SHARE or any(map(_DATE.search, lines[1:5]))
