"""The ranking over the sample archive: imported, indexed and searched as the program does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from corpus.floors import read_floors, shortfalls
from corpus.judgments import Judged, judged_queries
from corpus.relevance import ALL, rankings, values
from corpus.sample import articles

if TYPE_CHECKING:
    from pathlib import Path

Rankings = dict[str, list[str]]


@pytest.fixture(scope="module")
def ranked(tmp_path_factory: pytest.TempPathFactory) -> Rankings:
    home: Path = tmp_path_factory.mktemp("relevance")
    return rankings(home)


def by_id(query: Judged) -> str:
    return query.id


def test_every_result_is_an_article_once(ranked: Rankings) -> None:
    """A variant or an older state that shows up beside its article was imported as one of its own."""
    keys = {sample.key for sample in articles()}
    for found in ranked.values():
        assert set(found) <= keys
        assert len(found) == len(set(found))


@pytest.mark.parametrize("query", judged_queries(), ids=by_id)
def test_a_query_finds_an_article_that_answers_it(ranked: Rankings, query: Judged) -> None:
    assert any(query.grades.get(key) == 2 for key in ranked[query.id][:10])


def test_no_measure_falls_below_its_floor(ranked: Rankings) -> None:
    floors = read_floors("relevance")
    assert ALL in floors
    assert shortfalls(values(ranked), floors) == {}


def test_tantivy_ranks_as_whoosh_does(
    ranked: Rankings, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The same words, forms, phrases and nearness: the same articles in the same order."""
    assert ranked == rankings(tmp_path_factory.mktemp("tantivy"), "tantivy")
