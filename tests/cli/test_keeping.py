"""revisions, remove, backup, restore, doctor: looking after what is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tintuc_search.settings import load
from tintuc_search.wiring import Parts

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import CommandLine


def test_revisions_show_every_text(filled: CommandLine, tmp_path: Path) -> None:
    later = tmp_path / "later.jsonl"
    later.write_text(
        '{"id": "a-2", "title": "Thanh tra đất đai: kết luận", "source": "Thời Sự Online"}\n'
    )
    filled.run("import", str(later))

    assert ["Thanh tra đất đai tại Sơn Giang", "Thanh tra đất đai: kết luận"] == [
        revision["title"] for revision in filled.json("revisions", "a-2")
    ]
    listed = filled.run("revisions", "a-2").stdout
    assert "kết luận" in listed
    assert "title 1 changed" in listed
    told = filled.run("revisions", "a-2", "--from", "1").stdout
    assert "Thanh tra đất đai[- tại Sơn Giang-][+: kết luận+]" in told
    found = filled.json("revisions", "a-2", "--from", "1", "--to", "2")
    assert found["differences"][0]["field"] == "title"
    assert filled.run("revisions", "a-2", "--from", "2").stdout == "no difference\n"
    assert "no revision 7" in filled.run("revisions", "a-2", "--to", "7", code=1).stderr


def test_what_is_removed_is_not_found_and_does_not_come_back(
    filled: CommandLine, dump: Path
) -> None:
    filled.run("remove", "a-2", "--reason", "theo yêu cầu")

    assert filled.json("search", "thanh tra", "--match", "all")["total"] == 0
    assert filled.json("import", str(dump))["removed"] == 1
    assert filled.json("index")["indexed"] == 0


def test_an_unknown_id_among_others_keeps_none_of_them_searchable(filled: CommandLine) -> None:
    result = filled.run("remove", "a-9", "a-2", "a-8", code=1)

    assert "a-9" in result.stderr
    assert "a-8" in result.stderr
    assert filled.json("search", "thanh tra", "--match", "all")["total"] == 0


def test_an_unknown_article_is_named(filled: CommandLine) -> None:
    assert "a-9" in filled.run("remove", "a-9", code=1).stderr
    assert "a-9" in filled.run("revisions", "a-9", code=1).stderr


@pytest.mark.parametrize("command", ["doctor", "export", "backup x", "remove x", "revisions x"])
def test_no_empty_archive_is_made_where_none_is(tintuc: CommandLine, command: str) -> None:
    output = tintuc.run(*command.split(), code=1).output

    assert "there is no archive yet; `tintuc import` makes it" in output
    assert not tintuc.home.exists()


def test_a_backup_brings_everything_back(filled: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "backup.sqlite"
    filled.run("backup", str(file))
    filled.run("remove", "a-1", "a-2")
    filled.run("restore", str(file), "--force")

    assert filled.json("search", "thanh tra")["results"][0]["id"] == "a-2"


def test_restore_does_not_replace_an_archive_unasked(filled: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "backup.sqlite"
    filled.run("backup", str(file))
    filled.run("restore", str(file), code=1)

    assert filled.json("search", "thanh tra")["total"] > 0


def test_a_restore_killed_before_the_index_is_made_leaves_none_in_use(
    filled: CommandLine, tmp_path: Path
) -> None:
    file = tmp_path / "backup.sqlite"
    filled.run("backup", str(file))
    with Parts(load({}, home=str(filled.home))) as parts:
        parts.restore(file, force=True)

    assert "tintuc index --rebuild" in filled.run("search", "thanh tra", code=1).stderr
    assert "tintuc index --rebuild" in filled.run("index", code=1).stderr


def test_restore_refuses_a_file_that_is_no_backup(filled: CommandLine, dump: Path) -> None:
    assert str(dump) in filled.run("restore", str(dump), "--force", code=1).stderr
    assert filled.json("search", "thanh tra")["total"] > 0


def test_doctor_finds_nothing_to_do(filled: CommandLine) -> None:
    assert {"settings", "archive", "engine", "index", "sources"} == {
        finding["subject"] for finding in filled.json("doctor") if finding["good"]
    }


def test_doctor_says_that_the_index_is_behind(filled: CommandLine, tmp_path: Path) -> None:
    more = tmp_path / "more.jsonl"
    more.write_text('{"title": "Bài thứ tư"}\n', "utf-8")
    filled.run("import", str(more))
    result = filled.run("doctor", code=1)

    assert "1 changes behind the archive; run `tintuc index`" in result.stdout


def test_doctor_says_what_rebuilds_a_damaged_dictionary(filled: CommandLine) -> None:
    for path in (filled.home / "index" / "whoosh").glob("dictionary.sqlite*"):
        path.write_bytes(path.read_bytes()[:40])

    assert "tintuc index --rebuild" in filled.run("doctor", code=1).stdout
    filled.run("index", "--rebuild")
    filled.run("doctor")


def test_doctor_says_what_makes_a_missing_index(tintuc: CommandLine) -> None:
    assert "`tintuc index` makes it" in tintuc.run("doctor", code=1).stdout
