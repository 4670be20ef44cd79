"""The OpenSearch cluster that the tests of engines share."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from opensearch_cluster import NotHereError, SharedCluster
from tintuc_search.engine.opensearch_engine import OpenSearchEngine

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def opensearch_urls(
    tmp_path_factory: pytest.TempPathFactory, worker_id: str
) -> Iterator[list[str]]:
    """Where the nodes of the cluster answer; skips, or in CI fails, where it cannot be had."""
    base = tmp_path_factory.getbasetemp()
    try:
        cluster = SharedCluster(base if worker_id == "master" else base.parent)
    except NotHereError as error:
        if os.environ.get("CI"):
            pytest.fail(str(error))
        pytest.skip(str(error))
    yield cluster.urls
    cluster.leave()


@pytest.fixture
def opensearch(opensearch_urls: list[str]) -> Iterator[OpenSearchEngine]:
    """An empty index of two shards, each with a copy."""
    engine = OpenSearchEngine(
        opensearch_urls, f"test-{uuid4().hex[:8]}", shards=2, replicas=1, fingerprint="v1"
    )
    engine.rebuild()
    yield engine
    engine.remove()
    engine.close()
