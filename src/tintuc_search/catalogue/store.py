"""The catalogue in one SQLite file beside the index: derived, and made anew with it."""

from __future__ import annotations

import json
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

from tintuc_search.catalogue import tables
from tintuc_search.catalogue.base import EntityEntry, EntityView, Naming, Restriction
from tintuc_search.catalogue.bearing import Bearers
from tintuc_search.catalogue.edits import Edits, read_edits
from tintuc_search.catalogue.evidence import evidence_of
from tintuc_search.catalogue.keys import Keys, equivalents_digest, is_id
from tintuc_search.catalogue.lookup import find, named_in, view
from tintuc_search.catalogue.offices import OfficeReader, offices_digest
from tintuc_search.catalogue.recording import record
from tintuc_search.catalogue.restricting import ids_of, restriction
from tintuc_search.catalogue.rows import entries, find_number
from tintuc_search.catalogue.settling import Settling, count_articles
from tintuc_search.engine.database import Database
from tintuc_search.entities.base import Kind
from tintuc_search.entities.tables import digest

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from tintuc_search.analysis.base import Analyzer
    from tintuc_search.archive.base import StoredArticle
    from tintuc_search.catalogue.keys import Namer
    from tintuc_search.entities.base import ArticleEntities

RULES = 4
"""To be raised with every change of code that makes other entities of the same names."""
AT_ONCE = 5000
"""So many keys of names are settled in one transaction."""


