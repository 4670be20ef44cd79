"""Reading what a request needs from a snapshot, within the request's time.

Reading postings is what takes long on a cold index. So all terms of a query are read before anything is
matched, the heaviest first; once the time is up, only each word's own best term is still read.
"""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

from tintuc_search.engine.base import AllOf, AnyOf, Except, MostOf, Phrase, Prefer, Synonyms, Terms

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tintuc_search.engine.base import Leaf, QueryNode, SearchRequest, WeightedTerm
    from tintuc_search.engine.leaves import Matched
    from tintuc_search.engine.postings import Array, Occurrences, Postings
    from tintuc_search.engine.snapshot import Snapshot


class _Wanted(NamedTuple):
    best: bool
    weight: float
    term: str


class Loader:
    """The postings of one request, and what its time limit cut off."""

    def __init__(self, snapshot: Snapshot, request: SearchRequest) -> None:
        self.snapshot = snapshot
        self.cuts: list[str] = []
        self.known: dict[Leaf, Matched] = {}
        self._deadline = monotonic() + request.seconds
        self._postings: dict[str, Postings] = {}
        asked = (request.query, *request.filters, *((request.demoted,) if request.demoted else ()))
        wanted = [want for node in asked for want in self._wanted(node)]
        self._read(sorted(wanted, key=lambda want: (not want.best, -want.weight)))

    def _wanted(self, node: QueryNode) -> Iterator[_Wanted]:
        """The terms to be read for a node: those of leaves that are not known already."""
        match node:
            case Terms() | Phrase() | Synonyms():
                yield from self._of_leaf(node)
            case AllOf() | AnyOf() | MostOf():
                for child in node.children:
                    yield from self._wanted(child)
            case Except():
                yield from self._wanted(node.child)
            case Prefer():
                for child in (node.required, *node.optional):
                    yield from self._wanted(child)
            case _:
                return

    def _of_leaf(self, node: Leaf) -> Iterator[_Wanted]:
        documents = self.snapshot.documents
        leaf = documents.leaves.get(node, documents.live)
        if leaf is not None:
            self.known[node] = leaf
        elif isinstance(node, Synonyms):
            for each in node.leaves:
                yield from self._of_leaf(each)
        elif isinstance(node, Terms):
            yield from _alternatives(node.terms)
        else:
            for slot in node.slots:
                yield from _alternatives(slot)

    def _read(self, wanted: list[_Wanted]) -> None:
        skipped = 0
        for best, _, term in wanted:
            if term in self._postings:
                continue
            if not best and self.late():
                skipped += 1
            else:
                self._postings[term] = self.snapshot.postings(term)
        if skipped:
            self.cuts.append(f"{skipped} expansions of low weight not looked up")

    def late(self) -> bool:
        """Whether the request's time is up."""
        return monotonic() >= self._deadline

    def postings(self, terms: Sequence[WeightedTerm]) -> Iterator[tuple[float, Postings]]:
        """The terms that were read, with their weights (at least 0)."""
        for weighted in terms:
            found = self._postings.get(weighted.term)
            if found is not None and len(found.docs):
                yield max(weighted.weight, 0.0), found

    def occurrences_in(
        self, slots: Sequence[Sequence[WeightedTerm]], docs: Array
    ) -> list[list[tuple[float, Occurrences]]]:
        """The positions of each slot's terms that were read, in ``docs`` (int64, rising) or in more; with weights."""
        known = [
            [
                each
                for each in slot
                if each.term in self._postings and self._postings[each.term].docs.size
            ]
            for slot in slots
        ]
        terms = list(dict.fromkeys(each.term for slot in known for each in slot))
        found = dict(zip(terms, self.snapshot.occurrences_in(terms, docs), strict=True))
        return [[(max(each.weight, 0.0), found[each.term]) for each in slot] for slot in known]

    def near(
        self, slots: Sequence[Sequence[WeightedTerm]], docs: Array
    ) -> list[list[tuple[float, Occurrences]]]:
        """The same of terms that only raise the rank: they are read here, when the documents are known.

        The heaviest of every slot come first, the others after them while there is time.
        """
        rising = [sorted(slot, key=lambda weighted: -weighted.weight) for slot in slots]
        found: dict[str, Occurrences] = {}
        skipped = 0
        for terms in ([slot[:1] for slot in rising], [slot[1:] for slot in rising]):
            wanted = dict.fromkeys(each.term for slot in terms for each in slot)
            new = [term for term in wanted if term not in found]
            if self.late():
                skipped += len(new)
            elif new:
                found.update(zip(new, self.snapshot.occurrences_in(new, docs), strict=True))
        if skipped:
            self.cuts.append(f"nearness of {skipped} forms not looked at")
        return [
            [(max(each.weight, 0.0), found[each.term]) for each in slot if each.term in found]
            for slot in rising
        ]


def _alternatives(terms: Sequence[WeightedTerm]) -> Iterator[_Wanted]:
    heaviest_first = sorted(terms, key=lambda weighted: -weighted.weight)
    for rank, weighted in enumerate(heaviest_first):
        yield _Wanted(rank == 0, weighted.weight, weighted.term)
