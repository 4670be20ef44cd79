"""The OpenSearch cluster that the tests of engines share."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from compiled_loops import MISSING
from opensearch_cluster import NotHereError, SharedCluster, files, java
from tintuc_search.engine import loops, tantivy_reading
from tintuc_search.engine.opensearch_engine import OpenSearchEngine
from tintuc_search.engine.plain import near, reading, scores, sets

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def opensearch_here() -> None:
    """Skip, or in CI fail, where OpenSearch cannot be had, with one line that says what is missing."""
    try:
        java()
        files()
    except NotHereError as error:
        if os.environ.get("CI"):
            pytest.fail(str(error))
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def opensearch_urls(
    opensearch_here: None,  # noqa: ARG001 - it looks first
    tmp_path_factory: pytest.TempPathFactory,
    worker_id: str,
) -> Iterator[list[str]]:
    """Where the nodes of the cluster answer that all tests share."""
    base = tmp_path_factory.getbasetemp()
    cluster = SharedCluster(base if worker_id == "master" else base.parent)
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


@pytest.fixture(scope="module", params=["compiled", "NumPy"])
def both_loops(request: pytest.FixtureRequest) -> Iterator[None]:
    """Run the tests of a module with the compiled loops, and once more with those in NumPy."""
    if request.param == "compiled" and not loops.COMPILED:
        pytest.skip(MISSING)
    with pytest.MonkeyPatch.context() as patched:
        if request.param == "NumPy":
            for name, plain in {
                "near": near,
                "reading": reading,
                "scores": scores,
                "sets": sets,
            }.items():
                patched.setattr(loops, name, plain)
        yield


@pytest.fixture(scope="module")
def read_blocks_of_few_documents() -> Iterator[None]:
    """Let the Tantivy engine take every term for one that so many documents hold that it reads in part."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(tantivy_reading, "FEW", 0)
        patched.setattr(tantivy_reading, "SOME", 2.0)
        yield
