"""Which characters are one letter: Unicode forms, full-width forms, look-alikes, invisible ones."""

from __future__ import annotations

import re
from unicodedata import category, normalize

from tintuc_search.analysis.tables import read_table

_ROWS = read_table(__package__, "lookalikes.tsv")
_ALWAYS = {ord(char): letter for char, letter, where in _ROWS if where == "always"}
_IN_LATIN = {ord(char): letter for char, letter, where in _ROWS if where == "in-latin"}

_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_FOREIGN = re.compile("[\u0370-\u052f]")

# Presentation forms of Latin letters and digits: superscripts, ligatures, full width, mathematical.
# Compatibility forms outside these ranges can become several characters with signs between ("½").
_PRESENTATION = re.compile("[²³¹\ufb00-\ufb06\uff10-\uff5a\U0001d400-\U0001d7ff]")

INVISIBLE = "\u00ad\u200b-\u200d\u2060\ufeff"
"""Soft hyphen, zero-width space and joiners, byte order mark: inside a class of a pattern."""

_DROPPED = re.compile(f"[{INVISIBLE}\u034f\u20d0-\u20f0\ufe00-\ufe0f\U000e0100-\U000e01ef]")


def _ranges_of_marks() -> str:
    """All combining marks as ranges for a class of a pattern; 15 ms, once."""
    ranges: list[tuple[int, int]] = []
    for code in range(0x300, 0x1F000):
        if category(chr(code)).startswith("M"):
            if ranges and ranges[-1][1] == code - 1:
                ranges[-1] = (ranges[-1][0], code)
            else:
                ranges.append((code, code))
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges) + "\U000e0100-\U000e01ef"


MARKS = _ranges_of_marks()
"""Every combining mark: what belongs to the letter before it; inside a class of a pattern."""


def unify_letters(text: str) -> str:
    r"""``text`` in NFC and lower case, each letter in one form.

    >>> unify_letters("ÐẢNG"), unify_letters("Ｄân"), unify_letters("Hà\u00adNội")
    ('đảng', 'dân', 'hànội')
    """
    text = _DROPPED.sub("", text)
    text = _PRESENTATION.sub(lambda match: normalize("NFKC", match.group()), text)
    text = normalize("NFC", text).translate(_ALWAYS)
    if _FOREIGN.search(text) and _LATIN.search(text):
        text = normalize("NFD", text).translate(_IN_LATIN)
    return normalize("NFC", text.lower())
