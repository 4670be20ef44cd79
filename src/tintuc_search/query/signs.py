"""The signs that belong to a word or phrase: ``=đảng``, ``tham*``, ``Nguyen~2``, ``"chống tham*"``."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace

SHORTEST_PREFIX = 2
"""Letters that a beginning needs: fewer begin thousands of words."""
SHORTEST_FUZZY = 3
"""Letters that a word needs to be told from others by an error."""
MOST_ERRORS = 2

_PIECE = re.compile(r"\\(\S)|(.)", re.DOTALL)
_SIGNS = re.compile(
    r"(?P<exact>=*)(?P<text>.*?)(?:(?P<stars>\*+)|~(?P<errors>[0-9]{0,9}))?", re.DOTALL
)
_STRAY_ERRORS = re.compile(r"(?<=\w)(?:~[0-9]*)+(?!\S)")
_LAST = re.compile(r"[^\W_]*\Z")


@dataclass(frozen=True, slots=True)
class Signed:
    """A word or phrase without its signs, what they ask for, and the codes of what made no sense.

    ``fuzzy`` is how many errors a word may have, 0 for none. ``text`` is empty where nothing is left.
    """

    text: str
    exact: bool = False
    prefix: bool = False
    fuzzy: int = 0
    problems: list[tuple[str, dict[str, object]]] = field(default_factory=list)

    def told(self, code: str, **values: object) -> None:
        """Note a problem."""
        self.problems.append((code, values))


def read_word(raw: str) -> Signed:
    r"""Take the signs off a word; behind a backslash a sign is an ordinary character.

    >>> read_word("tham*").prefix, read_word(r"tham\*").text, read_word("=đảng").exact
    (True, 'tham*', True)
    """
    pairs = [(piece[1] or piece[2], piece[1] is not None) for piece in _PIECE.finditer(raw)]
    text = "".join(char for char, _ in pairs)
    shape = "".join("x" if escaped else char for char, escaped in pairs)
    found = _SIGNS.fullmatch(shape)
    if found is None:  # every string matches
        return Signed(text)
    body = found["text"].rstrip("*")
    begin = found.start("text")
    signed = Signed(text[begin : begin + len(body)], exact=bool(found["exact"]))
    stars, errors = found["stars"], found["errors"]
    if not any(map(str.isalnum, signed.text)) and (signed.exact or stars or errors is not None):
        signed.told("straySign")
        return replace(signed, text="")
    if "*" in found["text"]:
        signed.told("straySign")
    if stars:
        return _with_prefix(signed)
    return signed if errors is None else _with_errors(signed, errors)


def read_phrase(inner: str, *, exact: bool) -> Signed:
    """Take a sign off the last word of a phrase; all others in it are left out.

    >>> read_phrase("chống tham*", exact=False)
    Signed(text='chống tham', exact=False, prefix=True, fuzzy=0, problems=[])
    """
    inner = inner.strip()
    body = inner.rstrip("*")
    cleaned = _STRAY_ERRORS.sub(" ", body.replace("*", " ")).strip()
    signed = Signed(cleaned, exact=exact)
    begins_word = body != inner and _letters(body) > 0
    if cleaned != body or (body != inner and not begins_word):
        signed.told("straySign")
    return _with_prefix(signed) if begins_word and cleaned == body else signed


def _with_prefix(signed: Signed) -> Signed:
    if signed.exact:
        signed.told("signBesideExact")
    elif _letters(signed.text) < SHORTEST_PREFIX:
        signed.told("prefixTooShort", limit=SHORTEST_PREFIX)
    else:
        return replace(signed, prefix=True)
    return signed


def _with_errors(signed: Signed, errors: str) -> Signed:
    if signed.exact:
        signed.told("signBesideExact")
        return signed
    if _letters(signed.text) < SHORTEST_FUZZY:
        signed.told("fuzzyTooShort", limit=SHORTEST_FUZZY)
        return signed
    wanted = int(errors or 1)
    if not 1 <= wanted <= MOST_ERRORS:
        signed.told("fuzzyTooLarge", limit=MOST_ERRORS)
    return replace(signed, fuzzy=max(1, min(wanted, MOST_ERRORS)))


def _letters(text: str) -> int:
    """How many letters and digits the text ends in."""
    found = _LAST.search(unicodedata.normalize("NFC", text))
    return len(found[0]) if found else 0
