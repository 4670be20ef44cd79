"""The whole program over an archive on a server, moved there from a file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from cli.conftest import CommandLine
    from postgresql import Cluster


def test_an_archive_moves_to_a_server_and_all_commands_go_on_there(
    filled: CommandLine, cluster: Cluster
) -> None:
    before = filled.run("export").stdout
    with cluster.database() as url:
        moved = {each["table"]: each for each in filled.json("archive", "copy", url)}
        assert moved["articles"]["rows"] == moved["articles"]["written"] == 3
        assert len(moved["revisions"]["checksum"]) == 64

        (filled.home / "tintuc.toml").write_text(f"archive_url = {json.dumps(url)}\n", "utf-8")
        (filled.home / "archive.sqlite").rename(filled.home / "moved.sqlite")
        assert before == filled.run("export").stdout
        found = {each["subject"]: each for each in filled.json("doctor")}
        assert unquote(found["archive"]["text"]) == f"3 articles, change sequence 3, in {url}"
        assert found["index"]["good"], "the index stays valid"
        assert filled.json("search", "đất đai", "--match", "all")["total"] == 1

        filled.run("remove", "a-2")
        assert filled.json("search", "đất đai", "--match", "all")["total"] == 0
        told = filled.run("archive", "copy", url, code=1).output
        assert "is the archive that is to be copied" in told
        assert "pg_dump" in filled.run("backup", str(filled.home / "b"), code=1).output

    told = filled.run("search", "thanh", code=1).output
    assert told.startswith("tintuc: postgresql+psycopg://")
    assert "does not exist" in told
    assert len(told.splitlines()) == 1
    found = {each["subject"]: each for each in filled.json("doctor", code=1)}
    assert not found["archive"]["good"]


def test_a_copy_is_told_in_lines_and_an_archive_that_is_not_there_is_not_made(
    filled: CommandLine, tintuc: CommandLine, cluster: Cluster
) -> None:
    file = filled.home / "copy.sqlite"
    told = filled.run("archive", "copy", f"sqlite:///{file}").output
    assert "every row was read back and is the same" in told
    with cluster.database() as url:
        (tintuc.home / "tintuc.toml").write_text(f"archive_url = {json.dumps(url)}\n", "utf-8")
        for command in (("archive", "copy", f"sqlite:///{file}"), ("export",), ("doctor",)):
            assert "there is no archive yet" in tintuc.run(*command, code=1).output
