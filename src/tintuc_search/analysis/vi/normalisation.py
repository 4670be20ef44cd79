"""The filter that makes a term out of a piece of text."""

from __future__ import annotations

import re

from tintuc_search.analysis.vi.letters import unify_letters
from tintuc_search.analysis.vi.spelling import unify_spelling

_APOSTROPHES = re.compile("['’‘ʼ＇]")
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,3}(?:,\d{3}){2,}")


def normalise(raw: str) -> str:
    """The term of one piece of text, as the tokenizer cut it.

    Thousands lose their separators (``1.000.000`` is ``1000000``), foreign words their apostrophes
    (``H'Hen`` is ``hhen``), dotted abbreviations keep the dots (``T.Ư`` is ``t.ư``, apart from ``tư``).
    """
    text = _APOSTROPHES.sub("", unify_letters(raw))
    if _THOUSANDS.fullmatch(text):
        whole, comma, rest = text.partition(",") if "." in text else (text.replace(",", ""), "", "")
        return whole.replace(".", "") + comma + rest
    return unify_spelling(text)


class TermMemo(dict[str, str]):
    """The term of every raw piece seen lately: ``memo[raw]``, made by :func:`normalise` when missing.

    A few thousand syllables make up nearly all text, so this is the fast path of indexing. When
    ``capacity`` raw forms are held (some 30 MB) it starts anew: a text of endless rare names must not
    fill the memory. Threads may share it; at worst one of them makes a term twice.
    """

    def __init__(self, capacity: int = 1 << 18) -> None:
        super().__init__()
        self._capacity = capacity

    def __missing__(self, raw: str) -> str:
        if len(self) >= self._capacity:
            self.clear()
        term = self[raw] = normalise(raw)
        return term
