"""The text as rows of terms with their look, abbreviations read out.

``UBND TP.HCM`` is read as the eight units ``ủy ban nhân dân thành phố hồ chí minh``; the units of one
abbreviation share its place in the text. So all rules see full forms only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import normalize

if TYPE_CHECKING:
    from tintuc_search.analysis.base import Tokens
    from tintuc_search.entities.tables import Tables

_SOFT = frozenset(["", "-", "–", "&", "."])
_DOTS = frozenset([".", ". "])


class Units:
    """Parallel rows, one entry a unit.

    ``count`` of them; ``terms``; ``starts`` and ``ends`` in the text; ``caps``: begins with a
    capital; ``upper``: all of its letters are capitals; ``gaps``: the text before it; ``spaced``: that
    is one space; ``soft``: that is space or a light sign within the line; ``listing``: that, or a
    comma; ``full_forms``: at an abbreviation's first unit, how many units it has and the words to
    show for it (empty: as written). ``joints`` are the terms that keys of names leave out.
    """

    __slots__ = (
        "caps", "count", "ends", "full_forms", "gaps", "joints", "listing", "soft", "spaced",
        "starts", "terms", "text", "upper",
    )  # fmt: skip

    def __init__(self, text: str, tokens: Tokens, tables: Tables) -> None:
        self.text = text
        self.joints = tables.part("joint")
        self.terms, self.starts, self.ends = tokens.terms[:], tokens.starts[:], tokens.ends[:]
        self.full_forms: dict[int, tuple[int, str]] = {}
        self.caps = [written[0].isupper() for written in tokens.written]
        self.upper = [
            capital and written.isupper()
            for capital, written in zip(self.caps, tokens.written, strict=True)
        ]
        self.gaps = tokens.gaps[:]
        self._read_out(tables)
        self._cross_dots(tables.part("level"))
        if self.gaps:
            self.gaps[0] = "\n"
        self.count = len(self.terms)
        self.spaced = [gap == " " for gap in self.gaps]
        self.soft = [gap == " " or ("\n" not in gap and gap.strip() in _SOFT) for gap in self.gaps]
        self.listing = [gap == ", " or soft for gap, soft in zip(self.gaps, self.soft, strict=True)]

    def goes_on(self, i: int) -> bool:
        """Whether there is a unit ``i`` with a capital, one space behind the unit before."""
        return i < self.count and self.caps[i] and self.spaced[i]

    def is_name(self, i: int) -> bool:
        """Whether unit ``i`` is a capital or a number."""
        return self.caps[i] or self.terms[i].isdigit()

    def is_acronym(self, i: int) -> bool:
        """Whether unit ``i`` is two capitals or more, or few with a number (G20), and alone."""
        longer = self.ends[i] - self.starts[i] > 1
        return self.upper[i] and longer and not self.goes_on(i + 1)

    def is_inside(self, i: int) -> bool:
        """Whether unit ``i`` goes on with an abbreviation."""
        return i > 0 and self.starts[i] == self.starts[i - 1]

    def _read_out(self, tables: Tables) -> None:
        """Put the units of its full form in the place of each abbreviation."""
        table, found, free = tables.abbreviations, [], 0
        for i, capital in enumerate(self.caps):
            if capital and self.terms[i] in table and i >= free:
                for abbreviation in table[self.terms[i]]:
                    after = i + len(abbreviation.terms)
                    if self._is_written(i, after, abbreviation.terms):
                        found.append((i, after, abbreviation))
                        free = after
                        break
        for i, after, abbreviation in reversed(found):
            self._replace(i, after, abbreviation.units, abbreviation.caps)
            self._shift(len(abbreviation.units) - (after - i))
            self.full_forms[i] = (len(abbreviation.units), abbreviation.shown)

    def _cross_dots(self, levels: frozenset[str]) -> None:
        """``TP. Đà Mẫu``: the dot behind an abbreviated level ends no sentence."""
        for i, (count, _) in self.full_forms.items():
            k = i + count
            dotted = k < len(self.terms) and self.caps[k] and self.gaps[k] in _DOTS
            if dotted and " ".join(self.terms[i:k]) in levels:
                self.gaps[k] = " "

    def _is_written(self, i: int, after: int, terms: tuple[str, ...]) -> bool:
        """Whether the abbreviation stands at ``i``: all capitals, or no word otherwise (``Tp``)."""
        if tuple(self.terms[i:after]) != terms:
            return False
        if any("\n" in gap or len(gap) > 2 for gap in self.gaps[i + 1 : after]):  # noqa: PLR2004
            return False
        return all(self.upper[i:after]) or terms[0] in {"tp", "cty"}

    def _replace(self, i: int, after: int, units: tuple[str, ...], caps: tuple[bool, ...]) -> None:
        count = len(units)
        self.terms[i:after] = units
        self.starts[i:after] = [self.starts[i]] * count
        self.ends[i:after] = [self.ends[after - 1]] * count
        self.caps[i:after] = caps
        self.upper[i:after] = [False] * count
        self.gaps[i:after] = [self.gaps[i], *[" "] * (count - 1)]

    def _shift(self, by: int) -> None:
        """The full forms found so far lie behind and move with what was put in."""
        self.full_forms = {i + by: form for i, form in self.full_forms.items()}

    def show(self, first: int, after: int) -> str:
        """The name that units ``first`` to ``after`` make, NFC, spaces single."""
        if not self.full_forms:
            written = self.text[self.starts[first] : self.ends[after - 1]]
            return normalize("NFC", " ".join(written.split()))
        parts: list[str] = []
        i = first
        while i < after:
            count, shown = self.full_forms.get(i, (1, ""))
            if not (i > first and self.starts[i] == self.starts[i - 1]):
                if i > first:
                    parts.append(self.gaps[i])
                parts.append(shown or self.text[self.starts[i] : self.ends[i]])
            i += count
        return normalize("NFC", " ".join("".join(parts).split()))
