"""The loops that take most of a search's time: compiled where the installation could, in NumPy where not.

The results are the same; :data:`COMPILED` tells which are in use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tintuc_search.engine.plain import near, reading, scores, sets
else:
    try:
        from tintuc_search.engine.compiled import near, reading, scores, sets
    except ImportError:  # no compiler when it was installed, or another version of Python now
        from tintuc_search.engine.plain import near, reading, scores, sets

COMPILED = not sets.__name__.startswith("tintuc_search.engine.plain.")

__all__ = ["COMPILED", "near", "reading", "scores", "sets"]
