"""Whether two articles print the same text, by all of both texts, and where they differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tintuc_search.reprints.shingles import SHORTEST, Shingles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tintuc_search.article import Article
    from tintuc_search.reprints.shingles import Shingler

MOST_OF_ONE, MOST_OF_OTHER = 0.8, 0.5
"""What must be shared of the text that shares more, and of the other: a report may be cut or stand in a longer one."""
FEW_NUMBERS = 8
SAME_NUMBERS = 0.75
"""The part of their numbers that two texts must share where the one with fewer holds more than a few. Texts
from one mould with other figures (prices, draws, weather) share most words and few numbers."""
SAME_PARAGRAPH = 0.8
"""The part of a paragraph that the other text must hold for the paragraph to be no difference."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two texts share, each as part of its own length, and the paragraphs that only one of them has."""

    share_of_first: float
    share_of_second: float
    only_first: tuple[str, ...]
    only_second: tuple[str, ...]


def shares(first: Shingles, second: Shingles) -> tuple[float, float] | None:
    """The part that each shares with the other, if they print the same text; else None."""
    if min(first.syllables, second.syllables) < SHORTEST:
        return None
    one, other = first.share_in(second), second.share_in(first)
    if max(one, other) < MOST_OF_ONE or min(one, other) < MOST_OF_OTHER:
        return None
    fewer = min(first.numbers.total(), second.numbers.total())
    common = (first.numbers & second.numbers).total()
    if fewer > FEW_NUMBERS and common < fewer * SAME_NUMBERS:
        return None
    return one, other


def compare(first: Article, second: Article, shingler: Shingler) -> Comparison:
    """How two articles differ, whether or not one is a copy of the other."""
    one, other = shingler.article(first), shingler.article(second)
    return Comparison(
        one.share_in(other),
        other.share_in(one),
        _missing(_paragraphs(first), other, shingler),
        _missing(_paragraphs(second), one, shingler),
    )


def _paragraphs(article: Article) -> Sequence[str]:
    return [text for text in (article.lead, *article.paragraphs) if text]


def _missing(paragraphs: Sequence[str], other: Shingles, shingler: Shingler) -> tuple[str, ...]:
    """The paragraphs that another text does not hold; those too short for a shingle are never told."""
    made = ((text, shingler.text(text)) for text in paragraphs)
    return tuple(
        text for text, own in made if len(own.hashes) and own.share_in(other) < SAME_PARAGRAPH
    )
