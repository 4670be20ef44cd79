"""The texts of an article with their tokens and words, each read once."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from tintuc_search.engine.base import TextField

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tintuc_search.analysis.base import Analyzer, Tokens, Word
    from tintuc_search.article import Article


class Part(NamedTuple):
    """A passage of an article: no phrase runs from one into the next.

    The tokens' offsets are those in ``article.text`` where ``quotable``; captions and rows of tables are not in that.
    """

    field: TextField
    text: str
    quotable: bool
    tokens: Tokens
    words: Sequence[Word]


def read_parts(article: Article, tokens: Tokens, analyzer: Analyzer) -> list[Part]:
    """Every passage in order: title, lead, paragraphs, captions, rows of tables; ``tokens`` are those of its text."""
    parts: list[Part] = []
    first = end = 0
    for field, text in (
        (TextField.TITLE, article.title),
        (TextField.LEAD, article.lead),
        *((TextField.BODY, paragraph) for paragraph in article.paragraphs),
    ):
        end += len(text) + 1
        after = bisect_left(tokens.starts, end, first)
        part = tokens.part(first, after)
        parts.append(Part(field, text, True, part, analyzer.words(part) if part else ()))
        first = after
    for text in (*article.captions, *(" ".join(row) for table in article.tables for row in table)):
        apart = analyzer.tokens(text)
        words = analyzer.words(apart) if apart else ()
        parts.append(Part(TextField.BODY, text, False, apart, words))
    return parts
