"""Which names of persons in an article are names of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tintuc_search.analysis.vi.spelling import is_syllable
from tintuc_search.entities.groups import Groups, Key, key_of, merge

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tintuc_search.entities.scan import Found
    from tintuc_search.entities.units import Units


def join_persons(units: Units, loose: list[Found], groups: Groups) -> None:
    """Short forms to the full one: ``Quốc Khánh`` and ``bà Khánh`` to ``Trần Thị Quốc Khánh``."""
    for key in sorted(groups, key=len):
        longer = [other for other in groups if len(other) > len(key) and _is_short_for(key, other)]
        if longer:
            merge(groups, key, max(longer, key=lambda other: len(groups[other])))
    _name_by_last(units, loose, groups)
    for found in loose:
        key = key_of(units, found)
        if len(key) > 1:
            continue
        full = _full_name(units, found, groups)
        if full:
            groups[full].append(found)
        elif _stands_alone(units, found):
            groups.setdefault(key, []).append(found)


def _is_short_for(short: Key, full: Key) -> bool:
    if full[-len(short) :] == short:
        return True
    foreign = not is_syllable(full[-1])
    return foreign and len(short) > 1 and (short[0], short[-1]) == (full[0], full[-1])


def _name_by_last(units: Units, loose: Iterable[Found], groups: Groups) -> None:
    """``Erna Solberg`` is a person where ``bà Solberg`` stands elsewhere."""
    titled = {units.terms[f.first] for f in loose if f.titled and f.after - f.first == 1}
    for found in loose:
        key = key_of(units, found)
        if len(key) > 1 and key[-1] in titled:
            groups.setdefault(key, []).append(found)


def _full_name(units: Units, found: Found, groups: Groups) -> Key | None:
    """The person whom one syllable names: the one mentioned last before it, else first after it.

    The last syllable of a Vietnamese or Western name; with a title also the first of a Chinese or
    Korean one (``ông Tập``).
    """
    term = units.terms[found.first]
    if not found.titled and is_syllable(term) and _has_capital_neighbour(units, found):
        return None
    named = [key for key in groups if len(key) > 1 and term == key[-1]]
    if not named and found.titled:
        named = [key for key in groups if len(key) > 1 and term == key[0]]
    if not named:
        return (term,) if (term,) in groups else None
    return min(named, key=lambda key: _distance(found, groups[key]))


def _distance(found: Found, mentions: list[Found]) -> tuple[bool, int]:
    before = [found.first - m.first for m in mentions if m.first < found.first]
    return (False, min(before)) if before else (True, min(m.first for m in mentions))


def _has_capital_neighbour(units: Units, found: Found) -> bool:
    left = found.first > 0 and units.goes_on(found.first) and units.caps[found.first - 1]
    return left or units.goes_on(found.after)


def _stands_alone(units: Units, found: Found) -> bool:
    """Whether one syllable is a name by itself: ``ông Ba``, ``Tổng thống Trump``; not ``ông H``."""
    term = units.terms[found.first]
    if found.titled in {"", "post"} or len(term) == 1:
        return False
    return found.titled == "address" or not (is_syllable(term) or units.upper[found.first])
