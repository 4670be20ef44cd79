from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine_contract import EngineContract
from tintuc_search.engine.whoosh_engine import WhooshEngine

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tintuc_search.engine.base import Engine


class TestWhooshEngine(EngineContract):
    """The Whoosh engine keeps the contract."""

    @pytest.fixture
    def engine(self, tmp_path: Path) -> Iterator[Engine]:
        engine = WhooshEngine(tmp_path / "index")
        engine.rebuild()
        yield engine
        engine.close()
