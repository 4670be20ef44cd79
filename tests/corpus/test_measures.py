"""The measures, as tables of rankings whose values were worked out by hand."""

from __future__ import annotations

from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.measures import MEASURES, ndcg, recall, reciprocal_rank

GRADES = {"a": 2, "b": 1, "c": 0}
IDEAL = 3 + 1 / log2(3)


@pytest.mark.parametrize(
    ("ranking", "expected"),
    [
        ("ab", 1.0),
        ("abc", 1.0),
        ("ba", (1 + 3 / log2(3)) / IDEAL),
        ("cab", (3 / log2(3) + 1 / 2) / IDEAL),
        ("xxa", (3 / 2) / IDEAL),
        ("c", 0.0),
        ("", 0.0),
        ("x" * 9 + "a", (3 / log2(11)) / IDEAL),
        ("x" * 10 + "a", 0.0),
    ],
)
def test_ndcg_discounts_gain_by_rank(ranking: str, expected: float) -> None:
    assert ndcg(ranking, GRADES) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("ranking", "expected"),
    [("ab", 1), ("ca", 1 / 2), ("xxb", 1 / 3), ("c", 0), ("", 0), ("x" * 10 + "a", 0)],
)
def test_reciprocal_rank_counts_the_first_relevant(ranking: str, expected: float) -> None:
    assert reciprocal_rank(ranking, GRADES) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("ranking", "expected"),
    [("ab", 1), ("bca", 1), ("b", 1 / 2), ("c", 0), ("", 0), ("x" * 19 + "ab", 1 / 2)],
)
def test_recall_counts_relevant_ones_found(ranking: str, expected: float) -> None:
    assert recall(ranking, GRADES) == pytest.approx(expected)


@pytest.mark.parametrize("name", MEASURES)
@given(
    ranking=st.lists(st.sampled_from("abcdefgh"), unique=True),
    grades=st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 2), min_size=1),
)
def test_every_measure_is_at_most_that_of_the_judgments_in_order(
    name: str, ranking: list[str], grades: dict[str, int]
) -> None:
    grades = {**grades, "best": 2}
    in_order = sorted(grades, key=lambda key: -grades[key])
    assert 0 <= MEASURES[name](ranking, grades) <= MEASURES[name](in_order, grades)
    assert MEASURES[name](in_order, grades) == pytest.approx(1)
