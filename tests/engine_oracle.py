"""A second, slow answer to what a query matches: sets, straight from the words of the port."""

from __future__ import annotations

from itertools import combinations, product
from typing import TYPE_CHECKING

from tintuc_search.engine.base import (
    AllOf,
    AnyOf,
    Except,
    HasId,
    HasKeyword,
    Phrase,
    Prefer,
    Published,
    Synonyms,
    Terms,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from tintuc_search.engine.base import FieldText, IndexDocument, QueryNode


def matching(node: QueryNode, documents: Collection[IndexDocument]) -> set[str]:
    """The ids of the documents that match; knows every node but MostOf."""
    return {each.id for each in documents if _matches(node, each)}


def _matches(node: QueryNode, document: IndexDocument) -> bool:  # noqa: C901, PLR0911 - one per kind
    match node:
        case Terms():
            wanted = {weighted.term for weighted in node.terms}
            return any(
                wanted & (set(text.terms) | {word for word, _ in text.words})
                for field, text in document.texts.items()
                if field in node.fields
            )
        case Phrase():
            return any(
                _holds_phrase(node, text)
                for field, text in document.texts.items()
                if field in node.fields
            )
        case Synonyms(leaves=leaves):
            return any(_matches(leaf, document) for leaf in leaves)
        case AllOf():
            return all(_matches(child, document) for child in node.children)
        case AnyOf():
            return any(_matches(child, document) for child in node.children)
        case Except():
            return not _matches(node.child, document)
        case Prefer():
            return _matches(node.required, document)
        case HasKeyword():
            return bool(node.ids & set(document.keywords.get(node.field, ())))
        case HasId():
            return document.id in node.ids
        case Published():
            day = document.published
            return (
                day is not None
                and (node.since is None or day >= node.since)
                and (node.until is None or day <= node.until)
            )
        case _:
            raise NotImplementedError


def _holds_phrase(node: Phrase, text: FieldText) -> bool:
    """Try every way to put the slots on positions."""
    if not node.slots:
        return False
    places = [*zip(text.terms, text.positions, strict=True), *text.words]
    choices = [
        {place for name, place in places if name in {weighted.term for weighted in slot}}
        for slot in node.slots
    ]
    width = len(node.slots) + node.slop
    for chosen in product(*choices):
        if node.slop == 0:
            if all(place == chosen[0] + i for i, place in enumerate(chosen)):
                return True
        elif max(chosen) - min(chosen) < width and _apart(node.slots, chosen):
            return True
    return False


def _apart(slots: Sequence[object], chosen: Sequence[int]) -> bool:
    """Whether slots that are alike stand in different places."""
    pairs = combinations(range(len(slots)), 2)
    return all(chosen[i] != chosen[j] for i, j in pairs if slots[i] == slots[j])
