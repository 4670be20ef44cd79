"""How terms are written for OpenSearch, whose analysis only splits what our analyzer has made.

A text field is one string: its terms by position, a space between, ``|`` between terms that share a position, and
``|`` alone where a position is free. The field of weights holds ``term|frequency``.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b
from itertools import chain, pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tintuc_search.engine.base import FieldText

SEPARATOR = "|"
LONGEST = 200
"""Characters of a term that is written as it is; Lucene refuses those of more than 32,766 bytes."""


@lru_cache(1 << 16)
def written(term: str) -> str:
    """The term as OpenSearch holds it: as it is, or a digest where it could not be told apart from its neighbours.

    Terms of our analyzer hold neither spaces nor separators; this is for what a query may hold.
    """
    plain = term.isprintable() and " " not in term and SEPARATOR not in term
    if plain and 0 < len(term) <= LONGEST:
        return term
    # No character of it may be taken for a separator.
    return "\ufffd" + blake2b(term.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


@lru_cache(1 << 18)
def number(term: str) -> int:
    """A number of 63 bits that stands for the term in what is fetched with a document."""
    digest = blake2b(term.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little") >> 1


def placed(text: FieldText) -> str:
    """A field's terms at their positions."""
    pieces = list(map(written, text.terms))
    steps = [after - before for before, after in pairwise((-1, *text.positions))]
    at = dict(zip(text.positions, range(len(pieces)), strict=True))
    if min(steps, default=1) < 1 or any(position not in at for _, position in text.words):
        return _placed_anywhere(text)
    for word, position in text.words:
        piece, name = pieces[at[position]], written(word)
        # A term that stands twice at one place is one occurrence for a phrase.
        if name not in piece or name not in piece.split(SEPARATOR):
            pieces[at[position]] = f"{piece}{SEPARATOR}{name}"
    for number, step in enumerate(steps):
        if step > 1:
            pieces[number] = f"{SEPARATOR} " * (step - 1) + pieces[number]
    return " ".join(pieces)


def _placed_anywhere(text: FieldText) -> str:
    """The same for terms in any order, and for words where no term is."""
    at: dict[int, list[str]] = {}
    for term, position in chain(zip(text.terms, text.positions, strict=True), text.words):
        at.setdefault(position, []).append(written(term))
    pieces: list[str] = []
    expected = 0
    for position in sorted(at):
        pieces += [SEPARATOR] * (position - expected)
        pieces.append(SEPARATOR.join(dict.fromkeys(at[position])))
        expected = position + 1
    return " ".join(pieces)


def weighted(terms: Iterable[str], frequencies: Iterable[int]) -> str:
    """Terms with their weighted frequencies (at least 1)."""
    return " ".join(
        [
            f"{name}{SEPARATOR}{count}"
            for name, count in zip(map(written, terms), frequencies, strict=True)
        ]
    )


def choices(slots: Iterable[Iterable[str]]) -> str:
    """A phrase, each slot's terms at one position; read by the analyzer of the text fields."""
    return " ".join(SEPARATOR.join(written(term) for term in slot) for slot in slots)
