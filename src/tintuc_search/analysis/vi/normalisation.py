"""The filter that makes a term out of a piece of text."""

from __future__ import annotations

import re

from tintuc_search.analysis.memo import Memo
from tintuc_search.analysis.vi.letters import unify_letters
from tintuc_search.analysis.vi.spelling import unify_spelling

_APOSTROPHES = re.compile("['’‘ʼ＇]")
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,3}(?:,\d{3}){2,}")


def normalise(raw: str) -> str:
    """The term of one piece of text, as the tokenizer cut it.

    Thousands lose their separators (``1.000.000`` is ``1000000``), foreign words their apostrophes
    (``H'Hen`` is ``hhen``), dotted abbreviations keep the dots (``T.Ư`` is ``t.ư``, apart from ``tư``).
    """
    letters = unify_letters(raw)
    text = _APOSTROPHES.sub("", letters) or letters  # "ʼ" alone counts as a letter
    if _THOUSANDS.fullmatch(text):
        whole, comma, rest = text.partition(",") if "." in text else (text.replace(",", ""), "", "")
        return whole.replace(".", "") + comma + rest
    return unify_spelling(text)


class TermMemo(Memo[str]):
    """The term of every raw piece seen lately: ``memo[raw]``, by :func:`normalise`; at most some 30 MB."""

    def __init__(self, capacity: int = 1 << 18) -> None:
        super().__init__(normalise, capacity)
