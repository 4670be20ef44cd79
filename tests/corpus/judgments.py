"""The queries of the sample archive and which articles answer them."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.sample import CORPUS

GROUPS = {"a": "accented", "u": "unaccented"}
"""What the first letter of a query's id says of how it is typed."""


@dataclass(frozen=True)
class Judged:
    """A query with the grade of every article that was judged for it."""

    id: str
    text: str
    note: str
    grades: dict[str, int]

    @property
    def group(self) -> str:
        """How it is typed: ``accented`` or ``unaccented``."""
        return GROUPS[self.id[0]]


def judged_queries() -> list[Judged]:
    """Every query of ``queries.tsv``, in order, with its judgments from ``qrels.txt``."""
    lines = (CORPUS / "queries.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    grades = read_qrels()
    return [Judged(id_, text, note, grades.get(id_, {})) for id_, text, note in rows]


def read_qrels() -> dict[str, dict[str, int]]:
    """Grades by query id and article key; the file has TREC's form, ``query 0 article grade``."""
    grades: dict[str, dict[str, int]] = {}
    for line in (CORPUS / "qrels.txt").read_text("utf-8").splitlines():
        query, _, key, grade = line.split()
        grades.setdefault(query, {})[key] = int(grade)
    return grades
