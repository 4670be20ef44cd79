"""An archive on a PostgreSQL server: what is refused, what is lost when the server goes, who waits for whom."""

from __future__ import annotations

import signal
import subprocess
import sys
from contextlib import closing, suppress
from datetime import UTC, datetime
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import create_engine, text

from postgresql import Cluster, own_cluster
from tintuc_search.archive import check_present, connecting, database, is_missing, open_archive
from tintuc_search.archive.base import Incoming, RawPage
from tintuc_search.archive.frontier_base import Found
from tintuc_search.article import Article
from tintuc_search.errors import ArchiveError

if TYPE_CHECKING:
    from collections.abc import Iterator

NOW = datetime(2024, 3, 1, 8, tzinfo=UTC)


@pytest.fixture
def server(cluster: Cluster) -> Iterator[str]:
    """The URL of an empty database."""
    with cluster.database() as made:
        yield made


def incoming(*names: str) -> list[Incoming]:
    return [Incoming(Article(f"Tin {name}", source_id=name), "x") for name in names]


def run_sql(url: str, *statements: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


# --- what is refused -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("{cluster}/nichts", 'database "nichts" does not exist'),
        ("postgresql+psycopg://tintuc@/x?host=/nowhere/at/all", "No such file or directory"),
        ("postgresql+psycopg://me:secret@127.0.0.1:1/x", "//me:.*@127.0.0.1:1/x: .*refused"),
        ("postgresql://me@127.0.0.1:1/x?password=secret", "password=hidden: .*refused"),
        ("postgres://me@127.0.0.1:1/x", "refused"),
    ],
)
def test_a_server_that_cannot_be_had_is_one_line_that_names_it(
    cluster: Cluster, url: str, message: str
) -> None:
    given = cluster.url("nichts") if url.startswith("{") else url
    for ask in (open_archive, check_present):
        with pytest.raises(ArchiveError, match=message) as caught:
            ask(given)
        assert "secret" not in str(caught.value)
        assert "\n" not in str(caught.value)


def test_a_database_without_an_archive_is_missing_until_it_is_made(server: str) -> None:
    assert is_missing(server)
    with pytest.raises(ArchiveError, match="there is no archive yet"):
        check_present(server)
    open_archive(server).close()
    check_present(server)


