"""A term without its marks, for queries typed without them."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import normalize

_MARKS = re.compile("[\u0300-\u036f]")
_VIETNAMESE = re.compile("[đĐ\u0300-\u0303\u0306\u0309\u031b\u0323]")


@lru_cache(maxsize=1 << 17)
def fold(term: str) -> str:
    """``term`` without any mark, ``đ`` as ``d``.

    >>> fold("đường"), fold("thanh_niên"), fold("señor")
    ('duong', 'thanh_nien', 'senor')
    """
    bare = _MARKS.sub("", normalize("NFD", term))
    return normalize("NFC", bare.replace("đ", "d").replace("Đ", "D"))


@lru_cache(maxsize=1 << 17)
def is_marked(term: str) -> bool:
    """Whether ``term`` carries any mark of the Vietnamese alphabet; ``đ`` counts, ``ü`` does not."""
    return _VIETNAMESE.search(normalize("NFD", term)) is not None
