"""What a query that is being typed can become: names, compounds, titles.

Words typed are met by the accents rule of searches: a syllable with marks stands for itself, one without for all
forms. The last word may still be short of letters and marks: "quô" begins "quốc".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tintuc_search.engine.completing import Kind
from tintuc_search.search.base import Suggestion

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tintuc_search.analysis.base import Analyzer
    from tintuc_search.archive.base import Archive
    from tintuc_search.engine.completing import CompletingDictionary, Completion
    from tintuc_search.search.lookup import Lookup

LONGEST = 8
"""Words before the end of what was typed that are looked at."""
TITLES = 3
SHORTEST_OF_TITLE = 3
"""Letters of a single word from which on titles are looked for."""
SHORTEST_BEHIND = 2
"""Letters of a last word that is completed without the words before it."""
LONGEST_TEXT = 200
"""Code points of a query beyond which nothing is completed: it was pasted."""
_SIGN = re.compile(r'.*[":()«»“”]', re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Typed:
    """The words at the end of a query.

    ``terms[i]`` begins at ``starts[i]`` of ``text``; ``open`` says that the last may go on.
    """

    text: str
    terms: tuple[str, ...]
    starts: tuple[int, ...]
    open: bool

    def telling(self, first: int) -> bool:
        """Whether the words from ``first`` on are more than one that is finished, or hardly begun."""
        one = len(self.terms) - first == 1
        return not one or (self.open and len(self.terms[first]) >= SHORTEST_BEHIND)

    def splits_compound(self, first: int, lookup: Lookup, fold: Callable[[str], str]) -> bool:
        """Whether the word at ``first`` forms a compound with the one before."""
        return bool(lookup.folded(fold("_".join(self.terms[first - 1 : first + 1])), 1))


class Completer:
    """Completes queries over one archive and its index."""

    def __init__(
        self,
        archive: Archive,
        dictionary: CompletingDictionary,
        lookup: Lookup,
        analyzer: Analyzer,
    ) -> None:
        self._archive = archive
        self._dictionary = dictionary
        self._lookup = lookup
        self._analyzer = analyzer

    def complete(self, text: str, limit: int) -> tuple[Suggestion, ...]:
        """The likeliest texts that ``text`` can become, at most ``limit``: names and compounds, then titles."""
        typed = self._typed(text)
        if typed is None or limit < 1:
            return ()
        known = {self._analyzer.key(text)}
        titles = self._unknown(self._titles(typed, min(TITLES, limit)), known)
        room = max(limit - len(titles), 1)
        for first in range(len(typed.terms)):
            endings = self._unknown(self._endings(typed, first, room), known)
            if endings:
                return (*endings[:room], *titles)[:limit]
        return tuple(titles)

    def _typed(self, text: str) -> _Typed | None:
        """The words behind the last sign of the query language; None where there is nothing to complete."""
        if len(text) > LONGEST_TEXT:
            return None
        sign = _SIGN.match(text)
        after = sign.end() if sign else 0
        spans = list(self._analyzer.spans(text[after:]))[-LONGEST:]
        if not spans:
            return None
        return _Typed(
            text,
            tuple(term for term, _, _ in spans),
            tuple(after + start for _, start, _ in spans),
            open=after + spans[-1][2] == len(text),
        )

    def _unknown(self, found: Sequence[Suggestion], known: set[str]) -> list[Suggestion]:
        """Those that were not offered before and are not what stands there already."""
        new = []
        for each in found:
            key = self._analyzer.key(each.text)
            if key not in known:
                known.add(key)
                new.append(each)
        return new

    def _endings(self, typed: _Typed, first: int, limit: int) -> list[Suggestion]:
        """The names and compounds that the words from ``first`` on begin, most frequent first."""
        if first and (
            typed.splits_compound(first, self._lookup, self._analyzer.fold)
            or not typed.telling(first)
        ):
            return []
        found = self._found((Kind.NAME, Kind.COMPOUND), typed, first, limit)
        names = {each.text for each in found if each.label}
        found = [each for each in found if each.label or each.text not in names]
        found.sort(key=lambda completion: -completion.count)
        before = typed.text[: typed.starts[first]]
        return [_suggestion(before, completion) for completion in found]

    def _fits(self, typed: Sequence[str], words: Sequence[str], *, typed_open: bool) -> bool:
        """Whether words agree with the marks of those typed."""
        if len(words) < len(typed):
            return False
        last = len(typed) - 1 if typed_open else len(typed)
        return all(
            term == word or not self._analyzer.is_marked(term)
            for term, word in zip(typed[:last], words, strict=False)
        ) and (not typed_open or self._analyzer.begins(typed[last], words[last]))

    def _titles(self, typed: _Typed, limit: int) -> list[Suggestion]:
        """The titles that hold what was typed, those of late years first."""
        if len(typed.terms) == 1 and len(typed.terms[0]) < SHORTEST_OF_TITLE:
            return []
        found = self._found((Kind.TITLE,), typed, 0, limit)
        ids = [each.document for each in found if each.document]
        stored = self._archive.get_many(ids)
        titles = [(stored[key].article.title, key) for key in ids if key in stored]
        return [Suggestion(title, "title", title, key) for title, key in titles]

    def _found(
        self, kinds: Sequence[Kind], typed: _Typed, first: int, limit: int
    ) -> list[Completion]:
        """What the words from ``first`` on begin."""
        words = typed.terms[first:]
        beginning = " ".join(map(self._analyzer.fold, words)) + ("" if typed.open else " ")

        def fits(text: str) -> bool:
            return self._fits(words, text.split(), typed_open=typed.open)

        return [
            each
            for kind in kinds
            for each in self._dictionary.complete(kind, beginning, limit, fits)
        ]


def _suggestion(before: str, completion: Completion) -> Suggestion:
    label = completion.label
    if label is None:
        return Suggestion(
            before + completion.text, "phrase", completion.text, None, completion.count
        )
    return Suggestion(
        before + label.name, label.field.value, label.name, label.id, completion.count
    )
