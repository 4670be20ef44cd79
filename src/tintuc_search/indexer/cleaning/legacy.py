"""Vietnamese written in a character set of before Unicode: TCVN3, VISCII, VPS, VNI, windows-1258.

Such a text may come as bytes, or in UTF-8 with each byte turned into a character of its own (a page made for a
".VnTime" font). Both are the same here: a text with one character a byte, which each table tries to read.
"""

from __future__ import annotations

import codecs
import html
import re
from functools import cache

from tintuc_search.indexer.cleaning.resources import rows
from tintuc_search.indexer.cleaning.text import compose, fold

_SETS = ("tcvn3", "viscii", "vps")
_READ = 1 << 19
"""Characters of a text by which its character set is told; the head of a page may be long."""
_SAMPLE = 20_000
_ENOUGH = 0.25
"""Share of a text's marked words that must be frequent Vietnamese ones; rightly decoded news has about half."""

_TAG = re.compile(r"<[^<>]{0,2000}>")
_WORD = re.compile(r"[^\W\d_]+")
_ENTITY = re.compile(r"&(?:#\d{2,3}|#[xX][0-9a-fA-F]{2}|[A-Za-z]{3,8});")


def bytes_as_text(content: bytes) -> str:
    """Turn every byte into one character, by windows-1252 and, where that has a hole, Latin-1."""
    return content.decode("latin-1").translate(_windows())


def text_as_bytes(text: str) -> bytes:
    """The inverse of :func:`bytes_as_text`; a character that is no byte becomes "?"."""
    return text.translate(_bytes_of()).encode("latin-1", "replace")


def repair(text: str) -> str:
    """Read a text that holds one character a byte by the table that makes it Vietnamese; else leave it as it is."""
    text = _ENTITY.sub(_unescape_byte, text)
    sample = text[:_READ]
    shares = {
        name: vietnamese_share(reading)
        for name in names()
        if (reading := read(sample, name, cut=len(sample) < len(text))) is not None
    }
    best = max(shares, key=lambda name: shares[name])
    if shares[best] < _ENOUGH or shares[best] <= vietnamese_share(sample):
        return text
    return read(text, best) or text


def names() -> tuple[str, ...]:
    """The character sets known, by the name that :func:`read` takes."""
    return (*_SETS, "vni", "windows-1258", "utf-8 read twice")


def read(text: str, name: str, *, cut: bool = False) -> str | None:
    """Read a text with one character a byte by one character set; None where it cannot be.

    ``cut`` says that the text may end amid a character.
    """
    if name in _SETS:
        return text.translate(_single(name))
    if name == "vni":
        table, found = _vni()
        return found.sub(lambda match: table[match[0]], text)
    content = text_as_bytes(text)
    if name == "windows-1258":
        return fold_marks(content.decode("cp1258", "replace"))
    try:
        return codecs.getincrementaldecoder("utf-8")().decode(content, final=not cut)
    except UnicodeDecodeError:
        return None


def write(text: str, name: str) -> str:
    """The inverse of :func:`read` for the tables, for letters that the set has."""
    if name == "vni":
        back = {letter: form for form, letter in _vni()[0].items()}
    else:
        back = {letter: chr(byte) for byte, letter in _single(name).items()}
    return "".join(back.get(letter, letter) for letter in text)


def vietnamese_share(text: str) -> float:
    """The share of frequent Vietnamese syllables among the words that are not plain ASCII; 0 if there are none."""
    sample = _TAG.sub(" ", text)[:_SAMPLE]
    marked = [word for word in _WORD.findall(fold(sample).lower()) if not word.isascii()]
    return sum(word in _common() for word in marked) / len(marked) if marked else 0.0


def fold_marks(text: str) -> str:
    """Compose letters and marks, leaving everything else alone."""
    return compose(text)


def _unescape_byte(match: re.Match[str]) -> str:
    """Resolve an entity that names a character of the upper Latin-1 half: fonts of old took those for letters."""
    character = html.unescape(match[0])
    return character if len(character) == 1 and "\x80" <= character <= "\xff" else match[0]


@cache
def _common() -> frozenset[str]:
    return frozenset(row[0] for row in rows("common_words"))


@cache
def _windows() -> dict[int, str]:
    table = {}
    for byte in range(0x80, 0xA0):
        try:
            table[byte] = bytes([byte]).decode("cp1252")
        except UnicodeDecodeError:
            continue
    return table


@cache
def _bytes_of() -> dict[int, str]:
    return {ord(character): chr(byte) for byte, character in _windows().items()}


@cache
def _single(name: str) -> dict[int, str]:
    """Character (by windows-1252 and by Latin-1) → letter."""
    column = 1 + _SETS.index(name)
    letters = {int(row[column], 16): row[0] for row in rows("legacy") if row[column] != "-"}
    return letters | {
        ord(_windows().get(byte, chr(byte))): letter for byte, letter in letters.items()
    }


@cache
def _vni() -> tuple[dict[str, str], re.Pattern[str]]:
    table = {row[4]: row[0] for row in rows("legacy")}
    forms = sorted(table, key=len, reverse=True)
    return table, re.compile("|".join(map(re.escape, forms)))
