"""Where the words that were said begin, behind a verb of speech."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tintuc_search.entities.sayings import Saying
    from tintuc_search.entities.tables import Tables
    from tintuc_search.entities.units import Units

FARTHEST_CLAUSE = 14
"""So many units may tell to whom, where and when it was said."""
LONGEST_WORK = 3
_END = re.compile("[.!?…\n]")
_WITHIN = frozenset(["", ",", "/", "-", "(", ")"])
_LIGHT = " \"“‘'"


class Clauses:
    """Finds clauses; holds nothing between texts."""

    def __init__(self, tables: Tables) -> None:
        words = tables.speech
        self._before, self._none = words["before-clause"], words["no-clause"]
        self._credits = tables.part("credit")
        self._circumstances, self._openings = words["circumstance"], words["opening"]
        self._adverbs, self._works = words["adverb"], words["work"]

    def begin(self, units: Units, i: int) -> int:
        """Behind ``rằng``, ``thêm``; behind whom it is said to, if ``rằng`` or a colon follows that."""
        i = self._behind_words(units, i)
        if i >= units.count or not units.spaced[i] or not self._circumstances.longest(units, i):
            return i
        for k in range(i + 1, min(i + FARTHEST_CLAUSE, units.count)):
            if units.gaps[k].strip(_LIGHT) == ":":
                return k
            if units.terms[k] == "rằng":
                return min(k + 1, units.count - 1)
            if units.gaps[k].strip() not in _WITHIN:
                return i
        return i

    def end(self, units: Units, first: int, after: int) -> int:
        """The end of the sentence that ends at ``after``, but for the credit of a picture."""
        for k in range(first, after - 1):
            if units.terms[k] in self._credits and ":" in units.gaps[k + 1]:
                return k
        return after

    def follows(self, units: Units, saying: Saying, first: int) -> bool:
        """Whether a clause that begins at ``first`` is what was said, not only what it was about."""
        if first >= units.count or saying.kind == "quoted":
            return False
        if saying.kind == "heading":
            return True
        gap = units.gaps[saying.after].strip()
        if saying.kind == "according":
            return gap == "," and not self._asks(units, first)
        if first == saying.after and self._is_none(units, first):
            return False
        if saying.kind == "weak":
            return first > saying.after or gap in {",", ":"}
        return gap in {"", ",", ":", "-"}

    def _is_none(self, units: Units, i: int) -> bool:
        """``nói về``, ``thông tin chính thức về``."""
        adverb = self._adverbs.longest(units, i)
        behind = adverb is not None and self._none.longest(units, adverb[0]) is not None
        return behind or self._none.longest(units, i) is not None

    def closes(self, units: Units, i: int, after: int) -> bool:
        """Whether nothing but a circumstance stands between ``i`` and the sentence's end ``after``."""
        adverb = self._adverbs.longest(units, i)
        i = adverb[0] if adverb else i
        if i >= after:
            return True
        if not units.spaced[i] or after - i > FARTHEST_CLAUSE:
            return False
        if not self._circumstances.longest(units, i):
            return False
        return all(units.gaps[k].strip() in _WITHIN - {","} for k in range(i + 1, after))

    def names_title(self, units: Units, i: int) -> bool:
        """Whether marks that begin at ``i`` hold a title: ``loạt bài “…”``, ``cuộc vận động “…”``."""
        for first in range(max(0, i - LONGEST_WORK), i):
            found = self._works.longest(units, first)
            if found and found[0] == i:
                return True
        return False

    def opens(self, units: Units, i: int) -> bool:
        """Whether a circumstance begins at ``i``, no clause."""
        return any(
            words.longest(units, i) for words in (self._circumstances, self._none, self._openings)
        )

    @staticmethod
    def _asks(units: Units, first: int) -> bool:
        """Whether the sentence is a question: ``Theo ông, có khâu nào yếu?`` asks him."""
        for k in range(first, units.count):
            if not units.soft[k] and _END.search(units.gaps[k]):
                return "?" in units.gaps[k]
        return "?" in units.text[units.ends[-1] :]

    def _behind_words(self, units: Units, i: int) -> int:
        while i < units.count:
            found = self._before.longest(units, i)
            if not found:
                return i
            i = found[0]
        return i
