"""A text as one string: two slots for each position, parted by blanks.

The first slot of a position is its syllable's, the second that of a word that begins there; :data:`FILLER` stands in
an empty one. An engine that splits text at blanks gives every term its place by it, and a kept analysis is read back
as it was written, without a look at its terms where nobody asks for them.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from tintuc_search.engine.base import FieldText

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tintuc_search.engine.postings import Array

SLOTS = 2
"""Slots for each position: the syllable's, then the word's."""
FILLER = "\x01"
_OTHER_BLANKS = "\t\n\x0c\r"  # where text is split too
_SPARSE = 8  # slots for each term, beyond which fillers cost more than tokens


class SlottedText(FieldText):
    """A text that is written in slots already; its terms are read when somebody asks for them.

    Args:
        slots: what :func:`in_slots` gave, not empty.
        syllables: the number of its terms, words aside.
    """

    slots: str

    def __init__(self, slots: str, syllables: int) -> None:
        self.__dict__["slots"], self.__dict__["syllables"] = slots, syllables

    @cached_property
    def end(self) -> int:
        """The position after the last one that is taken."""
        return (self.slots.count(" ") + 1) // SLOTS

    @cached_property
    def terms(self) -> tuple[str, ...]:
        """The syllables in order."""
        return tuple([slot for slot in self._parted[::SLOTS] if slot != FILLER])

    @cached_property
    def positions(self) -> tuple[int, ...]:
        """The position of each."""
        first = self._parted[::SLOTS]
        return tuple([at for at, slot in enumerate(first) if slot != FILLER])

    @cached_property
    def words(self) -> tuple[tuple[str, int], ...]:
        """The words, each with its position."""
        second = self._parted[1::SLOTS]
        return tuple([(slot, at) for at, slot in enumerate(second) if slot != FILLER])

    def distinct(self) -> tuple[set[str], set[str]]:
        """What :func:`distinct` gives, without a look at each."""
        return set(self._parted[::SLOTS]) - {FILLER}, set(self._parted[1::SLOTS]) - {FILLER}

    def row(self, numbers: Mapping[str, int]) -> Array:
        """What :func:`row` gives."""
        slots, gap = self._parted[::SLOTS], numbers[FILLER]
        found = np.empty(len(slots) + 1, np.uint32)
        found[0] = gap
        found[1:] = np.fromiter(map(numbers.__getitem__, slots), np.uint32, len(slots))
        kept = found != gap
        kept[:-1] |= kept[1:]
        numbered: Array = found[kept]
        return numbered

    @cached_property
    def _parted(self) -> list[str]:
        return self.slots.split(" ")


class Stretches:
    """Cuts stretches out of a text in slots, without a string for each slot."""

    def __init__(self, slots: str) -> None:
        self._slots = slots
        points = np.frombuffer(slots.encode("utf-32-le", "surrogatepass"), "<u4")
        self._ends = np.append(np.flatnonzero(points == ord(" ")), len(points))

    def cut(self, first: int, count: int) -> str:
        """The ``count`` slots from ``first`` on; raises IndexError where there are not so many."""
        begin = int(self._ends[first - 1]) + 1 if first else 0
        return self._slots[begin : int(self._ends[first + count - 1])]


def distinct(text: FieldText) -> tuple[set[str], set[str]]:
    """The terms of a text, and its words, each once."""
    if isinstance(text, SlottedText):
        return text.distinct()
    return set(text.terms), {word for word, _ in text.words}


def row(text: FieldText, numbers: Mapping[str, int]) -> Array:
    """The numbers of a text's terms in order, uint32; before each that does not follow another at once, a gap's.

    Args:
        text: what is numbered.
        numbers: those of all its terms, and at :data:`FILLER`, which no term is, that of a gap.
    """
    if isinstance(text, SlottedText):
        return text.row(numbers)
    found = np.fromiter(map(numbers.__getitem__, text.terms), np.uint32, len(text.terms))
    steps = np.diff(np.array(text.positions, np.int64), prepend=-SLOTS)
    return np.insert(found, np.flatnonzero(steps != 1), np.uint32(numbers[FILLER]))


def in_slots(text: FieldText) -> str | None:
    """Write a text in slots; None where that would not give the same terms, and for an empty one."""
    if isinstance(text, SlottedText):
        return text.slots
    size, terms = text.end, len(text.terms) + len(text.words)
    if SLOTS * size > _SPARSE * terms:
        return None
    slots = [FILLER] * (SLOTS * size)
    for term, at in zip(text.terms, text.positions, strict=True):
        slots[SLOTS * at] = term
    for word, at in text.words:
        slots[SLOTS * at + 1] = word
    written = " ".join(slots)
    whole = (
        written.count(FILLER) == len(slots) - terms  # no two in one slot, none that looks empty
        and written.count(" ") == len(slots) - 1
        and "" not in slots
        and not any(blank in written for blank in _OTHER_BLANKS)
    )
    return written if whole else None
