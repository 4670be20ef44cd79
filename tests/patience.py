"""How long tests let the program and the browser take: on a machine under load none may fail for being slow.

How fast the program is, ``benchmarks/`` measures.
"""

from __future__ import annotations

SECONDS = 120.0
"""For one answer; what ends earlier on a machine at rest ends as early with this."""

ENVIRONMENT = {"TINTUC_QUERY_SECONDS": str(SECONDS), "TINTUC_LOCK_WAIT": str(SECONDS)}
"""The program's own limits as settings: a query cut off in time would find less."""
