"""What every engine must do; run over each adapter by a class that inherits it and gives an engine."""

from __future__ import annotations

from engine_explaining_contract import Explaining
from engine_matching_contract import Matching, Phrases
from engine_nearness_contract import Demotion, Nearness, Recency
from engine_results_contract import Filters, Paging, Scoring
from engine_writing_contract import TimeLimit, Writing


class EngineContract(
    Matching,
    Phrases,
    Scoring,
    Nearness,
    Recency,
    Demotion,
    Explaining,
    Filters,
    Paging,
    Writing,
    TimeLimit,
):
    """All of it; a subclass has a fixture ``engine`` that gives an empty engine."""
