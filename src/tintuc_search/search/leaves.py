"""The words and phrases of a query with their tokens, and which of them stand side by side."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from string import whitespace
from typing import TYPE_CHECKING

from tintuc_search.engine.base import KeywordField, TextField
from tintuc_search.query.lexer import QUOTES
from tintuc_search.query.tree import (
    AndNode,
    FieldNode,
    Node,
    NotNode,
    OrNode,
    PhraseNode,
    WordNode,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tintuc_search.analysis.base import Analyzer

Place = tuple[int, int]
"""Where something begins and ends in the query's text."""
ALL_FIELDS = frozenset(TextField)
_BETWEEN = f"{whitespace}\u00a0{QUOTES}'‘’"
KEYWORD_FIELDS = frozenset(field.value for field in KeywordField)


@dataclass(frozen=True, slots=True)
class Typed:
    """A token of the query: its term, its place in the query's text, the sign that it has."""

    term: str
    start: int
    end: int
    exact: bool = False
    prefix: bool = False
    fuzzy: int = 0

    @property
    def signed(self) -> bool:
        """Whether it has a sign, which says what it stands for."""
        return self.exact or self.prefix or self.fuzzy > 0


@dataclass(frozen=True, slots=True)
class Leaf:
    """A word or phrase that is looked for in texts; ``wanted`` is false below a NOT."""

    node: WordNode | PhraseNode
    tokens: tuple[Typed, ...]
    fields: frozenset[TextField]
    wanted: bool


Run = tuple[Leaf, ...]
"""Words that stand side by side in the query and are looked for alike, or one phrase."""


def tokens_of(leaves: Iterable[Leaf]) -> list[Typed]:
    """The tokens of leaves in order."""
    return [token for leaf in leaves for token in leaf.tokens]


def text_fields(field: FieldNode) -> frozenset[TextField] | None:
    """The text field that a field node looks into; None where it holds keywords."""
    return None if field.field.value in KEYWORD_FIELDS else frozenset({TextField(field.field)})


def without_phrases(text: str, node: Node | None) -> Node | None:
    """The tree with the words of phrases in their place, for a search that makes every word optional.

    What must not match, what is wanted exactly and the names of keyword fields stay as they are.
    """
    match node:
        case PhraseNode(exact=False, prefix=False):
            return _words_of(text, node)
        case AndNode(children=children):
            return AndNode(tuple(_spliced(text, children)))
        case OrNode(children=children):
            return OrNode(tuple(without_phrases(text, child) or child for child in children))
        case FieldNode(child=child) if text_fields(node) is not None:
            return replace(node, child=without_phrases(text, child) or child)
        case _:
            return node


def _spliced(text: str, children: Iterable[Node]) -> Iterator[Node]:
    for child in children:
        words = without_phrases(text, child) or child
        yield from words.children if isinstance(words, AndNode) else (words,)


def _words_of(text: str, phrase: PhraseNode) -> Node:
    shift = max(text.find(phrase.text, phrase.start, phrase.end), phrase.start)
    words = tuple(
        WordNode(found.group(), shift + found.start(), shift + found.end())
        for found in re.finditer(r"\S+", phrase.text)
    )
    return words[0] if len(words) == 1 else AndNode(words) if words else phrase


def find_leaves(text: str, root: Node | None, analyzer: Analyzer) -> list[Leaf]:
    """The words and phrases of a tree in order; those for keyword fields are left out."""
    return list(_leaves(text, root, analyzer, ALL_FIELDS, wanted=True))


def _leaves(
    text: str,
    node: Node | None,
    analyzer: Analyzer,
    fields: frozenset[TextField],
    *,
    wanted: bool,
) -> Iterator[Leaf]:
    match node:
        case WordNode() | PhraseNode():
            yield Leaf(node, _tokens(text, node, analyzer), fields, wanted)
        case AndNode(children=children) | OrNode(children=children):
            for child in children:
                yield from _leaves(text, child, analyzer, fields, wanted=wanted)
        case NotNode(child=child):
            yield from _leaves(text, child, analyzer, fields, wanted=not wanted)
        case FieldNode(child=child):
            inner = text_fields(node)
            if inner is not None:
                yield from _leaves(text, child, analyzer, inner, wanted=wanted)


def _tokens(text: str, node: WordNode | PhraseNode, analyzer: Analyzer) -> tuple[Typed, ...]:
    """The tokens of a leaf; ``=`` holds for all of them, the other signs for the last."""
    spans = list(analyzer.spans(node.text))
    tokens = [
        Typed(term, start, end, exact=node.exact)
        for (term, _, _), (start, end) in zip(
            spans, _places(text, node, spans, analyzer), strict=True
        )
    ]
    if tokens and isinstance(node, WordNode):
        tokens[-1] = replace(tokens[-1], prefix=node.prefix, fuzzy=node.fuzzy)
    elif tokens:
        tokens[-1] = replace(tokens[-1], prefix=node.prefix)
    return tuple(tokens)


def _places(
    text: str,
    node: WordNode | PhraseNode,
    spans: Sequence[tuple[str, int, int]],
    analyzer: Analyzer,
) -> list[tuple[int, int]]:
    """Where a leaf's tokens stand in the query's text."""
    shift, last = text.find(node.text, node.start, node.end), node.end
    if shift < 0:  # it had backslashes or signs inside, or was cut
        written = list(analyzer.spans(text[node.start : node.end]))[: len(spans)]
        shift = node.start
        if [term for term, _, _ in written] == [term for term, _, _ in spans]:
            spans = written
    return [(min(shift + start, last), min(shift + end, last)) for _, start, end in spans]


def find_runs(text: str, leaves: list[Leaf]) -> list[Run]:
    """Cut the leaves into runs: a phrase alone, words together where only space or a quotation mark is between."""
    runs: list[list[Leaf]] = []
    for leaf in leaves:
        before = runs[-1][-1] if runs else None
        if (
            before
            and isinstance(before.node, WordNode)
            and isinstance(leaf.node, WordNode)
            and (before.fields, before.wanted) == (leaf.fields, leaf.wanted)
            and not text[before.node.end : leaf.node.start].strip(_BETWEEN)
        ):
            runs[-1].append(leaf)
        else:
            runs.append([leaf])
    return [tuple(run) for run in runs]
