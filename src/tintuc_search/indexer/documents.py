"""From a stored article to what an index holds of it: terms by field, keywords, the names behind them.

A body is the paragraphs, the captions, then the rows of the tables, each a passage of its own: what a
reader sees can be found, and no phrase runs from one passage into the next.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from tintuc_search.engine.base import (
    PARAGRAPH_GAP,
    UNMARKED_WORD,
    FieldText,
    IndexDocument,
    KeywordField,
    Label,
    TextField,
)
from tintuc_search.entities.naming import with_area
from tintuc_search.entities.numbers import known_by
from tintuc_search.entities.terms import without_term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tintuc_search.analysis.base import Analyzer
    from tintuc_search.archive.base import StoredArticle
    from tintuc_search.article import Article


class Named(Protocol):
    """Something with a name, as written."""

    @property
    def name(self) -> str:
        """The fullest form of the name in its article."""
        ...


class Placed(Named, Protocol):
    """A body, with its area where only its article tells it."""

    @property
    def area(self) -> str:
        """The province that it is of, empty where its name says so or nobody knows."""
        ...


class Held(Protocol):
    """An office that somebody holds or held."""

    @property
    def role(self) -> str:
        """The office in its fullest wording."""
        ...


class Said(Protocol):
    """A quotation."""

    @property
    def speaker(self) -> str:
        """Who said it: a name, or a title where the text names nobody."""
        ...


class Recognised(Protocol):
    """Whom and what a text speaks of."""

    @property
    def persons(self) -> Sequence[Named]:
        """People."""
        ...

    @property
    def organisations(self) -> Sequence[Placed]:
        """Bodies of party and state, companies, unions."""
        ...

    @property
    def places(self) -> Sequence[Named]:
        """Provinces, districts, countries and the like."""
        ...

    @property
    def documents(self) -> Sequence[Named]:
        """Laws, decrees, resolutions, treaties."""
        ...

    @property
    def roles(self) -> Sequence[Held]:
        """Who holds or held which office."""
        ...

    @property
    def quotes(self) -> Sequence[Said]:
        """Who is quoted, with what words."""
        ...


class Recogniser(Protocol):
    """Finds the names in a text."""

    def recognise(self, text: str) -> Recognised:
        """Whom and what ``text`` speaks of."""
        ...


@dataclass(frozen=True, slots=True)
class Built:
    """A document for the engine, the names of its keywords for the dictionary, and what was recognised."""

    document: IndexDocument
    labels: tuple[Label, ...]
    found: Recognised


def build(stored: StoredArticle, analyzer: Analyzer, recogniser: Recogniser) -> Built:
    """What an index holds of an article."""
    article = stored.article
    recognised = recogniser.recognise(article.text)
    names = {
        field: dict(_keyed(field, found, analyzer))
        for field, found in _names(article, recognised).items()
    }
    published = article.published_at
    document = IndexDocument(
        id=stored.id,
        texts=_texts(article, analyzer),
        published=None if published is None else int(published.timestamp()),
        keywords={field: tuple(found) for field, found in names.items() if found},
        definitions=_definitions(article, analyzer),
    )
    labels = (
        Label(field, key, name) for field, found in names.items() for key, name in found.items()
    )
    return Built(document, tuple(labels), recognised)


def passages(article: Article) -> Iterator[str]:
    """The texts of the body field, in order."""
    yield from article.paragraphs
    yield from article.captions
    for table in article.tables:
        yield from map(" ".join, table)


def _texts(article: Article, analyzer: Analyzer) -> dict[TextField, FieldText]:
    texts = {
        TextField.TITLE: _field_text((article.title,), analyzer),
        TextField.LEAD: _field_text((article.lead,), analyzer),
        TextField.BODY: _field_text(passages(article), analyzer),
    }
    if not any(analyzer.is_marked(term) for text in texts.values() for term in text.terms):
        body = texts[TextField.BODY]
        unmarked = ((UNMARKED_WORD, 0), *body.words)
        texts[TextField.BODY] = FieldText(body.terms, body.positions, unmarked)
    return texts


def _field_text(parts: Iterable[str], analyzer: Analyzer) -> FieldText:
    terms: list[str] = []
    positions: list[int] = []
    words: list[tuple[str, int]] = []
    base = 0
    for part in parts:
        tokens = analyzer.tokens(part)
        if not tokens:
            continue
        terms += [token.term for token in tokens]
        positions += [base + token.position for token in tokens]
        words += [(word.term, base + word.first) for word in analyzer.words(part, tokens)]
        base = positions[-1] + 1 + PARAGRAPH_GAP
    return FieldText(tuple(terms), tuple(positions), tuple(words))


def _definitions(article: Article, analyzer: Analyzer) -> tuple[tuple[str, str], ...]:
    """Every abbreviation that the article explains, with its full form, once."""
    parts = (article.title, article.lead, *passages(article))
    found = (pair for part in parts for pair in analyzer.definitions(part))
    return tuple(sorted({(analyzer.key(short), analyzer.key(full)) for short, full in found}))


def _names(article: Article, found: Recognised) -> Mapping[KeywordField, Iterable[str]]:
    """Every name by its field, repeats and all."""
    return {
        KeywordField.SOURCE: (article.source or "",),
        KeywordField.AUTHOR: article.authors,
        KeywordField.SECTION: (article.section or "",),
        KeywordField.PERSON: [each.name for each in found.persons],
        # A body that its article places is found by its plain name and by the whole one.
        KeywordField.ORGANISATION: [
            name
            for each in found.organisations
            for name in (each.name, with_area(each.name, each.area))
        ],
        KeywordField.PLACE: [each.name for each in found.places],
        KeywordField.DOCUMENT: [each.name for each in found.documents],
        KeywordField.OFFICE: [without_term(each.role) for each in found.roles],
        KeywordField.SPEAKER: [each.speaker for each in found.quotes],
    }


def _keyed(
    field: KeywordField, names: Iterable[str], analyzer: Analyzer
) -> Iterator[tuple[str, str]]:
    """``(id, name)`` of each name once, as first written; a name without any letter has no id."""
    seen = set()
    for name in names:
        key = analyzer.key(known_by(name) if field is KeywordField.DOCUMENT else name)
        if key and key not in seen:
            seen.add(key)
            yield key, name
