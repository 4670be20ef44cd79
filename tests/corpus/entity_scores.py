"""Measures how much of what a reader marked in articles the recogniser finds, kind by kind.

Names are compared article by article; spellings that search treats as equal are equal here too. Precision,
recall and F1 are over all articles together. Source: Manning, Raghavan and Schütze, "Introduction to Information
Retrieval" (2008), section 8.3; van Rijsbergen, "Information Retrieval" (1979), chapter 7.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from corpus.marked import marked
from tintuc_search.analysis.vi import VietnameseAnalyzer
from tintuc_search.entities import Recogniser

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from corpus.floors import Values
    from corpus.marked import Marked, Marks

NAMED = ("persons", "organisations", "places", "documents")
KINDS = (*NAMED, "roles", "direct", "quotes")
"""``direct`` are the quotations in marks, ``quotes`` all of them."""
SAME_OFFICE = 0.8
"""Two wordings of an office that share so many of their syllables are one."""
SAME_WORDS = 0.6
"""Two quotations of one speaker that share so many of their syllables are one."""

_key = VietnameseAnalyzer().key


@dataclass(frozen=True)
class Score:
    """How many entries the reader marked, how many were found, and how many of those are right."""

    marked: int
    found: int
    right: int

    @property
    def precision(self) -> float:
        """The share of what was found that is right; 0 where nothing was found."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """The share of what was marked that was found; 0 where nothing was marked."""
        return self.right / self.marked if self.marked else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.marked + self.found
        return 2 * self.right / both if both else 0.0

    def __add__(self, other: Score) -> Score:
        return Score(self.marked + other.marked, self.found + other.found, self.right + other.right)


def scores(articles: Iterable[Marked], recogniser: Recogniser | None = None) -> dict[str, Score]:
    """The scores of a recogniser by kind, over all the articles."""
    found_by = recogniser or Recogniser()
    totals = dict.fromkeys(KINDS, Score(0, 0, 0))
    for article in articles:
        for kind, score in compare(
            article.marks, found_by.recognise(article.text).to_json()
        ).items():
            totals[kind] += score
    return totals


def compare(wanted: Marks, found: Marks) -> dict[str, Score]:
    """The scores of one article by kind."""
    same = _tests(wanted)
    return {
        kind: _score(_entries(wanted, kind), _entries(found, kind), same[kind]) for kind in KINDS
    }


def values(reached: Mapping[str, Score]) -> Values:
    """What floors hold of the scores."""
    return {kind: {"f1": score.f1} for kind, score in reached.items()}


def own_scores() -> dict[str, Score]:
    """The scores over the marked articles of the sample archive."""
    return scores(marked())


def shared(one: str, other: str) -> float:
    """The share of the syllables of two wordings that both have, each as often as it stands there."""
    first, second = Counter(_key(one).split()), Counter(_key(other).split())
    common, total = (first & second).total(), first.total() + second.total()
    return 2 * common / total if total else 0.0


def _entries(marks: Marks, kind: str) -> list[dict[str, Any]]:
    if kind == "direct":
        return [quote for quote in marks["quotes"] if quote["kind"] == "direct"]
    return marks[kind]


def _tests(wanted: Marks) -> dict[str, Callable[[dict[str, Any], dict[str, Any]], bool]]:
    """When an entry that was found is the one that was marked (first argument)."""
    persons = _forms_by_name(wanted["persons"])
    speakers = persons | _forms_by_name(wanted["organisations"])

    def name(mark: dict[str, Any], found: dict[str, Any]) -> bool:
        return _key(found["name"]) in _forms(mark)

    def role(mark: dict[str, Any], found: dict[str, Any]) -> bool:
        same = _is_called(found["person"], mark["person"], persons)
        return same and shared(mark["role"], found["role"]) >= SAME_OFFICE

    def quote(mark: dict[str, Any], found: dict[str, Any]) -> bool:
        same = _is_called(found["speaker"], mark["speaker"], speakers)
        return same and shared(mark["quote"], found["quote"]) >= SAME_WORDS

    return dict.fromkeys(NAMED, name) | {"roles": role, "quotes": quote, "direct": quote}


def _forms(mark: dict[str, Any]) -> set[str]:
    """The name that was marked and its mentions of two syllables or more."""
    mentions = {_key(mention) for mention in mark["mentions"]}
    return {_key(mark["name"])} | {key for key in mentions if " " in key}


def _forms_by_name(marks: Sequence[dict[str, Any]]) -> dict[str, set[str]]:
    return {_key(mark["name"]): _forms(mark) for mark in marks}


def _is_called(name: str, wanted: str, forms: Mapping[str, set[str]]) -> bool:
    key, right = _key(name), _key(wanted)
    return key == right or key in forms.get(right, ())


def _score(
    wanted: Sequence[dict[str, Any]],
    found: Sequence[dict[str, Any]],
    same: Callable[[dict[str, Any], dict[str, Any]], bool],
) -> Score:
    """Each entry that was marked may be found once; whoever finds it again is wrong."""
    left, right = list(wanted), 0
    for entry in found:
        hit = next((mark for mark in left if same(mark, entry)), None)
        if hit is not None:
            left.remove(hit)
            right += 1
    return Score(len(wanted), len(found), right)
