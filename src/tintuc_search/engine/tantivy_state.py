"""The one document of an index that is no article: what is committed together with the articles."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tantivy import Document

from tintuc_search.engine.base import KeywordField
from tintuc_search.engine.tantivy_schema import ID, SCHEMA_VERSION, STATE, cut, numbers, uncut
from tintuc_search.engine.tantivy_strings import Extent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tintuc_search.engine.postings import Array

FILES = (ID, *(field.value for field in KeywordField))
"""The files of strings, in the order of their extents in the state."""

_HEAD = 2 + 1 + 1 + 3  # numbers before the extents
_EXTENT = 4
_LOW, _HALF = 21, 16  # bits of the lower part of a size, of half a checksum
CREATED_BITS = 24


class State(NamedTuple):
    """What a commit is told apart by and goes with.

    ``created`` (48 bits in two halves) tells one index from another in the same folder, ``commits`` counts,
    ``mark`` is the archive's change sequence, ``extents`` say how far each file of strings belongs to it.
    """

    created: tuple[int, int]
    commits: int
    mark: int
    extents: Mapping[str, Extent]

    @property
    def generation(self) -> str:
        """A string that no other commit has."""
        high, low = self.created
        return f"{high << CREATED_BITS | low:012x}-{self.commits}"

    def to_document(self) -> Document:
        """What Tantivy's writer takes."""
        values = [SCHEMA_VERSION, *self.created, self.commits, *cut(self.mark)]
        for name in FILES:
            size, checksum = self.extents[name]
            values += [size >> _LOW, size & (1 << _LOW) - 1]
            values += [checksum >> _HALF, checksum & (1 << _HALF) - 1]
        document = Document()
        document.add_pre_tokenized_text(STATE, numbers(values))
        return document


def read_version(steps: Array) -> int:
    """The version of the schema, which the numbers of every state begin with."""
    return int(steps[0])


def read_state(steps: Array) -> State:
    """Read the numbers of a state of the present schema."""
    if len(steps) != _HEAD + _EXTENT * len(FILES):
        raise ValueError("the state of the index is not whole")
    _, high, low, commits = steps[:4].tolist()
    extents = {
        name: Extent(size_high << _LOW | size_low, high_half << _HALF | low_half)
        for name, (size_high, size_low, high_half, low_half) in zip(
            FILES, steps[_HEAD:].reshape(-1, _EXTENT).tolist(), strict=True
        )
    }
    return State((high, low), commits, int(uncut(steps[4:_HEAD].reshape(1, 3))[0]), extents)
