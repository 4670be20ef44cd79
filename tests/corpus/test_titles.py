"""Titles typed with all accents, half of them or none, over the sample archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from corpus.floors import read_floors, shortfalls
from corpus.titles import HALF, UNMARKED, WRITTEN, typed_titles, values

if TYPE_CHECKING:
    from pathlib import Path

Values = dict[str, dict[str, float]]


@pytest.fixture(scope="module")
def reached(tmp_path_factory: pytest.TempPathFactory) -> Values:
    home: Path = tmp_path_factory.mktemp("titles")
    return values(typed_titles(home))


def test_no_measure_falls_below_its_floor(reached: Values) -> None:
    floors = read_floors("titles")
    assert set(floors) == {WRITTEN, UNMARKED, HALF}
    assert shortfalls(reached, floors) == {}
