"""Recognition as the tables of these tests want it: names, and what their mentions cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tintuc_search.entities import Recogniser

if TYPE_CHECKING:
    from tintuc_search.entities import Entity

RECOGNISER = Recogniser()


def names(entities: tuple[Entity, ...]) -> list[str]:
    return [entity.name for entity in entities]


def persons(text: str) -> list[str]:
    return names(RECOGNISER.recognise(text).persons)


def organisations(text: str) -> list[str]:
    return names(RECOGNISER.recognise(text).organisations)


def places(text: str) -> list[str]:
    return names(RECOGNISER.recognise(text).places)


def mentions(text: str, entity: Entity) -> list[str]:
    return [text[mention.start : mention.end] for mention in entity.mentions]


def roles(text: str) -> list[tuple[str, str]]:
    """Person and office; a former one in brackets."""
    return [
        (role.person, f"({role.role})" if role.former else role.role)
        for role in RECOGNISER.recognise(text).roles
    ]


def quotes(text: str) -> list[tuple[str, str, str]]:
    """Speaker, kind and words."""
    found = RECOGNISER.recognise(text).quotes
    return [(quote.speaker, quote.kind, quote.quote) for quote in found]
