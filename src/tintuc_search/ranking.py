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

    Forms and other writings (``search/forms.py``, ``alternatives.py``, ``wildcards.py``): what an occurrence counts
    beside one as typed. ``likeliest_form`` is the likeliest form of a syllable without marks beside others with,
    ``other_form`` every other form, ``unmarked_form`` a form without marks in an article without any; ``as_typed``
    is what a run adds that stands as typed where another reading is likelier. ``alternative`` is an abbreviation's
    full form and the reverse, ``unsure_alternative`` one of several meanings, ``rewritten`` a number or date
    written otherwise; ``further_letter`` is what is left for every letter behind a prefix. These follow from rules
    of the language (the form typed first, the others after it), so the script leaves them alone.

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
    likeliest_form: float = 0.97
    other_form: float = 0.05
    unmarked_form: float = 0.02
    as_typed: float = 3.0
    alternative: float = 0.8
    unsure_alternative: float = 0.4
    rewritten: float = 0.9
    further_letter: float = 0.8
    recency: float = 0.7
    half_life: float = 180.0

    @property
    def fields(self) -> tuple[FieldScoring, FieldScoring, FieldScoring]:
        """Title, lead, body."""
        return self.title, self.lead, self.body


RANKING = Ranking()
"""The constants that were chosen."""
