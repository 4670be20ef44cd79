"""The offices of a person over time, each with its proofs."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tintuc_search.catalogue.base import OfficeHeld, Proof
from tintuc_search.entities.terms import terms_of, without_term

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tintuc_search.catalogue.base import EntityEntry


_SHARE = 2 / 3
"""A short wording goes with a fuller one that this share of the proofs of all fuller ones are for."""
_SELDOM = 0.1
"""A wording of fewer of an office's proofs is not the one shown."""


@dataclass(frozen=True, slots=True)
class Told:
    """That an article tells of an office; ``key`` is what its wordings share, ``body`` an entity's number."""

    key: str
    office: str
    former: bool
    body: int | None
    proof: Proof


def over_time(told: Iterable[Told], bodies: Mapping[int, EntityEntry]) -> tuple[OfficeHeld, ...]:
    """The offices, the one told of last as held first; a shorter wording goes with its fuller one."""
    groups: dict[str, list[Told]] = {}
    for each in told:
        groups.setdefault(each.key, []).append(each)
    _join_short(groups)
    offices = [_office(group, bodies) for group in groups.values()]
    return tuple(sorted(offices, key=_rank))


def _join_short(groups: dict[str, list[Told]]) -> None:
    """``Thủ tướng`` is ``Thủ tướng Chính phủ``, unless it could as well be short for another."""
    for key in sorted(groups, key=lambda key: (len(key), key)):
        fuller = {k: len(told) for k, told in groups.items() if k.startswith(f"{key} ")}
        most = max(fuller, key=lambda other: (fuller[other], other), default="")
        chain = sum(
            n
            for k, n in fuller.items()
            if f"{k} ".startswith(f"{most} ") or f"{most} ".startswith(f"{k} ")
        )
        if fuller and chain >= _SHARE * sum(fuller.values()):
            groups[most] += groups.pop(key)


def _office(told: Sequence[Told], bodies: Mapping[int, EntityEntry]) -> OfficeHeld:
    keys = Counter(each.key for each in told)
    often = [key for key, count in keys.items() if count >= _SELDOM * len(told)]
    full = max(often, key=lambda key: (len(key), key))
    wordings = Counter(without_term(each.office) for each in told if each.key == full)
    known = Counter(each.body for each in told if each.body in bodies)
    body = max(known, key=lambda number: (known[number], bodies[number or 0].id), default=None)
    return OfficeHeld(
        office=max(wordings, key=lambda office: (wordings[office], office)),
        body=None if body is None else bodies[body],
        proofs=_proofs(each for each in told if not each.former),
        former_proofs=_proofs(each for each in told if each.former),
        terms=_terms(told),
    )


def _terms(told: Iterable[Told]) -> tuple[str, ...]:
    """Each term once, spelt as first met."""
    found: dict[str, str] = {}
    for each in sorted(told, key=lambda each: (_time(each.proof), each.office)):
        for term in terms_of(each.office):
            found.setdefault("".join(term.casefold().split()), term)
    return tuple(found.values())


def _proofs(told: Iterable[Told]) -> tuple[Proof, ...]:
    """Each article once, by time, those without one last."""
    proofs = {each.proof.article: each.proof for each in told}
    return tuple(sorted(proofs.values(), key=_time))


def _time(proof: Proof) -> tuple[bool, float, str]:
    moment = proof.published
    return moment is None, moment.timestamp() if moment else 0.0, proof.article


def _rank(office: OfficeHeld) -> tuple[bool, float, int, str]:
    last = office.last
    proofs = len(office.proofs) + len(office.former_proofs)
    return not office.proofs, -last.timestamp() if last else 0.0, -proofs, office.office
