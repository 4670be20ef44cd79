"""Which pieces of a page its makers' names (classes, ids) point to."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache, lru_cache

from tintuc_search.indexer.cleaning.resources import table, words

_REMEMBERED = 1 << 14
"""Answers kept: a site's pages share their labels, a whole archive's labels would fill the memory."""
_LONGEST = 1000
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_HASH = re.compile(r"__[0-9a-zA-Z]{5,6}$")
_START = re.compile(r"(?<![a-z])(?=([a-z].))")


def spread(label: str) -> str:
    """Lower-case a label with its camel humps apart, beside itself: "RelatedNews" → "related-news relatednews".

    The hash that build tools put behind a name ("Header_date__a38f5") is cut off.
    """
    label = " ".join(dict.fromkeys(_HASH.sub("", word) for word in label[:_LONGEST].split()))
    apart = _CAMEL.sub("-", label).lower().replace("_", "-")
    return f"{apart} {label.lower()}"


def hints_at(label: str, piece: str) -> bool:
    """Whether a label names a piece of an article (a key of ``data/hints.toml``)."""
    return bool(label) and piece in _pieces(label)


@lru_cache(_REMEMBERED)
def names_furniture(label: str) -> bool:
    """Whether a label names something that surrounds articles."""
    if not label:
        return False
    names = spread(label)
    for exception in words("furniture", "class_exceptions"):
        names = names.replace(exception, "")
    return bool(_furniture().search(names))


@lru_cache(_REMEMBERED)
def _pieces(label: str) -> frozenset[str]:
    """All pieces that a label names, found in one reading: most labels name none."""
    names = spread(label)
    return frozenset(
        piece
        for start in _START.finditer(names)
        for part, piece in _parts().get(start[1], ())
        if names.startswith(part, start.start())
    )


@cache
def _parts() -> dict[str, list[tuple[str, str]]]:
    """The parts of names and the piece each names, by its first two characters."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for piece, parts in table("hints").items():
        for part in parts:
            found[part[:2]].append((part, piece))
    return dict(found)


@cache
def _furniture() -> re.Pattern[str]:
    parts = sorted(words("furniture", "class_words"), key=len, reverse=True)
    return re.compile(rf"(?<![a-z])(?:{'|'.join(map(re.escape, parts))})")
