"""An article that a reader saved as plain text → the article."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tintuc_search.article import Article
from tintuc_search.errors import BadInput, NotAnArticle
from tintuc_search.indexer.cleaning import dates, furniture
from tintuc_search.indexer.cleaning.authors import Byline, is_name, looks_like_byline, parse_byline
from tintuc_search.indexer.cleaning.lead import has_mark, without_mark
from tintuc_search.indexer.cleaning.resources import pattern
from tintuc_search.indexer.cleaning.text import fold

if TYPE_CHECKING:
    from datetime import datetime

_LARGEST, _MOST_LINES = 20_000_000, 50_000
"""Characters and lines that are read of a text: more than any law has; what follows is left out."""
_TITLE = 400
_CAPTION = 300
_FOOT = 3
_SENTENCE_END = re.compile(r"[.!?…:;,][”\"'’»)]*$")
# A rubric stands before the paper's mark, parted from it by several spaces: "3 Chương trình   Web.ĐTN: Chiều 30/5, …".
_RUBRIC = re.compile(r"^(.{2,40}?)(?:\s{2,}|\t)(?=\S)")


@dataclass(slots=True)
class _Line:
    text: str
    raw: str
    alone: bool  # between lines that are blank or hold nothing but a space


def clean_text(text: str, place: str | None = None) -> Article:
    """Read a saved text: the headline on its first line, a date line, paragraphs, captions, the author at its foot.

    Raises:
        NotAnArticle: there is no headline with text below it.
    """
    lines = _lines(text)
    if not lines:
        raise BadInput("the text is empty", place)
    title, rest = lines[0].text, lines[1:]
    if len(title) > _TITLE or not any(character.isalpha() for character in title):
        raise NotAnArticle("no article: the first line is no headline", place)
    published, above, rest = _above(rest)
    section, lead, rest = _opening(rest)
    foot, rest = _foot(rest)
    byline = foot or above
    captions = [line.text for line in rest if _is_caption(line)]
    paragraphs = [
        line.text for line in rest if not _is_caption(line) and not furniture.is_line(line.text)
    ]
    if not paragraphs and not lead:
        raise NotAnArticle("no article: there is no text below the headline", place)
    return Article(
        title=title,
        lead=lead,
        paragraphs=tuple(paragraphs),
        captions=tuple(captions),
        published_at=published,
        authors=byline.authors,
        origin=byline.origin,
        section=section,
    )


def _lines(text: str) -> list[_Line]:
    text = text[:_LARGEST].replace("\r\n", "\n").replace("\r", "\n")
    raw = text.split("\n", _MOST_LINES)[:_MOST_LINES]
    folded = [fold(line) for line in raw]
    found = []
    for number, line in enumerate(folded):
        if line:
            # Saved pages hold a lone space where a picture was.
            around = (*range(max(0, number - 2), number), *range(number + 1, number + 3))
            alone = any(raw[n] and not folded[n] for n in around if n < len(raw))
            found.append(_Line(line, raw[number].strip("\ufeff "), alone))
    return found


def _above(lines: list[_Line]) -> tuple[datetime | None, Byline, list[_Line]]:
    """The date and the byline directly below the headline."""
    published = None
    byline = Byline()
    for place, line in enumerate(lines):
        text = line.text
        if (
            published is None
            and (moment := dates.parse(text))
            and (_is_date(text) or furniture.is_date_line(text))
        ):
            published = moment.at
        elif looks_like_byline(text):
            byline = byline or parse_byline(text)
        elif not furniture.is_line(text):
            return published, byline, lines[place:]
    return published, byline, []


def _is_date(text: str) -> bool:
    """A date line, with the counter of readers behind it: "09:49 31/05/2019     434"."""
    moment = dates.parse(text)
    return moment is not None and not any(character.isalpha() for character in text[moment.end :])


def _opening(lines: list[_Line]) -> tuple[str | None, str, list[_Line]]:
    """The rubric and the lead, which the paper's mark shows; without a mark all is text."""
    if not lines:
        return None, "", lines
    first = lines[0]
    rubric = _RUBRIC.match(first.raw)
    behind = fold(first.raw[rubric.end() :]) if rubric else ""
    if rubric and has_mark(behind):
        return fold(rubric[1]), without_mark(behind), lines[1:]
    if has_mark(first.text):
        return None, without_mark(first.text), lines[1:]
    return None, "", lines


def _foot(lines: list[_Line]) -> tuple[Byline, list[_Line]]:
    """The byline on the last lines."""
    authors: list[str] = []
    origin = None
    for _ in range(_FOOT):
        if len(lines) < 2 or not _is_signature(lines[-1].text):  # noqa: PLR2004 - a text of one line is no signature
            break
        byline = parse_byline(lines[-1].text)
        authors = [*byline.authors, *authors]
        origin = byline.origin or origin
        lines = lines[:-1]
    return Byline(tuple(authors), origin), lines


def _is_signature(text: str) -> bool:
    if looks_like_byline(text) or re.fullmatch(r"\([^()]{2,40}\)", text):
        return True
    byline = parse_byline(text)
    if not byline or _SENTENCE_END.search(text):
        return False
    named = sum(len(name) for name in byline.authors) + len(byline.origin or "")
    whole = len(byline.authors) > 1 or byline.origin or is_name(byline.authors[0], fewest_words=2)
    return bool(whole) and named >= 0.6 * sum(
        character.isalpha() or character == " " for character in text
    )


def _is_caption(line: _Line) -> bool:
    """A line alone where a picture was, that ends like no sentence."""
    if not line.alone or len(line.text) > _CAPTION:
        return False
    if pattern("bylines", "other_work", r".*\((?:WORDS)\s*:[^()]*\)$").match(line.text):
        return True
    quote = '"' in line.text or "“" in line.text
    return (not _SENTENCE_END.search(line.text) and not line.text.endswith(('"', "”"))) or (
        quote and line.text.endswith(('"', "”")) and not re.search(r"[.!?…][”\"]$", line.text)
    )
