"""What is kept of an article: whom it names where, who holds which office, who said something where."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tintuc_search.entities.base import Kind
from tintuc_search.entities.terms import without_term

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tintuc_search.archive.base import StoredArticle
    from tintuc_search.catalogue.keys import Keys
    from tintuc_search.entities.base import ArticleEntities, Entity

NameKey = tuple[Kind, str, str]
"""A name by kind, as the article's fullest form of it is shown, with the note that the article gives it."""


@dataclass(frozen=True, slots=True)
class Held:
    """An office: whose, in which words and by which key, of which body or place of the same article."""

    person: str
    office: str
    key: str
    body: NameKey | None
    former: bool


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that is kept of one article. ``names`` gives the mentions of each name as start, end, start, end."""

    article: str
    revision: int
    published: int | None
    names: Mapping[NameKey, tuple[int, ...]]
    held: tuple[Held, ...]
    said: tuple[tuple[NameKey, str, int, int], ...]


def evidence_of(stored: StoredArticle, found: ArticleEntities, keys: Keys) -> Evidence:
    """What is kept of an article in which ``found`` was recognised."""
    persons = [person for person in found.persons if not person.is_credit]
    entities = (*persons, *found.organisations, *found.places, *found.documents)
    names: dict[NameKey, tuple[int, ...]] = {}
    for entity in entities:
        if keys.spelling(entity.name):  # a name without any letter names nobody
            places = tuple(n for m in entity.mentions for n in (m.start, m.end))
            names[_name_key(entity)] = names.get(_name_key(entity), ()) + places
    bodies = _keyed((*found.organisations, *found.places), keys) if found.roles else {}
    spoken_of = {person.name for person in persons}
    speakers = {entity.name: _name_key(entity) for entity in reversed(entities)}
    published = stored.article.published_at
    return Evidence(
        article=stored.id,
        revision=stored.revision,
        published=None if published is None else int(published.timestamp()),
        names=names,
        held=tuple(
            Held(
                role.person,
                role.role,
                keys.read_out(without_term(role.role)),
                _body(role.role, bodies, keys),
                role.former,
            )
            for role in found.roles
            if role.person in spoken_of and keys.spelling(role.person)
        ),
        said=tuple(
            (speakers[quote.speaker], quote.kind, quote.start, quote.end)
            for quote in found.quotes
            if speakers.get(quote.speaker) in names
        ),
    )


def _keyed(entities: tuple[Entity, ...], keys: Keys) -> dict[str, NameKey]:
    return {keys.read_out(entity.name): _name_key(entity) for entity in entities}


def _name_key(entity: Entity) -> NameKey:
    return entity.kind, entity.name, entity.note


def _body(office: str, bodies: Mapping[str, NameKey], keys: Keys) -> NameKey | None:
    """The longest name of a body or place within the words of an office, abbreviations read out in both."""
    text = f" {keys.read_out(office)} "
    within = [key for key in bodies if key and f" {key} " in text]
    return bodies[max(within, key=lambda key: (len(key), key))] if within else None


def pack(value: object) -> bytes:
    """A small JSON value as bytes."""
    return zlib.compress(json.dumps(value, separators=(",", ":")).encode(), 6)


def unpack(packed: bytes) -> object:
    """What :func:`pack` made bytes of."""
    return json.loads(zlib.decompress(packed))
