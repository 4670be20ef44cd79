"""The term for which an office is held, told beside it: ``khóa XII``, ``nhiệm kỳ 2016-2021``.

The office is the same in every term, so an index and a catalogue know it without.
"""

from __future__ import annotations

import re
from functools import cache

from tintuc_search.analysis.tables import read_table


def without_term(office: str) -> str:
    """An office without its terms.

    >>> without_term("đại biểu HĐND tỉnh khóa IX, nhiệm kỳ 2016 - 2021"), without_term("Bí thư Quận ủy quận 9")
    ('đại biểu HĐND tỉnh', 'Bí thư Quận ủy quận 9')
    """
    return " ".join(_pattern().sub(" ", office).split()) or office


def terms_of(office: str) -> tuple[str, ...]:
    """The terms, as written, spaces single.

    >>> terms_of("Chủ tịch UBND tỉnh nhiệm kỳ 2016 - 2021")
    ('nhiệm kỳ 2016 - 2021',)
    """
    return tuple(" ".join(found["term"].split()) for found in _pattern().finditer(office))


@cache
def _pattern() -> re.Pattern[str]:
    """A word of ``offices.tsv`` that tells a term, with a number, Arabic or Roman, or two years."""
    rows = read_table(__package__, "offices.tsv")
    words = "|".join(word.replace(" ", r"\s+") for word, part in rows if part == "term")
    return re.compile(
        rf"""(?:^|,?\s)(?P<term>(?i:{words})\s+(?i:thứ\s+)?
            (?:\d+|[IVXLC]+\b)(?:\s*[-–/]\s*\d+)?)(?:,(?=\s))?(?!\w)""",
        re.VERBOSE,
    )
