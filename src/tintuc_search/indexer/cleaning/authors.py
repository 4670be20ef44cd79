"""Reads lines that name an article's authors, and the agency it was taken from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from tintuc_search.indexer.cleaning.resources import alternation, pattern, word_set, words
from tintuc_search.indexer.cleaning.text import comparable, fold

_LONGEST = 200
_MOST_WORDS = 6
_MOST_AUTHORS = 8
_EMAIL = re.compile(r"\S+@\S+|\b(?:https?://|www\.)\S+")
_BRACKETS = re.compile(r"[(\[]([^()\[\]]{0,80})[)\]]")
_BETWEEN = re.compile(
    r"\s+[-–—|/&+•·]\s+|\s*[,;/|&•·\n]\s*|\s+và\s+|(?<=\w\w)\s*[–—]\s*(?=\w\w)|\s+and\s+"
)
_NAME = re.compile(r"[^\W\d_][^\W\d_]*(?:[.'’-][^\W\d_]+)*\.?")
_DOMAIN = re.compile(r"\.[a-z]{2,6}$", re.IGNORECASE)
_EDGE = " \t.,;:*-–—|/•·>»«<\"“”'…"


@dataclass(frozen=True, slots=True)
class Byline:
    """Who a line names: people, and the agency or paper the text was taken from."""

    authors: tuple[str, ...] = ()
    origin: str | None = None

    def __bool__(self) -> bool:
        return bool(self.authors or self.origin)


NONE = Byline()


def parse_byline(text: str, site_names: tuple[str, ...] = ()) -> Byline:
    """Read a byline; ``site_names`` (the paper's own) are nobody.

    >>> parse_byline("Bài, ảnh: HÀ VÂN - Minh Khôi (tổng hợp)").authors
    ('Hà Vân', 'Minh Khôi')
    >>> parse_byline("Theo TTXVN").origin
    'TTXVN'
    """
    if (
        len(text) > 2 * _LONGEST
    ):  # addresses apart; looked at before they are, which costs much in a long text
        return NONE
    text = fold(_EMAIL.sub(" ", text))
    if not text or len(text) > _LONGEST:
        return NONE
    origin = None
    for inner in _BRACKETS.findall(text):
        origin = origin or _agency(inner)
    text = _BRACKETS.sub(" ", text)
    text = pattern("bylines", "writer", r"(?:^|(?<=[\s,;.–—-]))(?:WORDS)\s*:").sub(" ; ", text)
    text = _without_other_work(text)
    nobody = frozenset(comparable(name) for name in site_names if name)
    authors: list[str] = []
    for part in _BETWEEN.split(text):
        name, taken = _strip_labels(part)
        if agency := _agency(name, sure=taken):
            origin = origin or agency
        elif is_name(name) and comparable(name) not in nobody:
            authors.append(_capitals(name))
    return Byline(tuple(dict.fromkeys(authors))[:_MOST_AUTHORS], origin)


def parse_origin(text: str) -> str | None:
    """The name in a line that is known to state where a text was taken from ("Theo Tuổi Trẻ", "(TTXVN)")."""
    bare = fold(text).strip("()[] ")
    bare = pattern("bylines", "taken_from", r"^(?:WORDS)(?:\s*:\s*|\s+)").sub("", bare).strip(_EDGE)
    letters = [word for word in bare.split() if word[0].isalpha()]
    if not letters or not letters[0][0].isupper() or _EMAIL.search(bare):
        return None
    return None if bare.casefold() in word_set("bylines", "nobody") else bare


def looks_like_byline(text: str) -> bool:
    """Whether a line opens with a word that only bylines have ("Bài, ảnh: …", "Theo TTXVN")."""
    if len(text) > _LONGEST:
        return False
    if pattern("bylines", "writer", r"\W{0,3}(?:WORDS)\s*:").match(text):
        return True
    if pattern("bylines", "other_work", r"\W{0,3}(?:WORDS)\s*:").match(text):
        return True
    taken = pattern("bylines", "taken_from", r"\W{0,3}(?:WORDS)[\s:]+").match(text)
    return bool(taken) and _agency(text[taken.end() :] if taken else "") is not None


def is_name(text: str, *, fewest_words: int = 1) -> bool:
    """Whether a text has the form of a person's or pen name: capitalised words and nothing that names a body."""
    parts = text.split()
    if not fewest_words <= len(parts) <= _MOST_WORDS or _DOMAIN.search(text):
        return False
    if any(map(str.isnumeric, "".join(parts))):  # "²" is no \d
        return False
    if not all(_NAME.fullmatch(part) and part[0].isupper() for part in parts):
        return False
    if text.casefold() in word_set("bylines", "nobody") | word_set("bylines", "agencies"):
        return False
    return not any(
        len(parts) > 1 and text.casefold().startswith(f"{body} ")
        for body in word_set("bylines", "bodies")
    )


def _without_other_work(text: str) -> str:
    """Cut off who took the pictures: "Bài: A - Ảnh: B" is A's."""
    return pattern("bylines", "other_work", r"(?:^|[\s,;.–—-]+)(?:WORDS)\s*:.*$").sub("", text)


def _strip_labels(part: str) -> tuple[str, bool]:
    """A part without the words before and behind a name; whether they said it was taken from somewhere."""
    part = part.strip(_EDGE)
    taken = False
    for _ in range(3):
        if found := pattern("bylines", "taken_from", r"(?:WORDS)(?:\s*:\s*|\s+)").match(part):
            part, taken = part[found.end() :], True
        elif found := pattern(
            "bylines", "writer", r"(?:WORDS)\s*:\s*|(?:Phóng viên|PV|Thực hiện|By)\s+"
        ).match(part):
            part = part[found.end() :]
        else:
            break
    part = pattern("bylines", "titles", r"^(?:WORDS)\.?:?\s+").sub("", part)
    part = pattern("bylines", "behind", r"\s+(?:WORDS)$").sub("", part)
    return part.strip(_EDGE), taken


def _agency(text: str, *, sure: bool = False) -> str | None:
    """The agency or paper a text names; where it is said to be one, anything that cannot be a person."""
    bare = pattern("bylines", "taken_from", r"^(?:WORDS)[\s:]+").sub("", fold(text)).strip(_EDGE)
    if not bare:
        return None
    if _agencies().fullmatch(bare):
        return bare
    body = any(bare.casefold().startswith(f"{word} ") for word in word_set("bylines", "bodies"))
    named = body or bool(_DOMAIN.search(bare)) or (bare.isupper() and " " not in bare)
    return bare if sure and named and bare.casefold() not in word_set("bylines", "nobody") else None


@cache
def _agencies() -> re.Pattern[str]:
    return re.compile(
        rf"(?:báo\s+(?:điện\s+tử\s+)?|hãng\s+)?(?:{alternation(words('bylines', 'agencies'))})(?:/[\w+.]+)?",
        re.IGNORECASE,
    )


def _capitals(name: str) -> str:
    """A name set in capitals as one writes it: "NGUYỄN VĂN AN" → "Nguyễn Văn An"; initials stay."""
    parts = name.split()
    if not name.isupper() or "." in name or all(len(part) <= 2 for part in parts):  # noqa: PLR2004
        return name
    return " ".join(part.capitalize() for part in parts)
