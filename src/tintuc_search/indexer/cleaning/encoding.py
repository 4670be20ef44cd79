"""Bytes of a page or text file → text, whatever character set they claim to be in."""

from __future__ import annotations

import codecs
import re

import charset_normalizer

from tintuc_search.indexer.cleaning import legacy
from tintuc_search.indexer.cleaning.text import fold

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META = re.compile(
    rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE
)
_HEAD = 8192
_SURELY_VIETNAMESE = re.compile(
    "[ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹĐđơƠưƯăĂ\u0300\u0301\u0303\u0309\u0323]"
)
_FEW_ERRORS = 0.01
_FAMILY = {
    "iso-8859-1",
    "latin-1",
    "latin1",
    "us-ascii",
    "ascii",
    "windows-1252",
    "cp1252",
    "x-user-defined",
}
"""Labels that say nothing: what servers and editors put by default, and what pages in legacy fonts claimed."""


def decode(content: bytes, declared: str | None = None) -> str:
    """Decode a page: byte order mark, then UTF-8 if it is that, then what is declared, then what it looks like.

    ``declared`` is the charset of the HTTP header. A declaration that is plainly wrong is overruled: bytes that are
    valid UTF-8 are UTF-8. Never raises; bytes that mean nothing become U+FFFD.
    """
    for mark, name in _BOMS:
        if content.startswith(mark):
            return content[len(mark) :].decode(name, "replace")
    if wide := _utf16_without_mark(content):
        return content.decode(wide, "replace")
    text = _utf8(content)
    if text is not None:
        return text if text.isascii() or _SURELY_VIETNAMESE.search(text) else legacy.repair(text)
    return _other(content, [name for name in (declared, _meta(content)) if name])


def _utf8(content: bytes) -> str | None:
    """The text if it is UTF-8, up to a character cut off at the end or a stray bad byte here and there."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        text = content.decode("utf-8", "replace")
    foreign = len(text) - len(text.encode("ascii", "ignore"))
    return text if text.count("\ufffd") <= max(1, foreign * _FEW_ERRORS) < foreign else None


def _other(content: bytes, declared: list[str]) -> str:
    for name in declared:
        if name.lower() not in _FAMILY and (text := _try(content, name)) is not None:
            return fold_if_vietnamese(text, content)
    single = legacy.bytes_as_text(content)
    repaired = legacy.repair(single)
    if repaired != single:
        return repaired
    if declared:
        return single
    best = charset_normalizer.from_bytes(content[: 1 << 18]).best()
    return (best and _try(content, best.encoding)) or single


def fold_if_vietnamese(text: str, content: bytes) -> str:
    """Keep a declared decoding unless a legacy table reads far more Vietnamese out of the same bytes."""
    text = legacy.fold_marks(text)
    if _SURELY_VIETNAMESE.search(text) and legacy.vietnamese_share(text) > 0:
        return text
    single = legacy.bytes_as_text(content)
    repaired = legacy.repair(single)
    return repaired if repaired != single else text


def _try(content: bytes, name: str) -> str | None:
    aliases = {
        "tcvn": "tcvn3",
        "x-viet-tcvn5712": "tcvn3",
        "tcvn-5712": "tcvn3",
        "tcvn5712-1": "tcvn3",
    }
    name = aliases.get(name.lower(), name.lower().removeprefix("x-viet-"))
    if name in legacy.names():
        return legacy.read(legacy.bytes_as_text(content), name)
    try:
        if codecs.lookup(name).name.startswith(("utf-8", "utf-7")):
            return None
        return content.decode(name, "strict")
    except (LookupError, UnicodeError, ValueError):
        return None


def _meta(content: bytes) -> str | None:
    found = _META.search(content[:_HEAD])
    return fold(found[1].decode("ascii")) if found else None


def _utf16_without_mark(content: bytes) -> str | None:
    """Markup in UTF-16 without a mark shows a zero at every second byte of its first tags."""
    head = content[:400]
    if len(head) < 8 or b"\0" not in head:  # noqa: PLR2004 - too short to tell
        return None
    even, odd = head[::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > half * 0.6 and even < half * 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > half * 0.6 and odd < half * 0.1 else None
