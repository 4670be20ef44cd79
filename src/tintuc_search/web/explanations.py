"""An explanation of a result as the rows of a table that journalists read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tintuc_search.search.explanation import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tintuc_search.engine.base import TextField
    from tintuc_search.search.explanation import HitExplanation

LEAST = 0.05
"""What shows as nothing with one digit behind the point; such rows are told together."""
REST = "rest"


@dataclass(slots=True)
class Row:
    """A row: ``kind`` (or which kind of nearness), the words, what each field gave, all of it, the bar's width.

    ``width`` is 0 to 100, that of the greatest row.
    """

    kind: str
    text: str = ""
    fields: dict[TextField, float] = field(default_factory=dict)
    score: float = 0.0
    width: float = 0.0

    def add(self, score: float, fields: Mapping[TextField, float]) -> None:
        """Take a part in."""
        self.score += score
        for name, share in fields.items():
            self.fields[name] = self.fields.get(name, 0.0) + share


def rows(told: HitExplanation) -> list[Row]:
    """The rows, the greatest first: one for all parts of one kind and text, and for each kind of nearness."""
    found: dict[tuple[str, str], Row] = {}
    for part in told.parts:
        if part.kind is not Kind.NEARNESS:
            key = part.kind.value, part.text
            found.setdefault(key, Row(*key)).add(part.score, part.fields)
    every = sorted((*found.values(), *_nearness(told)), key=lambda row: -row.score)
    shown = [row for row in every if row.score >= LEAST]
    rest = sum(row.score for row in every if row.score < LEAST)
    if rest >= LEAST:
        shown.append(Row(REST, score=rest))
    for row in shown:
        row.width = round(100 * row.score / max(each.score for each in shown), 1)
    return shown


def _nearness(told: HitExplanation) -> Iterator[Row]:
    if told.nearness:
        for name in ("pairs", "opening", "window"):
            yield Row(name, score=getattr(told.nearness, name))
