"""Dates among the plain words of a query: the same query with the date as a filter, to be offered, not taken."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING

from tintuc_search.article import VIETNAM
from tintuc_search.query.dates import DateReader, first_words
from tintuc_search.query.tree import AndNode, DateNode, Node, ParsedQuery, WordNode
from tintuc_search.query.words import DatePrefix, unmarked, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

EARLIEST_YEAR = 1900
"""A number of four digits below it is hardly a year of publication, nor is one that is still to come."""
MOST = 2
_LAST_WORD = re.compile(r"(\w+)\s+\Z")


def offers(parsed: ParsedQuery, today: date | None = None) -> tuple[str, ...]:
    """The query's text with one date of its words turned into a filter, for each of the first two dates.

    >>> from tintuc_search.query.parser import parse
    >>> offers(parse("quốc hội tuần này")), offers(parse("từ tháng 3/2022 quốc hội"))
    (('quốc hội ngày:tuần này',), ('từ:tháng 3/2022 quốc hội',))
    """
    children = parsed.root.children if isinstance(parsed.root, AndNode) else (parsed.root,)
    if any(isinstance(child, DateNode) for child in children):
        return ()
    return tuple(_offers(parsed.text, children, today or datetime.now(VIETNAM).date()))[:MOST]


def _offers(text: str, children: Sequence[Node | None], today: date) -> Iterator[str]:
    reader, done = DateReader(text, today), 0
    plain = [child for child in children if isinstance(child, WordNode) and _is_plain(child, text)]
    ends = {word.end for word in plain}
    name = words().names[DatePrefix.DATE, "vi"]
    if not any(map(str.islower, text)):
        name = name.upper()  # small letters would make an operator of KHÔNG
    for number, word in enumerate(plain):
        if word.start < done or not _may_begin(word.text):
            continue
        period = reader.read(word.start)
        if period is None or period.end not in ends or _no_year(word, period.end, today):
            continue
        done = period.end
        before = plain[number - 1] if number else None
        if before and _is_bound(before.text) and text[before.end : word.start].isspace():
            yield f"{text[: before.end]}:{text[word.start :]}"
        elif _is_name(word.text) and (begin := _date_behind(reader, text, word, period.end)):
            yield f"{text[: word.end]}:{text[begin:]}"
        elif not _reads_on(text[: word.start], name):
            yield f"{text[: word.start]}{name}:{text[word.start :]}"


def _reads_on(text: str, name: str) -> bool:
    """Whether the last word of ``text``, one that is no plain word, and ``name`` would be one name: "từ" and "ngày"."""
    last = _LAST_WORD.search(text)
    return last is not None and words().prefix(last[1] + name) is not None


def _is_plain(word: WordNode, text: str) -> bool:
    """Whether a word has neither sign nor backslash."""
    return text[word.start : word.end] == word.text


def _may_begin(word: str) -> bool:
    """Whether a date can begin with ``word``: a look that spares most words all patterns."""
    return word[:1].isdecimal() or unmarked(word.lower()) in first_words()


def _no_year(word: WordNode, end: int, today: date) -> bool:
    """Whether a date is a mere number that is no likely year."""
    bare = word.end == end and word.text.isdecimal()
    return bare and not EARLIEST_YEAR <= int(word.text) <= today.year


def _is_name(word: str) -> bool:
    """Whether a word, had it a colon, would say that a date follows."""
    return words().prefix(word) is DatePrefix.DATE


def _date_behind(reader: DateReader, text: str, word: WordNode, end: int) -> int:
    """Where the same date, which ends at ``end``, begins without its first word; 0 if it needs that."""
    begin = end - len(text[word.end : end].lstrip())
    period = reader.read(begin) if begin > word.end else None
    return begin if period and period.end == end else 0


def _is_bound(word: str) -> bool:
    """Whether a word would bound the date behind it, had it a colon."""
    return words().prefix(word) in {DatePrefix.FROM, DatePrefix.TO}
