"""Queries larger than what a cluster takes as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine_samples import ask, document, fill, phrase, term
from tintuc_search.engine.base import AllOf, AnyOf, HasId, MostOf, Synonyms
from tintuc_search.engine.memory_engine import MemoryEngine

if TYPE_CHECKING:
    from tintuc_search.engine.base import Engine, QueryNode
    from tintuc_search.engine.opensearch_engine import OpenSearchEngine

WORDS, FORMS = 40, 60
DOCUMENTS = [
    document("1", "w0x0 w1x3", body="w2x59 w39x1"),
    document("2", body="w5x7 w5x8"),
    document("3", "khác"),
]


@pytest.fixture
def both(opensearch: OpenSearchEngine) -> list[Engine]:
    """The memory engine and OpenSearch with the same documents."""
    engines: list[Engine] = [MemoryEngine(), opensearch]
    for engine in engines:
        fill(engine, *DOCUMENTS)
    return engines


def forms(word: int) -> list[str]:
    """The forms of a word, the later ones lighter."""
    return [f"w{word}x{form}^{1 - form / 100}" for form in range(FORMS)]


@pytest.mark.parametrize("node", [AllOf, AnyOf, MostOf])
def test_many_words_of_many_forms_give_the_same_results(
    both: list[Engine], node: type[AllOf | AnyOf | MostOf]
) -> None:
    """With more clauses than one query may have, were each form scored by itself."""
    query = node(tuple(term(*forms(word)) for word in range(WORDS)))
    expected, found = (ask(engine, query) for engine in both)

    assert expected.hits == found.hits
    assert (expected.total, expected.matched, ()) == (found.total, found.matched, found.cuts)


def test_what_is_too_large_all_the_same_is_answered_in_part_and_says_so(
    both: list[Engine],
) -> None:
    ways = tuple(phrase(f"w5x7 {'/'.join(forms(way))}", 3) for way in range(WORDS))
    query: QueryNode = AnyOf((term("khác"), Synonyms((phrase("w5x7 w5x8", 1), *ways))))
    found = ask(both[1], query)

    assert {"2", "3"} == {hit.id for hit in found.hits}
    assert found.cuts


def test_more_ids_than_one_list_may_have(both: list[Engine]) -> None:
    ids = frozenset(str(number) for number in range(2, 70_000))

    assert {"2", "3"} == {hit.id for hit in ask(both[1], HasId(ids)).hits}
