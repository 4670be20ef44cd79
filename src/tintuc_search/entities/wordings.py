"""The fullest wording of each office that a person holds in an article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tintuc_search.entities.base import Kind, Role
from tintuc_search.entities.roles import written

if TYPE_CHECKING:
    from tintuc_search.entities.offices import Office
    from tintuc_search.entities.passage import Passage
    from tintuc_search.entities.roles import Held
    from tintuc_search.entities.units import Units


def completed(passage: Passage, offices: list[Office], held: list[Held]) -> list[Held]:
    """``đại biểu Lê Văn Thử`` of an article on ``các đại biểu Quốc hội`` is one of those.

    The one office of nobody that begins so and ends with a body completes an office that its holder
    has by its head only.
    """
    owned = {one.office for one in held}
    free = [office for office in offices if office not in owned and _names_body(passage, office)]
    return [_completed(passage.units, one, free, held) if one.office.bare else one for one in held]


def _names_body(passage: Passage, office: Office) -> bool:
    """``Phó chủ tịch Quốc hội``; not ``Thủ tướng Nhật Bản``, who is another than Thủ tướng X."""
    within = passage.cast.within.get(office.after - 1)
    return within is not None and within.kind is Kind.ORGANISATION


def _completed(units: Units, one: Held, free: list[Office], held: list[Held]) -> Held:
    head = _terms(units, one.office)
    own = [other.office for other in held if other.person == one.person and not other.office.bare]
    if any(_terms(units, office)[: len(head)] == head for office in own):
        return one
    longer = [
        office
        for office in free
        if office.after - office.first > len(head) and _terms(units, office)[: len(head)] == head
    ]
    if not longer or any(_terms(units, o) != _terms(units, longer[0]) for o in longer):
        return one
    return one._replace(office=longer[0])


def _terms(units: Units, office: Office) -> list[str]:
    return units.terms[office.first : office.after]


def roles_of(units: Units, held: list[Held]) -> tuple[Role, ...]:
    """One entry for each office of a person, in its fullest wording."""
    kept: dict[str, list[tuple[list[str], Held]]] = {}
    for one in held:
        terms = _terms(units, one.office)
        known = kept.setdefault(one.person, [])
        same = next((k for k, (other, _) in enumerate(known) if _is_one(terms, other)), None)
        if same is None:
            known.append((terms, one))
        elif len(terms) > len(known[same][0]):
            known[same] = (terms, one)
    return tuple(
        Role(one.person, written(units, one.office.first, one.office.after), one.former)
        for offices in kept.values()
        for _, one in offices
    )


def _is_one(terms: list[str], other: list[str]) -> bool:
    short, long = sorted((terms, other), key=len)
    if {term for term in short if term.isdigit()} - set(long):
        return False  # "khóa 13", "khóa 14"
    if long[: len(short)] == short:
        return True
    common = len(set(short) & set(long))
    return short[:2] == long[:2] and 2 * common >= 0.8 * (len(short) + len(long))