class SqliteCatalogue:
    """Implements :class:`~.base.Catalogue` and :class:`~.base.CatalogueWriter` in the file ``path``.

    ``edits`` is the editor's file, read whenever entities are settled. ``namer`` is made when first needed: to show
    an entity takes no lists of names. ``at_once``: so many keys of names are settled in one transaction. Safe for
    threads; several processes may read while one writes. A file must first be made by ``clear``.
    """

    def __init__(
        self,
        path: Path | str,
        edits: Path | None,
        namer: Callable[[], Namer],
        analyzer: Analyzer,
        *,
        at_once: int = AT_ONCE,
    ) -> None:
        self._database = Database(path, tables.SCHEMA, tables.VERSION, what="catalogue of entities")
        self._edits, self._at_once = edits, at_once
        self._keys = Keys(namer, analyzer)

    @cached_property
    def _naming(self) -> str:
        """Changes whenever a name could have another key."""
        return f"{RULES}-{equivalents_digest()}-{digest()}"

    @cached_property
    def _bearers(self) -> Bearers:
        return Bearers(self._keys, OfficeReader(self._keys))

    def apply(
        self, named: Iterable[tuple[StoredArticle, ArticleEntities]], deleted: Iterable[str]
    ) -> None:
        """Keep what articles name, in place of what was kept of them, in one transaction."""
        evidence = [evidence_of(stored, found, self._keys) for stored, found in named]
        with self._database.writing() as connection:
            record(connection, evidence, deleted, self._keys)
            _count_up(connection)

    def settle(self) -> None:
        """Make the entities anew whose names changed, or all where the editor's file or a list did.

        In transactions of so many names that memory does not grow with the archive; a kill loses none of those done.

        Raises:
            BadInput: the editor's file is broken; the entities stay as they were.
        """
        edits = read_edits(self._edits) if self._edits else Edits()
        rules = sha256(json.dumps([RULES, offices_digest(), edits.digest]).encode()).hexdigest()
        with self._database.reading() as connection:
            dirty = connection.execute("SELECT 1 FROM names WHERE dirty LIMIT 1").fetchone()
            if not dirty and (_state(connection, "rules"), _state(connection, "naming")) == (
                rules,
                self._naming,
            ):
                return
        with self._database.writing() as connection:
            if _state(connection, "naming") != self._naming:
                self._name_anew(connection)
            if _state(connection, "rules") != rules:
                connection.execute("UPDATE names SET dirty = 1")
            count_articles(connection)
            _set_state(connection, "rules", rules)
            _set_state(connection, "naming", self._naming)
        more = True
        while more:
            with self._database.writing() as connection:
                more = Settling(connection, self._keys, self._bearers, edits).run(self._at_once)
                _count_up(connection)

    def clear(self) -> None:
        """Forget everything, whatever state the file is in."""
        self._database.clear(tables.TABLES)
        with self._database.writing() as connection:
            _set_state(connection, "naming", self._naming)

    def generation(self) -> str:
        """A string that changes whenever anything else here may."""
        with self._database.reading() as connection:
            return _state(connection, "changes")

    def entities(
        self, text: str = "", kind: Kind | None = None, *, offset: int = 0, limit: int = 20
    ) -> tuple[int, Sequence[EntityEntry]]:
        """How many entities have a name with a word that begins so, and some, the most named first."""
        with self._database.reading() as connection:
            return find(connection, self._keys, _storable(text), kind, (offset, limit))

    def entity(self, entity_id: str) -> EntityView | None:
        """All of one entity, by its id or one that leads to it; None where there is none."""
        with self._database.reading() as connection:
            number = find_number(connection, _storable(entity_id))
            return None if number is None else view(connection, self._keys, number)

    def entry(self, entity_id: str) -> EntityEntry | None:
        """The entity's entry."""
        with self._database.reading() as connection:
            number = find_number(connection, _storable(entity_id))
            return None if number is None else entries(connection, [number]).get(number)

    def named(self, article: str, revision: int) -> Sequence[Naming]:
        """Where the text of an article names which entity, in order; empty for another revision."""
        with self._database.reading() as connection:
            found = named_in(connection, _storable(article), revision)
            known = entries(connection, {number for _, _, number in found})
        return [
            Naming(start, end, known[number].id) for start, end, number in found if number in known
        ]

    def restriction(self, entity_id: str) -> Restriction | None:
        """What finds the articles of an entity; None where there is none of this id."""
        if not is_id(entity_id):
            return None
        with self._database.reading() as connection:
            number = find_number(connection, entity_id)
            return None if number is None else restriction(connection, number)

    def ids_of(self, kind: Kind, keys: Iterable[str]) -> Mapping[str, Sequence[str]]:
        """The ids of the entities that the index knows by each key, the most named first."""
        with self._database.reading() as connection:
            return ids_of(connection, kind, map(_storable, keys))

    def bearers(self, kind: Kind, name: str) -> Sequence[str]:
        """The ids of the entities that articles call by a name, the most named first."""
        key = _storable(self._keys.indexed(kind, name))
        with self._database.reading() as connection:
            return ids_of(connection, kind, [key]).get(key, ())

    def close(self) -> None:
        """Release files."""
        self._database.close()

    def _name_anew(self, connection: sqlite3.Connection) -> None:
        """Give every name its key by the present list of equal names."""
        rows = connection.execute("SELECT number, kind, text, note FROM names").fetchall()
        named = (
            (number, Kind(kind), text, self._keys.canonical(Kind(kind), text, note))
            for number, kind, text, note in rows
        )
        connection.executemany(
            "UPDATE names SET canonical = ?, short = ?, dirty = 1 WHERE number = ?",
            ((key, self._keys.short(kind, text, key), number) for number, kind, text, key in named),
        )


def _state(connection: sqlite3.Connection, key: str) -> str:
    row = connection.execute("SELECT value FROM state WHERE key = ?", (key,)).fetchone()
    return row[0] if row else ""


def _set_state(connection: sqlite3.Connection, key: str, value: str) -> None:
    connection.execute("INSERT OR REPLACE INTO state VALUES (?, ?)", (key, value))


def _count_up(connection: sqlite3.Connection) -> None:
    """Readers tell by the count that something changed."""
    _set_state(connection, "changes", str(int(_state(connection, "changes") or 0) + 1))


def _storable(text: str) -> str:
    """An address may hold lone surrogates, which SQLite does not take."""
    return text.encode("utf-8", "replace").decode("utf-8")
