"""Which pieces of a page its makers' names (classes, ids) point to."""

from __future__ import annotations

import re
from functools import cache

from tintuc_search.indexer.cleaning.resources import words

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_HASH = re.compile(r"__[0-9a-zA-Z]{5,6}$")


@cache
def _form(name: str, key: str) -> re.Pattern[str]:
    parts = sorted(words(name, key), key=len, reverse=True)
    return re.compile(rf"(?<![a-z])(?:{'|'.join(map(re.escape, parts))})")


@cache
def spread(label: str) -> str:
    """Lower-case a label with its camel humps apart, beside itself: "RelatedNews" → "related-news relatednews".

    The hash that build tools put behind a name ("Header_date__a38f5") is cut off.
    """
    label = " ".join(_HASH.sub("", word) for word in label.split())
    apart = _CAMEL.sub("-", label).lower().replace("_", "-")
    return f"{apart} {label.lower()}"


@cache
def hints_at(label: str, piece: str) -> bool:
    """Whether a label names a piece of an article (a key of ``data/hints.toml``)."""
    return bool(label) and bool(_form("hints", piece).search(spread(label)))


@cache
def names_furniture(label: str) -> bool:
    """Whether a label names something that surrounds articles."""
    if not label:
        return False
    names = spread(label)
    for exception in words("furniture", "class_exceptions"):
        names = names.replace(exception, "")
    return bool(_form("furniture", "class_words").search(names))
