"""Reads lines that name an article's authors, and the agency it was taken from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from tintuc_search.indexer.cleaning.credits import credits_of, without_contacts, without_dates
from tintuc_search.indexer.cleaning.resources import alternation, pattern, word_set, words
from tintuc_search.indexer.cleaning.text import comparable, fold

_LONGEST = 200
_MOST_WORDS = 6
_MOST_AUTHORS = 8
_WHOLE = re.compile(r"\(([^()]{2,80})\)\W?")
_BRACKETS = re.compile(r"[(\[]([^()\[\]]{0,80})[)\]]")
_BETWEEN = re.compile(
    r"\s+[-–—|/&+•·]\s+|\s*[,;/|&•·\n]\s*|\s+(?:và|cùng)\s+|(?<=\w\w)\s*[–—]\s*(?=\w\w)|\s+and\s+"
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

    Who wrote, wrote down, translated or asked is an author; who photographed, drew, filmed or edited is none.

    >>> parse_byline("Bài, ảnh: HÀ VÂN - Minh Khôi (tổng hợp)").authors
    ('Hà Vân', 'Minh Khôi')
    >>> parse_byline("Theo TTXVN").origin
    'TTXVN'
    """
    if (
        len(text) > 2 * _LONGEST
    ):  # addresses apart; looked at before they are, which costs much in a long text
        return NONE
    text = fold(without_contacts(text))
    if not text or len(text) > _LONGEST:
        return NONE
    text = without_dates(text)
    own = frozenset(comparable(name) for name in site_names if name)
    authors: list[str] = []
    origins: list[str] = []
    if whole := _WHOLE.fullmatch(text):
        text = whole[1] if _says_who(whole[1]) else text
    for inner in _BRACKETS.findall(text):
        origins += _agencies_in(inner)
    for role, names in credits_of(_BRACKETS.sub(" ", text)):
        if role != "other_work":
            _read_names(names, authors, origins, taken=role == "taken_from")
    authors = [name for name in dict.fromkeys(authors) if comparable(name) not in own]
    origin = next((name for name in origins if comparable(name) not in own), None)
    return Byline(tuple(authors)[:_MOST_AUTHORS], origin)


def _read_names(text: str, authors: list[str], origins: list[str], *, taken: bool) -> None:
    """Sort the names of one credit; ``taken`` where it says that the text was taken from them."""
    if agency := _agency(text, sure=taken):
        origins.append(agency)
        return
    for listed in _BETWEEN.split("" if _names_nobody(text) else text):
        if listed.strip(_EDGE).casefold() in word_set("bylines", "other_work"):
            break  # "Ảnh - Minh Khôi"
        name, said = _strip_labels(listed)
        taken = taken or said
        before, origin = _origin_behind(name)
        if origin or (origin := _agency(name, sure=taken)):
            origins.append(origin)
            name = before
        authors += [_capitals(part) for part in _hyphened(name) if is_name(part)]


def _hyphened(name: str) -> list[str]:
    """Two names with a hyphen and no space between them; "Phạm-Kha Dung" is one."""
    parts = name.split("-")
    return parts if all(" " in part.strip() for part in parts) else [name]


def _origin_behind(name: str) -> tuple[str, str | None]:
    """A name and the agency named behind it: "Hà Vân theo VOV"."""
    found = pattern("bylines", "taken_from", r"\s+(?:WORDS)[\s:]+").search(name)
    origin = _agency(name[found.end() :]) if found else None
    return (name[: found.start()], origin) if found and origin else ("", None)


def _says_who(text: str) -> bool:
    """Whether the text between two brackets is a byline: "(Hà Vân thực hiện)", and not "(Hết)"."""
    behind = pattern("bylines", "behind", r"\s(?:WORDS)$").search(text)
    return bool(behind) or any(role for role, _ in credits_of(text))


def _agencies_in(text: str) -> list[str]:
    """The agencies between two brackets: "(tổng hợp theo TTXVN, VOV)"."""
    text = pattern("bylines", "taken_from", r"^.*?\b(?:WORDS)[\s:]+").sub("", text, count=1)
    whole = _agency(text)
    return [whole] if whole else [name for part in _BETWEEN.split(text) if (name := _agency(part))]


def parse_origin(text: str) -> str | None:
    """The name in a line that is known to state where a text was taken from ("Theo Tuổi Trẻ", "(TTXVN)")."""
    bare = fold(text).strip("()[] ")
    bare = pattern("bylines", "taken_from", r"^(?:WORDS)(?:\s*:\s*|\s+)").sub("", bare).strip(_EDGE)
    letters = [word for word in bare.split() if word[0].isalpha()]
    if not letters or not letters[0][0].isupper() or without_contacts(bare) != bare:
        return None
    return None if _names_nobody(bare) else bare


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
    if _names_nobody(text) or text.casefold() in word_set("bylines", "agencies"):
        return False
    return not _begins_with("bodies", text)


def _strip_labels(part: str) -> tuple[str, bool]:
    """A part without the words before and behind a name; whether they said it was taken from somewhere."""
    part = part.strip(_EDGE)
    taken = False
    for _ in range(3):
        if found := pattern("bylines", "taken_from", r"(?:WORDS)(?:\s*:\s*|\s+)").match(part):
            part, taken = part[found.end() :], True
        elif found := _before_name(part):
            part = part[found.end() :]
        else:
            break
    part = pattern("bylines", "behind", r"\s+(?:WORDS)$").sub("", part).strip(_EDGE)
    return "" if _names_nobody(part) else part, taken


def _before_name(part: str) -> re.Match[str] | None:
    """A title or the kind of a piece before its writer's name: "TS. …", "Phóng sự của …"."""
    return pattern("bylines", "titles", r"(?:WORDS)(?:\.|\.?:)?\s+").match(part) or pattern(
        "bylines", "work_of", r"(?:WORDS)\s+của\s+"
    ).match(part)


def _names_nobody(text: str) -> bool:
    """Whether a text stands where a name would and names no one: an office of the paper, a title alone, a weekday."""
    bare = text.strip(_EDGE).casefold()
    return (
        bare in word_set("bylines", "nobody") | word_set("bylines", "titles")
        or bare in word_set("dates", "filler")
        or _begins_with("groups", bare)
    )


def _agency(text: str, *, sure: bool = False) -> str | None:
    """The agency or paper a text names; where it is said to be one, anything that cannot be a person."""
    bare = pattern("bylines", "taken_from", r"^(?:WORDS)[\s:]+").sub("", fold(text)).strip(_EDGE)
    if not bare:
        return None
    if _agencies().fullmatch(bare):
        return bare
    if not sure or _names_nobody(bare):
        return None
    named = _begins_with("bodies", bare) or _begins_with("agencies", bare)
    return bare if named or _DOMAIN.search(bare) or (bare.isupper() and " " not in bare) else None


def _begins_with(key: str, text: str) -> bool:
    """Whether a text is one of the words of a list and more behind it: "Tuổi Trẻ Bình Lâm"."""
    return pattern("bylines", key, r"(?:WORDS)\s").match(text) is not None


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
