"""What worker processes of tests analyse with: recognisers that fail, crash or hang where a text says so."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tintuc_search.analysis.vi.analyzer import VietnameseAnalyzer
from tintuc_search.entities import Recogniser
from tintuc_search.entities.base import ArticleEntities

if TYPE_CHECKING:
    from tintuc_search.analysis.base import Analyzer
    from tintuc_search.indexer.documents import Recogniser as AnyRecogniser


class Obedient:
    """Does what the first word of a text says; finds nobody otherwise."""

    def recognise(self, text: str, *_: object) -> ArticleEntities:
        order, *rest = text.split()
        if order == "hỏng":
            raise ValueError(text)
        if order == "sập":
            os._exit(7)
        if order == "treo":
            time.sleep(3600)
        if order == "giết" and not Path(rest[0]).exists():
            Path(rest[0]).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return ArticleEntities()


def make_obedient() -> tuple[Analyzer, AnyRecogniser]:
    return VietnameseAnalyzer(), Obedient()


def make_real() -> tuple[Analyzer, AnyRecogniser]:
    return VietnameseAnalyzer(), Recogniser()


def make_nothing() -> tuple[Analyzer, AnyRecogniser]:
    raise MemoryError
