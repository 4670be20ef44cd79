"""The texts of an article with their tokens and words, each read once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tintuc_search.engine.base import TextField

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tintuc_search.analysis.base import Analyzer, Token, Word
    from tintuc_search.article import Article


class Part(NamedTuple):
    """A passage of an article: no phrase runs from one into the next.

    ``start`` is where it begins in ``article.text``; None for captions and rows of tables, which are not in that.
    """

    field: TextField
    text: str
    start: int | None
    tokens: Sequence[Token]
    words: Sequence[Word]


def read_parts(article: Article, analyzer: Analyzer) -> list[Part]:
    """Every passage in order: title, lead, paragraphs, captions, rows of tables."""
    parts: list[Part] = []
    for field, text, start in _passages(article):
        tokens = analyzer.tokens(text)
        words = analyzer.words(text, tokens) if tokens else ()
        parts.append(Part(field, text, start, tokens, words))
    return parts


def _passages(article: Article) -> Iterator[tuple[TextField, str, int | None]]:
    start = 0
    for field, text in (
        (TextField.TITLE, article.title),
        (TextField.LEAD, article.lead),
        *((TextField.BODY, paragraph) for paragraph in article.paragraphs),
    ):
        yield field, text, start
        start += len(text) + 1
    for caption in article.captions:
        yield TextField.BODY, caption, None
    for table in article.tables:
        for row in table:
            yield TextField.BODY, " ".join(row), None
