"""Numbers that are written in Roman or Arabic figures or in words, and abbreviations with dots or without.

Roman figures are letters too, so a number is taken for one only behind a word of ``numerals.tsv``, and looked
for as another only behind such words.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from tintuc_search.analysis.base import Rewriting
from tintuc_search.analysis.tables import read_table
from tintuc_search.analysis.vi.spelling import is_syllable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Words = tuple[str, ...]

_ROMAN = re.compile(r"x{0,3}(?:ix|iv|v?i{0,3})")
_ROMAN_VALUES = {"x": 10, "v": 5, "i": 1}
_ROMAN_PARTS = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_MOST_ROMAN = 39
_ARABIC = re.compile(r"[1-9][0-9]?")
_DOTTED = re.compile(r"[^\W\d_](?:\.[^\W\d_]){2,}")
"""Three letters and more: two are mostly a person's initials; "T.Ư" is in the table of abbreviations."""
_ORDINAL_HEAD = "thứ"
_LONGEST_HEAD = 4
_EARLIER = 8
"""How many words before a number are looked at for the words that its head may be replaced by."""


@cache
def _heads() -> dict[Words, Words | None]:
    rows = read_table(__package__, "numerals.tsv")
    return {tuple(h.split()): None if o == "-" else tuple(o.split()) for h, o in rows}


@cache
def _ordinals() -> dict[Words, int]:
    rows = read_table(__package__, "ordinals.tsv")
    return {tuple(words.split()): int(number) for words, number in rows}


@cache
def _ordinal_words() -> dict[int, Words]:
    return {number: words for words, number in _ordinals().items()}


def from_roman(term: str) -> int | None:
    """The value of a Roman numeral in small letters, 1 to 39.

    >>> from_roman("xiii"), from_roman("iv"), from_roman("xxl")
    (13, 4, None)
    """
    if not term or not _ROMAN.fullmatch(term):
        return None
    values = [_ROMAN_VALUES[letter] for letter in term]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < following else value for value, following in pairs)


def to_roman(number: int) -> str:
    """``number`` in Roman figures, small letters; empty beyond 39."""
    if number > _MOST_ROMAN:
        return ""
    written = ""
    for value, letters in _ROMAN_PARTS:
        count, number = divmod(number, value)
        written += letters * count
    return written


def numeral_rewritings(terms: Sequence[str]) -> Iterator[Rewriting]:
    """Other ways to write the numbers behind the words of ``numerals.tsv``."""
    for at in range(1, len(terms)):
        for length in range(_LONGEST_HEAD, 0, -1):
            head = tuple(terms[max(at - length, 0) : at])
            if len(head) == length and head in _heads():
                yield from _written_otherwise(terms, at, head)
                break


def _written_otherwise(terms: Sequence[str], at: int, head: Words) -> Iterator[Rewriting]:
    for last, number in _numbers(terms, at, ordinal=head[-1] == _ORDINAL_HEAD):
        typed = tuple(terms[at:last])
        for form in _forms(number, ordinal=head[-1] == _ORDINAL_HEAD):
            if form != typed:
                slots = tuple((term,) for term in form)
                yield Rewriting(at, last, slots, _shown(form), "numeral", head[-2:])
        other = _heads()[head]
        if other is not None:
            yield from _under_other_words(terms, (at, last, number), head, other)
        return


def _under_other_words(
    terms: Sequence[str], place: tuple[int, int, int], head: Words, other: Words
) -> Iterator[Rewriting]:
    """Write "Đại hội XIII" as "lần thứ XIII", and this as "XIII" behind "Đại hội" where that stands earlier."""
    at, last, number = place
    forms = _forms(number, ordinal=False)
    if head[-1] != _ORDINAL_HEAD:
        for form in forms:
            slots = tuple((term,) for term in (*other, *form))
            yield Rewriting(at, last, slots, " ".join((*other, _shown(form))), "numeral")
        return
    first = at - len(head)
    earlier = terms[max(first - _EARLIER, 0) : first]
    if any(tuple(earlier[i : i + len(other)]) == other for i in range(len(earlier))):
        for form in forms:
            slots = tuple((term,) for term in form)
            yield Rewriting(first, last, slots, _shown(form), "numeral", other)


def _numbers(terms: Sequence[str], at: int, *, ordinal: bool) -> Iterator[tuple[int, int]]:
    """The number that begins at ``at``: the place behind it, and its value."""
    if ordinal:
        for length in (2, 1):
            number = _ordinals().get(tuple(terms[at : at + length]))
            if number is not None:
                yield at + length, number
                return
    term = terms[at]
    number = int(term) if _ARABIC.fullmatch(term) else from_roman(term)
    if number is not None:
        yield at + 1, number


def _forms(number: int, *, ordinal: bool) -> list[Words]:
    forms: list[Words] = [(str(number),)]
    if roman := to_roman(number):
        forms.append((roman,))
    if ordinal and number in _ordinal_words():
        forms.append(_ordinal_words()[number])
    return forms


def _shown(form: Words) -> str:
    return form[0].upper() if len(form) == 1 and from_roman(form[0]) else " ".join(form)


def dotless(terms: Sequence[str]) -> Iterator[Rewriting]:
    """Dotted abbreviations without their dots, where that is no ordinary syllable ("T.Ư" is not "tư")."""
    for at, term in enumerate(terms):
        if _DOTTED.fullmatch(term):
            bare = term.replace(".", "")
            if not is_syllable(bare):
                yield Rewriting(at, at + 1, ((bare,),), bare.upper(), "dotted")
