"""The OpenSearch engine, on a real cluster of three nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from engine_contract import EngineContract
from tintuc_search.engine.opensearch_engine import OpenSearchEngine

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def engine(opensearch_urls: list[str]) -> Iterator[OpenSearchEngine]:
    """An empty index of two shards, each with a copy."""
    engine = OpenSearchEngine(
        opensearch_urls, f"test-{uuid4().hex[:8]}", shards=2, replicas=1, fingerprint="v1"
    )
    engine.rebuild()
    yield engine
    engine.remove()
    engine.close()


class TestOpenSearchEngine(EngineContract):
    """The whole contract."""
