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
from tintuc_search.entities.numbers import known_by
from tintuc_search.entities.terms import without_term
from tintuc_search.indexer.quoting import names_of, quoted_in
from tintuc_search.indexer.reading import Part, read_parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tintuc_search.analysis.base import Analyzer, Tokens
    from tintuc_search.archive.base import Change, StoredArticle
    from tintuc_search.article import Article
    from tintuc_search.entities.base import ArticleEntities
    from tintuc_search.quotations.base import Quoted


class Recogniser(Protocol):
    """Finds the names in a text."""

    def recognise(self, text: str, tokens: Tokens | None = None, /) -> ArticleEntities:
        """Whom and what ``text`` speaks of; ``tokens`` are its own, where it was cut already."""
        ...


@dataclass(frozen=True, slots=True)
class Built:
    """A document for the engine, the names of its keywords for the dictionary, what was recognised and quoted."""

    document: IndexDocument
    labels: tuple[Label, ...]
    found: ArticleEntities
    quoted: Quoted


@dataclass(frozen=True, slots=True)
class Analysed:
    """A change, and what the index holds of its article: None where it was removed, or cannot be analysed.

    Of a change that dictionary and catalogue know already, the article itself is not read.
    """

    change: Change
    built: Built | None
    failed: bool = False


def build(stored: StoredArticle, analyzer: Analyzer, recogniser: Recogniser) -> Built:
    """What an index holds of an article."""
    article = stored.article
    tokens = analyzer.tokens(article.text)
    recognised = recogniser.recognise(article.text, tokens)
    names = {
        field: dict(_keyed(field, found, analyzer))
        for field, found in _names(article, recognised).items()
    }
    published = article.published_at
    parts = read_parts(article, tokens, analyzer)
    document = IndexDocument(
        id=stored.id,
        texts=_texts(parts, analyzer),
        published=None if published is None else int(published.timestamp()),
        keywords={field: tuple(found) for field, found in names.items() if found},
        definitions=_definitions(parts, analyzer),
    )
    labels = (
        Label(field, key, name) for field, found in names.items() for key, name in found.items()
    )
    quoted = quoted_in(
        stored, document, recognised, parts, lambda field, name: _key(field, name, analyzer)
    )
    return Built(document, tuple(labels), recognised, quoted)


def _texts(parts: Sequence[Part], analyzer: Analyzer) -> dict[TextField, FieldText]:
    texts = {
        field: _field_text(part for part in parts if part.field is field) for field in TextField
    }
    if not any(analyzer.is_marked(term) for text in texts.values() for term in text.terms):
        body = texts[TextField.BODY]
        unmarked = ((UNMARKED_WORD, 0), *body.words)
        texts[TextField.BODY] = FieldText(body.terms, body.positions, unmarked)
    return texts


def _field_text(parts: Iterable[Part]) -> FieldText:
    terms: list[str] = []
    positions: list[int] = []
    words: list[tuple[str, int]] = []
    base = 0
    for part in parts:
        if not part.tokens:
            continue
        terms += part.tokens.terms
        positions += range(base, base + len(part.tokens))
        words += [(word.term, base + word.first) for word in part.words]
        base = positions[-1] + 1 + PARAGRAPH_GAP
    return FieldText(tuple(terms), tuple(positions), tuple(words))


def _definitions(parts: Sequence[Part], analyzer: Analyzer) -> tuple[tuple[str, str], ...]:
    """Every abbreviation that the article explains, with its full form, once."""
    found = (pair for part in parts for pair in analyzer.definitions(part.text))
    return tuple(sorted({(analyzer.key(short), analyzer.key(full)) for short, full in found}))


def _names(article: Article, found: ArticleEntities) -> Mapping[KeywordField, Iterable[str]]:
    """Every name by its field, repeats and all."""
    return {
        KeywordField.SOURCE: (article.source or "",),
        KeywordField.AUTHOR: article.authors,
        KeywordField.SECTION: (article.section or "",),
        KeywordField.PERSON: [each.name for each in found.persons if not each.is_credit],
        KeywordField.ORGANISATION: [n for each in found.organisations for n in names_of(each)],
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
        key = _key(field, name, analyzer)
        if key and key not in seen:
            seen.add(key)
            yield key, name


def _key(field: KeywordField, name: str, analyzer: Analyzer) -> str:
    return analyzer.key(known_by(name) if field is KeywordField.DOCUMENT else name)
