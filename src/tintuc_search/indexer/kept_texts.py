"""Texts as lines of a kept analysis, each by the shortest way to write it.

A text is written as one of three: the number of its syllables, where the next line holds it in slots; a stretch of one
of the article's own texts; or, where neither gives the same, all that it is made of.
"""

from __future__ import annotations

from operator import lt
from typing import TYPE_CHECKING, Any

from tintuc_search.engine.base import FieldText, TextField
from tintuc_search.engine.slots import FILLER, SLOTS, SlottedText, Stretches, in_slots

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_ENDS = 2 * 8 * SLOTS
"""Slots at the end of a stretch that may differ from the article's: words that reach beyond it, of 16 syllables."""
_FIELDS = tuple(TextField)


class Writing:
    """Writes texts; ``lines`` collects those in slots.

    Args:
        of_article: the article's own texts, which are written first; others may be stretches of these.
    """

    def __init__(self, of_article: Mapping[TextField, FieldText]) -> None:
        self.lines: list[str] = []
        self._own = {id(text): in_slots(text) for text in of_article.values()}
        self._of_article = {
            _FIELDS.index(field): slots
            for field, text in of_article.items()
            if (slots := self._own[id(text)]) is not None
        }

    def write(self, text: FieldText) -> Any:
        """What :meth:`Texts.read` reads, as plain data."""
        own = id(text) in self._own
        slots = self._own[id(text)] if own else in_slots(text)
        if slots is None or not _in_order(text):
            return [text.terms, text.positions, text.words]
        if not own and (stretch := self._stretch(slots)):
            return [*stretch, text.syllables]
        self.lines.append(slots)
        return text.syllables

    def _stretch(self, slots: str) -> tuple[int, int, int, list[int]] | None:
        """Where the slots stand in the article: field, first slot, number of slots, which of them are empty here."""
        wanted = slots.split(" ")
        beginning = " ".join(wanted[:-_ENDS])
        if not beginning:
            return None
        for field, whole in self._of_article.items():
            at = -1
            while (at := whole.find(beginning, at + 1)) >= 0:
                first = whole.count(" ", 0, at)
                if first % SLOTS or (at and whole[at - 1] != " "):
                    continue
                found = whole[at:].split(" ", len(wanted))[: len(wanted)]
                if len(found) != len(wanted):
                    continue
                emptied = [i for i, slot in enumerate(wanted) if slot == FILLER != found[i]]
                if _without(found, emptied) == wanted:
                    return field, first, len(wanted), emptied
        return None


class Texts:
    """Reads texts, given the lines, in the order in which they were written.

    ``of_article`` are the article's own texts, to be told before those that may be stretches of them.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        self.of_article: Mapping[TextField, FieldText] = {}
        self._lines = iter(lines)
        self._stretches: dict[int, Stretches] = {}

    def read(self, plain: Any) -> FieldText:
        """The text; raises ValueError and others where this was not written so."""
        if isinstance(plain, int):
            line = next(self._lines, None)
            if line is None:
                raise ValueError("a text is missing")
            return SlottedText(line, plain)
        if isinstance(plain[0], int):
            return self._stretch(*plain)
        terms, positions, words = plain
        return FieldText(tuple(terms), tuple(positions), tuple((word, at) for word, at in words))

    def _stretch(
        self, field: int, first: int, count: int, emptied: Sequence[int], syllables: int
    ) -> FieldText:
        if field not in self._stretches:
            whole = in_slots(self.of_article[_FIELDS[field]])
            if whole is None:
                raise ValueError("a stretch of a text that is not in slots")
            self._stretches[field] = Stretches(whole)
        found = self._stretches[field].cut(first, count)
        if emptied:
            found = " ".join(_without(found.split(" "), emptied))
        return SlottedText(found, syllables)


def _in_order(text: FieldText) -> bool:
    """Whether its terms and words come in the order of their positions, as slots give them back."""
    places = [at for _, at in text.words]
    return all(map(lt, text.positions, text.positions[1:])) and all(map(lt, places, places[1:]))


def _without(slots: list[str], emptied: Sequence[int]) -> list[str]:
    if not emptied:
        return slots
    left = slots.copy()
    for place in emptied:
        left[place] = FILLER
    return left
