"""Queries typed in Telex or VNI keystrokes: ``toongr bis thuw`` means ``tổng bí thư``.

A word is taken for keystrokes where the archive (all but) never holds it as it stands, and holds what its keys
give. A query is, where such words are many enough: words of other languages can be read as keys too ("car" and
"cả", "congo" and "công"), so one that rests on these alone needs two of them. Beside such words, one whose keys give
what the archive does not hold stands for what has more marks: "tong3" for "tổng".
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tintuc_search.query.problems import problem
from tintuc_search.search.forms import FORMS_A_TOKEN
from tintuc_search.search.leaves import tokens_of
from tintuc_search.search.rewriting import with_terms

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from tintuc_search.analysis.base import Analyzer, Keystrokes
    from tintuc_search.engine.base import DictionaryEntry
    from tintuc_search.query.tree import Problem
    from tintuc_search.search.leaves import Leaf, Typed
    from tintuc_search.search.lookup import Lookup

RARELY = 100
"""A word this many times rarer as it stands than as keystrokes makes no sense as it stands."""
SEEN = 3
"""A word that stands in so many documents was meant there."""
LETTER, TONE = 2, 1
ENOUGH = 2
"""What the words that make no sense as they stand must count for together."""


@dataclass(frozen=True, slots=True)
class _Keyed:
    """A token that is sooner keystrokes than a word, and what that proves."""

    token: Typed
    keys: Keystrokes
    proof: int


class KeystrokeReader:
    """Finds keystrokes in one query; ``problems`` says where they are, if there are any.

    ``abbreviations`` are terms that make sense whatever the archive holds: "TW" alone is not "tư".
    """

    def __init__(
        self, dictionary: Lookup, analyzer: Analyzer, abbreviations: Container[str]
    ) -> None:
        self.problems: list[Problem] = []
        self._read: dict[Typed, str] = {}
        self._dictionary = dictionary
        self._analyzer = analyzer
        self._abbreviations = abbreviations

    def leaves(self, text: str, leaves: list[Leaf]) -> list[Leaf]:
        """The leaves of a query's ``text``, each token that is keystrokes by the term that was meant."""
        tokens = tokens_of(leaves)
        keyed = [found for token in tokens for found in self._keyed(token)]
        for method in dict.fromkeys(found.keys.method for found in keyed):
            found = [each for each in keyed if each.keys.method == method]
            if sum(each.proof for each in found) >= ENOUGH:
                return self._taken(text, leaves, found)
        return leaves

    def readings(self, text: str) -> list[str]:
        """The query's text as it was meant; empty where it holds no keystrokes."""
        return [with_terms(text, self._read)] if self._read else []

    def _keyed(self, token: Typed) -> Iterator[_Keyed]:
        keystrokes = () if token.signed else self._analyzer.keystrokes(token.term)
        written = self._count_of_any_form(token.term) if keystrokes else 0
        for keys in keystrokes:
            entry = self._dictionary.entry(keys.term)
            half = None if entry else self._with_more_marks(keys.term)
            if half and half.count > written:
                yield _Keyed(token, keys._replace(term=half.term), 0)
            if entry and entry.count > written:
                senseless = (
                    written < SEEN
                    and written * RARELY < entry.count
                    and token.term not in self._abbreviations
                )
                worth = LETTER if keys.telling else TONE
                yield _Keyed(token, keys, worth if senseless else 0)

    def _with_more_marks(self, term: str) -> DictionaryEntry | None:
        """The most frequent form that has the marks of ``term`` and more: "tong3" for "tong63"."""
        forms = self._dictionary.folded(self._analyzer.fold(term), FORMS_A_TOKEN)
        return next((form for form in forms if self._analyzer.agrees(term, form.term)), None)

    def _count_of_any_form(self, term: str) -> int:
        """In how many documents the most frequent form stands that ``term`` could be without marks."""
        return max((entry.count for entry in self._dictionary.folded(term, 1)), default=0)

    def _taken(self, text: str, leaves: list[Leaf], found: Sequence[_Keyed]) -> list[Leaf]:
        self._read = {each.token: each.keys.term for each in found}
        start, end = found[0].token.start, found[-1].token.end
        method = found[0].keys.method
        self.problems.append(
            problem("keystrokes", start, end, value=text[start:end], method=method)
        )
        return [
            replace(leaf, tokens=tuple(self._meant(token) for token in leaf.tokens))
            for leaf in leaves
        ]

    def _meant(self, token: Typed) -> Typed:
        return replace(token, term=self._read.get(token, token.term))
