"""How terms are written for OpenSearch, whose analysis only splits what our analyzer has made.

A text field is one string: its terms by position, a space between, ``|`` between terms that share a position, and
``|`` alone where a position is free. The field of weights holds ``term|frequency``.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tintuc_search.engine.base import FieldText

SEPARATOR = "|"
LONGEST = 200
"""Characters of a term that is written as it is; Lucene refuses those of more than 32,766 bytes."""


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
    at: dict[int, list[str]] = {}
    for term, position in chain(zip(text.terms, text.positions, strict=True), text.words):
        at.setdefault(position, []).append(written(term))
    pieces: list[str] = []
    expected = 0
    for position in sorted(at):
        pieces += [SEPARATOR] * (position - expected)
        # A term that stands twice at one place is one occurrence for a phrase.
        pieces.append(SEPARATOR.join(dict.fromkeys(at[position])))
        expected = position + 1
    return " ".join(pieces)


def weighted(frequencies: Iterable[tuple[str, int]]) -> str:
    """Terms with their weighted frequencies (at least 1)."""
    return " ".join(f"{written(term)}{SEPARATOR}{max(count, 1)}" for term, count in frequencies)


def choices(slots: Iterable[Iterable[str]]) -> str:
    """A phrase, each slot's terms at one position; read by the analyzer of the text fields."""
    return " ".join(SEPARATOR.join(written(term) for term in slot) for slot in slots)