def test_who_may_make_no_tables_is_told_so_and_who_may_only_read_can(
    cluster: Cluster, server: str
) -> None:
    name = f"r{server.split('?', maxsplit=1)[0].rsplit('/', 1)[1]}"
    reader = server.replace("//tintuc@", f"//{name}@")
    run_sql(server, f"CREATE ROLE {name} LOGIN")
    with pytest.raises(ArchiveError, match="permission denied for schema public"):
        open_archive(reader)
    with closing(open_archive(server)) as archive:
        archive.put(incoming("1"))
    run_sql(server, f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {name}")

    with closing(open_archive(reader)) as archive:
        assert archive.count() == 1
        with pytest.raises(ArchiveError, match="permission denied for table"):
            archive.put(incoming("2"))
        assert archive.count() == 1
    run_sql(server, f"DROP OWNED BY {name}")
    cluster.execute(f"DROP ROLE {name}")


def test_another_programs_table_of_the_same_name_is_left_alone(server: str) -> None:
    run_sql(server, "CREATE TABLE articles (name TEXT)", "INSERT INTO articles VALUES ('Phở')")

    with pytest.raises(ArchiveError, match='relation "articles" already exists'):
        open_archive(server)

    engine = create_engine(server)
    with engine.connect() as connection:
        tables = connection.execute(
            text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        )
        assert [("articles",)] == tables.all()
    engine.dispose()


def test_what_no_database_takes_is_stored_otherwise(server: str) -> None:
    with closing(open_archive(server)) as archive:
        page = RawPage(b"\0\xff", "text/html\0; charset=\udcff")
        [(article_id, _)] = archive.put([Incoming(Article("Tin\0", source_id="1"), "x\0", page)])
        archive.frontier.begin("thu", [Found("https://baomoi.example/a\0b")], NOW)
        archive.remove(archive.put(incoming("2"))[0][0], "vì \udcff\0")

        assert archive.raw(article_id) == RawPage(b"\0\xff", "text/html\ufffd; charset=\ufffd")
        assert 1 == archive.frontier.waiting("thu", NOW)


def test_a_counter_that_was_not_restored_is_found(server: str) -> None:
    with closing(open_archive(server)) as archive:
        archive.put(incoming("1", "2"))
        assert archive.check() is None
        run_sql(server, "UPDATE sequence SET value = 1")
        assert archive.check() == "its counter says 1, its newest change 2"


# --- who waits for whom ----------------------------------------------------------------------------


def test_a_writer_waits_for_another_and_says_so_in_the_end(
    server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connecting, "BUSY_SECONDS", 1.0)
    monkeypatch.setattr(database, "BUSY_SECONDS", 1.0)
    with closing(open_archive(server)) as first, closing(open_archive(server)) as second:
        with first._database.writing() as connection:
            with pytest.raises(ArchiveError, match="another process has been writing for 1 s"):
                second.put(incoming("1"))
            assert second.count() == 0, "readers do not wait"
            connection.rollback()
        second.put(incoming("1"))


def test_several_queries_of_one_reader_see_one_state(server: str) -> None:
    with closing(open_archive(server)) as archive, closing(open_archive(server)) as other:
        archive.put(incoming("1"))
        with archive._database.reading() as connection:
            count = text("SELECT count(*) FROM articles")
            before = connection.execute(count).scalar_one()
            other.put(incoming("2"))
            assert before == connection.execute(count).scalar_one() == 1
            with pytest.raises(ArchiveError, match="read-only"), archive._database.failures():
                connection.execute(text("DELETE FROM articles"))


PUT_MANY = """
import random, sys
from tintuc_search.archive import open_archive
from tintuc_search.archive.base import Incoming
from tintuc_search.article import Article

archive = open_archive(sys.argv[1])
who = sys.argv[2]
for number in range(40):
    names = [f"{who}-{number}-{each}" for each in range(random.randrange(1, 9))] + [f"chung-{number % 7}"]
    archive.put([Incoming(Article(who, lead=str(number), source_id=name), "x") for name in names])
    if number % 9 == 8:
        archive.remove(f"{who}-{number - 1}-0")
archive.close()
"""


def test_who_follows_the_changes_of_several_writers_misses_none(url: str) -> None:
    """No reader sees a change before all that are numbered lower: it would never come back for those."""
    with closing(open_archive(url)) as archive:
        writers = [
            subprocess.Popen([sys.executable, "-c", PUT_MANY, url, str(who)])  # noqa: S603 - our own
            for who in range(3)
        ]
        followed: dict[str, int] = {}
        mark = 0
        while any(writer.poll() is None for writer in writers) or mark < archive.latest():
            for change in archive.changes(mark, 50):
                assert change.sequence > mark
                mark = change.sequence
                followed[change.id] = change.sequence
                if change.stored is None:
                    del followed[change.id]
        assert [0, 0, 0] == [writer.returncode for writer in writers]
        assert followed == {each.id: each.sequence for each in archive.everything()}
        assert archive.check() is None


# --- a server that goes ----------------------------------------------------------------------------

PUT_UNTIL_GONE = """
import itertools, sys
from tintuc_search.archive import open_archive
from tintuc_search.archive.base import Incoming, RawPage
from tintuc_search.article import Article
from tintuc_search.errors import ArchiveError

archive = open_archive(sys.argv[1])
who = sys.argv[2]
for batch in itertools.count():
    try:
        archive.put([
            Incoming(
                Article(str(batch), source_id=f"{who}-{number}", lead="x" * 2000), "x", RawPage(bytes([number]))
            )
            for number in range(20)
        ])
    except ArchiveError as error:
        print(error, flush=True)
        break
    print(batch, flush=True)
"""


def test_a_server_killed_under_its_writers_loses_nothing_it_had_acknowledged(
    cluster: Cluster,  # noqa: ARG001 - says whether there are the programs for one of our own
) -> None:
    with own_cluster() as own:
        own.execute("CREATE DATABASE tin")
        url = own.url("tin")
        archive = open_archive(url)
        writers = [
            subprocess.Popen(  # noqa: S603 - our own
                [sys.executable, "-c", PUT_UNTIL_GONE, url, who], stdout=subprocess.PIPE, text=True
            )
            for who in "ab"
        ]
        lines: list[list[str]] = [[], []]
        for mine, writer in zip(lines, writers, strict=True):
            assert writer.stdout is not None
            mine.extend(writer.stdout.readline() for _ in range(4))
        own.stop(signal.SIGKILL)
        for mine, writer in zip(lines, writers, strict=True):
            mine.extend(writer.communicate()[0].splitlines())
            assert writer.returncode == 0
            assert mine[-1].startswith("postgresql+psycopg://")
        with pytest.raises(ArchiveError, match=r"^postgresql\+psycopg://.*: [^\n]+$"):
            archive.count()

        own.start()
        assert archive.check() is None, "it connects again by itself"
        for who, mine in zip("ab", lines, strict=True):
            texts = {
                stored.article.title for stored in archive.everything() if stored.id.startswith(who)
            }
            [newest] = texts
            assert int(newest) >= int(mine[-2]), "what was acknowledged"
            assert int(newest) <= int(mine[-2]) + 1, "or was under way"
        archive.close()


def test_a_connection_that_is_cut_in_the_middle_stores_nothing(server: str) -> None:
    with closing(open_archive(server)) as archive:
        archive.put(incoming("1"))
        cut = text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = :pid")
        with suppress(ArchiveError), archive._database.writing() as connection:
            connection.execute(text("UPDATE articles SET revision = 9"))
            pid = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
            other = create_engine(server)
            with other.begin() as killer:
                killer.execute(cut, {"pid": pid})
            other.dispose()
            with pytest.raises(ArchiveError, match="terminat"), archive._database.failures():
                connection.execute(text("UPDATE articles SET revision = 10"))
        [stored] = archive.everything()
        assert stored.revision == 1
        archive.put(incoming("2"))


def test_two_may_migrate_while_others_write(server: str) -> None:
    """A migration takes the counter first, so that it waits for writers and they for it, and neither for ever."""
    with closing(open_archive(server)) as archive, closing(open_archive(server)) as other:
        with archive._database.migrating() as connection:
            connection.execute(text("ALTER TABLE revisions ADD COLUMN more TEXT"))
            writer = Thread(target=other.put, args=(incoming("1"),))
            writer.start()
            writer.join(0.3)
            assert writer.is_alive()
            connection.execute(text("ALTER TABLE articles ADD COLUMN more TEXT"))
        writer.join()
        assert archive.count() == 1
