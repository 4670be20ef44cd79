"""What restricts without scoring: keywords by id or name, days."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time
from itertools import takewhile
from math import ceil, floor
from typing import TYPE_CHECKING
from unicodedata import normalize

from tintuc_search.article import VIETNAM
from tintuc_search.engine.base import (
    AllOf,
    AnyOf,
    Except,
    HasId,
    HasKeyword,
    KeywordField,
    Published,
)
from tintuc_search.entities.numbers import known_by
from tintuc_search.entities.terms import without_term
from tintuc_search.query.problems import problem
from tintuc_search.query.tree import AndNode, FieldNode, Node, NotNode, OrNode, PhraseNode, WordNode
from tintuc_search.search.leaves import text_fields
from tintuc_search.search.lookup import ENTITIES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from tintuc_search.engine.base import QueryNode
    from tintuc_search.query.tree import DateNode, Problem
    from tintuc_search.search.base import SearchQuery
    from tintuc_search.search.lookup import Lookup

    DocumentsOf = Callable[[Iterable[str]], frozenset[str]]

KNOWN_BY = {KeywordField.DOCUMENT: known_by, KeywordField.OFFICE: without_term}
"""What of a value the index knows it by."""
NAMES = 2000
"""Names that one beginning can stand for."""
LONGEST_NAME = 6
"""Words that a name without quotation marks can have behind its field."""


class Filters:
    """Makes engine nodes of filters; ``problems`` names the values that the archive does not know.

    ``documents_of`` gives the ids of the index's documents that belong to articles: an index of articles
    holds these themselves.
    """

    def __init__(self, dictionary: Lookup, documents_of: DocumentsOf = frozenset) -> None:
        self.problems: list[Problem] = []
        self._dictionary = dictionary
        self._documents_of = documents_of

    def of_request(self, query: SearchQuery) -> tuple[QueryNode, ...]:
        """The filters of a search's parameters."""
        nodes: list[QueryNode] = []
        if query.since is not None or query.until is not None:
            since = None if query.since is None else ceil(query.since.timestamp())
            until = None if query.until is None else floor(query.until.timestamp())
            nodes.append(Published(since, until))
        if query.article is not None:
            nodes.append(HasId(self._documents_of([query.article])))
        nodes += [self._any_of(field, values) for field, values in query.include.items()]
        nodes += [Except(self._any_of(field, values)) for field, values in query.exclude.items()]
        return tuple(nodes)

    def keyword(self, field: KeywordField, value: str, start: int, end: int) -> QueryNode:
        """The articles that hold a value, given by id or name; none where it is unknown."""
        ids = self.ids(field, value)
        if not ids:
            entity = self._entity(field, value)
            if entity is not None:
                return entity
            name = field.value
            self.problems.append(problem("noSuchValue", start, end, field=name, value=value))
        return HasKeyword(field, ids)

    def _entity(self, field: KeywordField, entity_id: str) -> QueryNode | None:
        """What an entity of the catalogue is found by; one of several of the same name by its articles too."""
        found = self._dictionary.restriction(entity_id) if field in ENTITIES else None
        if found is None or found.kind not in ENTITIES[field]:
            return None
        node = HasKeyword(field, found.keys)
        if found.articles is None:
            return node
        return AllOf((node, HasId(self._documents_of(found.articles))))

    def named(self, field: KeywordField, node: WordNode | PhraseNode) -> QueryNode:
        """The articles that hold the value of a query's field, with the sign that it has."""
        where = node.start, node.end
        if node.prefix:
            return HasKeyword(field, self._beginning(field, node))
        if isinstance(node, WordNode) and node.fuzzy:
            self.problems.append(problem("noFuzzyName", *where, value=node.text))
        found = self.keyword(field, node.text, *where)
        return HasKeyword(field, self._exact(field, node.text)) if node.exact else found

    def knows(self, field: KeywordField, name: PhraseNode) -> bool:
        """Whether any value has this name, or begins so."""
        if name.prefix:
            return bool(self._dictionary.beginning(field, name.text, 1))
        return bool(self.ids(field, name.text)) or self._entity(field, name.text) is not None

    def _beginning(self, field: KeywordField, node: WordNode | PhraseNode) -> frozenset[str]:
        labels = self._dictionary.beginning(field, node.text, NAMES + 1)
        code = "tooManyNames" if len(labels) > NAMES else "" if labels else "noSuchValue"
        if code:
            values = {"field": field.value, "value": f"{node.text}*", "limit": NAMES}
            self.problems.append(problem(code, node.start, node.end, **values))
        return frozenset(label.id for label in labels[:NAMES])

    def _exact(self, field: KeywordField, value: str) -> frozenset[str]:
        """The ids whose name is spelt as the value, case and Unicode form aside."""
        wanted = _spelling(value)
        labels = self._dictionary.resolve(field, value)
        return frozenset(label.id for label in labels if _spelling(label.name) == wanted)

    def ids(self, field: KeywordField, value: str) -> frozenset[str]:
        """The ids that a value means; a document's by its number too, an office's with a term."""
        labels = self._dictionary.resolve(field, value)
        told = KNOWN_BY.get(field)
        if not labels and told:
            labels = self._dictionary.resolve(field, told(value))
        return frozenset(label.id for label in labels)

    def _any_of(self, field: KeywordField, values: Iterable[str]) -> QueryNode:
        found = [self.keyword(field, value, 0, 0) for value in values]
        plain = [node for node in found if isinstance(node, HasKeyword)]
        others = [node for node in found if not isinstance(node, HasKeyword)]
        joined = HasKeyword(field, frozenset().union(*(node.ids for node in plain)))
        return AnyOf((joined, *others)) if others else joined


