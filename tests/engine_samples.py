"""Documents and queries for the tests of engines, written shortly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tintuc_search.engine.base import (
    PARAGRAPH_GAP,
    FieldText,
    IndexDocument,
    KeywordField,
    Phrase,
    SearchRequest,
    Terms,
    TextField,
    WeightedTerm,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from tintuc_search.engine.base import Engine, IndexWriter, QueryNode, SearchResult

EVERYWHERE = frozenset(TextField)


def text(written: str) -> FieldText:
    """Make a field of syllables: ``|`` ends a paragraph, ``quốc_hội`` is two syllables and a word."""
    terms: list[str] = []
    positions: list[int] = []
    words: list[tuple[str, int]] = []
    place = 0
    for piece in written.split():
        if piece == "|":
            place += PARAGRAPH_GAP
            continue
        if "_" in piece:
            words.append((piece, place))
        for syllable in piece.split("_"):
            terms.append(syllable)
            positions.append(place)
            place += 1
    return FieldText(tuple(terms), tuple(positions), tuple(words))


def document(
    document_id: str,
    title: str = "",
    lead: str = "",
    body: str = "",
    published: int | None = None,
    **keywords: tuple[str, ...],
) -> IndexDocument:
    """Make a document; keyword fields by name, as in ``source=("sgt",)``."""
    return IndexDocument(
        id=document_id,
        texts={
            TextField.TITLE: text(title),
            TextField.LEAD: text(lead),
            TextField.BODY: text(body),
        },
        published=published,
        keywords={KeywordField(name): ids for name, ids in keywords.items()},
    )


def term(*written: str, fields: Iterable[TextField] = EVERYWHERE, boost: float = 1.0) -> Terms:
    """Make a node of equivalent terms; ``nhà^0.5`` has a weight."""
    return Terms(tuple(weighted(piece) for piece in written), frozenset(fields), boost)


def phrase(written: str, slop: int = 0, fields: Iterable[TextField] = EVERYWHERE) -> Phrase:
    """Make a phrase; ``hoà/hòa bình`` has two terms in its first slot."""
    slots = tuple(tuple(weighted(choice) for choice in slot.split("/")) for slot in written.split())
    return Phrase(slots, slop, frozenset(fields))


def weighted(written: str) -> WeightedTerm:
    """Read ``term`` or ``term^weight``."""
    name, _, weight = written.partition("^")
    return WeightedTerm(name, float(weight or 1.0))


def fill(engine: Engine, *documents: IndexDocument, mark: int = 1) -> None:
    """Commit documents in one transaction."""
    with engine.writer() as writer:
        add_all(writer, documents)
        writer.commit(mark)


def add_all(writer: IndexWriter, documents: Iterable[IndexDocument]) -> None:
    """Add documents to an open transaction."""
    for each in documents:
        writer.add(each)


def ask(engine: Engine, query: QueryNode, **options: Any) -> SearchResult:
    """Search with 1000 seconds and 1000 hits, if not said otherwise."""
    options = {"seconds": 1000.0, "limit": 1000, **options}
    return engine.search(SearchRequest(query, **options))


def found(engine: Engine, query: QueryNode, **options: Any) -> set[str]:
    """The ids of the documents that match."""
    result = ask(engine, query, **options)
    ids = {hit.id for hit in result.hits}
    assert len(ids) == len(result.hits) == result.total
    return ids


def ranked(engine: Engine, query: QueryNode, **options: Any) -> list[str]:
    """The ids of the documents that match, best first."""
    return [hit.id for hit in ask(engine, query, **options).hits]
