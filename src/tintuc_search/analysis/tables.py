"""Tables of linguistic knowledge: UTF-8 files of tab-separated rows beside the code that uses them.

A file begins with lines in ``# `` that say what it holds, its source, its licence and its columns.
The rows after them are sorted and without repeats, so that a change shows as a readable diff.
"""

from __future__ import annotations

from hashlib import sha256
from importlib.resources import files


def table_text(package: str, name: str) -> str:
    """The whole text of the file ``data/name`` in ``package``."""
    return files(package).joinpath("data", name).read_text(encoding="utf-8")


def read_table(package: str, name: str) -> list[tuple[str, ...]]:
    """The rows of the file ``data/name`` in ``package``, each a tuple of its cells."""
    lines = table_text(package, name).splitlines()
    return [tuple(line.split("\t")) for line in lines if line and not line.startswith("# ")]


def digest_tables(package: str, *names: str) -> str:
    """Twelve hex digits that change whenever one of the files does."""
    digest = sha256()
    for name in names:
        digest.update(table_text(package, name).encode())
    return digest.hexdigest()[:12]
