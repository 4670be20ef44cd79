"""What the analysis of an article gave, as few bytes: the form in which it is kept, and sent between processes.

Two parts, each compressed, for they are read apart: what engines hold of the article and of what it quotes, and what
goes beside the index, to the dictionary and the catalogue. An index that takes these over from another reads the first
part alone, some 0.1 ms for an article of 650 syllables.

The first part is lines: JSON, then every text as it is written in slots (:mod:`~tintuc_search.engine.slots`). The words
of a quotation are those of its article from one position to another, and written so.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import fields, replace
from hashlib import blake2b
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from tintuc_search.archive.codec import encode
from tintuc_search.engine.base import IndexDocument, KeywordField, Label, TextField
from tintuc_search.entities.base import ArticleEntities, Entity, Kind, Mention, Quote, Role
from tintuc_search.indexer.documents import Built
from tintuc_search.indexer.kept_texts import Texts, Writing
from tintuc_search.quotations.base import Quotation, Quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tintuc_search.archive.base import StoredArticle

FORM = 2
"""To be raised with every change of what is written here or in ``kept_texts``."""

_ROLE, _QUOTE = (attrgetter(*(field.name for field in fields(kind))) for kind in (Role, Quote))
"""All fields of an object, in the order in which it is made of them."""
_QUOTATION = attrgetter(*(field.name for field in fields(Quotation)[1:]))
"""The same without the article, which is that of all."""
_WRITTEN_APART = 3  # kind, name and mentions
_MORE = attrgetter(*(field.name for field in fields(Entity)[_WRITTEN_APART:]))
_BODIES = (
    ("persons", Kind.PERSON),
    ("organisations", Kind.ORGANISATION),
    ("places", Kind.PLACE),
    ("documents", Kind.DOCUMENT),
)
_KEYWORDS = {field.value: field for field in KeywordField}
_TEXTS = {field.value: field for field in TextField}
_LEVEL = 4  # half the time of zlib's own choice, for 3 % more bytes
_SIZE = 4  # bytes before the first part: its length


def version_of(stored: StoredArticle, made_by: str) -> str:
    """Changes with the article's id, text and revision, with who analyses (``made_by``), and with the form."""
    return version_as_kept(stored.id, stored.revision, encode(stored.article), made_by)


def version_as_kept(article_id: str, revision: int, content: str, made_by: str) -> str:
    """The same by the article as the archive keeps it."""
    told = "\0".join((str(FORM), made_by, article_id, str(revision), content))  # none holds NUL
    return blake2b(told.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def pack(built: Built) -> bytes:
    """What :func:`unpack` and :func:`unpack_documents` read."""
    texts = Writing(built.document.texts)
    documents = [
        _document(built.document, texts),
        built.quoted.article,
        [_QUOTATION(each) for each in built.quoted.quotations],
        [_document(each, texts) for each in built.quoted.documents],
    ]
    beside = [
        built.document.definitions,
        [(label.field.value, label.id, label.name) for label in built.labels],
        _entities(built.found),
    ]
    first = _compressed("\n".join([_json(documents), *texts.lines]))
    return len(first).to_bytes(_SIZE, "little") + first + _compressed(_json(beside))


def unpack(packed: bytes) -> Built:
    """What :func:`pack` was given. Raises whatever comes first where the bytes are damaged."""
    document, quoted = _read_documents(packed)
    definitions, labels, entities = json.loads(_decompressed(packed[_SIZE + _length(packed) :]))
    return Built(
        replace(document, definitions=tuple((short, full) for short, full in definitions)),
        tuple(Label(_KEYWORDS[field], key, name) for field, key, name in labels),
        _read_entities(entities),
        quoted,
    )


def unpack_documents(packed: bytes) -> Built:
    """The same without what goes beside the index: no labels, no entities, no definitions."""
    document, quoted = _read_documents(packed)
    return Built(document, (), ArticleEntities(), quoted)


def _read_documents(packed: bytes) -> tuple[IndexDocument, Quoted]:
    first = _decompressed(packed[_SIZE : _SIZE + _length(packed)])
    head, *lines = first.split("\n")
    texts = Texts(lines)
    plain, article, quotations, documents = json.loads(head)
    document = _read_document(plain, texts)
    texts.of_article = document.texts
    return document, Quoted(
        article,
        tuple(Quotation(article, *each) for each in quotations),
        tuple(_read_document(each, texts) for each in documents),
    )


def _length(packed: bytes) -> int:
    return int.from_bytes(packed[:_SIZE], "little")


def _json(plain: object) -> str:
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def _compressed(text: str) -> bytes:
    return zlib.compress(text.encode("utf-8", "surrogatepass"), _LEVEL)


def _decompressed(data: bytes) -> str:
    return zlib.decompress(data).decode("utf-8", "surrogatepass")


def _document(document: IndexDocument, texts: Writing) -> list[Any]:
    return [
        document.id,
        document.published,
        {field.value: texts.write(text) for field, text in document.texts.items()},
        {field.value: ids for field, ids in document.keywords.items()},
    ]


def _read_document(plain: list[Any], written: Texts) -> IndexDocument:
    name, published, texts, keywords = plain
    return IndexDocument(
        id=name,
        texts={_TEXTS[field]: written.read(text) for field, text in texts.items()},
        published=published,
        keywords={_KEYWORDS[field]: tuple(ids) for field, ids in keywords.items()},
    )


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


def _paired(flat: Sequence[int]) -> Iterable[tuple[int, int]]:
    each = iter(flat)
    return zip(each, each, strict=True)
