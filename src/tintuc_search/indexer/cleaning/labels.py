"""Which pieces of a page its makers' names (classes, ids) point to."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache, lru_cache

from tintuc_search.indexer.cleaning.resources import table, words

_REMEMBERED = 1 << 16
"""Answers kept, more than one page can ask for; a site's pages share their labels, a whole archive's would fill the
memory."""
_FURNITURE = "furniture"
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_HASH = re.compile(r"__[0-9a-zA-Z]{5,6}(?!\S)")
_START = re.compile(r"(?<![a-z])(?=([a-z]..))")


def spread(label: str) -> str:
    """Lower-case a label with its camel humps apart, beside itself: "RelatedNews" → "related-news relatednews".

    The hash that build tools put behind a name ("Header_date__a38f5") is cut off.
    """
    label = _HASH.sub("", label)
    lower = label.lower()
    apart = _CAMEL.sub("-", label).lower().replace("_", "-")
    return lower if apart == lower else f"{apart} {lower}"


def hints_at(label: str, piece: str) -> bool:
    """Whether a label names a piece of an article (a key of ``data/hints.toml``)."""
    return bool(label) and piece in _pieces(label)


def names_furniture(label: str) -> bool:
    """Whether a label names something that surrounds articles."""
    return hints_at(label, _FURNITURE)


@lru_cache(_REMEMBERED)
def _pieces(label: str) -> frozenset[str]:
    """All that a label names, found in one reading: most labels name nothing."""
    names = spread(label)
    found = _named_in(names)
    if _FURNITURE in found:
        bare = names
        for exception in words("furniture", "class_exceptions"):
            bare = bare.replace(exception, "")
        if bare != names and _FURNITURE not in _named_in(bare):
            found -= {_FURNITURE}
    return found


def _named_in(names: str) -> frozenset[str]:
    parts = _parts()
    found = set()
    for start in _START.finditer(names):
        place = start.start()
        for part, piece in parts.get(start[1], ()):
            if names.startswith(part, place):
                found.add(piece)
    return frozenset(found)


@cache
def _parts() -> dict[str, list[tuple[str, str]]]:
    """The parts of names and the piece each names, by its first characters."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for piece, parts in (*table("hints").items(), (_FURNITURE, words("furniture", "class_words"))):
        for part in parts:
            if not _START.match(part):
                raise ValueError(f"a part of a name needs a letter and two characters: {part!r}")
            found[part[:3]].append((part, piece))
    return dict(found)
