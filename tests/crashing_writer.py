"""A process that writes an index until it is killed; each commit's mark counts its five documents."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from engine_samples import document
from tintuc_search.engine.whoosh_engine import WhooshEngine

if TYPE_CHECKING:
    from collections.abc import Callable

    from tintuc_search.engine.base import Engine


def write(path: str, open_engine: Callable[[Path], Engine] = WhooshEngine) -> None:
    """Commit five documents at a time for ever."""
    engine = open_engine(Path(path))
    while True:
        mark = engine.mark() + 1
        with engine.writer() as writer:
            for i in range(5):
                writer.add(document(f"{mark}-{i}", "chung", body=f"số {mark} " * 20))
            if mark % 3 == 0:
                print("near", flush=True)  # noqa: T201 - tells the test to take aim
            writer.commit(mark)
