"""Locks over all processes that share an archive: nobody waits, nobody keeps one beyond its life."""

from __future__ import annotations

import signal
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import create_engine, text

from tintuc_search.archive import open_archive
from tintuc_search.errors import ArchiveError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from postgresql import Cluster
    from tintuc_search.archive.store import SqlArchive


@pytest.fixture
def other(url: str, archive: SqlArchive) -> Iterator[SqlArchive]:
    """The same archive opened a second time, as another process would."""
    assert archive.count() == 0
    with closing(open_archive(url)) as opened:
        yield opened


def test_a_lock_is_held_by_one_and_free_after_it(archive: SqlArchive, other: SqlArchive) -> None:
    with archive.locks.held({"a"}) as first:
        with other.locks.held({"a"}) as second, archive.locks.held({"a"}) as third:
            assert (first, second, third) == (None, "a", "a")
        with other.locks.held({"b"}) as fourth:
            assert fourth is None
    with other.locks.held({"a"}) as again:
        assert again is None


def test_all_of_them_are_held_or_none(archive: SqlArchive, other: SqlArchive) -> None:
    with (
        archive.locks.held({"b"}),
        other.locks.held({"a", "b", "c"}, shared={"d"}) as taken,
        archive.locks.held({"a", "c", "d"}) as free,
    ):
        assert (taken, free) == ("b", None)


def test_shared_ones_are_held_by_many_unless_one_holds_them_alone(
    archive: SqlArchive, other: SqlArchive
) -> None:
    with archive.locks.held({"1"}, {"up"}) as first, other.locks.held({"2"}, {"up"}) as second:
        assert (first, second) == (None, None)
        with other.locks.held({"up"}) as third:
            assert third == "up"
    with archive.locks.held({"up"}, {"up"}), other.locks.held({"2"}, {"up"}) as fourth:
        assert fourth == "up"


def test_an_error_in_the_block_frees_them_and_comes_through(
    archive: SqlArchive, other: SqlArchive
) -> None:
    with pytest.raises(KeyError), archive.locks.held({"a"}):
        raise KeyError
    with other.locks.held({"a"}) as taken:
        assert taken is None


@pytest.mark.parametrize("name", ["Đảng", "a/../b", "x" * 300, "a b", "a-b"])
def test_any_name_is_a_lock_of_its_own(archive: SqlArchive, name: str) -> None:
    names = ["Đảng", "Đang", "a/../b", "a---b", "x" * 300, "x" * 299, "a b", "a-b"]
    with archive.locks.held({name}) as held:
        assert held is None
        for each in names:
            with archive.locks.held({each}) as taken:
                assert taken == (name if each == name else None)


HOLD = """
import sys, time
from tintuc_search.archive import open_archive

archive = open_archive(sys.argv[1])
with archive.locks.held({"a"}) as taken:
    print(taken, flush=True)
    time.sleep(600)
"""


def test_a_killed_process_holds_nothing(url: str, archive: SqlArchive) -> None:
    with subprocess.Popen(  # noqa: S603 - our own
        [sys.executable, "-c", HOLD, url], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "None\n"
        with archive.locks.held({"a"}) as taken:
            assert taken == "a"
        process.send_signal(signal.SIGKILL)
    taken = "a"
    while taken:  # the server sees the end of the connection a moment later
        with archive.locks.held({"a"}) as left:
            taken = left or ""


def test_a_server_that_goes_takes_its_locks_along(cluster: Cluster) -> None:
    with cluster.database() as url, closing(open_archive(url)) as archive:
        engine = create_engine(url)
        everybody = text(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        with archive.locks.held({"a"}), engine.begin() as connection:
            connection.execute(everybody)
        with archive.locks.held({"a"}) as taken:
            assert taken is None
        engine.dispose()
    with pytest.raises(ArchiveError, match="does not exist"), archive.locks.held({"a"}):
        pass
