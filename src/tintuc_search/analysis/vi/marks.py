"""Whether a word can come of what was typed with some of its marks missing.

Marks are the tones, what makes another letter of one ("ă", "ô", "ư"), and the stroke of "đ".
"""

from __future__ import annotations

from collections import Counter
from unicodedata import combining, normalize

from tintuc_search.analysis.vi.folding import fold
from tintuc_search.analysis.vi.spelling import TONES


def agrees(typed: str, form: str) -> bool:
    """Whether ``form`` has every mark of ``typed``, and maybe more.

    >>> agrees("quôc", "quốc"), agrees("dang", "đảng"), agrees("đang", "dạng")
    (True, True, False)
    """
    if typed == form:
        return True
    (letters, marks), (others, more) = _parts(typed), _parts(form)
    if len(letters) != len(others) or marks - more:
        return False
    return all(a in (b, fold(b)) for a, b in zip(letters, others, strict=True))


def _parts(term: str) -> tuple[str, Counter[str]]:
    """The letters of a term without their marks, and the marks."""
    chars = normalize("NFD", term)
    return "".join(c for c in chars if not combining(c)), Counter(c for c in chars if combining(c))


def begins(typed: str, word: str) -> bool:
    """Whether a word can come of what was typed by more letters and more marks.

    A tone may stand on another letter yet, as long as it is there: "tòa" begins "toàn".

    >>> begins("quô", "quốc"), begins("tòa", "toàn"), begins("d", "đảng"), begins("dả", "dân")
    (True, True, True, False)
    """
    given, wanted = _letters(typed), _letters(word)
    if len(given) > len(wanted):
        return False
    tones = {mark for _, marks in given for mark in marks if mark in TONES}
    return all(
        a == b and not (set(marks) - set(more) - TONES)
        for (a, marks), (b, more) in zip(given, wanted, strict=False)
    ) and tones <= {mark for _, marks in wanted for mark in marks}


def _letters(word: str) -> list[tuple[str, str]]:
    """Each letter without its marks, and the marks; the stroke of đ is one of them."""
    found: list[tuple[str, str]] = []
    for char in normalize("NFD", word):
        if combining(char) and found:
            letter, marks = found.pop()
            found.append((letter, marks + char))
        else:
            found.append(("d", "đ") if char == "đ" else (char, ""))
    return found
