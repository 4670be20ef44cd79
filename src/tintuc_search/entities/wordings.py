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


Terms = tuple[str, ...]


def completed(passage: Passage, offices: list[Office], held: list[Held]) -> list[Held]:
    """``đại biểu Lê Văn Thử`` of an article on ``các đại biểu Quốc hội`` is one of those.

    The one office of nobody that begins so and ends with a body completes an office that its holder
    has by its head only.
    """
    units, owned = passage.units, {one.office for one in held}
    free = {
        _terms(units, office): office
        for office in reversed(offices)
        if office not in owned and _names_body(passage, office)
    }
    own: dict[str, dict[Terms, Held]] = {}
    for one in held:
        own.setdefault(one.person, {}).setdefault(_terms(units, one.office), one)
    return [
        _completed(terms, one, offices_of, free)
        for offices_of in own.values()
        for terms, one in offices_of.items()
    ]


def _names_body(passage: Passage, office: Office) -> bool:
    """``Phó chủ tịch Quốc hội``; not ``Thủ tướng Nhật Bản``, who is another than Thủ tướng X."""
    within = passage.cast.within.get(office.after - 1)
    return within is not None and within.kind is Kind.ORGANISATION


def _completed(head: Terms, one: Held, own: dict[Terms, Held], free: dict[Terms, Office]) -> Held:
    if not one.office.bare or any(_is_longer(terms, head) for terms in own):
        return one
    longer = [office for terms, office in free.items() if _is_longer(terms, head)]
    return one._replace(office=longer[0]) if len(longer) == 1 else one


def _is_longer(terms: Terms, head: Terms) -> bool:
    return len(terms) > len(head) and terms[: len(head)] == head


def _terms(units: Units, office: Office) -> Terms:
    return tuple(units.terms[office.first : office.after])


def roles_of(units: Units, held: list[Held]) -> tuple[Role, ...]:
    """One entry for each office of a person, in its fullest wording."""
    kept: dict[str, list[tuple[Terms, Held]]] = {}
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


def _is_one(terms: Terms, other: Terms) -> bool:
    short, long = sorted((terms, other), key=len)
    if {term for term in short if term.isdigit()} - set(long):
        return False  # "khóa 13", "khóa 14"
    if long[: len(short)] == short:
        return True
    common = len(set(short) & set(long))
    return short[:2] == long[:2] and 2 * common >= 0.8 * (len(short) + len(long))
