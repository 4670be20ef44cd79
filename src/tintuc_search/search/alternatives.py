"""One thing that some tokens of a query can also be written as."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tintuc_search.engine.base import WeightedTerm
from tintuc_search.ranking import RANKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tintuc_search.analysis.base import Slots

WeightedSlots = tuple[tuple[WeightedTerm, ...], ...]
"""A row of places, each with the terms that may stand there and what they count."""
SURE = RANKING.alternative
"""What an occurrence counts that is written otherwise than typed."""
UNSURE = RANKING.unsure_alternative
"""The same of one of several things that an abbreviation can mean."""
REWRITTEN = RANKING.rewritten
"""The same of a number, a date, an abbreviation with dots or without."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """What may stand in place of the tokens from ``first`` to before ``last`` of a run.

    ``before`` and ``behind`` must stand next to it where the words are looked for freely. ``text`` is it as people
    write it, ``rule`` says why.
    """

    first: int
    last: int
    slots: Slots
    text: str
    rule: str
    weight: float = SURE
    before: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()

    def weighted(self) -> WeightedSlots:
        """The slots for an engine; the first carries the weight of it all."""
        head, *rest = self.slots
        first = tuple(WeightedTerm(term, self.weight) for term in head)
        return (first, *(tuple(map(WeightedTerm, slot)) for slot in rest))


def single(terms: Iterable[str]) -> Slots:
    """A row of places with one term each."""
    return tuple((term,) for term in terms)