def _spelling(name: str) -> str:
    return " ".join(normalize("NFC", name).casefold().split())


def published(node: DateNode) -> Published:
    """The seconds that a query's days span in Vietnam's calendar."""
    return Published(_second(node.since, time.min), _second(node.until, time.max))


def _second(day: date | None, hour: time) -> int | None:
    return None if day is None else floor(datetime.combine(day, hour, VIETNAM).timestamp())


def join_names(node: Node | None, filters: Filters) -> Node | None:
    """Take ``tác giả:Nguyễn Văn An`` and ``tác giả:(Nguyễn Văn An)`` as one name where the archive knows it."""
    match node:
        case FieldNode(child=AndNode(children=children)) if text_fields(node) is None:
            name = _join(node, children, filters)
            return node if name is None else replace(node, child=name)
        case AndNode(children=children):
            return AndNode(tuple(_joined_children(children, filters)))
        case OrNode(children=children):
            return OrNode(tuple(_joined_children(children, filters)))
        case NotNode(child=child):
            joined = join_names(child, filters)
            return node if joined is None else NotNode(joined)
        case _:
            return node


def _joined_children(children: Sequence[Node], filters: Filters) -> list[Node]:
    left = list(children)
    done: list[Node] = []
    while left:
        node = left.pop(0)
        if isinstance(node, FieldNode) and isinstance(node.child, WordNode):
            node, taken = _with_following(node, left, filters)
            del left[:taken]
        joined = join_names(node, filters)
        done.append(node if joined is None else joined)
    return done


def _with_following(
    node: FieldNode, following: Sequence[Node], filters: Filters
) -> tuple[FieldNode, int]:
    """The field with as many of the words behind it as make a name that the archive knows."""
    words = list(takewhile(lambda n: isinstance(n, WordNode), following[: LONGEST_NAME - 1]))
    for taken in range(len(words), 0, -1) if text_fields(node) is None else ():
        name = _join(node, (node.child, *words[:taken]), filters)
        if name is not None:
            return replace(node, child=name, end=name.end), taken
    return node, 0


def _join(node: FieldNode, children: Sequence[Node], filters: Filters) -> PhraseNode | None:
    words = [child for child in children if isinstance(child, WordNode)]
    signed = any(word.exact or word.fuzzy for word in words) or any(w.prefix for w in words[:-1])
    if len(words) < len(children) or signed:
        return None
    name, field = " ".join(word.text for word in words), KeywordField(node.field.value)
    joined = PhraseNode(name, words[0].start, words[-1].end, prefix=words[-1].prefix)
    return joined if filters.knows(field, joined) else None
