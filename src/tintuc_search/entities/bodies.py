"""Which names of organisations in an article are names of one."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from tintuc_search.entities.areas import Areas
from tintuc_search.entities.base import Kind
from tintuc_search.entities.groups import Groups, Key, key_of, merge

if TYPE_CHECKING:
    from tintuc_search.entities.scan import Scan
    from tintuc_search.entities.tables import Tables
    from tintuc_search.entities.units import Units


class Bodies:
    """Joins the organisations of one article, whose units and findings it is made with.

    ``told`` holds the full names that no single place of the text gives, but several together do.
    """

    def __init__(self, units: Units, scan: Scan, tables: Tables) -> None:
        self._units, self._scan, self._tables = units, scan, tables
        self._councils = {tuple(key.split(" ")) for key in tables.part("council")}
        self._national = {tuple(key.split(" ")) for key in tables.part("national")}
        self.told: dict[Key, str] = {}

    def join(self, groups: Groups) -> None:
        """Join the groups of names that mean one body."""
        self._give_areas(groups)
        self._share_areas(groups)
        aliases = self._merge_aliases(groups)
        self._join_beginnings(groups)
        self._join_endings(groups)
        for council in self._councils & groups.keys():
            del groups[council]  # no body: whichever council
        self._add_aliases(groups, aliases)

    def _give_areas(self, groups: Groups) -> None:
        """``UBND tỉnh``, ``Tỉnh ủy`` of an article about one province are that province's."""
        areas = Areas(self._units, self._scan, self._tables)
        for key in list(groups):
            bare = areas.level_at_end(key)
            if bare and len(key) > bare:
                area = areas.main(key[-bare:])
                if area:
                    self._extend(groups, key, bare, area.terms, area.shown)
            else:
                level = areas.level_of_body(key)
                area = areas.main(level) if level else None
                if area:
                    self._extend(groups, key, 0, area.bare, area.bare_shown)

    def _extend(self, groups: Groups, key: Key, bare: int, terms: Key, shown: str) -> None:
        """Put an area in the place of the last ``bare`` terms of a name."""
        first, after = groups[key][0].first, groups[key][0].after - bare
        full = key[: len(key) - bare] + terms
        self._rename(groups, key, full, f"{self._units.show(first, after)} {shown}")

    def _rename(self, groups: Groups, key: Key, full: Key, name: str) -> None:
        self.told.setdefault(full, name)
        groups.setdefault(full, []).extend(groups.pop(key))

    def _share_areas(self, groups: Groups) -> None:
        """``HĐND, UBND TP X``: the first is of X too."""
        units = self._units
        for found, following in pairwise(self._scan.names):
            key = key_of(units, found)
            if key not in self._councils or following.kind is not Kind.ORGANISATION:
                continue
            between = units.terms[found.after : following.first]
            if (
                between not in ([], ["và"])
                or following.area >= following.after
                or key not in groups
            ):
                continue
            full = key + tuple(units.terms[following.area : following.after])
            area = units.show(following.area, following.after)
            self.told.setdefault(full, f"{units.show(found.first, found.after)} {area}")
            groups[key].remove(found)
            groups.setdefault(full, []).append(found)
            if not groups[key]:
                del groups[key]

    def _merge_aliases(self, groups: Groups) -> dict[str, Key]:
        scan = self._scan
        aliases = {alias: key_of(self._units, named) for alias, named in scan.aliases.items()}
        for alias, key in aliases.items():
            if (alias,) in groups and key in groups and key != (alias,):
                merge(groups, (alias,), key)
        return aliases

    def _join_beginnings(self, groups: Groups) -> None:
        """``Sở Xây dựng`` is ``Sở Xây dựng TP.HCM``: it begins a longer name of the article."""
        for key in sorted(groups, key=len):
            if len(key) > 1 and key not in self._national:
                longer = [
                    other for other in groups if len(other) > len(key) and other[: len(key)] == key
                ]
                if longer:
                    merge(groups, key, max(longer, key=lambda other: len(groups[other])))

    def _join_endings(self, groups: Groups) -> None:
        """``Vingroup`` is ``Tập đoàn Vingroup``; ``Thường vụ Quốc hội`` with ``Ủy ban`` the same."""
        for key in sorted(groups, key=len):
            for other in list(groups):
                head = other[: -len(key)]
                if head and other[len(head) :] == key and self._adds_nothing(head, other, key):
                    merge(groups, key, other)
                    break

    def _adds_nothing(self, head: Key, full: Key, key: Key) -> bool:
        if head == ("ủy", "ban"):
            return key[0] == "thường"
        kinds = self._tables.heads.begin(full)
        return kinds is not None and "firm" in kinds and "part" not in kinds and head[0] != "đảng"

    def _add_aliases(self, groups: Groups, aliases: dict[str, Key]) -> None:
        for found in self._scan.loose:
            key = aliases.get(self._units.terms[found.first])
            if key and self._units.caps[found.first] and found.after - found.first == 1:
                named = next((other for other in groups if other[: len(key)] == key), None)
                if named:
                    groups[named].append(found)
