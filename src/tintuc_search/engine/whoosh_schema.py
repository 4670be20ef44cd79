"""The Whoosh schema of an index: one field for all text, one for each kind of keyword, one for numbers.

Title, lead and body share the field ``text``, so that a term's postings are read once and a phrase needs
one list of positions; which part an occurrence lies in is told by a posting's packed frequencies and by the
document's borders.
"""

from __future__ import annotations

import sys
from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from whoosh.fields import COLUMN, FieldType, Schema
from whoosh.formats import Existence, Positions

from tintuc_search.engine.base import KeywordField
from tintuc_search.engine.snapshot import UNDATED
from tintuc_search.engine.whoosh_codec import POSITION
from tintuc_search.engine.whoosh_columns import RowColumn, StringsColumn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tintuc_search.engine.base import IndexDocument
    from tintuc_search.engine.postings import Inverted

SCHEMA_VERSION = 2
"""Rises whenever an index written before can no longer be read."""

TEXT, NUMBERS, ID, STATE = "text", "numbers", "id", "state"
_NUMBERS = 6  # lengths of title, lead, body; borders of lead, body; published
_ITEM = next(code for code in "IL" if array(code).itemsize == POSITION.itemsize)


class PositionArrays(Positions):  # type: ignore[misc]
    """Positions stored as an array of :data:`~.whoosh_codec.POSITION`."""

    def decode_positions(self, valuestring: bytes) -> list[int]:
        """A posting's positions."""
        positions: list[int] = np.frombuffer(valuestring, POSITION).tolist()
        return positions

    def decode_frequency(self, valuestring: bytes) -> int:
        """How often the term stands in the document."""
        return len(valuestring) // POSITION.itemsize


class ArticleText(FieldType):  # type: ignore[misc]
    """The text of an article, already inverted; a posting's weight is the packed frequencies."""

    def __init__(self) -> None:
        self.format = PositionArrays()
        self.scorable = self.stored = self.unique = False

    def index(self, value: Inverted, **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """The postings of one article."""
        for term, (packed, positions) in value.terms.items():
            yield encode(term), len(positions), float(packed), _bytes(positions)

    def to_bytes(self, value: Any) -> bytes:
        """A term as it is stored."""
        return value if isinstance(value, bytes) else encode(value)


class KeywordIds(FieldType):  # type: ignore[misc]
    """Ids: indexed, for Whoosh's own queries, and kept by document, for filters and facets."""

    def __init__(self) -> None:
        self.format = Existence()
        self.column_type = StringsColumn()
        self.scorable = self.stored = self.unique = False

    def index(self, value: tuple[str, ...], **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """The postings of one article."""
        for keyword in dict.fromkeys(value):
            yield encode(keyword), 1, 1.0, b""

    def to_bytes(self, value: Any) -> bytes:
        """An id as it is stored."""
        return value if isinstance(value, bytes) else encode(value)

    def to_column_value(self, value: tuple[str, ...]) -> tuple[str, ...]:
        """What the column holds: the ids themselves."""
        return tuple(dict.fromkeys(value))

    def from_column_value(self, value: tuple[str, ...]) -> tuple[str, ...]:
        """What the column gives back."""
        return value


class State(FieldType):  # type: ignore[misc]
    """No field: what must be committed together with the documents, for Whoosh commits the schema so.

    ``created`` tells one index from another in the same folder.
    """

    indexed = False

    def __init__(self, created: str) -> None:
        self.version, self.created, self.mark = SCHEMA_VERSION, created, 0


@dataclass(frozen=True, slots=True)
class Stamp:
    """The state of a commit as read back."""

    version: int
    created: str
    mark: int


def make_schema(created: str) -> Schema:
    """Make the schema of a new index."""
    fields: dict[str, FieldType] = {field.value: KeywordIds() for field in KeywordField}
    return Schema(
        **fields,
        **{
            ID: KeywordIds(),
            TEXT: ArticleText(),
            NUMBERS: COLUMN(RowColumn(_NUMBERS)),
            STATE: State(created),
        },
    )


def read_stamp(schema: Schema) -> Stamp:
    """The state that was committed with a schema; version 0 for a schema that is not ours."""
    state = schema[STATE] if STATE in schema.names() else None
    if not isinstance(state, State):
        return Stamp(0, "", 0)
    return Stamp(state.version, state.created, state.mark)


def fields_of(document: IndexDocument, inverted: Inverted) -> dict[str, Any]:
    """What Whoosh's writer takes for a document."""
    published = UNDATED if document.published is None else document.published
    fields: dict[str, Any] = {field.value: ids for field, ids in document.keywords.items() if ids}
    fields[ID] = (document.id,)
    fields[TEXT] = inverted
    fields[NUMBERS] = (*inverted.lengths, *inverted.borders, published)
    return fields


def encode(term: str) -> bytes:
    """A term's bytes; lone surrogates, which no text holds but a query may, are kept."""
    return term.encode("utf-8", "surrogatepass")


def _bytes(positions: list[int]) -> bytes:
    places = array(_ITEM, positions)
    if sys.byteorder == "big":
        places.byteswap()
    return places.tobytes()
