"""The passages of an article that show best why it was found, and the whole article with its matches."""

from __future__ import annotations

import re
from dataclasses import dataclass
from heapq import nlargest
from typing import TYPE_CHECKING

from tintuc_search.engine.base import TextField
from tintuc_search.search.base import ArticleView, Highlight, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tintuc_search.archive.base import StoredArticle
    from tintuc_search.article import Article
    from tintuc_search.search.marking import Mark, Marker

ELLIPSIS = "…"
_SENTENCE_END = re.compile(r"[.!?…;]+[\"”’»)\]]*\s+")
_ENDS = re.compile(r"[.!?…][\"”’»)\]]*$")
_MARKS_A_TEXT = 60
_TEXTS = 6
"""Paragraphs looked at closely: the best passages stand where most of the query stands."""
_CANDIDATES = 12
_AGAIN = 0.15
"""What a word counts that an earlier passage shows already."""
_TOGETHER = 0.5
"""What each further word of one unbroken match counts on top."""
_FILLED = 0.6
"""The share of the length that a passage must fill to end at a sentence's end."""


@dataclass(frozen=True, slots=True)
class _Window:
    """The stretch of a text from one mark to another, and what it shows."""

    text: int
    first: int
    last: int
    units: frozenset[int]
    together: int

    def value(self, values: Sequence[float], shown: frozenset[int]) -> float:
        words = sum(values[u] * (_AGAIN if u in shown else 1.0) for u in self.units)
        return words + _TOGETHER * self.together


def highlight(article: Article, marker: Marker, count: int, length: int) -> tuple[Highlight, ...]:
    """The whole title, then at most ``count`` passages of at most ``length`` code points in reading order."""
    texts = _texts(article)
    marks = marker.mark(texts, most=max(count, _TEXTS))
    title = Highlight("title", article.title, tuple(mark.span for mark in marks[0]))
    windows = [
        window
        for number in range(1, len(texts))
        if marks[number]
        for window in _windows(number, texts[number][1], marks[number], length)
    ]
    chosen = _choose(windows, [unit.value for unit in marker.units], count)
    passages = (
        _passage(*texts[window.text], marks[window.text], window, length) for window in chosen
    )
    return (title, *passages)


def view(stored: StoredArticle, marker: Marker) -> ArticleView:
    """The whole article with every match marked."""
    article = stored.article
    texts = _texts(article)
    marked = [
        Highlight(field.value, text, tuple(mark.span for mark in marks))
        for (field, text), marks in zip(texts, marker.mark(texts), strict=True)
    ]
    paragraphs = 2 + len(article.paragraphs)
    captions = paragraphs + len(article.captions)
    return ArticleView(
        stored,
        marked[0],
        marked[1],
        tuple(marked[2:paragraphs]),
        tuple(marked[paragraphs:captions]),
    )


def _texts(article: Article) -> list[tuple[TextField, str]]:
    """Every text that is indexed, in the order of the page."""
    rows = (" ".join(row) for table in article.tables for row in table)
    body = (*article.paragraphs, *article.captions, *rows)
    return [
        (TextField.TITLE, article.title),
        (TextField.LEAD, article.lead),
        *((TextField.BODY, text) for text in body),
    ]


def _windows(number: int, text: str, marks: Sequence[Mark], length: int) -> Iterator[_Window]:
    """The stretches that fit into ``length``, one from each mark on."""
    whole = len(text) <= length
    marks = marks[:_MARKS_A_TEXT]
    for first, mark in enumerate(marks):
        units, together, last = mark.units, len(mark.units) - 1, mark.end
        for other in marks[first + 1 :]:
            if not whole and other.end - mark.start > length - 2 * len(ELLIPSIS):
                break
            units, together, last = units | other.units, together + len(other.units) - 1, other.end
        yield _Window(number, mark.start, last, units, together)
        if whole:
            return


def _choose(windows: Sequence[_Window], values: Sequence[float], count: int) -> list[_Window]:
    """The best windows, each for what those before it do not show, in the order of the text."""
    nothing: frozenset[int] = frozenset()
    left = nlargest(_CANDIDATES, windows, key=lambda window: window.value(values, nothing))
    chosen: list[_Window] = []
    shown = nothing
    while left and len(chosen) < count:
        best = max(left, key=lambda window: window.value(values, shown))
        chosen.append(best)
        shown |= best.units
        left = [
            w for w in left if w.text != best.text or w.first > best.last or w.last < best.first
        ]
    return sorted(chosen, key=lambda window: (window.text, window.first))


def _passage(
    field: TextField, text: str, marks: Sequence[Mark], window: _Window, length: int
) -> Highlight:
    start, end = _borders(text, window.first, window.last, length)
    before = ELLIPSIS if start else ""
    after = ELLIPSIS if end < len(text) and not _ENDS.search(text[start:end]) else ""
    shift = len(before) - start
    spans = tuple(
        Span(max(mark.start, start) + shift, min(mark.end, end) + shift)
        for mark in marks
        if mark.start < end and mark.end > start
    )
    return Highlight(field.value, f"{before}{text[start:end]}{after}", spans)


def _borders(text: str, first: int, last: int, length: int) -> tuple[int, int]:
    """Where to cut so that ``first`` to ``last`` is inside: at sentences if it can be, else at words."""
    if len(text) <= length:
        return 0, len(text)
    room = length - 2 * len(ELLIPSIS)
    last = min(last, first + room)
    start = _start(text, first, last, room)
    limit = min(start + room, len(text))
    if limit == len(text):
        return start, limit
    ends = [match.end() for match in _SENTENCE_END.finditer(text, last, limit + 1)]
    ends = [end for end in ends if end - start >= _FILLED * room]
    spaces = [i for i in range(limit, last - 1, -1) if text[i].isspace()]
    end = min(ends[-1], limit) if ends else spaces[0] if spaces else limit
    return start, max(last, start + len(text[start:end].rstrip()))


def _start(text: str, first: int, last: int, room: int) -> int:
    earliest = max(0, last - room)
    if earliest == 0:
        return 0
    sentences = [match.end() for match in _SENTENCE_END.finditer(text, earliest, first + 1)]
    sentences = [start for start in sentences if start <= first]
    if sentences:
        return sentences[0] if last - sentences[0] <= room // 2 else sentences[-1]
    earliest = first - (room - (last - first)) // 2
    space = next((i for i in range(max(earliest, 0), first) if text[i].isspace()), None)
    return first if space is None else space + 1
