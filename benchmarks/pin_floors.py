"""Pins the floors of corpus/floors.json to what the ranking reaches now.

python benchmarks/pin_floors.py          raises floors, never lowers one
python benchmarks/pin_floors.py --lower  sets them to what is reached, lower or not
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from corpus.floors import pinned, read_floors, shortfalls, write_floors
from corpus.relevance import rankings, values

KIND = "relevance"


def main() -> None:
    """Measure, compare, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lower", action="store_true", help="lower floors that are not reached")
    lower = parser.parse_args().lower
    floors = read_floors(KIND)
    with tempfile.TemporaryDirectory() as home:
        reached = values(rankings(Path(home)))
    for where, what in shortfalls(reached, floors).items():
        print(f"below its floor: {where}: {what}")
    new = pinned(reached, floors, lower=lower)
    for group, measures in new.items():
        print(group, " ".join(f"{name} {value:.3f}" for name, value in measures.items()))
    write_floors(KIND, new)


if __name__ == "__main__":
    main()
