"""An index built beside the one in use: searches notice nothing until it is complete, whatever happens on the way."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

import rebuilding_process
from tintuc_search.archive.base import Incoming
from tintuc_search.article import Article
from tintuc_search.errors import IndexLocked, IndexUnusable
from tintuc_search.search.base import SearchQuery
from tintuc_search.settings import load
from tintuc_search.wiring import Parts, engines, rebuilding
from tintuc_search.wiring.places import Places

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tintuc_search.engine.base import Engine
    from tintuc_search.settings import Settings

SIZE = 12


@pytest.fixture(autouse=True)
def another_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two engines, both real: one of them under the name of another, so that no extra is needed."""
    monkeypatch.setitem(engines.OPENERS, "tantivy", engines.OPENERS["whoosh"])
    monkeypatch.setattr(rebuilding, "GRACE_SECONDS", 0.0)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = load({}, home=str(tmp_path), batch=3)
    with Parts(settings) as parts:
        put(parts, *(f"Ông Lê Cảnh Hoàn họp lần {number}" for number in range(1, SIZE + 1)))
        parts.index()
    return settings


def put(parts: Parts, *titles: str, first: int = 1) -> None:
    parts.archive.put(
        [
            Incoming(Article(title, source_id=str(number), source="Báo Lâm Hải"), "x")
            for number, title in enumerate(titles, start=first)
        ]
    )


def rebuild(settings: Settings) -> None:
    with Parts(settings) as parts, parts.rebuilding() as new:
        report = new.parts.index(known=new.known)
        assert not report.stopped
        new.switch()


def check(settings: Settings, articles: int = SIZE) -> None:
    """All that is found by the index in use, its dictionary, entities and quotations is as if made at once."""
    with Parts(settings) as parts:
        parts.check_ready()
        parts.check_index()
        assert parts.engine.count() == articles
        assert parts.engine.mark() == parts.archive.latest()
        assert parts.search.search(SearchQuery("họp")).total == articles
        entry = parts.dictionary.entry("họp")
        assert entry is not None
        assert entry.count == articles
        assert [each.articles for each in parts.catalogue.entities("Lê Cảnh Hoàn")[1]] == [articles]
        assert parts.reprints.mark() == parts.archive.latest()
        assert parts.quotation_engine.mark() == parts.archive.latest()


def folders(settings: Settings) -> set[str]:
    return {each.name for each in (settings.home / "index").iterdir() if each.is_dir()}


def test_the_new_index_takes_the_place_of_the_old_one_which_is_removed(settings: Settings) -> None:
    with Parts(settings) as parts, parts.rebuilding() as new:
        new.parts.index()
        assert new.parts.folder != parts.folder
        assert Parts(settings).folder == parts.folder
        new.switch()
        assert Parts(settings).folder == new.parts.folder

    assert folders(settings) == {"whoosh-2"}
    check(settings)
    rebuild(settings)
    assert folders(settings) == {"whoosh-3"}
    check(settings)


def test_what_comes_in_meanwhile_is_found_in_the_old_index_and_then_in_the_new_one(
    settings: Settings,
) -> None:
    with Parts(settings) as parts, parts.rebuilding() as new:
        new.parts.index()
        put(parts, "Ông Lê Cảnh Hoàn họp nữa", first=SIZE + 1)
        with Parts(settings) as other:
            other.index()
        check(settings, SIZE + 1)
        new.switch()
    with Parts(settings) as parts:
        assert parts.index().indexed == 1
    check(settings, SIZE + 1)


def test_another_engine_is_searched_where_the_settings_name_none(settings: Settings) -> None:
    rebuild(load({}, home=str(settings.home), engine="tantivy"))

    assert folders(settings) == {"whoosh", "tantivy-2"}
    with Parts(settings) as parts:
        assert parts.settings.engine == "tantivy"
        assert parts.folder.name == "tantivy-2"
    check(settings)
    check(load({}, home=str(settings.home), engine="whoosh"))


def other(settings: Settings) -> Settings:
    return load({}, home=str(settings.home), batch=3, engine="tantivy")


def test_another_engine_takes_over_what_does_not_depend_on_it(settings: Settings) -> None:
    with Parts(settings) as parts:
        put(parts, "Ông Lê Cảnh Hoàn họp lại", first=2)  # not indexed yet
        parts.archive.remove("3")
    with Parts(other(settings)) as parts, parts.rebuilding() as new:
        assert new.known == SIZE
        before = new.parts.dictionary.entry("họp")
        assert before is not None
        assert before.count == SIZE
        new.parts.index(known=new.known)
        new.switch()

    check(other(settings), SIZE - 1)


def _forget_maker(parts: Parts) -> None:
    (parts.folder / "made-by.txt").write_text("other", "utf-8")


def _damage_dictionary(parts: Parts) -> None:
    path = parts.folder / "dictionary.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = bytearray(path.read_bytes())
    content[5000:9000] = b"\xff" * 4000
    path.write_bytes(content)


def _lose_entities(parts: Parts) -> None:
    (parts.folder / "entities.sqlite").unlink()


@pytest.mark.parametrize("harm", [_forget_maker, _damage_dictionary, _lose_entities])
def test_nothing_is_taken_over_from_what_is_damaged_or_of_another_analysis(
    settings: Settings, harm: Callable[[Parts], None]
) -> None:
    with Parts(settings) as parts:
        harm(parts)
    with Parts(other(settings)) as parts, parts.rebuilding() as new:
        assert new.known == 0
        new.parts.index(known=new.known)
        new.switch()

    check(other(settings))


