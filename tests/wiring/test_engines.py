"""Which engine the settings open, and what is said where it is not installed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tintuc_search.engine.whoosh_engine import WhooshEngine
from tintuc_search.errors import SettingsError
from tintuc_search.settings import ENGINES, load
from tintuc_search.wiring import engines
from tintuc_search.wiring.engines import ARTICLES, open_engine

if TYPE_CHECKING:
    from pathlib import Path


def test_the_index_of_articles_lies_in_the_folder_itself_and_others_in_folders_in_it(
    tmp_path: Path,
) -> None:
    settings = load({}, home=str(tmp_path), engine="whoosh")
    articles = open_engine(settings, tmp_path / "index", ARTICLES, "v1")
    others = open_engine(settings, tmp_path / "index", "others", "v1")

    assert isinstance(articles, WhooshEngine)
    assert isinstance(others, WhooshEngine)
    assert articles.path == tmp_path / "index"
    assert others.path == tmp_path / "index" / "others"


def test_an_engine_that_is_not_installed_is_named_with_what_installs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str) -> None:
        raise ModuleNotFoundError(f"No module named {name!r}", name="tantivy")

    monkeypatch.setattr(engines, "import_module", missing)
    settings = load({}, home=str(tmp_path), engine="tantivy")

    with pytest.raises(SettingsError, match=r"pip install 'tintuc-search\[tantivy\]'"):
        open_engine(settings, tmp_path, ARTICLES, "v1")


def test_there_is_a_way_to_open_every_engine_that_the_settings_allow() -> None:
    assert set(engines.OPENERS) == set(ENGINES)
