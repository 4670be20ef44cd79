"""The abbreviations that a text explains: "Ủy ban Kiểm tra (UBKT)", "UBKT (Ủy ban Kiểm tra)".

The letters of the abbreviation must be the initials of the full form, in order; a word such as "và" may be
left out, ư may be written w, and a mark is not needed (``UBTW``, ``DH``). What is an ordinary syllable in
small letters ("THA") is not taken: nobody could tell it from that.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from tintuc_search.analysis.tables import read_table
from tintuc_search.analysis.vi.folding import fold
from tintuc_search.analysis.vi.letters import unify_letters
from tintuc_search.analysis.vi.spelling import is_syllable
from tintuc_search.analysis.vi.syllables import find_pieces

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_BRACKETS = re.compile(r"\(([^()\n]{2,120})\)")
_SHORT = re.compile(r"[^\W_](?:[.&\- ]{0,2}[^\W_]){1,11}")
_BEFORE = re.compile(r"[^\W_][^\s()]{1,14}\s*$")
_SENTENCE = re.compile(r"[.:;!?\"“”()\n]")
_LONGEST = 14
"""Words of a full form at most."""
_REACH = 160
"""Characters before a bracket that are looked at."""


@cache
def _left_out() -> frozenset[str]:
    return frozenset(word for (word,) in read_table(__package__, "joining_words.tsv"))


def find_definitions(text: str) -> Iterator[tuple[str, str]]:
    """Each abbreviation and its full form, both as written."""
    for bracket in _BRACKETS.finditer(text):
        inside, start = bracket.group(1).strip(), bracket.start()
        if is_abbreviation(inside):
            full = _ending(text[max(start - _REACH, 0) : start], inside)
            if full and not _is_word(inside):
                yield inside, full
        elif before := _BEFORE.search(text, max(start - 20, 0), start):
            short = before.group().strip()
            words = _words(inside)
            spelt = is_abbreviation(short) and spells(short, [word for word, _ in words])
            if spelt and not _is_word(short):
                yield short, inside


def is_abbreviation(text: str) -> bool:
    """Whether ``text`` is written as abbreviations are: nearly all capitals, no space between words."""
    letters = [char for char in text if char.isalpha()]
    capitals = sum(char.isupper() for char in letters)
    return capitals >= 2 and capitals >= len(letters) - 1 and bool(_SHORT.fullmatch(text))  # noqa: PLR2004


def _is_word(short: str) -> bool:
    return is_syllable(unify_letters(short))


def _ending(text: str, short: str) -> str:
    """The last words of ``text`` that ``short`` spells, the fewest; empty where there are none."""
    begins = [cut.end() for cut in _SENTENCE.finditer(text)]
    begin = begins[-1] if begins else 0
    words = _words(text[begin:])
    for first in range(len(words) - 1, max(len(words) - _LONGEST, 0) - 1, -1):
        if spells(short, [word for word, _ in words[first:]]):
            return text[begin + words[first][1] :].strip()
    return ""


def _words(text: str) -> list[tuple[str, int]]:
    return [(unify_letters(piece.group()), piece.start()) for piece in find_pieces(text)]


def spells(short: str, words: Sequence[str]) -> bool:
    """Whether the letters of ``short`` are the initials of ``words`` (in small letters).

    >>> spells("UBKT", ["ủy", "ban", "kiểm", "tra"]), spells("T.Ư", ["trung", "ương"])
    (True, True)
    >>> spells("KHCN", ["khoa", "học", "và", "công", "nghệ"]), spells("TW", ["trung", "tâm"])
    (True, False)
    """
    letters = [char for char in unify_letters(short) if char.isalnum()]
    if len(words) < 2 or len(words) > _LONGEST or words[0] in _left_out():  # noqa: PLR2004
        return False
    return _spelt(letters, words)


def _spelt(letters: list[str], words: Sequence[str]) -> bool:
    if not words or not letters:
        return not letters and not words
    word = words[0]
    if word.isdigit() and "".join(letters[: len(word)]) == word:
        return _spelt(letters[len(word) :], words[1:])
    if _agree(letters[0], word[0]) and _spelt(letters[1:], words[1:]):
        return True
    return word in _left_out() and _spelt(letters, words[1:])


def _agree(letter: str, initial: str) -> bool:
    base = fold(initial)
    return fold(letter) == base or (letter == "w" and base == "u")
