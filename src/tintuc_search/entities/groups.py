"""Names of one kind, gathered under the key that spellings of one name share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tintuc_search.entities.base import Kind

if TYPE_CHECKING:
    from tintuc_search.entities.scan import Found
    from tintuc_search.entities.units import Units

Key = tuple[str, ...]
Groups = dict[Key, list["Found"]]


def key_of(units: Units, found: Found) -> Key:
    """The terms of a name; of a body's without the joints, which the press leaves out."""
    terms = units.terms[found.first : found.after]
    if found.kind is Kind.ORGANISATION:
        return tuple([term for term in terms if term not in units.joints])
    return tuple(terms)


def merge(groups: Groups, short: Key, full: Key) -> None:
    """The names under ``short`` are names of ``full``."""
    groups[full].extend(groups.pop(short))
