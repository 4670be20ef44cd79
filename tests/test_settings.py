"""The settings table: where values come from, which win, what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tintuc_search.errors import SettingsError
from tintuc_search.settings import Settings, load, table

if TYPE_CHECKING:
    from pathlib import Path


def test_defaults_need_no_file_and_no_environment(tmp_path: Path) -> None:
    settings = load({}, home=str(tmp_path))

    assert settings == Settings(home=tmp_path)
    assert settings.archive == f"sqlite:///{tmp_path / 'archive.sqlite'}"
    assert settings.index_path == tmp_path / "index" / "whoosh"


def test_command_line_wins_over_environment_and_that_over_the_file(tmp_path: Path) -> None:
    (tmp_path / "tintuc.toml").write_text("port = 1\nworkers = 1\ncache_mb = 1\n")
    env = {"TINTUC_HOME": str(tmp_path), "TINTUC_PORT": "2", "TINTUC_WORKERS": "2"}

    settings = load(env, port=3)

    assert (3, 2, 1) == (settings.port, settings.workers, settings.cache_mb)


@pytest.mark.parametrize(
    ("text", "expected"), [("1", True), ("Yes", True), ("off", False), ("false", False)]
)
def test_switches_read_the_usual_words(text: str, expected: bool) -> None:
    assert load({"TINTUC_LOG_QUERIES": text}).log_queries is expected


@pytest.mark.parametrize(
    ("env", "message"),
    [
        ({"TINTUC_PORT": "many"}, "TINTUC_PORT: port must be int, not 'many'"),
        ({"TINTUC_LOG_QUERIES": "perhaps"}, "TINTUC_LOG_QUERIES: log_queries must be bool"),
        (
            {"TINTUC_ENGINE": "lucene"},
            "engine must be whoosh or tantivy or opensearch, not .lucene.",
        ),
        ({"TINTUC_LANGUAGE": "fr"}, "language must be vi or en"),
        ({"TINTUC_BATCH": "0"}, "batch must be above 0"),
    ],
)
def test_a_value_that_cannot_be_used_is_named_with_its_place(
    env: dict[str, str], message: str
) -> None:
    with pytest.raises(SettingsError, match=message):
        load(env)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("prot = 1", "there is no setting 'prot'"),
        ("port = ", r"tintuc\.toml"),
        ("home = 'x'", "home cannot be set"),
    ],
)
def test_a_broken_file_is_named(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "tintuc.toml").write_text(text)

    with pytest.raises(SettingsError, match=message):
        load({}, home=str(tmp_path))


def test_every_setting_has_a_help_text() -> None:
    assert all(text for _, _, text in table())
