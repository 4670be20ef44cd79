"""What the tests say where the compiled loops are missing."""

from __future__ import annotations

MISSING = (
    "the loops are not compiled: install gcc and Python's headers (python3-dev), then make clean"
)
