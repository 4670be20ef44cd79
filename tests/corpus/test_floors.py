"""How floors are set, and how a value below one is told."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from corpus import floors
from corpus.floors import Values, pinned, shortfalls

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("reached", "floor", "lower", "expected"),
    [
        (0.87654, 0.5, False, 0.876),
        (0.87654, 0.9, False, 0.9),
        (0.87654, 0.9, True, 0.876),
        (1.0, 0.0, False, 1.0),
        (0.3 - 1e-12, 0.0, False, 0.3),
    ],
)
def test_a_floor_is_what_was_reached_rounded_down_and_sinks_only_on_demand(
    reached: float, floor: float, expected: float, *, lower: bool
) -> None:
    assert pinned({"all": {"m": reached}}, {"all": {"m": floor}}, lower=lower) == {
        "all": {"m": expected}
    }


def test_a_group_without_a_floor_gets_one() -> None:
    assert pinned({"all": {"m": 0.5}}, {}, lower=False) == {"all": {"m": 0.5}}


@pytest.mark.parametrize(("reached", "told"), [(0.4999, True), (0.5, False), (0.6, False)])
def test_a_value_below_its_floor_is_named(reached: float, *, told: bool) -> None:
    found = shortfalls({"all": {"m": reached}}, {"all": {"m": 0.5}})
    assert found == ({"all m": "0.4999 < 0.5"} if told else {})


def test_floors_of_one_kind_are_written_beside_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(floors, "PATH", tmp_path / "floors.json")
    values: Values = {"all": {"m": 0.5}}
    floors.write_floors("extraction", values)
    floors.write_floors("relevance", {"all": {"m": 0.1}})
    floors.write_floors("relevance", {"all": {"m": 0.2}})
    assert floors.read_floors("extraction") == values
    assert json.loads(floors.PATH.read_text("utf-8")) == {
        "extraction": values,
        "relevance": {"all": {"m": 0.2}},
    }
