from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine_contract import EngineContract
from tintuc_search.engine.memory_engine import MemoryEngine

if TYPE_CHECKING:
    from tintuc_search.engine.base import Engine


@pytest.mark.usefixtures("both_loops")
class TestMemoryEngine(EngineContract):
    """The memory engine keeps the contract."""

    @pytest.fixture
    def engine(self) -> Engine:
        return MemoryEngine()
