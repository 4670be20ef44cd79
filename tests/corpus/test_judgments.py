"""Queries and judgments are complete and agree with the articles."""

from __future__ import annotations

import unicodedata
from collections import Counter

import pytest

from corpus.judgments import Judged, judged_queries, read_qrels
from corpus.sample import articles


def by_id(query: Judged) -> str:
    return query.id


def has_mark(text: str) -> bool:
    """Whether a letter of the text carries a mark; đ counts."""
    return "đ" in text.lower() or any(
        map(unicodedata.combining, unicodedata.normalize("NFD", text))
    )


def test_there_are_forty_queries_a_third_of_them_unaccented() -> None:
    queries = judged_queries()
    groups = Counter(query.group for query in queries)
    assert len(queries) >= 40
    assert groups["unaccented"] >= len(queries) / 3
    assert (
        len({query.id for query in queries})
        == len({query.text for query in queries})
        == len(queries)
    )


def test_every_judgment_belongs_to_a_query() -> None:
    assert set(read_qrels()) == {query.id for query in judged_queries()}


@pytest.mark.parametrize("query", judged_queries(), ids=by_id)
def test_a_query_is_typed_as_its_group_says(query: Judged) -> None:
    assert has_mark(query.text) == (query.group == "accented")
    assert query.note


@pytest.mark.parametrize("query", judged_queries(), ids=by_id)
def test_a_query_has_an_article_that_answers_it_and_grades_of_articles_only(query: Judged) -> None:
    assert 2 in query.grades.values()
    assert set(query.grades.values()) <= {0, 1, 2}
    assert set(query.grades) <= {sample.key for sample in articles()}
