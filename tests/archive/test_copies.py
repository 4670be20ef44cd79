"""Backups are whole; restoring loses nothing by mistake."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from threading import Event, Thread
from typing import TYPE_CHECKING

import pytest

from tintuc_search.archive import open_archive, restore
from tintuc_search.archive.base import Incoming
from tintuc_search.archive.schema import VERSION_TABLE
from tintuc_search.article import Article
from tintuc_search.errors import ArchiveError

if TYPE_CHECKING:
    from pathlib import Path

    from postgresql import Cluster
    from tintuc_search.archive.store import SqlArchive


def incoming(*names: str) -> list[Incoming]:
    return [Incoming(Article(f"Tin {name}", source_id=name, lead="x" * 500), "x") for name in names]


def url_of(path: Path) -> str:
    return f"sqlite:///{path}"


def ids(archive: SqlArchive) -> list[str]:
    with closing(archive):
        return [stored.id for stored in archive.everything()]


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    """A backup that holds the article ``old``."""
    with closing(open_archive(url_of(tmp_path / "first" / "archive.sqlite"))) as archive:
        archive.put(incoming("old"))
        archive.backup(tmp_path / "backups" / "archive.backup")
    return tmp_path / "backups" / "archive.backup"


@pytest.fixture
def archive_path(tmp_path: Path) -> Path:
    """An archive that holds the article ``new``."""
    path = tmp_path / "home" / "archive.sqlite"
    with closing(open_archive(url_of(path))) as archive:
        archive.put(incoming("new"))
    return path


def test_a_backup_made_while_others_write_holds_whole_batches(tmp_path: Path) -> None:
    archive = open_archive(url_of(tmp_path / "archive.sqlite"))
    archive.put(incoming(*(f"0-{n}" for n in range(20))))
    stop = Event()

    def write() -> None:
        batch = 0
        while not stop.is_set():
            batch += 1
            archive.put(incoming(*(f"{batch}-{n}" for n in range(20))))

    writer = Thread(target=write)
    writer.start()
    for number in range(3):
        archive.backup(tmp_path / f"backup-{number}")
    stop.set()
    writer.join()

    last = archive.count()
    archive.close()
    for number in range(3):
        copied = ids(open_archive(url_of(tmp_path / f"backup-{number}")))
        assert len(copied) % 20 == 0
        assert 20 <= len(copied) <= last


def test_a_backup_is_one_file_and_never_overwrites(backup: Path) -> None:
    assert [backup] == list(backup.parent.iterdir())
    with (
        closing(open_archive(url_of(backup.parent / "other.sqlite"))) as archive,
        pytest.raises(ArchiveError, match=f"{backup}: there is such a file already"),
    ):
        archive.backup(backup)


def test_a_backup_to_where_nothing_can_be_written_is_one_clear_line(backup: Path) -> None:
    with (
        closing(open_archive(url_of(backup.parent / "other.sqlite"))) as archive,
        pytest.raises(ArchiveError, match=r"copy: (Not a directory|File exists)"),
    ):
        archive.backup(backup / "copy")


def test_a_server_database_names_its_own_tools(cluster: Cluster, tmp_path: Path) -> None:
    with cluster.database() as url:
        with (
            closing(open_archive(url)) as archive,
            pytest.raises(ArchiveError, match="pg_dump"),
        ):
            archive.backup(tmp_path / "copy")
        with pytest.raises(ArchiveError, match="pg_restore"):
            restore(tmp_path / "copy", url)


def test_a_backup_becomes_the_archive(backup: Path, tmp_path: Path) -> None:
    path = tmp_path / "elsewhere" / "archive.sqlite"

    restore(backup, url_of(path))

    archive = open_archive(url_of(path))
    archive.put(incoming("later"))
    assert ["later", "old"] == ids(archive)
    assert ["old"] == ids(open_archive(url_of(backup)))


def test_an_archive_is_replaced_only_by_force(backup: Path, archive_path: Path) -> None:
    with pytest.raises(ArchiveError, match="there is an archive already"):
        restore(backup, url_of(archive_path))
    assert ["new"] == ids(open_archive(url_of(archive_path)))

    restore(backup, url_of(archive_path), force=True)

    assert ["old"] == ids(open_archive(url_of(archive_path)))
    assert [archive_path] == list(archive_path.parent.glob("archive*"))


def damage(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[5000:30000] = b"\xff" * 25000
    path.write_bytes(content)


def make_newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(f"UPDATE {VERSION_TABLE} SET version_num = '9999'")  # noqa: S608


def make_foreign(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (damage, "is damaged|malformed"),
        (make_newer, "has schema 9999, newer"),
        (make_foreign, "is no archive"),
        (lambda path: path.write_bytes(b"Dear diary, " * 999), "file is not a database"),
        (lambda path: path.write_bytes(b""), "is no archive"),
        (lambda path: path.unlink(), "there is no such file"),
    ],
)
def test_a_bad_backup_is_refused_and_the_archive_stays(
    backup: Path, archive_path: Path, spoil: object, message: str
) -> None:
    assert callable(spoil)
    spoil(backup)

    with pytest.raises(ArchiveError, match=f"{re.escape(str(backup))}: .*({message})"):
        restore(backup, url_of(archive_path), force=True)

    assert ["new"] == ids(open_archive(url_of(archive_path)))


def test_an_archive_in_use_is_not_replaced(backup: Path, archive_path: Path) -> None:
    with closing(open_archive(url_of(archive_path))) as archive:
        archive.put(incoming("newer"))

        with pytest.raises(ArchiveError, match="another process uses it"):
            restore(backup, url_of(archive_path), force=True)

        archive.put(incoming("newest"))
    assert ["new", "newer", "newest"] == ids(open_archive(url_of(archive_path)))


def test_an_archive_too_damaged_to_open_is_kept_beside_the_restored_one(
    backup: Path, archive_path: Path
) -> None:
    archive_path.write_bytes(b"nonsense " * 1000)

    restore(backup, url_of(archive_path), force=True)

    assert ["old"] == ids(open_archive(url_of(archive_path)))
    [kept] = archive_path.parent.glob("archive.sqlite.damaged-*")
    assert kept.read_bytes() == b"nonsense " * 1000


def test_a_log_left_without_its_archive_is_not_applied_to_the_restored_one(
    backup: Path, archive_path: Path
) -> None:
    archive = open_archive(url_of(archive_path))
    archive.put(incoming("newer"))
    log = archive_path.with_name("archive.sqlite-wal").read_bytes()
    archive.close()
    archive_path.unlink()
    archive_path.with_name("archive.sqlite-wal").write_bytes(log)

    restore(backup, url_of(archive_path))

    assert ["old"] == ids(open_archive(url_of(archive_path)))
