"""The entities beside the index follow the archive, through interruptions too."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from tintuc_search.archive.base import Incoming
from tintuc_search.article import Article
from tintuc_search.engine.memory_engine import MemoryEngine
from tintuc_search.engine.whoosh_engine import WhooshEngine
from tintuc_search.indexer.pipeline import index_changes
from tintuc_search.settings import Settings
from tintuc_search.wiring import Parts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TEXTS = (
    "Ông Phan Khắc Du, Bí thư Tỉnh ủy Cà Mau, tiếp dân.",
    "Bà Tạ Thị Ngần gặp ông Phan Khắc Du.",
    "Bà Tạ Thị Ngần đến Huế.",
)


@pytest.fixture
def parts(tmp_path: Path) -> Iterator[Parts]:
    with Parts(Settings(home=tmp_path, batch=1)) as made:
        put(made, *TEXTS)
        yield made


def put(parts: Parts, *texts: str) -> None:
    parts.archive.put(
        [
            Incoming(Article("Tin", paragraphs=(text,), source_id=str(n), source="Báo"), "x")
            for n, text in enumerate(texts)
        ]
    )


def counts(parts: Parts) -> dict[str, int]:
    return {entry.name: entry.articles for entry in parts.catalogue.entities(limit=99)[1]}


ALL = {"Phan Khắc Du": 2, "Tạ Thị Ngần": 2, "Tỉnh ủy Cà Mau": 1, "Huế": 1}


def test_indexing_fills_the_catalogue(parts: Parts) -> None:
    parts.index()

    assert counts(parts) == ALL


def test_a_revision_and_a_removal_replace_what_was_known(parts: Parts) -> None:
    parts.index()
    put(parts, TEXTS[0], TEXTS[1], "Ông Lò Văn Inh ở nhà.")
    parts.archive.remove(next(iter(parts.archive.everything())).id)
    parts.index()

    assert counts(parts) == {"Phan Khắc Du": 1, "Tạ Thị Ngần": 1, "Lò Văn Inh": 1}


@pytest.mark.parametrize(
    ("step", "indexed"),
    [
        ("tintuc_search.engine.whoosh_writer.WhooshWriter.commit", 0),  # before the index has it
        ("tintuc_search.catalogue.settling.Settling.run", 3),  # after
    ],
)
def test_a_kill_on_either_side_of_the_index_s_commit_is_repaired(
    parts: Parts, monkeypatch: pytest.MonkeyPatch, step: str, indexed: int
) -> None:
    def killed(*_: Any) -> None:
        raise KeyboardInterrupt

    parts.prepare_index()
    with monkeypatch.context() as patched:
        patched.setattr(step, killed)
        with pytest.raises(KeyboardInterrupt):
            parts.index()
    assert parts.engine.count() == indexed
    assert (parts.engine.mark() == 0) is (indexed == 0)
    assert indexed == 0 or counts(parts) == {}
    parts.index()

    assert counts(parts) == ALL


def test_a_rebuilt_index_has_the_same_entities_under_the_same_ids(parts: Parts) -> None:
    parts.index()
    before = [entry.id for entry in parts.catalogue.entities(limit=99)[1]]
    parts.clear_index()
    assert counts(parts) == {}
    parts.index()

    assert [entry.id for entry in parts.catalogue.entities(limit=99)[1]] == before


def test_the_editor_s_file_is_applied_without_reading_an_article(
    parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts.index()
    (parts.settings.home / "entities.toml").write_text(
        '[[merge]]\nkind = "person"\ninto = "Phan Khắc Du"\nnames = ["Tạ Thị Ngần"]\n', "utf-8"
    )

    def unread(*_: Any) -> None:
        raise AssertionError

    monkeypatch.setattr(parts.recogniser, "recognise", unread)
    parts.index()

    assert counts(parts)["Phan Khắc Du"] == 3


def test_a_catalogue_is_no_must(parts: Parts, tmp_path: Path) -> None:
    """Whoever indexes without one gets the same index."""
    for engine in (MemoryEngine(), WhooshEngine(tmp_path / "alone")):
        with closing(engine):
            engine.rebuild()
            parts.dictionary.clear()
            report = index_changes(
                parts.archive, engine, parts.dictionary, parts.analyzer, parts.recogniser
            )
            assert report.indexed == 3
