"""Pages and cursors beyond the documents that are scored exactly, and over an index that changes."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from engine_samples import ask, document, fill, found, ranked, term
from tintuc_search.engine import opensearch_pages, opensearch_view
from tintuc_search.engine.base import AllOf, FacetCount, KeywordField, Sort
from tintuc_search.engine.memory_engine import MemoryEngine
from tintuc_search.engine.opensearch_cursor import Place
from tintuc_search.engine.opensearch_schema import WINDOW
from tintuc_search.ranking import RANKING

if TYPE_CHECKING:
    from tintuc_search.engine.base import Engine, IndexDocument, SearchResult
    from tintuc_search.engine.opensearch_engine import OpenSearchEngine

MANY = RANKING.depth + 130


def many() -> list[IndexDocument]:
    """More documents than are scored exactly, all with the word ``chung``."""
    chance = random.Random(3)  # noqa: S311
    return [
        document(
            f"{number:03}",
            body=" ".join(["chung"] * chance.randrange(1, 9) + ["khác"] * chance.randrange(40)),
            published=chance.randrange(10**9),
        )
        for number in range(MANY)
    ]


@pytest.fixture
def filled(opensearch: OpenSearchEngine) -> OpenSearchEngine:
    """All of them in the index."""
    fill(opensearch, *many())
    return opensearch


def walk(engine: Engine, cursor: str | None, **options: object) -> list[SearchResult]:
    """Every page from a cursor on."""
    pages = []
    while cursor is not None:
        pages.append(ask(engine, term("chung"), cursor=cursor, **options))
        cursor = pages[-1].next_cursor
    return pages


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("window", [WINDOW, 60])
def test_every_way_through_the_pages_meets_everything_once_in_the_same_order(
    filled: OpenSearchEngine, sort: Sort, window: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opensearch_view, "WINDOW", window)
    monkeypatch.setattr(opensearch_pages, "WINDOW", window)
    whole = ask(filled, term("chung"), sort=sort)
    ids = [hit.id for hit in whole.hits]

    assert MANY == whole.total == len(set(ids))
    walked = walk(filled, "", sort=sort, limit=70)
    assert ids == [hit.id for page in walked for hit in page.hits]
    offsets = [
        document_id
        for offset in range(0, MANY, 110)
        for document_id in ranked(filled, term("chung"), sort=sort, offset=offset, limit=110)
    ]
    assert ids == offsets
    scores = [hit.score for hit in whole.hits]
    if sort.by_score:
        assert sorted(scores, reverse=True) == scores


def test_what_is_proposed_holds_nearly_all_of_what_the_formula_puts_first(
    filled: OpenSearchEngine,
) -> None:
    """Of more documents than are scored exactly, the best are the memory engine's."""
    memory = MemoryEngine()
    fill(memory, *many())

    assert ranked(memory, term("chung"), limit=50) == ranked(filled, term("chung"), limit=50)


@pytest.mark.parametrize("sort", Sort)
def test_a_walk_goes_on_in_the_state_that_it_began_in(filled: OpenSearchEngine, sort: Sort) -> None:
    before = ranked(filled, term("chung"), sort=sort)
    first = ask(filled, term("chung"), sort=sort, cursor="", limit=90)
    with filled.writer() as writer:
        for document_id in before[100:130]:
            writer.delete(document_id)
        for number in range(60):
            writer.add(document(f"new{number}", body="chung " * 9, published=5 * 10**8 + number))
        writer.commit(2)
    after = walk(filled, first.next_cursor, sort=sort, limit=90)

    assert before == [hit.id for page in (first, *after) for hit in page.hits]
    assert {MANY} == {page.total for page in after}
    assert MANY + 30 == ask(filled, term("chung"), limit=1).total


@pytest.mark.parametrize("sort", [Sort.RELEVANCE, Sort.OLDEST])
def test_a_walk_outlives_its_point_in_time(filled: OpenSearchEngine, sort: Sort) -> None:
    before = ranked(filled, term("chung"), sort=sort)
    first = ask(filled, term("chung"), sort=sort, cursor="", limit=250)
    assert first.next_cursor is not None
    place = Place.decode(first.next_cursor, sort)
    assert place.pit
    filled._connection.call("DELETE", "/_search/point_in_time", {"pit_id": [place.pit]})
    after = walk(filled, first.next_cursor, sort=sort, limit=90)

    assert before[250:] == [hit.id for page in after for hit in page.hits]


def test_a_forged_cursor_shows_no_other_index_and_nothing_that_is_not_committed(
    filled: OpenSearchEngine,
) -> None:
    writer = filled.writer()
    writer.add(document("secret", body="mật", published=10**9))
    writer._flush()
    filled._connection.call("POST", f"/{filled.index}/_refresh")
    cursor = ask(filled, AllOf(()), sort=Sort.OLDEST, cursor="", limit=5).next_cursor
    assert cursor is not None
    place = Place.decode(cursor, Sort.OLDEST)
    for index, generation in ((place.index, 10**6), ("*", 1), ("../_all", 1)):
        forged = Place(place.cursor, None, place.pit, index, generation).encode()
        result = ask(filled, AllOf(()), sort=Sort.OLDEST, cursor=forged)
        assert MANY == result.total
        assert "secret" not in {hit.id for hit in result.hits}
    writer.__exit__(None, None, None)

    assert set() == found(filled, term("mật"))


def test_facets_are_exact_over_shards_however_many_values_there_are(
    opensearch: OpenSearchEngine,
) -> None:
    """All values are held as often, so each shard by itself would name those that it happens to hold most of."""
    values = [f"{number:03}" for number in range(300)] * 4
    random.Random(5).shuffle(values)  # noqa: S311
    fill(opensearch, *(document(f"{i}", person=(value,)) for i, value in enumerate(values)))
    counted = ask(opensearch, AllOf(()), facets={KeywordField.PERSON: 3}, limit=0)

    assert tuple(FacetCount(f"00{i}", 4) for i in range(3)) == counted.facets[KeywordField.PERSON]
