"""From what an article quotes to what the index of quotations holds of it.

A quotation is found by its words, by who says them, by whom and what they name, and by the article's source, author
and section. Its words are those of the article's own analysis: nothing is analysed twice, and what is found in a
quotation is found in its article too.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from tintuc_search.engine.base import (
    PARAGRAPH_GAP,
    UNMARKED_WORD,
    FieldText,
    IndexDocument,
    KeywordField,
    TextField,
)
from tintuc_search.entities.base import Kind
from tintuc_search.entities.naming import with_area
from tintuc_search.quotations.base import Quotation, Quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tintuc_search.archive.base import StoredArticle
    from tintuc_search.entities.base import ArticleEntities, Entity, Quote
    from tintuc_search.indexer.reading import Part

    Keyed = Callable[[KeywordField, str], str]

OF_ARTICLE = (KeywordField.SOURCE, KeywordField.AUTHOR, KeywordField.SECTION)
"""What a quotation has from its article."""


def quoted_in(
    stored: StoredArticle,
    document: IndexDocument,
    found: ArticleEntities,
    parts: Sequence[Part],
    keyed: Keyed,
) -> Quoted:
    """The quotations of an article, whose own document is ``document``, with the documents that find them.

    Args:
        stored: the article.
        document: what an index holds of it.
        found: what was recognised in it.
        parts: its passages with their tokens.
        keyed: the key of a name in a field.
    """
    quotations: list[Quotation] = []
    documents: list[IndexDocument] = []
    unmarked = (UNMARKED_WORD, 0) in document.texts[TextField.BODY].words
    for quote in found.quotes:
        text = _words_of(quote, parts)
        if not text.terms:
            continue
        if unmarked:
            text = FieldText(text.terms, text.positions, ((UNMARKED_WORD, 0), *text.words))
        quotation = Quotation(
            stored.id,
            len(quotations),
            stored.revision,
            quote.start,
            quote.end,
            quote.kind,
            quote.speaker,
        )
        keywords = {
            field: document.keywords[field] for field in OF_ARTICLE if field in document.keywords
        }
        named = _named_in(quote, found, keyed)
        quotations.append(quotation)
        documents.append(
            IndexDocument(
                id=quotation.id,
                texts={TextField.BODY: text},
                published=document.published,
                keywords=keywords | {field: keys for field, keys in named if keys},
            )
        )
    return Quoted(stored.id, tuple(quotations), tuple(documents))


def _words_of(quote: Quote, parts: Sequence[Part]) -> FieldText:
    """The terms within a quotation; between paragraphs a gap, as in the article."""
    terms: list[str] = []
    positions: list[int] = []
    words: list[tuple[str, int]] = []
    base = 0
    for part in parts:
        if not part.quotable:
            continue
        begin = bisect_left(part.tokens.starts, quote.start)
        after = bisect_right(part.tokens.ends, quote.end)
        if begin >= after:
            continue
        terms += part.tokens.terms[begin:after]
        positions += range(base, base + after - begin)
        words += [
            (word.term, base + word.first - begin)
            for word in part.words
            if word.first >= begin and word.first + word.length <= after
        ]
        base = positions[-1] + 1 + PARAGRAPH_GAP
    return FieldText(tuple(terms), tuple(positions), tuple(words))


def _named_in(
    quote: Quote, found: ArticleEntities, keyed: Keyed
) -> Iterator[tuple[KeywordField, tuple[str, ...]]]:
    """The keys of the speaker, and of those whom the words name."""
    speaker = keyed(KeywordField.SPEAKER, quote.speaker)
    yield KeywordField.SPEAKER, (speaker,) if speaker else ()
    for field, entities in (
        (KeywordField.PERSON, found.persons),
        (KeywordField.ORGANISATION, found.organisations),
        (KeywordField.PLACE, found.places),
        (KeywordField.DOCUMENT, found.documents),
    ):
        names = (name for each in entities if _is_named(each, quote) for name in names_of(each))
        keys = (keyed(field, name) for name in names)
        yield field, tuple(dict.fromkeys(key for key in keys if key))


def names_of(entity: Entity) -> tuple[str, ...]:
    """What an entity is found by: a body that its article places by its plain name and by the whole one."""
    if entity.kind is not Kind.ORGANISATION:
        return (entity.name,)
    return entity.name, with_area(entity.name, entity.note)


def _is_named(entity: Entity, quote: Quote) -> bool:
    return any(quote.start <= each.start and each.end <= quote.end for each in entity.mentions)