def test_an_index_that_several_analyses_made_says_so(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Parts(settings) as parts:
        assert parts.is_made_by_us()
    monkeypatch.setattr("tintuc_search.wiring.code_digest", lambda: "newer")
    with Parts(settings) as parts:
        put(parts, "Họp", first=99)
        parts.index()
        assert not parts.is_made_by_us()
    monkeypatch.undo()

    with Parts(settings) as parts:
        assert not parts.is_made_by_us()


class Killed(BaseException):
    """What a test raises where a process would be killed."""


def test_a_rebuild_that_was_cut_off_is_gone_on_with(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tintuc_search.indexer.pipeline.COMMIT_TERMS", 1)

    def die(_risen: int, _articles: int) -> None:
        seen.append(1)
        if len(seen) == 3:
            raise Killed

    seen: list[int] = []
    with pytest.raises(Killed), Parts(settings) as parts, parts.rebuilding() as new:  # noqa: PT012
        cut_off = new.parts.folder
        new.parts.index(die)
    check(settings)
    assert Parts(settings).folder.name == "whoosh"

    with Parts(settings) as parts, parts.rebuilding() as new:
        assert new.parts.folder == cut_off
        report = new.parts.index()
        assert 0 < report.indexed < SIZE
        new.switch()
    assert folders(settings) == {cut_off.name}
    check(settings)


def test_one_that_was_cut_off_is_begun_anew_where_the_analysis_is_another_by_then(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Parts(settings) as parts, parts.rebuilding() as new:
        cut_off = new.parts.folder
        new.parts.index()
    monkeypatch.setattr("tintuc_search.wiring.code_digest", lambda: "newer")

    with Parts(settings) as parts, parts.rebuilding() as new:
        assert not cut_off.exists() or new.parts.engine.mark() == 0
        assert new.parts.index().indexed == SIZE
        new.switch()
    check(settings)
    assert len(folders(settings)) == 1


def test_a_stopped_rebuild_leaves_the_old_index_in_use_and_goes_on(settings: Settings) -> None:
    with Parts(settings) as parts, parts.rebuilding() as new:
        assert new.parts.index(stop=lambda: True).stopped
    assert Parts(settings).folder.name == "whoosh"
    check(settings)

    rebuild(settings)
    check(settings)


def test_two_at_once_are_refused(settings: Settings) -> None:
    impatient = load({}, home=str(settings.home), lock_wait=0.0)
    with (
        Parts(settings) as parts,
        parts.rebuilding(),
        Parts(impatient) as second,
        pytest.raises(IndexLocked, match="another process is building"),
        second.rebuilding(),
    ):
        pass


@pytest.mark.parametrize("after", [1, 4, 9])
def test_a_process_killed_while_it_rebuilds_costs_nothing_but_time(
    settings: Settings, after: int
) -> None:
    command = [sys.executable, rebuilding_process.__file__, str(settings.home)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        assert process.stdout is not None
        for _ in range(after):
            assert process.stdout.readline() == "on\n"
        process.kill()
    check(settings)
    assert Parts(settings).folder.name == "whoosh"

    rebuild(settings)
    check(settings)
    assert len(folders(settings)) == 1


def test_a_backup_that_is_restored_makes_every_engines_index_useless(
    settings: Settings, tmp_path: Path
) -> None:
    rebuild(other(settings))
    backup = tmp_path / "backup.sqlite"
    with Parts(settings) as parts:
        parts.archive.backup(backup)
        parts.archive.close()
        parts.restore(backup, force=True)

    for engine in ("whoosh", "tantivy"):
        with (
            Parts(load({}, home=str(settings.home), engine=engine)) as parts,
            pytest.raises(IndexUnusable, match="never finished"),
        ):
            parts.check_ready()


def test_an_engine_whose_index_is_elsewhere_is_told_when_it_is_of_no_use(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    dropped: list[str] = []

    def remote(settings: Settings, folder: Path, name: str, fingerprint: str) -> Engine:
        engine = whoosh(settings, folder, name, fingerprint)
        engine.remove = lambda: dropped.append(f"{folder.name} {name}")  # type: ignore[attr-defined]
        return engine

    whoosh = engines.OPENERS["whoosh"]
    monkeypatch.setitem(engines.OPENERS, "whoosh", remote)
    rebuild(settings)

    assert dropped == ["whoosh articles", "whoosh quotations"]


def test_a_file_of_places_that_is_of_no_use_is_as_good_as_none(tmp_path: Path) -> None:
    places = Places(tmp_path)
    (tmp_path / "index").mkdir()
    for text in ("", "[]", "{}", '{"engine": "x", "folders": {"whoosh": "../../etc"}}', "\xff"):
        (tmp_path / "index" / "in-use.json").write_bytes(text.encode("latin-1"))
        assert places.folder("whoosh") == tmp_path / "index" / "whoosh"
        assert places.in_use().engine == "whoosh"
    places.use("tantivy", tmp_path / "index" / "tantivy-2")
    assert places.in_use().engine == "tantivy"
    assert json.loads((tmp_path / "index" / "in-use.json").read_text())["folders"] == {
        "tantivy": "tantivy-2"
    }
