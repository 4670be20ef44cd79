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
_PUNCTUATION = 40
"""Characters that a text may have more than another of the same words, beside as many again."""
_MOST_MARKS = 30
_MARKS = re.compile(
    r"[^\w\s\x00-\u02ff]{30,}"
)  # what may be marks; none is a letter or stands below U+0300


def fold(text: str) -> str:
    r"""Bring text into NFC on one line, without invisible characters and needless spaces.

    >>> fold("  Quốc\u00a0\u200bhội\n họp ")
    'Quốc hội họp'
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    # Taking out a zero-width character can bring a letter and its mark together: so NFC comes after.
    visible = compose(_INVISIBLE.sub("", text))
    return " ".join(visible.split())


def compose(text: str) -> str:
    """Bring text into NFC; of a run of marks behind one letter, which takes time by its square, thirty are kept.

    More than thirty stand in no language (Unicode Standard Annex #15, "Stream-Safe Text Format").
    """
    if unicodedata.is_normalized("NFC", text):
        return text
    return unicodedata.normalize("NFC", _MARKS.sub(_shorten, text))


def _shorten(run: re.Match[str]) -> str:
    kept = []
    marks = 0
    for character in run[0]:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= _MOST_MARKS:
            kept.append(character)
    return "".join(kept)


def fold_lines(text: str) -> list[str]:
    """Split text at line ends into folded lines, empty ones left out."""
    return [line for raw in text.splitlines() if (line := fold(raw))]


def comparable(text: str) -> str:
    """Reduce text to its letters and digits in lower case, to tell whether two are the same headline."""
    return "".join([c for c in fold(text).casefold() if c.isalnum()])


def same_words(one: str, other: str) -> bool:
    """Whether two texts are the same but for case, spaces and punctuation."""
    shorter, longer = sorted((one, other), key=len)
    return len(longer) <= 2 * len(shorter) + _PUNCTUATION and comparable(one) == comparable(other)


def opens_with(text: str, opening: str) -> bool:
    """Whether a text begins with the words of another."""
    return comparable(text[: 2 * len(opening) + _PUNCTUATION]).startswith(comparable(opening))
