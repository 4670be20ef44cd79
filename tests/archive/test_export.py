"""What is exported can be imported again."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.strategies import ARTICLES
from tintuc_search.archive import open_archive
from tintuc_search.archive.base import Incoming, Outcome
from tintuc_search.archive.export import export_lines
from tintuc_search.article import Article
from tintuc_search.indexer.importers.jsonl import article_of

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(ARTICLES, max_size=5))
def test_an_export_read_back_gives_the_same_articles_under_the_same_ids(
    tmp_path_factory: pytest.TempPathFactory, articles: list[Article]
) -> None:
    folder = tmp_path_factory.mktemp("export")
    first = filled(folder / "a.sqlite", articles)
    lines = [json.loads(json.dumps(line)) for line in export_lines(first)]

    second = open_archive(f"sqlite:///{folder / 'b.sqlite'}")
    second.put([Incoming(article_of(line), f"out.jsonl:{n}") for n, line in enumerate(lines)])

    expected = {stored.id: named(stored.article, stored.id) for stored in first.everything()}
    assert expected == {stored.id: stored.article for stored in second.everything()}
    again = first.put(
        [Incoming(article_of(line), f"out.jsonl:{n}") for n, line in enumerate(lines)]
    )
    assert again == [(line["id"], Outcome.UNCHANGED) for line in lines]
    first.close()
    second.close()


def filled(path: Path, articles: list[Article]) -> Any:
    archive = open_archive(f"sqlite:///{path}")
    archive.put([Incoming(article, f"{n}.txt") for n, article in enumerate(articles)])
    return archive


def named(article: Article, article_id: str) -> Article:
    """Only what has neither address nor own id comes back with our id as its own."""
    nameless = article.url is None and article.source_id is None
    return replace(article, source_id=article_id) if nameless else article


def test_a_line_says_only_what_is_there(tmp_path: Path) -> None:
    archive = filled(tmp_path / "a.sqlite", [Article("Tin", source_id="7")])

    assert [{"id": "7", "title": "Tin"}] == list(export_lines(archive))
    archive.close()
