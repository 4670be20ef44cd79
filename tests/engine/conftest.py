"""The OpenSearch cluster that the tests of engines share."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from opensearch_cluster import NotHereError, SharedCluster

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
