"""Plain text as the rest of the program wants it: NFC, single spaces, nothing invisible."""

from __future__ import annotations

import re
import unicodedata

# Controls, soft hyphens, zero-width and direction marks, lone surrogates, non-characters. The white space
# among the controls is left to `\s`, which must become a space and not nothing.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
_SPACE = re.compile(r"\s+")


def fold(text: str) -> str:
    r"""Bring text into NFC on one line, without invisible characters and needless spaces.

    >>> fold("  Quốc\u00a0\u200bhội\n họp ")
    'Quốc hội họp'
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    # Taking out a zero-width character can bring a letter and its mark together: so NFC comes after.
    visible = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    return _SPACE.sub(" ", visible).strip()


def fold_lines(text: str) -> list[str]:
    """Split text at line ends into folded lines, empty ones left out."""
    return [line for raw in text.splitlines() if (line := fold(raw))]


def comparable(text: str) -> str:
    """Reduce text to its letters and digits in lower case, to tell whether two are the same headline."""
    return "".join(c for c in fold(text).casefold() if c.isalnum())
