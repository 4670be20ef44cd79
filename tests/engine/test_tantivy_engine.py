from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine_contract import EngineContract
from tintuc_search.engine.tantivy_engine import TantivyEngine

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tintuc_search.engine.base import Engine


class TestTantivyEngine(EngineContract):
    """The Tantivy engine keeps the contract."""

    @pytest.fixture
    def engine(self, tmp_path: Path) -> Iterator[Engine]:
        engine = TantivyEngine(tmp_path / "index")
        engine.rebuild()
        yield engine
        engine.close()
