"""Who issued a document, and when, where the words behind its number say so."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from tintuc_search.entities.base import Kind
from tintuc_search.entities.naming import with_area
from tintuc_search.entities.numbers import number_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tintuc_search.entities.base import Entity
    from tintuc_search.entities.cast import Cast
    from tintuc_search.entities.tables import Tables
    from tintuc_search.entities.units import Units

FARTHEST = 8
"""So many units behind its number a document's date and issuer may stand."""
_YEAR = re.compile(r"(?:19|20)\d\d")


class Issuers:
    """Reads what stands behind the documents of one text, whose ``bodies`` are known."""

    def __init__(self, tables: Tables, cast: Cast, bodies: Iterable[Entity]) -> None:
        self._cast = cast
        self._titles = tables.part("issuer")
        self._links, self._dates = tables.part("issued"), tables.part("dated")
        self._whole = {body.name: with_area(body.name, body.note) for body in bodies}

    def noted(self, units: Units, document: Entity, ends: Iterable[int]) -> Entity:
        """A document with its issuer or year as note, where its number could be of another's."""
        number = number_of(document.name)
        if number is None or number.year:
            return document
        told = [self._behind(units, end) for end in ends]
        issuers = Counter(issuer for issuer, _ in told if issuer)
        years = Counter(year for _, year in told if year)
        # A national body's abbreviations tell it; only the year is open.
        wanted = (years,) if number.code and not number.is_local else (issuers, years)
        note = next((counts.most_common(1)[0][0] for counts in wanted if counts), "")
        return replace(document, note=note) if note else document

    def _behind(self, units: Units, end: int) -> tuple[str, str]:
        """Issuer and year that the words behind ``end`` tell, each empty where they do not."""
        year, k = "", end
        while k < min(end + FARTHEST, units.count) and "\n" not in units.gaps[k]:
            if _YEAR.fullmatch(units.terms[k]):
                year = units.terms[k]
            elif self._link(units, k):
                return self._issuer(units, k), year
            elif not (
                units.terms[k].isdigit() or units.terms[k] in self._dates or self._is_date(units, k)
            ):
                break
            k += 1
        return "", year

    def _is_date(self, units: Units, k: int) -> bool:
        """``ra ngày``, ``ký ngày``."""
        return " ".join(units.terms[k : k + 2]) in self._dates

    def _link(self, units: Units, k: int) -> bool:
        return units.terms[k] in self._links or " ".join(units.terms[k : k + 2]) in self._links

    def _issuer(self, units: Units, k: int) -> str:
        """The body named behind ``của``, ``do``."""
        for at in range(k + 1, min(k + 3, units.count)):
            named = self._cast.at.get(at)
            if named and named.kind is Kind.ORGANISATION:
                return self._whole.get(named.name, named.name)
            for length in (3, 2):
                title = " ".join(units.terms[at : at + length])
                if title in self._titles:
                    return title.capitalize()
        return ""
