"""What is told of why: how a query was run, and what each result's score is made of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tintuc_search.engine.base import Closeness, TextField, WeightedTerm


class Kind(StrEnum):
    """What a part of a query, or of a score, is."""

    WORD = "word"
    PHRASE = "phrase"
    OTHER_FORMS = "otherForms"  # of a word: those that are less likely meant
    UNMARKED = "unmarked"  # a word or phrase in articles that are written without marks
    COMPOUND = "compound"  # several words of the query that are one
    AS_TYPED = "asTyped"  # the form as typed, where the archive makes it read otherwise
    NEARNESS = "nearness"
    ALL = "all"
    ANY = "any"
    MOST = "most"
    NOT = "not"
    PREFER = "prefer"  # the first must match, the others raise the score
    KEYWORD = "keyword"
    ID = "id"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class TokenTold:
    """A token of the query from ``start`` to ``end`` (code points), its term, and the forms that it stands for."""

    start: int
    end: int
    text: str
    term: str
    forms: tuple[WeightedTerm, ...]


@dataclass(frozen=True, slots=True)
class AlternativeTold:
    """Words of the query that ``other`` was looked for in place of, counting ``weight``; ``rule`` says why."""

    start: int
    end: int
    text: str
    other: str
    rule: str
    weight: float


@dataclass(frozen=True, slots=True)
class Branch:
    """A node of the query as it was run.

    ``text`` is what it was typed as, a keyword's field or the bounds of dates; ``forms`` are the ways that it may
    be written with what each counts, a phrase's as a whole; ``fields`` is empty for everywhere.
    """

    kind: Kind
    text: str = ""
    forms: tuple[WeightedTerm, ...] = ()
    fields: tuple[str, ...] = ()
    children: tuple[Branch, ...] = ()


@dataclass(frozen=True, slots=True)
class QueryExplanation:
    """How a query was run: its tokens, what else they were looked for as, the words that they form, the tree."""

    tokens: tuple[TokenTold, ...]
    alternatives: tuple[AlternativeTold, ...]
    compounds: tuple[str, ...]
    tree: Branch


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a score.

    ``fields`` share ``score`` by how much an occurrence counts in each, ``frequencies`` are how often it stands there.
    ``rarity`` times ``boost`` is the most that it could give. Nearness has none of these.
    """

    kind: Kind
    text: str
    score: float
    fields: Mapping[TextField, float]
    frequencies: Mapping[TextField, float]
    rarity: float = 0.0
    boost: float = 1.0

    def times(self, factor: float) -> Part:
        """So many times as much."""
        fields = {name: share * factor for name, share in self.fields.items()}
        return replace(self, score=self.score * factor, fields=fields)


@dataclass(frozen=True, slots=True)
class HitExplanation:
    """What a result's score is the sum of, the greatest part first.

    ``nearness`` takes that part apart; None where it was not looked at. ``recency`` is what age left of every part,
    ``demotion`` what was left because the article, written without marks, comes after the others.
    """

    score: float
    parts: tuple[Part, ...]
    nearness: Closeness | None = None
    recency: float = 1.0
    demotion: float = 1.0

    def undemoted(self) -> HitExplanation:
        """The same in figures of the size that other articles have, for people to read."""
        if self.demotion == 1.0:
            return self
        near = self.nearness
        return replace(
            self,
            score=self.score / self.demotion,
            parts=tuple(part.times(1.0 / self.demotion) for part in self.parts),
            nearness=near and near.times(1.0 / self.demotion),
        )
