"""The judged queries over the sample archive: with OpenSearch as with Whoosh, through the whole program."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from corpus.judgments import judged_queries
from corpus.relevance import DEPTH, open_sample
from patience import ENVIRONMENT
from tintuc_search.engine.base import Interval, KeywordField, Sort
from tintuc_search.engine.opensearch_engine import OpenSearchEngine
from tintuc_search.search.base import SearchQuery
from tintuc_search.settings import load
from tintuc_search.wiring import Parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tintuc_search.search.base import SearchAnswer
    from tintuc_search.search.service import SearchService

Services = tuple["SearchService", "SearchService"]


@pytest.fixture(scope="module")
def services(
    opensearch_urls: list[str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Services]:
    """Whoosh's and OpenSearch's, each over an index of its own of one archive."""
    home = tmp_path_factory.mktemp("corpus")
    settings = load(
        ENVIRONMENT,
        home=str(home),
        engine="opensearch",
        opensearch_urls=", ".join(opensearch_urls),
        opensearch_prefix=f"test-{uuid4().hex[:8]}",
        opensearch_shards=3,
    )
    with open_sample(home) as whoosh, Parts(settings) as parts:
        parts.prepare_index()
        parts.index()
        yield whoosh.search, parts.search
        for engine in (parts.engine, parts.quotation_engine):
            assert isinstance(engine, OpenSearchEngine)
            engine.remove()


def told(response: SearchAnswer) -> object:
    """What a reader sees."""
    return (
        [(hit.stored.id, hit.score) for hit in response.hits],
        response.total,
        response.facets,
        response.histogram,
    )


@pytest.mark.parametrize("sort", [Sort.RELEVANCE, Sort.RECENT, Sort.NEWEST])
def test_judged_queries_give_the_same_results(services: Services, sort: Sort) -> None:
    for judged in judged_queries():
        query = SearchQuery(
            judged.text,
            sort=sort,
            page_size=DEPTH,
            facets=dict.fromkeys(KeywordField, 10),
            histogram=Interval.MONTH,
        )
        first, second = (told(service.search(query)) for service in services)
        assert first == second, judged.text
