"""What analyses articles, in this process or in others, and who made an analysis."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import tintuc_search

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tintuc_search.analysis.base import Analyzer
    from tintuc_search.entities import Recogniser

_CODE = (
    *("analysis", "entities", "article.py", "engine/base.py"),
    *("indexer/documents.py", "indexer/quoting.py", "indexer/reading.py"),
)
"""What decides what is kept of an article."""


def make_analysis() -> tuple[Analyzer, Recogniser]:
    """An analyzer and a recogniser; called in every process that analyses."""
    from tintuc_search.analysis.vi.analyzer import VietnameseAnalyzer
    from tintuc_search.entities import Recogniser

    analyzer = VietnameseAnalyzer()
    return analyzer, Recogniser(analyzer)


@cache
def code_digest() -> str:
    """Changes with every change of the code or the lists that analyse.

    A number to be raised by hand is forgotten in the end, and an analysis kept from then on would be wrong for ever:
    so all files count, at the price of analysing anew after a change that changes nothing.
    """
    digest = sha256()
    for path in _files():
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _files() -> Iterator[Path]:
    root = Path(tintuc_search.__file__).parent
    for name in _CODE:
        place = root / name
        found = [place] if place.is_file() else place.rglob("*")
        yield from sorted(each for each in found if each.suffix in {".py", ".tsv", ".toml"})
