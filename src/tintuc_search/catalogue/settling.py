"""Makes the entities anew whose names changed.

What comes of a name hangs on all that is kept of it, never on what an entity was before: the same articles give
the same entities, in whatever order and however often they came.
"""

from __future__ import annotations

import logging
from itertools import count
from typing import TYPE_CHECKING

from tintuc_search.catalogue.documents import Form, Named, allot
from tintuc_search.catalogue.drafts import Draft, Name, note_of, untold
from tintuc_search.catalogue.grouping import Grouping
from tintuc_search.engine.database import select
from tintuc_search.entities.base import Kind

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence

    from tintuc_search.catalogue.bearing import Bearers
    from tintuc_search.catalogue.edits import Edits
    from tintuc_search.catalogue.grouping import Reference, Root
    from tintuc_search.catalogue.keys import Keys

log = logging.getLogger(__name__)


def count_articles(connection: sqlite3.Connection) -> None:
    """In how many articles each dirty name is; what becomes of one name hangs on the counts of others."""
    connection.execute(
        "UPDATE names SET articles = (SELECT COUNT(*) FROM mentions WHERE name = number) WHERE dirty"
    )


class Settling:
    """One pass over some of the names that changed, within a transaction.

    Every pass leaves names settled whole: with all that can change because of them. So the passes need not be one
    transaction, and what a kill leaves undone is still dirty.
    """

    def __init__(
        self, connection: sqlite3.Connection, keys: Keys, bearers: Bearers, edits: Edits
    ) -> None:
        self._connection, self._keys, self._bearers = connection, keys, bearers
        self._grouping = Grouping(edits, keys, connection)
        self._touched: set[int] = set()
        last = connection.execute("SELECT MAX(number) FROM entities").fetchone()[0]
        self._numbers = count((last or 0) + 1)

    def run(self, most: int) -> bool:
        """Settle dirty names under ``most`` keys; whether there were any."""
        connection = self._connection
        question = "SELECT DISTINCT kind, canonical FROM names WHERE dirty LIMIT ?"
        dirty = sorted(
            (Kind(kind), key) for kind, key in connection.execute(question, (most,)).fetchall()
        )
        done: set[Root] = set()
        for root in self._concerned(dirty):
            if root not in done:
                roots = self._grouping.linked(root)
                done |= roots
                self._settle(roots)
        # Last, since mentions may have moved to an entity from one that was made before it.
        self._remove(self._count())  # of a name that has another key since
        keys = [(kind.value, key) for kind, key in dirty]
        connection.executemany(
            "DELETE FROM names WHERE kind = ? AND canonical = ? AND dirty AND articles = 0", keys
        )
        connection.executemany(
            "UPDATE names SET dirty = 0 WHERE kind = ? AND canonical = ? AND dirty", keys
        )
        return bool(dirty)

    def _concerned(self, dirty: Sequence[Root]) -> list[Root]:
        """The roots of dirty names, now and as their entities have it, and of short names beside them."""
        shorts = {
            (kind, short) for kind, key in dirty for short in self._grouping.families(kind, key)
        }
        known = dict.fromkeys([*dirty, *sorted(shorts)])
        roots = dict.fromkeys(self._grouping.root(*each) for each in known)
        before = (
            "SELECT DISTINCT entities.kind, entities.root, aliases.canonical FROM aliases"
            " JOIN entities ON entities.number = aliases.entity WHERE aliases.canonical IN"
        )
        for kind, root, canonical in select(self._connection, before, {key for _, key in known}):
            if (Kind(kind), canonical) in known:
                roots.setdefault((Kind(kind), root))
        return list(roots)

    def _settle(self, roots: set[Root]) -> None:
        drafts: list[Draft] = []
        for root in sorted(roots):
            drafts += self._drafts(root)
        self._allot_documents(drafts)
        self._merge(drafts)
        self._rename(drafts)
        before: dict[str, int] = {}
        for kind, key in roots:
            question = "SELECT id, number FROM entities WHERE kind = ? AND root = ?"
            before.update(self._connection.execute(question, (kind.value, key)).fetchall())
        for draft in drafts:
            draft.id = self._id(draft)
            self._store(draft, before.pop(draft.id, None))
        self._remove(before.values())
        self._redirect(drafts)

    def _drafts(self, root: Root) -> list[Draft]:
        """The entities of a root, the most named first; none where no article names it."""
        kind = root[0]
        question = (
            "SELECT kind, number, text, note, spelling, indexed, canonical, folded, articles FROM names"
            " WHERE articles > 0 AND canonical IN"
        )
        members = self._grouping.members(root)
        names = sorted(
            (
                Name(*row)
                for of, *row in select(self._connection, question, members)
                if of == kind.value
            ),
            key=lambda name: (name.text, name.note),
        )
        if not names:
            return []
        split = self._grouping.splits.get(root)
        bearers = []
        if kind is Kind.PERSON:
            keyed = [(name.number, name.canonical) for name in names]
            bearers = self._bearers.of(self._connection, keyed, split)
        if not bearers:
            return [Draft(root, told=note_of(names, root), parts=[(names, None)], roots=[root])]
        return [
            Draft(
                root,
                bearer.note,
                [(names, frozenset(item.unit for item in bearer.items))],
                roots=[root],
                articles=bearer.articles,
            )
            for bearer in bearers
        ]

    def _allot_documents(self, drafts: list[Draft]) -> None:
        """The articles that mean a fuller form of a document go to that one."""
        forms: dict[str, dict[str, Form]] = {}
        of_key = {draft.root[1]: draft for draft in drafts if draft.root[0] is Kind.DOCUMENT}
        for key, draft in of_key.items():
            names = draft.names()
            short = self._keys.short(Kind.DOCUMENT, names[0].text, key)
            if short and len(of_key) > 1:
                question = "SELECT article, published FROM mentions WHERE name IN"
                numbers = [name.number for name in names]
                named = [Named(*row) for row in select(self._connection, question, numbers)]
                form = Form(key, names[0].text, draft.told, named)
                forms.setdefault(short, {})[key] = form
        for of_short in forms.values():
            for key, articles in allot(of_short.values()).items():
                left = {named.article for named in of_short[key].named} - articles.keys()
                self._hand_over(of_key[key], frozenset(left), articles, of_key)
                if not left:
                    drafts.remove(of_key[key])

    @staticmethod
    def _hand_over(
        draft: Draft, left: frozenset[int], articles: Mapping[int, str], drafts: Mapping[str, Draft]
    ) -> None:
        names = draft.names()
        draft.parts = [(names, left)]
        for key in sorted(set(articles.values())):
            units = frozenset(article for article, target in articles.items() if target == key)
            drafts[key].parts.append((names, units))

    def _merge(self, drafts: list[Draft]) -> None:
        """What an editor merged of bearers of names that others bear, too."""
        for into, others, edit in self._grouping.merges:
            roots = {self._joined(each) for each in (into, *others)}
            if not roots & {draft.root for draft in drafts}:
                continue
            target = self._meant(into, drafts)
            for other in others:
                draft = self._meant(other, drafts)
                if target is None or draft is None:
                    log.warning("%s: nobody is meant by one of the names", edit.place)
                elif draft is not target:
                    target.parts += draft.parts
                    target.roots += draft.roots
                    target.ids |= self._ids(draft)
                    drafts.remove(draft)
        for draft in drafts:
            whole = [other for other in drafts if other.root == draft.root]
            if len(whole) == 1 and draft.root not in self._grouping.splits:
                draft.note = ""

    def _rename(self, drafts: list[Draft]) -> None:
        for name, edit in self._grouping.renames:
            if any(draft.root == self._joined(name) for draft in drafts):
                draft = self._meant(name, drafts)
                if draft is None:
                    log.warning("%s: nobody is meant", edit.place)
                else:
                    draft.renamed = edit.others[0]

    def _joined(self, name: Reference) -> Root:
        return self._grouping.root(*name.root)

    def _meant(self, name: Reference, drafts: list[Draft]) -> Draft | None:
        of_root = [draft for draft in drafts if draft.root == self._joined(name)]
        for draft in of_root:
            note = self._keys.spelling(draft.note)
            if (
                name.is_whole
                or (name.note and note == name.note)
                or (name.id and name.id in self._ids(draft))
            ):
                return draft
        return None

    def _id(self, draft: Draft) -> str:
        """A bearer's id hangs on the earliest article: what tells people apart changes with every article more."""
        return self._keys.id_of(*draft.root, *draft.articles[:1])

    def _ids(self, draft: Draft) -> set[str]:
        """The ids that an entity can have had, when others of its articles were the earliest known."""
        return {self._keys.id_of(*draft.root, article) for article in draft.articles or [""]}

    def _store(self, draft: Draft, known: int | None) -> None:
        """Write an entity with its aliases, and whose mentions are its own."""
        connection = self._connection
        kind, root = draft.root
        draft.number = known or next(self._numbers)
        self._touched.add(draft.number)
        for part, units in draft.parts:
            for name in part:
                self._assign(name.number, units, draft.number)
        forms = self._forms(draft)
        shown = draft.renamed or self._preferred(draft.root, forms)
        connection.execute(
            "INSERT INTO entities (number, id, kind, root, name, note) VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (number) DO UPDATE SET name = excluded.name, note = excluded.note",
            (
                *(draft.number, draft.id, kind.value, root),
                *(shown, draft.note or untold(draft.told, shown, forms)),
            ),
        )
        given = [*self._grouping.aliases(draft.root), draft.renamed]
        extra = [self._extra(kind, text) for text in given if text]
        if known:
            connection.execute("DELETE FROM aliases WHERE entity = ?", (known,))
        connection.executemany(
            "INSERT OR IGNORE INTO aliases VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    *(draft.number, name.text, name.spelling, name.indexed),
                    *(name.canonical, name.folded, times),
                )
                for name, times in (*forms, *((each, 0) for each in extra))
            ),
        )

    def _assign(self, name: int, units: frozenset[int] | None, entity: int) -> None:
        question = "SELECT DISTINCT entity FROM mentions WHERE name = ? AND entity IS NOT NULL"
        self._touched |= {number for (number,) in self._connection.execute(question, (name,))}
        if units is None:
            self._connection.execute(
                "UPDATE mentions SET entity = ? WHERE name = ? AND entity IS NOT ?",
                (entity, name, entity),
            )
        else:
            self._connection.executemany(
                "UPDATE mentions SET entity = ? WHERE article = ? AND name = ? AND entity IS NOT ?",
                ((entity, unit, name, entity) for unit in sorted(units)),
            )

    def _count(self) -> list[int]:
        """Count the articles and mentions of the entities that were touched; those without any."""
        numbers = sorted(self._touched)
        self._connection.executemany(
            "UPDATE entities SET (articles, mentions, first, last) ="
            " (SELECT COUNT(DISTINCT article), TOTAL(times), MIN(published), MAX(published)"
            " FROM mentions WHERE entity = number) WHERE number = ?",
            ((number,) for number in numbers),
        )
        question = "SELECT number FROM entities WHERE articles = 0 AND number IN"
        return [number for (number,) in select(self._connection, question, numbers)]

    def _forms(self, draft: Draft) -> list[tuple[Name, int]]:
        """The names with the number of articles that write the entity so."""
        if all(units is None for _, units in draft.parts):
            return [(name, name.articles) for name in draft.names()]
        question = "SELECT COUNT(*) FROM mentions WHERE name = ? AND entity = ?"
        counted = [
            (name, self._connection.execute(question, (name.number, draft.number)).fetchone()[0])
            for name in draft.names()
        ]
        return [(name, times) for name, times in counted if times]

    def _extra(self, kind: Kind, text: str) -> Name:
        keys = self._keys
        return Name(
            0,
            text,
            "",
            keys.spelling(text),
            keys.indexed(kind, text),
            keys.canonical(kind, text),
            keys.folded(text),
            0,
        )

    def _preferred(self, root: Root, forms: Sequence[tuple[Name, int]]) -> str:
        """The name shown: the one of a list; else written out, not in capitals, by most articles."""
        listed = self._keys.preferred.get(root)
        if listed:
            return listed
        best = max(
            forms,
            key=lambda form: (
                form[0].canonical == root[1],
                not form[0].note,
                len(form[0].spelling) >= len(form[0].canonical),
                not form[0].text.isupper(),
                form[0].text[:1].isupper(),
                form[1],
                form[0].text,
            ),
        )
        return best[0].text

    def _remove(self, numbers: Iterable[int]) -> None:
        for number in numbers:
            for table, column in (
                ("entities", "number"),
                ("aliases", "entity"),
                ("redirects", "entity"),
            ):
                self._connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (number,))  # noqa: S608
            self._touched.discard(number)

    def _redirect(self, drafts: Sequence[Draft]) -> None:
        """The ids of names that became another's lead to that one; a shared name's to the one most named."""
        for draft in reversed(drafts):
            others = {(draft.root[0], name.canonical) for name in draft.names()}
            others |= {draft.root, *draft.roots}
            ids = ({self._keys.id_of(*each) for each in others} | draft.ids) - {draft.id}
            self._connection.execute("DELETE FROM redirects WHERE entity = ?", (draft.number,))
            self._connection.executemany(
                "INSERT OR REPLACE INTO redirects VALUES (?, ?)",
                ((each, draft.number) for each in sorted(ids)),
            )
