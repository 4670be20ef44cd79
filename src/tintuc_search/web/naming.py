"""The names in an article's text as links to their entities: the text itself stays as it is."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tintuc_search.article import Article

Stretch = tuple[int, int]
"""From and to, in code points of a text."""


def linked(text: str, marks: Iterable[Stretch], links: Iterable[tuple[int, int, str]]) -> str:
    """``text`` as safe HTML with ``<mark>`` around each of ``marks`` and a link around each of ``links``.

    A mark that crosses the end of a link becomes two. Of links that overlap the one that begins first counts, of
    those the longest.

    >>> linked("Lê Văn Thử đến Huế", [(3, 10)], [(0, 10, "/a")])
    '<a class="name" href="/a">Lê <mark>Văn Thử</mark></a> đến Huế'
    """
    pieces: list[str] = []
    done = 0
    marked = sorted(marks)
    for start, end, address in sorted(links, key=lambda link: (link[0], -link[1])):
        if done <= start < end <= len(text):
            inner = _marked(text, marked, start, end)
            pieces.append(_marked(text, marked, done, start))
            pieces.append(f'<a class="name" href="{escape(address)}">{inner}</a>')
            done = end
    return "".join((*pieces, _marked(text, marked, done, len(text))))


def _marked(text: str, marks: Sequence[Stretch], first: int, after: int) -> str:
    """The HTML of a part of a text."""
    pieces: list[str] = []
    done = first
    for mark_start, mark_end in marks:
        start, end = max(mark_start, done), min(mark_end, after)
        if start < end:
            pieces.append(escape(text[done:start]))
            pieces.append(f"<mark>{escape(text[start:end])}</mark>")
            done = end
    return "".join((*pieces, escape(text[done:after])))


def by_part(
    article: Article, places: Iterable[tuple[int, int, str]]
) -> list[list[tuple[int, int, str]]]:
    """Places in ``article.text`` as places in its title, its lead and each paragraph, one list for each.

    What crosses from one into the next is left out.
    """
    parts: list[list[tuple[int, int, str]]] = []
    texts = (article.title, article.lead, *article.paragraphs)
    sorted_places = sorted(places)
    begin = 0
    for text in texts:
        end = begin + len(text)
        parts.append(
            [
                (first - begin, after - begin, address)
                for first, after, address in sorted_places
                if begin <= first and after <= end
            ]
        )
        begin = end + 1
    return parts
