"""Which spellings are one syllable: the place of the tone mark, i and y at the end.

The canonical form puts the tone mark where the press does (``hòa``, ``khỏe``, ``thủy``) and ends open
syllables in y after h, k, l, m, qu, s, t (``kỷ``, ``lý``, ``quý``). What is no Vietnamese syllable stays.
"""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import normalize

from tintuc_search.analysis.tables import read_table

TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
"""Grave, acute, tilde, hook above, dot below, as combining marks."""
_TONES = re.compile(f"[{''.join(sorted(TONES))}]")
_VOWELS = frozenset("aăâeêioôơuưy")
_ONSETS = {onset: y == "yes" for onset, y in read_table(__package__, "onsets.tsv")} | {"": False}
_TONE_LETTERS = {rime: int(letter) for rime, letter in read_table(__package__, "rimes.tsv")}
_LONGEST_ONSET = max(map(len, _ONSETS))


def unify_spelling(syllable: str) -> str:
    """The canonical spelling of a lower-case NFC syllable with its tone kept.

    >>> unify_spelling("hoà"), unify_spelling("lí"), unify_spelling("qúy"), unify_spelling("café")
    ('hòa', 'lý', 'quý', 'café')
    """
    letters, tone, on_vowel = _split_tone(syllable)
    parts = _split_onset(letters)
    if parts is None or not on_vowel:
        return syllable
    onset, rime = parts
    if rime == "i" and _ONSETS[onset]:
        rime = "y"
    place = _TONE_LETTERS[rime] + 1
    return onset + normalize("NFC", rime[:place] + tone + rime[place:])


@lru_cache(maxsize=1 << 15)
def split_tone(term: str) -> tuple[str, str]:
    """The letters of a term without its first tone mark, and that mark, a combining character or nothing.

    >>> split_tone("hòa") == ("hoa", "\u0300"), split_tone("đươn")
    (True, ('đươn', ''))
    """
    letters, tone, _ = _split_tone(term)
    return letters, tone


def _split_tone(syllable: str) -> tuple[str, str, bool]:
    """The letters without a tone, the tone mark, whether there is at most one and a vowel carries it.

    The decomposed form puts a dot below before a circumflex, so only the letters before count.
    """
    marks = list(_TONES.finditer(decomposed := normalize("NFD", syllable)))
    letters = normalize("NFC", _TONES.sub("", decomposed))
    if not marks:
        return letters, "", True
    carrier = normalize("NFC", decomposed[: marks[0].start()])[-1:]
    return letters, marks[0].group(), len(marks) == 1 and carrier in _VOWELS


def _split_onset(letters: str) -> tuple[str, str] | None:
    """The initial consonant, as long as can be ("gi" before "à" but "g" before "ìn"), and the rime."""
    for length in range(_LONGEST_ONSET, -1, -1):
        onset, rime = letters[:length], letters[length:]
        if onset in _ONSETS and rime in _TONE_LETTERS:
            return onset, rime
    return None


def take_apart(syllable: str) -> tuple[str, str, str] | None:
    """The onset, rime and tone (a combining mark, or nothing) of a canonical syllable; None for what is none.

    >>> take_apart("gì"), take_apart("trump")
    (('g', 'i', '̀'), None)
    """
    letters, tone, on_vowel = _split_tone(syllable)
    parts = _split_onset(letters) if on_vowel else None
    return parts and (*parts, tone)


def put_together(onset: str, rime: str, tone: str) -> str | None:
    """The canonical syllable of an onset, rime and tone; None where there are no such onset or rime."""
    if onset not in _ONSETS or rime not in _TONE_LETTERS:
        return None
    place = _TONE_LETTERS[rime] + 1
    return unify_spelling(onset + normalize("NFC", rime[:place] + tone + rime[place:]))


def split_letters(letters: str) -> tuple[str, str] | None:
    """The onset and rime of letters that carry no tone; None where they make no syllable."""
    return _split_onset(letters)


@lru_cache(maxsize=1 << 14)
def is_syllable(term: str) -> bool:
    """Whether ``term`` could be a Vietnamese syllable: ``"phong"``, but not ``"trump"``."""
    letters, _, on_vowel = _split_tone(term)
    return on_vowel and _split_onset(letters) is not None
