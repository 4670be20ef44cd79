"""Which names are names of one, over the archive: by their keys, by an editor, by the last word of a full name."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tintuc_search.analysis.vi.spelling import is_syllable
from tintuc_search.catalogue.keys import BORDER, is_id, short_of
from tintuc_search.engine.database import select
from tintuc_search.entities.base import Kind

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

    from tintuc_search.catalogue.edits import Edit, Edits
    from tintuc_search.catalogue.keys import Keys

Root = tuple[Kind, str]
"""The canonical key that all names of one share (or of several, where people have the same name)."""

_LEAST_ARTICLES = 3
_SHARE = 2 / 3
"""``Trump`` alone is the one ``… Trump`` that this share of the articles on any of them names; a place likewise."""

_JOINING = frozenset(["merge", "alias"])

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reference:
    """Whom an editor means: a root, and of its bearers the one of a note or id; of all, where both are empty."""

    root: Root
    note: str = ""
    id: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether all that have the name are meant."""
        return not (self.note or self.id)


class Grouping:
    """The roots of keys, by one text of the editor's file. For use within one transaction."""

    def __init__(self, edits: Edits, keys: Keys, connection: sqlite3.Connection) -> None:
        self._keys, self._connection = keys, connection
        self._parent: dict[Root, Root] = {}
        self._shorts: dict[Root, str | None] = {}
        self._aliases: list[tuple[Root, tuple[str, ...]]] = []
        self.splits: dict[Root, Edit] = {}
        self.renames: list[tuple[Reference, Edit]] = []
        self.merges: list[tuple[Reference, tuple[Reference, ...], Edit]] = []
        self._links: list[set[Root]] = []
        # First what joins names, so that all other tables mean the joined ones.
        for joining in (True, False):
            for edit in edits.tables:
                if (edit.what in _JOINING) is joining:
                    self._read(edit)

    def root(self, kind: Kind, canonical: str) -> Root:
        """The root of a key."""
        own = self._joined((kind, canonical))
        if own[1] == canonical and _may_be_short(kind, canonical):
            full = self._full_name(kind, canonical)
            return self._joined((kind, full)) if full else own
        return own

    def members(self, root: Root) -> list[str]:
        """The canonical keys whose root it is."""
        kind, key = root
        joined = [key] if self._joined(root) == root else []
        joined += [
            k for (of, k), _ in self._parent.items() if of is kind and self._joined((of, k)) == root
        ]
        keys = dict.fromkeys(joined)
        for short in sorted({short for key in keys for short in self.families(kind, key)}):
            if self.root(kind, short) == root:
                keys.setdefault(short)
        return [key for key in keys if self.root(kind, key) == root]

    def linked(self, root: Root) -> set[Root]:
        """The roots that must be looked at together with one, itself included."""
        linked, before = {root}, 0
        while len(linked) > before:
            before = len(linked)
            for link in self._links:
                joined = {self._joined(each) for each in link}
                if joined & linked:
                    linked |= joined
            if root[0] is Kind.DOCUMENT:
                linked |= self._same_number(linked)
        return linked

    def _same_number(self, roots: Iterable[Root]) -> set[Root]:
        """The documents of the same kind and number, of which short forms may mean any."""
        keys = [key for root in roots for key in self.members(root)]
        question = "SELECT DISTINCT kind, short FROM names WHERE short <> '' AND canonical IN"
        document = Kind.DOCUMENT.value
        rows = select(self._connection, question, keys)
        shorts = {short for kind, short in rows if kind == document}
        # What is written of "short" here lets SQLite use the index on it.
        question = "SELECT DISTINCT kind, canonical FROM names WHERE short <> '' AND short IN"
        found = select(self._connection, question, shorts)
        return {self.root(Kind.DOCUMENT, key) for kind, key in found if kind == document}

    def aliases(self, root: Root) -> list[str]:
        """The names that an editor gave."""
        given = (names for of, names in self._aliases if self._joined(of) == root)
        return [name for names in given for name in names]

    @staticmethod
    def families(kind: Kind, canonical: str) -> Iterator[str]:
        """The short names that may be another's since a full name's count changed."""
        short = short_of(kind, canonical)
        if short and _may_be_short(kind, short):
            yield short

    def _joined(self, root: Root) -> Root:
        while root in self._parent:
            root = self._parent[root]
        return root

    def _full_name(self, kind: Kind, short: str) -> str | None:
        """The full name that a foreign name of one word, or a place's, stands for; None where it could be several."""
        if (kind, short) not in self._shorts:
            rows = self._connection.execute(
                "SELECT canonical, SUM(articles) FROM names"
                " WHERE short = ? AND short <> '' AND kind = ? AND canonical <> ? GROUP BY canonical",
                (short, kind.value, short),
            ).fetchall()
            counts: dict[str, int] = {}
            for key, count in rows:
                full = self._joined((kind, key))[1]
                counts[full] = counts.get(full, 0) + count
            best = max(counts, key=lambda key: (counts[key], key), default=None)
            enough = best is not None and counts[best] >= max(
                _LEAST_ARTICLES, _SHARE * sum(counts.values())
            )
            self._shorts[kind, short] = best if enough else None
        return self._shorts[kind, short]

    def _read(self, edit: Edit) -> None:
        name = self._refer(edit.kind, edit.name, edit)
        if name is None:
            return
        if edit.what == "alias":
            self._aliases.append((name.root, edit.others))
        if edit.what == "split":
            self.splits[self._joined(name.root)] = edit
        elif edit.what == "rename":
            self.renames.append((name, edit))
        else:
            others = [self._refer(edit.kind, other, edit) for other in edit.others]
            self._merge(name, [other for other in others if other], edit)

    def _merge(self, name: Reference, others: list[Reference], edit: Edit) -> None:
        apart = []
        for other in others:
            if name.is_whole and other.is_whole:
                old, new = self._joined(other.root), self._joined(name.root)
                if old != new:
                    self._parent[old] = new
            else:
                apart.append(other)
        if apart:
            self.merges.append((name, tuple(apart), edit))
            for other in apart:
                self._links.append({name.root, other.root})

    def _refer(self, kind: Kind, name: str, edit: Edit) -> Reference | None:
        if is_id(name):
            return self._by_id(kind, name, edit)
        note = told = ""
        if kind is not Kind.DOCUMENT and name.endswith(")") and " (" in name:
            name, _, note = name[:-1].rpartition(" (")
        if kind is not Kind.PERSON:
            note, told = "", note
        key = self._keys.canonical(kind, name, told)
        if not key:
            log.warning("%s: %r is no name", edit.place, name)
            return None
        return Reference((kind, key), self._keys.spelling(note))

    def _by_id(self, kind: Kind, entity_id: str, edit: Edit) -> Reference | None:
        slug = entity_id.rpartition("-")[0]
        rows = self._connection.execute(
            "SELECT DISTINCT canonical FROM names WHERE kind = ? ORDER BY canonical", (kind.value,)
        )
        of_slug = [key for (key,) in rows if self._keys.slug(key) == slug]
        for key in of_slug:
            if self._keys.id_of(kind, key) == entity_id:
                return Reference((kind, key))
        if of_slug:
            return Reference((kind, of_slug[0]), id=entity_id)
        log.warning("%s: no %s has the id %s", edit.place, kind.value, entity_id)
        return None


def _may_be_short(kind: Kind, name: str) -> bool:
    """Whether a key could stand for a longer one."""
    if kind is Kind.PLACE:
        return BORDER not in name
    return kind is Kind.PERSON and _is_foreign(name)


def _is_foreign(name: str) -> bool:
    """Whether a name is one word, and no Vietnamese syllable."""
    return bool(name) and " " not in name and name.isalpha() and not is_syllable(name)
