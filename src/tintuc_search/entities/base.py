"""What recognition gives: entities of one article with their mentions."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """The kinds of entity that have names."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Mention:
    """``text[start:end]`` of the text given, in code points, names the entity."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Entity:
    """One person, body, place or document. ``name`` is its fullest form in the article, NFC.

    Well-known abbreviations in a body's name are read out: ``UBND tỉnh`` is ``Ủy ban nhân dân tỉnh``.
    ``note`` tells it from others of the name: of a body or place the province (``Sở Xây dựng``, ``Châu Thành``), of a
    document who issued it or the year (``Chỉ thị 36``); empty where the name says all, or the article leaves it open.
    ``is_credit``: a person whom only a byline or the credit of a picture names: an author, of whom the article does not
    speak.
    """

    kind: Kind
    name: str
    mentions: tuple[Mention, ...]
    note: str = ""
    is_credit: bool = False


@dataclass(frozen=True, slots=True)
class Role:
    """An office in its fullest wording, as the text writes it, NFC; ``person`` is an entity's name.

    ``former``: the text places it in the past.
    """

    person: str
    role: str
    former: bool


@dataclass(frozen=True, slots=True)
class Quote:
    """``quote`` is ``text[start:end]``, NFC, without marks; ``kind`` ``direct`` or ``indirect``.

    ``speaker`` is an entity's name, or the title where the text names nobody who bears it.
    """

    speaker: str
    quote: str
    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ArticleEntities:
    """All of one article: entities in the order of their first mention, sayings in that of the text."""

    persons: tuple[Entity, ...] = ()
    organisations: tuple[Entity, ...] = ()
    places: tuple[Entity, ...] = ()
    documents: tuple[Entity, ...] = ()
    roles: tuple[Role, ...] = ()
    quotes: tuple[Quote, ...] = ()

    def to_json(self) -> dict[str, list[Any]]:
        """The shape that ``tintuc entities`` prints."""
        return {
            "persons": _entries(self.persons),
            "organisations": _entries(self.organisations),
            "places": _entries(self.places),
            "documents": _entries(self.documents),
            "roles": [asdict(role) for role in self.roles],
            "quotes": [asdict(quote) for quote in self.quotes],
        }


def _entries(entities: tuple[Entity, ...]) -> list[dict[str, Any]]:
    return [
        {
            "name": entity.name,
            "mentions": [{"start": m.start, "end": m.end} for m in entity.mentions],
        }
        | ({"note": entity.note} if entity.note else {})
        for entity in entities
    ]
