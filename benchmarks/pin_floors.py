"""Pins the floors of corpus/floors.json to what the ranking reaches now.

python benchmarks/pin_floors.py          raises floors, never lowers one
python benchmarks/pin_floors.py --lower  sets them to what is reached, lower or not
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from corpus import entity_scores, relevance, titles
from corpus.floors import pinned, read_floors, shortfalls, write_floors

if TYPE_CHECKING:
    from collections.abc import Callable

    from corpus.floors import Values

KINDS: dict[str, Callable[[Path], Values]] = {
    "entities": lambda _: entity_scores.values(entity_scores.own_scores()),
    "relevance": lambda home: relevance.values(relevance.rankings(home)),
    "titles": lambda home: titles.values(titles.typed_titles(home)),
}
"""How each kind of floors is measured, in a folder to work in."""


def main() -> None:
    """Measure, compare, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lower", action="store_true", help="lower floors that are not reached")
    lower = parser.parse_args().lower
    for kind, measure in KINDS.items():
        with tempfile.TemporaryDirectory() as home:
            _pin(kind, measure(Path(home)), lower=lower)


def _pin(kind: str, reached: Values, *, lower: bool) -> None:
    floors = read_floors(kind)
    for where, what in shortfalls(reached, floors).items():
        print(f"below its floor: {where}: {what}")
    new = pinned(reached, floors, lower=lower)
    for group, measures in new.items():
        print(group, " ".join(f"{name} {value:.3f}" for name, value in measures.items()))
    write_floors(kind, new)


if __name__ == "__main__":
    main()
