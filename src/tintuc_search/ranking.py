"""The constants of BM25F, nearness and recency in one table; ``benchmarks/tune_ranking.py`` chooses them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FieldScoring:
    """How much an occurrence in a field counts, and how far (0 to 1) the field's length lessens it."""

    weight: float
    b: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """The constants by name.

    BM25F (``engine/scoring.py``): ``k1`` says how soon more occurrences stop to count, ``rarity`` is the power that
    idf is raised to (below 1, for the names that many articles hold tell as much as rare words do), and
    ``title``, ``lead``, ``body`` are the fields. ``compound`` is what a word of several syllables adds that stands
    as one word in an article.

    Nearness (``engine/nearness.py``): ``depth`` documents are looked at; ``pairs``, ``opening`` and ``window`` are
    weights, the widths are in syllables.

    Recency: ``recency`` is the part of a score that age can take, ``half_life`` the days in which it takes half
    of that.
    """

    k1: float = 1.2
    rarity: float = 0.7
    title: FieldScoring = FieldScoring(weight=3.0, b=0.4)
    lead: FieldScoring = FieldScoring(weight=1.5, b=0.5)
    body: FieldScoring = FieldScoring(weight=1.0, b=0.7)
    compound: float = 0.3
    depth: int = 200
    pairs: float = 0.6
    opening: float = 0.4
    opening_syllables: int = 150
    window: float = 0.3
    window_syllables: int = 60
    recency: float = 0.7
    half_life: float = 180.0

    @property
    def fields(self) -> tuple[FieldScoring, FieldScoring, FieldScoring]:
        """Title, lead, body."""
        return self.title, self.lead, self.body


RANKING = Ranking()
"""The constants that were chosen."""
