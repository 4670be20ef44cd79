"""A process that answers searches has searched before the first one comes."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import pytest

from tintuc_search.archive.base import Incoming
from tintuc_search.article import Article
from tintuc_search.engine.base import KeywordField, SearchRequest, SearchResult
from tintuc_search.engine.whoosh_engine import WhooshEngine
from tintuc_search.errors import IndexUnusable
from tintuc_search.search.base import SearchQuery
from tintuc_search.settings import load
from tintuc_search.wiring import Parts, make_app
from tintuc_search.wiring.warming import warm

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tintuc_search.settings import Settings


@pytest.fixture(autouse=True)
def _thawed() -> Iterator[None]:
    yield
    gc.unfreeze()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = load({}, home=str(tmp_path))
    with Parts(settings) as parts:
        parts.archive.put([Incoming(Article("Chính phủ họp ở Nậm Lìn", source_id="1"), "x")])
        parts.index()
    return settings


def test_a_web_application_has_searched_with_marks_and_without(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain, results = WhooshEngine.search, list[SearchResult]()

    def search(engine: WhooshEngine, request: SearchRequest) -> SearchResult:
        results.append(plain(engine, request))
        return results[-1]

    monkeypatch.setattr(WhooshEngine, "search", search)
    make_app(settings)

    assert [1, 1] == [result.total for result in results]


def test_what_was_read_for_it_is_not_looked_through_for_cycles(settings: Settings) -> None:
    with Parts(settings) as parts:
        before = gc.get_freeze_count()
        warm(parts, KeywordField)

        assert gc.get_freeze_count() > before + 10_000
        assert len(gc.get_objects()) < 1000


def test_an_index_that_cannot_be_searched_is_told_of_by_the_first_search(tmp_path: Path) -> None:
    with Parts(load({}, home=str(tmp_path))) as parts:
        warm(parts, KeywordField)

        with pytest.raises(IndexUnusable, match="tintuc index"):
            parts.search.search(SearchQuery("họp"))
