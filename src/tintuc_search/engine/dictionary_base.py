"""The port of the dictionary beside the index; :mod:`~.base` names its parts too, as one port with the engine's."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tintuc_search.engine.base import IndexDocument, KeywordField


@dataclass(frozen=True, slots=True)
class DictionaryEntry:
    """A term that the archive holds, and in how many documents.

    ``number`` is the dictionary's own for it, 0 for a term that it does not hold.
    """

    term: str
    count: int
    number: int = field(default=0, compare=False)


class Way(NamedTuple):
    """Which of the choices is taken at each place, and the logarithm of how likely that is."""

    taken: tuple[int, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Label:
    """A keyword's id and the name that people read."""

    field: KeywordField
    id: str
    name: str


class Vocabulary(Protocol):
    """The terms of one syllable that a dictionary held at one time; threads may share it.

    An error is a letter added, dropped, replaced, or exchanged with its neighbour.
    """

    def prefixed(self, folded: str) -> Iterator[DictionaryEntry]:
        """The terms whose folded form begins with ``folded``, most frequent first."""
        ...

    def similar(self, folded: str, most: int) -> Iterator[tuple[int, DictionaryEntry]]:
        """The terms at most ``most`` errors off, with the errors; nearest, then most frequent first."""
        ...


class Dictionary(Protocol):
    """The terms and keyword names that the index holds; ours, beside the engine, the same for all.

    Document frequencies and the counts of neighbouring terms are exact after every ``apply``, under changes
    and deletions too.
    """

    def entry(self, term: str) -> DictionaryEntry | None:
        """The term as stored, or None."""
        ...

    def entries(self, terms: Iterable[str]) -> Sequence[DictionaryEntry]:
        """Those of ``terms`` that are held, each once, in no order: one question for many."""
        ...

    def folded(self, folded: str, limit: int) -> Sequence[DictionaryEntry]:
        """The terms that fold to ``folded``, most frequent first, at most ``limit``."""
        ...

    def definitions(self, least: int) -> Mapping[tuple[str, str], int]:
        """The abbreviations with their full forms that ``least`` and more documents explain: in how many."""
        ...

    def likeliest(self, choices: Sequence[Sequence[DictionaryEntry]], most: int) -> Sequence[Way]:
        """The likeliest ways through ``choices``, by how the archive puts terms one after the other.

        ``choices`` are the terms to choose from at each place, at least one each. Best first, at least one way
        and at most ``most``.
        """
        ...

    def labels(
        self, ids: Iterable[tuple[KeywordField, str]]
    ) -> Mapping[tuple[KeywordField, str], str]:
        """The names of keyword ids; unknown ones are left out."""
        ...

    def resolve(self, field: KeywordField, value: str) -> Sequence[Label]:
        """The keywords that a user's ``value`` means: by id, else by key, else (unmarked) by folded key."""
        ...

    def beginning(self, field: KeywordField, value: str, limit: int) -> Sequence[Label]:
        """The keywords whose key, or (``value`` unmarked) folded key, begins with ``value``; by name."""
        ...

    def vocabulary(self) -> Vocabulary:
        """The terms of one syllable as they are now: read at once, to be kept by whoever asks often."""
        ...

    def apply(
        self,
        documents: Iterable[IndexDocument],
        labels: Iterable[Label],
        deleted: Iterable[str],
    ) -> None:
        """Count the documents in, in place of what they held before, in one transaction."""
        ...

    def settle(self) -> None:
        """Make what readers would otherwise have to, after a run of ``apply``."""
        ...

    def clear(self) -> None:
        """Forget everything."""
        ...

    def close(self) -> None:
        """Release files."""
        ...
