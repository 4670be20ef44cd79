"""Mistakes of the hand put into queries, the same in every run."""

from __future__ import annotations

from random import Random
from unicodedata import combining, normalize

TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
VOWELS = frozenset("aeiouy")
SHORTEST = 3
"""Letters of a word that is spoilt."""
ONE_IN = 4


def spoil(text: str, seed: int) -> str:
    """The text with a mistake in one word of four, at least one: letters swapped, one left out, another tone."""
    random = Random(seed)  # noqa: S311 - mistakes, not secrets
    words = text.split()
    fit = [at for at, word in enumerate(words) if len(word) >= SHORTEST and word.isalpha()]
    for at in random.sample(fit, min(len(fit), max(1, round(len(words) / ONE_IN)))):
        words[at] = _misspelt(words[at], random)
    return " ".join(words)


def _misspelt(word: str, random: Random) -> str:
    kinds = [_swapped, _shortened, _retoned]
    random.shuffle(kinds)
    spoilt = (kind(word, random) for kind in kinds)
    return next((other for other in spoilt if other != word), word)


def _swapped(word: str, random: Random) -> str:
    at = random.randrange(len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _shortened(word: str, random: Random) -> str:
    at = random.randrange(len(word))
    return word[:at] + word[at + 1 :]


def _retoned(word: str, random: Random) -> str:
    """The word with another tone on the letter that had one, else on its last vowel."""
    letters = [normalize("NFD", letter) for letter in word]
    bare = ["".join(c for c in letter if c not in TONES[1:]) for letter in letters]
    places = [at for at, (a, b) in enumerate(zip(letters, bare, strict=True)) if a != b]
    places = places or [at for at, b in enumerate(bare) if not combining(b[0]) and b[0] in VOWELS]
    if not places:
        return word
    at = places[-1]
    had = "".join(c for c in letters[at] if c in TONES[1:])
    bare[at] += random.choice([tone for tone in TONES if tone != had])
    return normalize("NFC", "".join(bare))
