"""All of recognition together: a text to its entities."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from tintuc_search.analysis.vi import VietnameseAnalyzer
from tintuc_search.entities.base import ArticleEntities, Kind
from tintuc_search.entities.cast import Cast
from tintuc_search.entities.credits import Credits
from tintuc_search.entities.divisions import known_divisions
from tintuc_search.entities.documents import Documents
from tintuc_search.entities.issuers import Issuers
from tintuc_search.entities.joining import join
from tintuc_search.entities.offices import Offices
from tintuc_search.entities.passage import Passage
from tintuc_search.entities.provinces import Provinces
from tintuc_search.entities.quotes import Quotes
from tintuc_search.entities.roles import Roles
from tintuc_search.entities.scanner import Scanner
from tintuc_search.entities.speakers import Speakers
from tintuc_search.entities.tables import Tables, digest
from tintuc_search.entities.units import Units
from tintuc_search.entities.wordings import completed, roles_of

if TYPE_CHECKING:
    from tintuc_search.analysis.base import Analyzer, Tokens

VERSION = 7
"""To be raised with every change of code in this package that finds other entities in some text."""


class Recogniser:
    """Finds the entities of a text; one is enough, threads may share it. Made in some 50 ms."""

    def __init__(self, analyzer: Analyzer | None = None) -> None:
        self._analyzer = analyzer or VietnameseAnalyzer()
        self._tables = Tables(self._analyzer)
        self._scanner = Scanner(self._tables)
        self._documents = Documents(self._tables)
        self._offices = Offices(self._tables)
        self._quotes = Quotes(self._tables)
        self._credits = Credits(self._tables.part("picture"))
        self._provinces = Provinces(self._tables, known_divisions(self._analyzer.key))

    def recognise(self, text: str, tokens: Tokens | None = None) -> ArticleEntities:
        """The entities of ``text`` (title, lead and body as lines). Never raises.

        Offsets are code points of ``text`` as given; ``tokens`` are its own by the same analyzer, where it was cut
        already.
        """
        if tokens is None:
            tokens = self._analyzer.tokens(text)
        units = Units(text, tokens, self._tables)
        if not units.count:
            return ArticleEntities()
        found = self._provinces.settle(units, join(units, self._scanner.scan(units), self._tables))
        found[Kind.PERSON] = self._credits.marked(text, found[Kind.PERSON])
        cast = Cast(units, (*found[Kind.PERSON], *found[Kind.ORGANISATION], *found[Kind.PLACE]))
        passage = Passage(units, cast)
        offices = self._offices.find(units, cast)
        held = Roles(self._tables, passage).assign(offices)
        speakers = Speakers(self._tables, passage, offices, held)
        return ArticleEntities(
            persons=found[Kind.PERSON],
            organisations=found[Kind.ORGANISATION],
            places=found[Kind.PLACE],
            documents=self._documents.find(
                units, Issuers(self._tables, cast, found[Kind.ORGANISATION])
            ),
            roles=roles_of(units, completed(passage, offices, held)),
            quotes=self._quotes.find(passage, speakers),
        )

    def key(self, name: str, kind: Kind | None = None) -> str:
        """The key under which spellings of a name are equal, abbreviations read out.

        Those of an ``ORGANISATION`` are without the joints too: ``Bộ Giáo dục - Đào tạo``.
        """
        units = Units(name, self._analyzer.tokens(name), self._tables)
        if kind is Kind.ORGANISATION:
            return " ".join(term for term in units.terms if term not in units.joints)
        return " ".join(units.terms)

    @cached_property
    def fingerprint(self) -> str:
        """A short string that changes whenever the same text could give other entities."""
        return f"ent{VERSION}-{digest()}-{self._analyzer.fingerprint}"
