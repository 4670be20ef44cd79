"""Words typed for a Vietnamese keyboard program that was switched off: ``toongr`` or ``tong63`` for ``tổng``.

The keys are read from left to right as such programs do. The key of a mark may stand directly behind its letter
or at the end of the syllable.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING
from unicodedata import normalize

from tintuc_search.analysis.base import Keystrokes
from tintuc_search.analysis.tables import table_text
from tintuc_search.analysis.vi.spelling import is_syllable, unify_spelling

if TYPE_CHECKING:
    from collections.abc import Mapping

_VOWELS = frozenset("aăâeêioôơuưy")
_LONGEST = 12
"""Keys of the longest syllable, ``nghieengs`` or ``nghie6ng1``, and some to spare."""


@dataclass(frozen=True, slots=True)
class _Method:
    name: str
    tones: Mapping[str, str]
    letters: Mapping[str, Mapping[str, str]]
    alone: Mapping[str, str]


@cache
def _methods() -> tuple[_Method, ...]:
    tables = (tomllib.loads(table_text(__package__, f"{name}.toml")) for name in ("telex", "vni"))
    return tuple(
        _Method(
            table["name"],
            table["tones"],
            {key: {pair[0]: pair[1] for pair in pairs} for key, pairs in table["letters"].items()},
            table["alone"],
        )
        for table in tables
    )


def decode(term: str) -> list[Keystrokes]:
    """The syllables that the keys of a lower-case ``term`` give, by the name of the way of typing.

    >>> [found.term for found in decode("toongr")], decode("covid19"), decode("tong")
    (['tổng'], [], [])
    """
    if len(term) > _LONGEST or not term.isascii():
        return []
    found = (_Typing(method).type(term) for method in _methods())
    return [each for each in found if each is not None]


@dataclass(slots=True)
class _Typing:
    """One syllable on its way from keys to letters."""

    method: _Method
    letters: list[str] = field(default_factory=list)
    tone: str = ""
    changed: bool = False
    telling: bool = False

    def type(self, keys: str) -> Keystrokes | None:
        """The syllable of all keys; None where they give none, or none of them put a mark."""
        for key in keys:
            if not (self._tone(key) or self._change(key)):
                self.letters.append(key)
        if not (self.tone or self.changed):
            return None
        word = "".join(self.letters)
        # An open syllable has uơ where a closed one has ươ: "thuở", "thường".
        for spelling in (word, word.replace("ươ", "uơ")):
            term = self._with_tone(spelling)
            if term and is_syllable(term):
                return Keystrokes(self.method.name, unify_spelling(term), self.telling)
        return None

    def _tone(self, key: str) -> bool:
        mark = self.method.tones.get(key)
        if mark is None or self.tone or _VOWELS.isdisjoint(self.letters):
            return False
        self.tone = mark
        return True

    def _change(self, key: str) -> bool:
        """Change the nearest letter before that the key can; a letter doubled, only if no vowel is between."""
        pairs = self.method.letters.get(key, {})
        for place in range(len(self.letters) - 1, -1, -1):
            letter = self.letters[place]
            if letter in pairs and (letter != "d" or place == 0):
                self._put(place, pairs)
                self.telling |= place == len(self.letters) - 1 or key not in pairs
                return True
            if letter in _VOWELS and key in pairs:
                break
        if key in self.method.alone:
            self.letters.append(self.method.alone[key])
            self.changed = self.telling = True
            return True
        return False

    def _put(self, place: int, pairs: Mapping[str, str]) -> None:
        self.letters[place] = pairs[self.letters[place]]
        self.changed = True
        before = self.letters[max(place - 2, 0) : place]
        if self.letters[place] == "ơ" and before[-1:] == ["u"] and before != ["q", "u"]:
            self.letters[place - 1] = "ư"  # one key for both letters of "ươ"

    def _with_tone(self, word: str) -> str | None:
        """``word`` with its tone on any vowel: the spelling puts it in its place."""
        if not self.tone:
            return word
        places = [place for place, letter in enumerate(word) if letter in _VOWELS]
        if not places:
            return None
        last = places[-1] + 1
        return normalize("NFC", word[:last] + self.tone + word[last:])
