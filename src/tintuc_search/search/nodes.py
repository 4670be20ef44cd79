"""Makes engine nodes of a syntax tree whose tokens have their forms."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from unicodedata import category

from tintuc_search.engine.base import (
    UNMARKED_WORD,
    AllOf,
    AnyOf,
    Except,
    HasId,
    HasKeyword,
    KeywordField,
    Phrase,
    Published,
    Terms,
    WeightedTerm,
)
from tintuc_search.query.problems import problem
from tintuc_search.query.tree import (
    AndNode,
    DateNode,
    FieldNode,
    Node,
    NotNode,
    OrNode,
    PhraseNode,
    WordNode,
)
from tintuc_search.search.base import Match
from tintuc_search.search.explanation import Kind
from tintuc_search.search.filters import Filters, published
from tintuc_search.search.forms import OTHER_FORM, UNMARKED_FORM
from tintuc_search.search.leaves import ALL_FIELDS, text_fields
from tintuc_search.search.standins import with_stand_ins
from tintuc_search.search.wildcards import bare_terms

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tintuc_search.engine.base import Leaf, QueryNode, TextField
    from tintuc_search.query.tree import Problem
    from tintuc_search.search.alternatives import WeightedSlots
    from tintuc_search.search.forms import Slot
    from tintuc_search.search.leaves import Place
    from tintuc_search.search.standins import StandIn


def restricts(node: QueryNode) -> bool:
    """Whether a node only restricts, and scores nothing."""
    match node:
        case Except() | HasKeyword() | HasId() | Published():
            return True
        case AllOf(children=children) | AnyOf(children=children):
            return bool(children) and all(map(restricts, children))
        case _:
            return False


def all_of(children: Sequence[QueryNode]) -> QueryNode:
    """What all children match, without a node around a single one."""
    return children[0] if len(children) == 1 else AllOf(tuple(children))


def _found(forms: WeightedSlots, slop: int, fields: frozenset[TextField]) -> Terms | Phrase:
    return Terms(forms[0], fields) if len(forms) == 1 else Phrase(forms, slop, fields)


def _apart(
    forms: WeightedSlots,
) -> tuple[WeightedSlots, tuple[WeightedTerm, ...]]:
    """The forms of a leaf without those of a single word that count little, and these.

    Many documents hold one of the latter, which must not make the others look common.
    """
    telling = tuple(form for form in forms[0] if form.weight > OTHER_FORM)
    if len(forms) > 1 or not telling:
        return forms, ()
    return (telling,), forms[0][len(telling) :]


@dataclass(slots=True)
class NodeBuilder:
    """Makes engine nodes of a tree whose leaves' slots are known.

    ``stand_ins`` are what leaves are also looked for as.
    ``fold`` takes the marks off a term; given where the archive holds articles that are written without any, so
    that words with marks find these too. ``origins`` say what each leaf is and where in the query it comes from.
    """

    slots: Mapping[Place, tuple[Slot, ...]]
    filters: Filters
    match: Match
    fold: Callable[[str], str] | None = None
    stand_ins: Mapping[Place, tuple[StandIn, ...]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    origins: dict[Leaf, tuple[Kind, Place]] = field(default_factory=dict)

    def parts(self, root: Node | None) -> list[QueryNode]:
        """The nodes of the top-level parts."""
        children = root.children if isinstance(root, AndNode) else () if root is None else (root,)
        return self._nodes(children, ALL_FIELDS)

    def kept(self, node: Node | None) -> Node | None:
        """The tree without the words that hold no token."""
        match node:
            case WordNode() | PhraseNode():
                known = self.slots.get((node.start, node.end))
                return None if known == () else node
            case AndNode(children=children) | OrNode(children=children):
                kept = [child for child in map(self.kept, children) if child]
                if len(kept) < 2:  # noqa: PLR2004 - a group of one is that one
                    return kept[0] if kept else None
                return type(node)(tuple(kept))
            case NotNode(child=child):
                inner = self.kept(child)
                return inner and NotNode(inner)
            case FieldNode(child=child):
                inner = self.kept(child)
                return inner and FieldNode(node.field, inner, node.start, node.end)
            case _:
                return node

    def _nodes(self, children: Sequence[Node], fields: frozenset[TextField]) -> list[QueryNode]:
        nodes = (self.node(child, fields) for child in children)
        return [node for node in nodes if node is not None]

    def node(  # noqa: PLR0911 - one per kind
        self, node: Node, fields: frozenset[TextField]
    ) -> QueryNode | None:
        """The engine's node of a part of the tree within ``fields``; None where nothing of it is left."""
        match node:
            case WordNode() | PhraseNode():
                return self._leaf(node, fields)
            case AndNode(children=children):
                return self._and(self._nodes(children, fields))
            case OrNode(children=children):
                nodes = self._nodes(children, fields)
                return AnyOf(tuple(nodes)) if nodes else None
            case NotNode(child=child):
                # Words are optional to find, not to exclude: -(a b) keeps what holds one of them.
                inner = replace(self, match=Match.ALL).node(child, fields)
                return inner and Except(inner)
            case FieldNode(child=child):
                inside = text_fields(node)
                if inside is None:
                    return self._keywords(KeywordField(node.field.value), child)
                return self.node(child, inside)
            case DateNode():
                return published(node)

    def _and(self, nodes: list[QueryNode]) -> QueryNode | None:
        if self.match is Match.ANY:
            wanted = tuple(node for node in nodes if not restricts(node))
            nodes = [node for node in nodes if restricts(node)]
            nodes += [AnyOf(wanted)] if wanted else []
        return all_of(nodes) if nodes else None

    def _leaf(self, node: WordNode | PhraseNode, fields: frozenset[TextField]) -> QueryNode | None:
        slots = self.slots[node.start, node.end]
        if not slots:
            # Dashes and the like come with pasted headlines; nobody misses them.
            if not all(category(sign).startswith("P") for sign in node.text):
                self.problems.append(problem("noToken", node.start, node.end, value=node.text))
            return None
        forms, little = _apart(tuple(slot.forms for slot in slots))
        slop = node.slop if isinstance(node, PhraseNode) else 0
        place = node.start, node.end
        leaf = with_stand_ins(_found(forms, slop, fields), self.stand_ins.get(place, ()), fields)
        self._note(leaf, Kind.WORD if isinstance(node, WordNode) else Kind.PHRASE, place)
        found: QueryNode = leaf
        if little:
            found = AnyOf((leaf, self._note(Terms(little, fields), Kind.OTHER_FORMS, place)))
        if self.fold is None or all(
            slot.typed.term == self.fold(slot.typed.term) for slot in slots
        ):
            return found
        bare = [bare_terms(slot, self.fold) for slot in slots]
        if not all(bare):
            return found
        weighted = tuple(tuple(WeightedTerm(t, UNMARKED_FORM) for t in terms) for terms in bare)
        there = self._note(Terms((WeightedTerm(UNMARKED_WORD, 0.0),)), Kind.UNMARKED, (0, 0))
        unmarked = self._note(_found(weighted, slop, fields), Kind.UNMARKED, place)
        return AnyOf((found, AllOf((there, unmarked))))

    def _note(self, leaf: Leaf, kind: Kind, place: Place) -> Leaf:
        """The leaf, whose first origin is remembered."""
        self.origins.setdefault(leaf, (kind, place))
        return leaf

    def _keywords(self, name: KeywordField, node: Node) -> QueryNode | None:
        match node:
            case WordNode() | PhraseNode():
                return self.filters.named(name, node)
            case AndNode(children=children):
                return AllOf(tuple(self._keyword_nodes(name, children)))
            case OrNode(children=children):
                return AnyOf(tuple(self._keyword_nodes(name, children)))
            case NotNode(child=child):
                inner = self._keywords(name, child)
                return inner and Except(inner)
            case _:  # the parser lets neither fields nor dates stand within a field
                return None

    def _keyword_nodes(self, name: KeywordField, children: Sequence[Node]) -> list[QueryNode]:
        nodes = (self._keywords(name, child) for child in children)
        return [node for node in nodes if node is not None]
