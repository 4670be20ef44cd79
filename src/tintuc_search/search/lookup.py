"""The dictionary as searches read it: what was asked before is remembered until the index changes.

A query asks for every syllable and every run of up to four of them, and a facet for every name; the same
few thousand come again and again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from tintuc_search.engine.base import DictionaryEntry, KeywordField, Way
from tintuc_search.entities.base import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from tintuc_search.catalogue.base import EntityFinder, Restriction
    from tintuc_search.engine.base import (
        Dictionary,
        Label,
        Vocabulary,
    )

ENTITIES = {
    KeywordField.PERSON: (Kind.PERSON,),
    KeywordField.ORGANISATION: (Kind.ORGANISATION,),
    KeywordField.PLACE: (Kind.PLACE,),
    KeywordField.DOCUMENT: (Kind.DOCUMENT,),
    KeywordField.SPEAKER: (Kind.PERSON, Kind.ORGANISATION, Kind.PLACE),
}
"""The fields whose values are entities of the catalogue, and of which kinds."""
_UNASKED = DictionaryEntry("", 0)
Key = TypeVar("Key")
Value = TypeVar("Value")


class Lookup:
    """Reads a dictionary; threads may share it. ``capacity`` bounds each kind of answer kept (some 10 MB)."""

    def __init__(
        self,
        dictionary: Dictionary,
        capacity: int = 1 << 15,
        *,
        entities: EntityFinder | None = None,
    ) -> None:
        self._dictionary = dictionary
        self._entities = entities
        self._capacity = capacity
        self._generation = ""
        self._forget()

    def _forget(self) -> None:
        self._entries: dict[str, DictionaryEntry | None] = {}
        self._folded: dict[tuple[str, int], Sequence[DictionaryEntry]] = {}
        self._names: dict[tuple[KeywordField, str], str] = {}
        self._vocabulary: Vocabulary | None = None
        self._definitions: dict[int, Mapping[tuple[str, str], int]] = {}

    def renew(self, generation: str) -> None:
        """Forget everything if the index changed; its dictionary is written before it is."""
        if generation != self._generation:
            self._forget()
            self._generation = generation

    def entry(self, term: str) -> DictionaryEntry | None:
        """The term as stored, or None."""
        return self._kept(self._entries, term, lambda: self._dictionary.entry(term))

    def entries(self, terms: Iterable[str]) -> list[DictionaryEntry]:
        """Those of ``terms`` that the archive holds, each once, asked for together."""
        kept = self._entries
        wanted = set(terms)
        looked = {term: kept.get(term, _UNASKED) for term in wanted}
        known = {term: entry for term, entry in looked.items() if entry is not _UNASKED}
        if len(known) < len(wanted):
            asked = wanted - known.keys()
            found = {entry.term: entry for entry in self._dictionary.entries(asked)}
            if len(kept) + len(asked) > self._capacity:
                kept = self._entries = {}  # not emptied: another thread may be reading it
            known |= {term: found.get(term) for term in asked}
            kept.update(known)
        return [entry for entry in known.values() if entry is not None]

    def folded(self, folded: str, limit: int) -> Sequence[DictionaryEntry]:
        """The terms that fold to ``folded``, most frequent first, at most ``limit``."""
        key = folded, limit
        return self._kept(self._folded, key, lambda: self._dictionary.folded(folded, limit))

    def definitions(self, least: int) -> Mapping[tuple[str, str], int]:
        """The abbreviations that ``least`` and more documents explain: the same object until the index changes."""
        return self._kept(self._definitions, least, lambda: self._dictionary.definitions(least))

    def likeliest(self, choices: Sequence[Sequence[DictionaryEntry]], most: int) -> Sequence[Way]:
        """The likeliest ways through ``choices``; a row without a choice has but one."""
        if all(len(entries) == 1 for entries in choices):
            return [Way((0,) * len(choices), 0.0)]
        return self._dictionary.likeliest(choices, most)

    def labels(
        self, ids: Iterable[tuple[KeywordField, str]]
    ) -> Mapping[tuple[KeywordField, str], str]:
        """The names of keyword ids; unknown ones are left out."""
        names = self._names
        wanted = set(ids)
        known = {key: names[key] for key in wanted if key in names}
        found = self._dictionary.labels(wanted - known.keys()) if len(known) < len(wanted) else {}
        if len(names) + len(found) > self._capacity:
            names.clear()
        names.update(found)
        return known | dict(found)

    def resolve(self, field: KeywordField, value: str) -> Sequence[Label]:
        """The keywords that a user's ``value`` means."""
        return self._dictionary.resolve(field, value)

    def beginning(self, field: KeywordField, value: str, limit: int) -> Sequence[Label]:
        """The keywords whose names begin with ``value``, at most ``limit``."""
        return self._dictionary.beginning(field, value, limit)

    def restriction(self, entity_id: str) -> Restriction | None:
        """What finds the articles of an entity; None where there is none of this id."""
        return self._entities.restriction(entity_id) if self._entities else None

    def bearers(self, field: KeywordField, keys: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
        """The ids of the entities that the index knows by each key of a field, the most named first."""
        found: dict[str, tuple[str, ...]] = {}
        if self._entities is None or not keys:
            return found
        for kind in ENTITIES.get(field, ()):
            for key, ids in self._entities.ids_of(kind, keys).items():
                found[key] = (*found.get(key, ()), *ids)
        return found

    def vocabulary(self) -> Vocabulary:
        """The terms of one syllable; read with the first query that needs them."""
        if self._vocabulary is None:
            self._vocabulary = self._dictionary.vocabulary()
        return self._vocabulary

    def _kept(self, kept: dict[Key, Value], key: Key, find: Callable[[], Value]) -> Value:
        if key in kept:
            return kept[key]
        if len(kept) >= self._capacity:
            kept.clear()
        value = kept[key] = find()
        return value
