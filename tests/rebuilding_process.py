"""A process that rebuilds an index beside the one in use, and says how far it is, until it is killed."""

from __future__ import annotations

import sys
from pathlib import Path

from tintuc_search.indexer import pipeline
from tintuc_search.settings import load
from tintuc_search.wiring import Parts


def rebuild(home: str) -> None:
    """Rebuild with a commit after each article."""
    pipeline.COMMIT_TERMS = 1
    with Parts(load({}, home=str(Path(home)), batch=1)) as parts, parts.rebuilding() as new:
        new.parts.index(lambda _risen, _articles: print("on", flush=True), known=new.known)  # noqa: T201
        new.switch()


if __name__ == "__main__":
    rebuild(sys.argv[1])
