"""Clusters out of pairs: around the earliest article, so that every copy shares most of its text with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    Moment = tuple[int, str]


def assign(moments: Mapping[int, Moment], alike: Mapping[int, set[int]]) -> dict[int, int]:
    """The original of every article that has one, originals of copies included.

    The earliest article is the original of all that are like it and have none yet; then the next one that has none.
    A row of follow-ups, each like the one before and the last no more like the first, is so cut into
    clusters that each hold together. The result depends on the articles alone, not on the order they came in.

    Args:
        moments: when each article was printed, with its id to decide between equal times.
        alike: which articles print the same text, both ways.
    """
    originals: dict[int, int] = {}
    for article in sorted(moments, key=moments.__getitem__):
        if article in originals:
            continue
        copies = [other for other in alike.get(article, ()) if other not in originals]
        if copies:
            originals |= dict.fromkeys((article, *copies), article)
    return originals
