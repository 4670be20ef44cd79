"""The port's words for why a document scores what it does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tintuc_search.engine.base import Leaf, TextField


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one leaf of a query gave to a document's score.

    ``frequencies`` are how often it stands in each field, every occurrence counted with its term's weight. ``fields``
    are the shares of ``score``: a leaf's frequencies are summed before they saturate, so no field has a score of its
    own, and each is given the part of it that its normalised frequency is of their sum. ``rarity`` is what an
    endless number of occurrences would give, the leaf's boost aside.
    """

    leaf: Leaf
    score: float
    rarity: float
    frequencies: Mapping[TextField, float]
    fields: Mapping[TextField, float]


@dataclass(frozen=True, slots=True)
class Closeness:
    """What a document gained where words stand side by side, early in the body, or within a window."""

    pairs: float
    opening: float
    window: float

    @property
    def score(self) -> float:
        """All of it."""
        return self.pairs + self.opening + self.window

    def times(self, factor: float) -> Closeness:
        """So many times as much."""
        return Closeness(self.pairs * factor, self.opening * factor, self.window * factor)


@dataclass(frozen=True, slots=True)
class Explanation:
    """The parts that a document's score is the sum of.

    ``closeness`` is None where it was not looked at: beyond the best documents, or in an order by date. ``recency``
    is what age left of the score, ``demotion`` what was left because the document comes after the others; every part
    holds both already.
    """

    contributions: tuple[Contribution, ...]
    closeness: Closeness | None = None
    recency: float = 1.0
    demotion: float = 1.0
