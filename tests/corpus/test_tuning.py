"""The constants of the ranking are those that the tuning script chooses."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace

import pytest
from benchmarks.tune_ranking import (
    GRID,
    WORTH,
    constant,
    objective,
    sample_collections,
    steps,
    with_constant,
)

from tintuc_search.ranking import RANKING, Ranking


def test_no_step_from_the_chosen_constants_helps_on_the_sample_archive() -> None:
    with ExitStack() as stack:
        collections = sample_collections(stack)
        now = objective(collections, RANKING)
        reached = {
            (name, value): objective(collections, with_constant(RANKING, name, value))
            for name, value in steps(RANKING)
        }

    assert {} == {step: value for step, value in reached.items() if value > now + WORTH}


def test_the_script_would_notice_bad_constants() -> None:
    bad = replace(RANKING, rarity=0.0, k1=20.0)

    with ExitStack() as stack:
        collections = sample_collections(stack)

        assert objective(collections, bad) < objective(collections, RANKING) - WORTH


@pytest.mark.parametrize("name", sorted(GRID))
def test_every_chosen_constant_is_one_of_those_tried(name: str) -> None:
    assert constant(RANKING, name) in GRID[name]


def test_a_step_changes_one_constant() -> None:
    changed = with_constant(RANKING, "title.weight", 4.0)

    assert 4.0 == changed.title.weight
    assert RANKING == with_constant(changed, "title.weight", RANKING.title.weight)
    assert isinstance(changed, Ranking)
