"""The OpenSearch engine, on a real cluster of three nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine_contract import EngineContract

if TYPE_CHECKING:
    from tintuc_search.engine.opensearch_engine import OpenSearchEngine


@pytest.fixture
def engine(opensearch: OpenSearchEngine) -> OpenSearchEngine:
    """An empty index."""
    return opensearch


class TestOpenSearchEngine(EngineContract):
    """The whole contract."""
