"""The floors: what a measure over the sample archive reached once, and may not fall below."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

from corpus.sample import CORPUS

if TYPE_CHECKING:
    from collections.abc import Mapping

PATH = CORPUS / "floors.json"
PLACES = 3
"""Floors are rounded down to this many decimals."""

Values = dict[str, dict[str, float]]
"""A value for each measure of each group."""


def read_floors(kind: str) -> Values:
    """The floors of one kind (``relevance``), empty where none are set."""
    floors: Values = _read().get(kind, {})
    return floors


def write_floors(kind: str, floors: Values) -> None:
    """Write the floors of one kind; those of other kinds stay as they are."""
    text = json.dumps(_read() | {kind: floors}, ensure_ascii=False, indent=2, sort_keys=True)
    PATH.write_text(text + "\n", "utf-8")


def _read() -> dict[str, Any]:
    known: dict[str, Any] = json.loads(PATH.read_text("utf-8")) if PATH.exists() else {}
    return known


def pinned(reached: Values, floors: Mapping[str, Mapping[str, float]], *, lower: bool) -> Values:
    """New floors: what was reached, rounded down; never below the old ones unless ``lower``."""
    return {
        group: {
            name: value if lower else max(value, floors.get(group, {}).get(name, 0.0))
            for name, value in rounded_down(measures).items()
        }
        for group, measures in reached.items()
    }


def rounded_down(measures: Mapping[str, float]) -> dict[str, float]:
    """Each value cut to three decimals; the last bit of a sum does not matter."""
    scale = 10**PLACES
    return {name: math.floor(value * scale + 1e-9) / scale for name, value in measures.items()}


def shortfalls(reached: Values, floors: Values) -> dict[str, str]:
    """What lies below its floor, by group and measure."""
    return {
        f"{group} {name}": f"{reached[group][name]:.4f} < {floor}"
        for group, measures in floors.items()
        for name, floor in measures.items()
        if rounded_down(reached[group])[name] < floor
    }
