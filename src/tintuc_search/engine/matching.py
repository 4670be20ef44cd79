"""Which documents a query matches, and with what scores.

Matching comes first, for all documents at once, as arrays of truth values; then only the documents that
the whole request lets through are scored.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tintuc_search.engine.base import (
    AllOf,
    AnyOf,
    Except,
    HasId,
    HasKeyword,
    MostOf,
    Phrase,
    Prefer,
    Published,
    Synonyms,
    Terms,
)
from tintuc_search.engine.coded import Part, coded, each_its_own, summed
from tintuc_search.engine.doc_sets import DocSet
from tintuc_search.engine.leaves import Found, Matched
from tintuc_search.engine.phrases import find_phrase, holding_all
from tintuc_search.engine.postings import TEXT_FIELDS, Postings, field_bits
from tintuc_search.engine.scoring import idf
from tintuc_search.engine.snapshot import UNDATED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tintuc_search.engine.base import Leaf, QueryNode, TextField, WeightedTerm
    from tintuc_search.engine.coded import Coded
    from tintuc_search.engine.loading import Loader
    from tintuc_search.engine.postings import Array

_PAIR = 2
_MANY = 5000
"""Documents that hold all words of a phrase, from which on it pays to look for two of these first."""
_LATEST = int(np.iinfo(np.int64).max)


class Matcher:
    """Matches the nodes of one request."""

    def __init__(self, loader: Loader) -> None:
        self.matched: int | None = None
        self._loader = loader
        self._snapshot = loader.snapshot
        self._documents = loader.snapshot.documents
        self._leaves: dict[Leaf, Matched] = dict(loader.known)

    def match(self, node: QueryNode, allowed: Array) -> Matched:  # noqa: PLR0911 - one per kind
        """Match a node; ``allowed`` marks the documents that the rest of the request lets through."""
        match node:
            case Terms() | Phrase() | Synonyms():
                return self._leaf(node)
            case AllOf():
                return self._all(node.children, allowed)
            case AnyOf():
                parts = [self.match(child, allowed) for child in node.children]
                return Matched(_any(parts, allowed), parts)
            case MostOf():
                return self._most(node, allowed)
            case Except():
                return Matched(self._documents.live & ~self.match(node.child, allowed).mask)
            case Prefer():
                return self._prefer(node, allowed)
            case HasKeyword():
                return Matched(self._keyword(node))
            case HasId():
                return Matched(self._ids(node))
            case Published():
                return Matched(self._published(node))

    def _leaf(self, node: Leaf, *, keep: bool = True) -> Matched:
        """What a leaf matches; ``keep`` it for the next request, unless it is part of one that is kept."""
        if node not in self._leaves:
            docs, frequencies = self._found(node)
            held = DocSet(docs, len(self._documents.live))
            mask = held.mask
            mask &= self._documents.live
            weight = max(node.boost, 0.0) * self.rarity(node, mask)
            leaf = Matched(mask, (), Found(held, frequencies, weight), node)
            self._leaves[node] = leaf
            if keep and not self._loader.cuts:
                self._documents.leaves.put(node, leaf)
        return self._leaves[node]

    def rarity(self, node: Leaf, mask: Array) -> float:  # noqa: ARG002 - for those who know more
        """The weight of a leaf by the documents that it matches (bool, by document), its boost aside."""
        documents = self._documents
        return idf(int(np.count_nonzero(mask)), documents.count, documents.ranking)

    def most(self, counts: Array) -> int:
        """The largest number of a MostOf's children that any document matches; ``counts`` is int32, by document."""
        return int(counts.max(initial=0))

    def _found(self, node: Leaf) -> tuple[Array, Coded]:
        """The documents of a leaf and its frequencies in them."""
        match node:
            case Terms():
                return self._terms(node)
            case Phrase():
                return self._phrase(node)
            case Synonyms():
                return self._synonyms(node)

    def _terms(self, node: Terms) -> tuple[Array, Coded]:
        parts = [
            Part(weight, *_within(postings, node.fields))
            for weight, postings in self._loader.postings(node.terms)
        ]
        if len(parts) == 1 and parts[0].weight == 1.0:
            return parts[0].docs, parts[0].frequencies
        return summed(parts, len(self._documents.live))

    def _phrase(self, node: Phrase) -> tuple[Array, Coded]:
        """Positions are read in the documents that hold all words alone: mostly few.

        Where they are many, those of the two rarest neighbours are read first, and the others' only where these meet.
        """
        held = [[postings for _, postings in self._loader.postings(slot)] for slot in node.slots]
        docs = np.flatnonzero(holding_all(held, self._documents))
        if len(docs) > _MANY and len(node.slots) > _PAIR and node.slop <= 0:
            sizes = [sum(len(postings.docs) for postings in slot) for slot in held]
            first = min(range(len(sizes) - 1), key=lambda i: sizes[i] + sizes[i + 1])
            docs, _ = self._phrase_in(node, node.slots[first : first + _PAIR], docs)
        docs, counts = self._phrase_in(node, node.slots, docs)
        return docs.astype(np.int32), each_its_own(counts)

    def _phrase_in(
        self, node: Phrase, slots: Sequence[Sequence[WeightedTerm]], docs: Array
    ) -> tuple[Array, Array]:
        """The documents of ``docs`` where some slots of a phrase stand together, and how often."""
        occurrences = self._loader.occurrences_in(slots, docs)
        fields = node.fields & frozenset(TEXT_FIELDS)
        return find_phrase(occurrences, node.slop, fields, self._documents)

    def _synonyms(self, node: Synonyms) -> tuple[Array, Coded]:
        leaves = (self._leaf(leaf, keep=False).found for leaf in dict.fromkeys(node.leaves))
        parts = [Part(1.0, found.docs.numbers, found.coded) for found in leaves if found]
        return summed(parts, len(self._documents.live))

    def _all(self, children: Sequence[QueryNode], allowed: Array) -> Matched:
        """Match the children that hold a MostOf last: the others are the rest that bounds it."""
        parts: dict[int, Matched] = {}
        mask = self._documents.live
        for i in sorted(range(len(children)), key=lambda i: holds_most(children[i])):
            parts[i] = self.match(children[i], allowed & mask)
            mask = mask & parts[i].mask
        return Matched(mask, [parts[i] for i in range(len(children))])

    def _most(self, node: MostOf, allowed: Array) -> Matched:
        parts = [self.match(child, allowed) for child in node.children]
        counts = np.zeros(len(allowed), np.int32)
        for part in parts:
            counts += part.mask
        counts[~allowed] = 0
        best = self.most(counts)
        self.matched = best if self.matched is None else self.matched
        return Matched((counts == best) & (counts > 0), parts)

    def _prefer(self, node: Prefer, allowed: Array) -> Matched:
        required = self.match(node.required, allowed)
        if self._loader.late() and node.optional:
            self._loader.cuts.append("what only raises the rank left out")
            return Matched(required.mask, [required])
        optional = [self.match(child, allowed & required.mask) for child in node.optional]
        return Matched(required.mask, [required, *optional])

    def _keyword(self, node: HasKeyword) -> Array:
        keywords = self._snapshot.keywords(node.field)
        numbers = map(keywords.vocabulary.find, node.ids)
        codes = [number for number in numbers if number is not None]
        mask = np.zeros(len(self._documents.live), bool)
        wanted = np.zeros(len(keywords.vocabulary.ids), bool)
        wanted[codes] = True
        mask[keywords.rows[wanted.take(keywords.codes)]] = True
        return mask & self._documents.live

    def _ids(self, node: HasId) -> Array:
        numbers = self._documents.numbers
        mask = np.zeros(len(self._documents.live), bool)
        mask[[numbers[document] for document in node.ids if document in numbers]] = True
        return mask

    def _published(self, node: Published) -> Array:
        published = self._documents.published
        since = UNDATED + 1 if node.since is None else node.since
        until = _LATEST if node.until is None else node.until
        if since > _LATEST or until <= UNDATED:
            return np.zeros(len(published), bool)
        dated = (published >= max(since, UNDATED + 1)) & (published <= min(until, _LATEST))
        return dated & self._documents.live


def _within(postings: Postings, fields: frozenset[TextField]) -> tuple[Array, Coded]:
    """The documents with an occurrence in ``fields``, and their frequencies there."""
    if fields.issuperset(TEXT_FIELDS):
        return postings.docs, coded(postings)
    packed = postings.packed & np.uint32(field_bits(fields))
    inside = packed != 0
    held = Postings(postings.docs[inside], packed[inside])
    return held.docs, coded(held)


def _any(parts: Sequence[Matched], like: Array) -> Array:
    mask = np.zeros(len(like), bool)
    for part in parts:
        mask |= part.mask
    return mask


def holds_most(node: QueryNode) -> bool:
    """Whether what a node matches depends on a MostOf, and so on the rest of the request."""
    match node:
        case MostOf():
            return True
        case AllOf() | AnyOf():
            return any(holds_most(child) for child in node.children)
        case Except():
            return holds_most(node.child)
        case Prefer():
            return holds_most(node.required)
        case _:
            return False
