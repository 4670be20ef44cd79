"""The ways in which people type one title: without marks, half of them, misspelt, in other Unicode forms."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING
from unicodedata import normalize

if TYPE_CHECKING:
    from collections.abc import Callable

    from tintuc_search.analysis.base import Analyzer

SAME = ("decomposed (NFD)", "other tone placement", "i for y and y for i", "upper case")
"""Ways after which the answers must be the same."""
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_GLIDE = re.compile(rf"(?<![qQ])([oOuU])([{_TONES}]?)([aeyAEY])([{_TONES}]?)(?!\w|[\u0300-\u036f])")
_OPEN = re.compile(rf"\b([hklmstHKLMST])([iIyY])([{_TONES}]?)(?!\w|[\u0300-\u036f])")
_SWAPPED = {"i": "y", "y": "i", "I": "Y", "Y": "I"}
_GLIDES = {"oa", "oe", "uy"}


def ways(analyzer: Analyzer) -> dict[str, Callable[[str], str]]:
    """Each way by its name: from a title as written to the same as typed."""
    fold = analyzer.fold
    return {
        "unmarked": lambda title: " ".join(map(fold, title.split())),
        "every second word bare": lambda title: " ".join(
            fold(word) if place % 2 else word for place, word in enumerate(title.split())
        ),
        "a slip in every 4th word": mistyped,
        "decomposed (NFD)": lambda title: normalize("NFD", title),
        "other tone placement": other_placement,
        "i for y and y for i": other_spelling,
        "upper case": str.upper,
    }


def words_of(title: str, analyzer: Analyzer) -> str:
    """The words of ``title`` as they stand there, without the signs between them."""
    return " ".join(title[start:end] for _, start, end in analyzer.spans(title))


def other_placement(title: str) -> str:
    """``title`` with the tone marks of open rimes on the other letter: "hoà" for "hòa"."""

    def moved(match: re.Match[str]) -> str:
        glide, first, vowel, second = match.groups()
        if (glide + vowel).lower() not in _GLIDES:
            return match.group()
        return glide + second + vowel + first

    return normalize("NFC", _GLIDE.sub(moved, normalize("NFD", title)))


def other_spelling(title: str) -> str:
    """``title`` with y for i and i for y at the end of open syllables: "kỉ" for "kỷ"."""
    swapped = _OPEN.sub(lambda m: m[1] + _SWAPPED[m[2]] + m[3], normalize("NFD", title))
    return normalize("NFC", swapped)


def mistyped(title: str) -> str:
    """``title`` with a slip in every fourth word: letters swapped, one dropped, or another tone mark.

    The slips depend on the title alone.
    """
    chance = random.Random(title)  # noqa: S311 - no secret
    words = title.split()
    for place in range(1, len(words), 4):
        words[place] = _slipped(words[place], chance)
    return " ".join(words)


def _slipped(word: str, chance: random.Random) -> str:
    kind = chance.choice(("swap", "drop", "tone"))
    if kind == "tone":
        return _other_tone(word, chance)
    if len(word) < 3:
        return word
    at = chance.randrange(len(word) - 1)
    if kind == "drop":
        return word[:at] + word[at + 1 :]
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _other_tone(word: str, chance: random.Random) -> str:
    letters = normalize("NFD", word)
    found = re.search(f"[{_TONES}]", letters)
    if found is None:
        return word
    other = chance.choice([tone for tone in _TONES if tone != found.group()])
    return normalize("NFC", letters.replace(found.group(), other, 1))
