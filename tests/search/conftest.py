"""The search service over an invented collection, with every real part."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from patience import SECONDS
from search.collection import ARTICLES, fill
from tintuc_search.analysis.vi import VietnameseAnalyzer
from tintuc_search.archive import open_archive
from tintuc_search.archive.base import Incoming
from tintuc_search.engine.dictionary import SqliteDictionary
from tintuc_search.engine.memory_engine import MemoryEngine
from tintuc_search.engine.whoosh_engine import WhooshEngine
from tintuc_search.search.service import SearchService

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tintuc_search.archive.base import Archive
    from tintuc_search.engine.base import Engine
    from tintuc_search.engine.completing import CompletingDictionary


@pytest.fixture(scope="session")
def analyzer() -> VietnameseAnalyzer:
    return VietnameseAnalyzer()


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    archive = open_archive(f"sqlite:///{tmp_path_factory.mktemp('archive')}/archive.sqlite")
    archive.put([Incoming(article, name) for name, article in ARTICLES.items()])
    yield archive
    archive.close()


@pytest.fixture(scope="session")
def dictionary(analyzer: VietnameseAnalyzer) -> Iterator[CompletingDictionary]:
    dictionary = SqliteDictionary(":memory:", analyzer)
    dictionary.clear()
    yield dictionary
    dictionary.close()


@pytest.fixture(scope="session", params=["memory", "whoosh"])
def new_engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[], Engine]:
    """Makes empty engines: of each kind in turn."""

    def make() -> Engine:
        engine: Engine = (
            MemoryEngine()
            if request.param == "memory"
            else WhooshEngine(tmp_path_factory.mktemp("index") / "whoosh")
        )
        engine.rebuild()
        return engine

    return make


@pytest.fixture(scope="session")
def service(
    new_engine: Callable[[], Engine],
    archive: Archive,
    dictionary: CompletingDictionary,
    analyzer: VietnameseAnalyzer,
) -> Iterator[SearchService]:
    engine = new_engine()
    fill(archive, engine, dictionary, analyzer)
    yield SearchService(archive, engine, dictionary, analyzer, seconds=SECONDS)
    engine.close()
