"""What the analysis of an article gave, as few bytes: the form in which it is kept, and sent between processes.

JSON, compressed: some 2.6 KB for an article of 650 syllables, two thirds of its own text, read back in some 0.2 ms.
Terms are one text; positions are runs (first, how many), for they count up within a paragraph; a word of several
syllables is how far on its first term stands and how many it joins. A word that is none of that (there is one:
``UNMARKED_WORD``) is written out, with its place among the others.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import fields
from hashlib import blake2b
from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from tintuc_search.engine.base import FieldText, IndexDocument, KeywordField, Label, TextField
from tintuc_search.entities.base import ArticleEntities, Entity, Kind, Mention, Quote, Role
from tintuc_search.indexer.documents import Built
from tintuc_search.quotations.base import Quotation, Quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tintuc_search.archive.base import StoredArticle

FORM = 1
"""To be raised with every change of what is written here."""

_ROLE, _QUOTE, _QUOTATION = (
    attrgetter(*(field.name for field in fields(kind))) for kind in (Role, Quote, Quotation)
)
"""All fields of an object, in the order in which it is made of them."""
_WRITTEN_APART = 3  # kind, name and mentions
_MORE = attrgetter(*(field.name for field in fields(Entity)[_WRITTEN_APART:]))
_BODIES = (
    ("persons", Kind.PERSON),
    ("organisations", Kind.ORGANISATION),
    ("places", Kind.PLACE),
    ("documents", Kind.DOCUMENT),
)


def version_of(stored: StoredArticle, made_by: str) -> str:
    """Changes with the article's id, text and revision, with who analyses (``made_by``), and with the form."""
    told = repr((FORM, made_by, stored.id, stored.revision, stored.article))
    return blake2b(told.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def pack(built: Built) -> bytes:
    """What :func:`unpack` reads."""
    plain = [
        _document(built.document),
        [(label.field.value, label.id, label.name) for label in built.labels],
        _entities(built.found),
        _quoted(built.quoted),
    ]
    text = json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode("utf-8", "surrogatepass"))


def unpack(packed: bytes) -> Built:
    """What :func:`pack` was given. Raises whatever comes first where the bytes are damaged."""
    plain = json.loads(zlib.decompress(packed).decode("utf-8", "surrogatepass"))
    document, labels, entities, quoted = plain
    return Built(
        _read_document(document),
        tuple(Label(KeywordField(field), key, name) for field, key, name in labels),
        _read_entities(entities),
        _read_quoted(quoted),
    )


def _document(document: IndexDocument) -> list[Any]:
    return [
        document.id,
        document.published,
        {field.value: _field_text(text) for field, text in document.texts.items()},
        {field.value: ids for field, ids in document.keywords.items()},
        document.definitions,
    ]


def _read_document(plain: list[Any]) -> IndexDocument:
    name, published, texts, keywords, definitions = plain
    return IndexDocument(
        id=name,
        texts={TextField(field): _read_field_text(text) for field, text in texts.items()},
        published=published,
        keywords={KeywordField(field): tuple(ids) for field, ids in keywords.items()},
        definitions=tuple((short, full) for short, full in definitions),
    )


def _field_text(text: FieldText) -> list[Any]:
    joined = " ".join(text.terms)
    places = {position: place for place, position in enumerate(text.positions)}
    words: list[int] = []
    others: list[tuple[int, str, int]] = []
    last = 0
    for number, (term, position) in enumerate(text.words):
        place, count = places.get(position, -1), term.count("_") + 1
        if place >= 0 and "_".join(text.terms[place : place + count]) == term:
            words += (place - last, count)
            last = place
        else:
            others.append((number, term, position))
    terms = joined if tuple(joined.split(" ")) == text.terms else text.terms
    return [terms, list(_runs(text.positions)), words, others]


def _read_field_text(plain: list[Any]) -> FieldText:
    joined, runs, steps, others = plain
    terms = tuple(joined.split(" ") if isinstance(joined, str) else joined)
    positions: list[int] = []
    for first, count in _paired(runs):
        positions.extend(range(first, first + count))
    words: list[tuple[str, int]] = []
    place = 0
    for step, count in _paired(steps):
        place += step
        words.append(("_".join(terms[place : place + count]), positions[place]))
    for number, term, position in others:
        words.insert(number, (term, position))
    if len(positions) != len(terms):
        raise ValueError("a position for each term is needed")
    return FieldText(terms, tuple(positions), tuple(words))


def _runs(positions: Sequence[int]) -> Iterator[int]:
    """First and length of every run of positions that count up by one."""
    if not positions:
        return
    first, count = positions[0], 1
    for before, position in pairwise(positions):
        if position == before + 1:
            count += 1
        else:
            yield from (first, count)
            first, count = position, 1
    yield from (first, count)


def _paired(flat: Sequence[int]) -> Iterable[tuple[int, int]]:
    each = iter(flat)
    return zip(each, each, strict=True)


def _entities(found: ArticleEntities) -> list[Any]:
    bodies = [
        [[entity.name, _places(entity), *_MORE(entity)] for entity in getattr(found, name)]
        for name, _ in _BODIES
    ]
    roles = [_ROLE(each) for each in found.roles]
    quotes = [_QUOTE(each) for each in found.quotes]
    return [*bodies, roles, quotes]


def _read_entities(plain: list[Any]) -> ArticleEntities:
    *bodies, roles, quotes = plain
    entities = {
        name: tuple(
            Entity(kind, each, tuple(Mention(*place) for place in _paired(places)), *more)
            for each, places, *more in body
        )
        for (name, kind), body in zip(_BODIES, bodies, strict=True)
    }
    return ArticleEntities(
        roles=tuple(Role(*role) for role in roles),
        quotes=tuple(Quote(*quote) for quote in quotes),
        **entities,
    )


def _places(entity: Entity) -> list[int]:
    return [place for each in entity.mentions for place in (each.start, each.end)]


def _quoted(quoted: Quoted) -> list[Any]:
    quotations = [_QUOTATION(each) for each in quoted.quotations]
    return [quoted.article, quotations, [_document(each) for each in quoted.documents]]


def _read_quoted(plain: list[Any]) -> Quoted:
    article, quotations, documents = plain
    return Quoted(
        article,
        tuple(Quotation(*each) for each in quotations),
        tuple(_read_document(each) for each in documents),
    )
