"""Opening archives: made, migrated, refused; by several processes at once."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text

from tintuc_search.archive import open_archive
from tintuc_search.archive.base import Incoming
from tintuc_search.archive.migrating import MIGRATIONS
from tintuc_search.archive.schema import SCHEMA, VERSION_TABLE, metadata
from tintuc_search.article import Article
from tintuc_search.errors import ArchiveError

if TYPE_CHECKING:
    from pathlib import Path

    from tintuc_search.archive.store import SqlArchive


def test_the_newest_migration_is_the_schema_of_this_program() -> None:
    assert ScriptDirectory(str(MIGRATIONS)).get_current_head() == SCHEMA


def test_the_migrations_make_the_tables_that_the_code_declares(
    archive: SqlArchive, url: str
) -> None:
    assert archive.count() == 0
    engine = create_engine(url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        differences = compare_metadata(context, metadata)
    engine.dispose()

    assert differences == []


def test_a_missing_folder_is_made(tmp_path: Path) -> None:
    open_archive(f"sqlite:///{tmp_path / 'a' / 'b' / 'archive.sqlite'}").close()

    assert (tmp_path / "a" / "b" / "archive.sqlite").is_file()


def test_a_path_may_hold_signs_that_configurations_read_otherwise(tmp_path: Path) -> None:
    open_archive(f"sqlite:///{tmp_path / 'tin tức 100%(x)s.sqlite'}").close()

    assert (tmp_path / "tin tức 100%(x)s.sqlite").is_file()


def test_an_archive_of_a_newer_schema_is_refused_naming_both(url: str) -> None:
    open_archive(url).close()
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))  # noqa: S608
    engine.dispose()

    with pytest.raises(ArchiveError, match=f"has schema 9999, newer than this program's {SCHEMA}"):
        open_archive(url)


def test_what_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "archive.sqlite"
    path.write_bytes(b"Dear diary, " * 1000)

    with pytest.raises(ArchiveError, match=f"{path}: file is not a database"):
        open_archive(f"sqlite:///{path}")
    assert path.read_bytes() == b"Dear diary, " * 1000


def test_another_programs_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "archive.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")

    with pytest.raises(ArchiveError, match="another program's database"):
        open_archive(f"sqlite:///{path}")
    with closing(sqlite3.connect(path)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master").fetchall()
    assert tables == [("recipes",)]


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(ArchiveError, match=r"archive\.sqlite: (Not a directory|File exists)"):
        open_archive(f"sqlite:///{tmp_path / 'file' / 'archive.sqlite'}")


def test_a_path_that_is_a_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=f"{tmp_path}: unable to open database file"):
        open_archive(f"sqlite:///{tmp_path}")


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("tin.sqlite", "'tin.sqlite' is no SQLAlchemy URL"),
        ("sqlite://", "needs a path"),
        ("sqlite:///:memory:", "needs a path"),
        ("nichts://x/y", "nichts"),
        ("postgresql+psycopg2://me:secret@localhost:1/x", r"//me:\*\*\*@localhost"),
    ],
)
def test_an_address_that_cannot_be_used_is_named_without_its_password(
    url: str, message: str
) -> None:
    with pytest.raises(ArchiveError, match=message) as caught:
        open_archive(url)

    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_full_disk_is_one_clear_line_and_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "archive.sqlite"
    archive = open_archive(f"sqlite:///{path}")
    archive.put([Incoming(Article("Tin", source_id="1"), "x")])
    with archive._database.reading() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 30")

    big = [Incoming(Article(str(n), source_id=f"b{n}", lead="x" * 9000), "x") for n in range(50)]
    with pytest.raises(ArchiveError, match=f"^{path}: database or disk is full$"):
        archive.put(big)

    assert ["1"] == [stored.id for stored in archive.everything()]
    archive.close()


OPEN_AND_PUT = """
import sys
from tintuc_search.archive import open_archive
from tintuc_search.archive.base import Incoming
from tintuc_search.article import Article

url, who = sys.argv[1:]
archive = open_archive(url)
for number in range(10):
    own = Article(who, source_id=f"{who}-{number}")
    shared = Article("Chung", source_id=f"shared-{number}", lead=who)
    archive.put([Incoming(own, "x"), Incoming(shared, "x")])
archive.close()
"""


def test_several_processes_may_make_and_fill_one_archive_at_once(url: str) -> None:
    running = [
        subprocess.Popen([sys.executable, "-c", OPEN_AND_PUT, url, str(who)])  # noqa: S603 - our own
        for who in range(3)
    ]
    assert [0, 0, 0] == [process.wait(120) for process in running]

    archive = open_archive(url)
    changes = archive.changes(0, 1000)
    texts = [text for n in range(10) for text in archive.revisions(f"shared-{n}")]
    assert archive.count() == 40
    assert len(texts) == 30
    assert archive.latest() == 60
    assert len({change.sequence for change in changes}) == 40
    archive.close()


FORK = """
import os, sys
from tintuc_search.archive import open_archive
from tintuc_search.archive.base import Incoming
from tintuc_search.article import Article

def put(name):
    archive.put([Incoming(Article(name, source_id=name), "x")])

archive = open_archive(sys.argv[1])
put("before")
children = []
for child in range(3):
    pid = os.fork()
    if not pid:
        for number in range(5):
            put(f"child-{child}-{number}")
            assert archive.get("before")
        os._exit(0)
    children.append(pid)
for number in range(5):
    put(f"parent-{number}")
codes = [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in children]
assert codes == [0, 0, 0], codes
assert archive.count() == 21 and archive.check() is None
archive.close()
"""


def test_an_archive_opened_before_a_fork_serves_parent_and_children(url: str) -> None:
    subprocess.run([sys.executable, "-c", FORK, url], check=True, timeout=120)  # noqa: S603 - our own
