"""An archive copied to another database is the same archive, however often the copying was cut short."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from contextlib import ExitStack, closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import create_engine, select, text

from tintuc_search.archive import open_archive
from tintuc_search.archive.base import Incoming, Outcome, RawPage
from tintuc_search.archive.frontier_base import Found
from tintuc_search.archive.moving import BATCH
from tintuc_search.archive.runs import Run
from tintuc_search.archive.schema import metadata
from tintuc_search.article import Article
from tintuc_search.errors import ArchiveError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from postgresql import Cluster
    from tintuc_search.archive.store import SqlArchive

NOW = datetime(2024, 3, 1, 8, tzinfo=UTC)
ARTICLES = BATCH + 30


def incoming(number: int, text: str = "Họp.") -> Incoming:
    article = Article(
        f"Tin {number}",
        url=f"https://baomoi.example/tin-{number}.htm",
        paragraphs=(text, "đảng 𝕏 \u200b" * 9),
        source="Báo Mới",
        published_at=NOW + timedelta(hours=number),
    )
    return Incoming(article, "x", RawPage(bytes([number % 256, 0, 255]) * 50))


def fill(archive: SqlArchive) -> None:
    """Something in every table: revisions, pages, a tombstone, a page that is gone, addresses, runs."""
    ids = [each for each, _ in archive.put([incoming(number) for number in range(ARTICLES)])]
    archive.put([incoming(number, "Hoãn.") for number in range(0, ARTICLES, 7)])
    archive.remove(ids[5], "theo yêu cầu")
    archive.mark_gone("https://baomoi.example/tin-8.htm", datetime.now(UTC))
    found = [Found(f"https://baomoi.example/{number}") for number in range(700)]
    archive.frontier.begin("bao-moi", found, NOW)
    for hours in (1, 2):
        at = NOW + timedelta(hours=hours)
        archive.runs.add(Run("bao-moi", at, at, None, {"new": hours}), NOW)


def content(url: str) -> dict[str, set[Any]]:
    """All rows of all tables."""
    engine = create_engine(url)
    with engine.connect() as connection:
        rows = {
            table.name: {tuple(row) for row in connection.execute(select(table))}
            for table in metadata.sorted_tables
        }
    engine.dispose()
    return rows


@pytest.fixture
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty database of the other kind than the one asked for by ``url``."""
    if "sqlite" in request.getfixturevalue("url"):
        with request.getfixturevalue("cluster").database() as made:
            yield made
    else:
        yield f"sqlite:///{tmp_path / 'copy' / 'archive.sqlite'}"


def test_a_copy_on_another_database_is_the_same_archive(
    archive: SqlArchive, url: str, target: str
) -> None:
    fill(archive)
    told: list[int] = []
    moved = archive.copy_to(target, told.append)

    assert content(url) == content(target)
    assert all(each.rows == each.written for each in moved if each.table != "sequence")
    assert {each.table: each.rows for each in moved} == {
        name: len(rows) for name, rows in content(url).items()
    }
    assert sum(told) == 2 * archive.rows()
    with closing(open_archive(target)) as copied:
        assert copied.check() is None
        # It goes on as the first one would.
        assert copied.put([incoming(1)])[0][1] is Outcome.UNCHANGED
        assert copied.put([incoming(5)])[0][1] is Outcome.REMOVED
        assert copied.put([incoming(9_999)])[0][1] is Outcome.NEW
        copied.runs.add(Run("bao-moi", NOW, NOW, None, {"new": 3}), NOW)
        assert [run.tally["new"] for run in copied.runs.of("bao-moi", 9)] == [3, 2, 1]


COPY = """
import sys
from tintuc_search.archive import open_archive

with open(sys.argv[3], "a") as log:
    open_archive(sys.argv[1]).copy_to(sys.argv[2], lambda rows: print(rows, file=log, flush=True))
"""


def test_a_copy_killed_again_and_again_is_the_same_in_the_end(
    archive: SqlArchive, url: str, target: str, tmp_path: Path
) -> None:
    fill(archive)
    for kill in range(3):
        log = tmp_path / f"log-{kill}"
        log.touch()
        process = subprocess.Popen([sys.executable, "-c", COPY, url, target, log])  # noqa: S603
        while len(log.read_text("utf-8").splitlines()) <= 3 * kill and process.poll() is None:
            time.sleep(0.002)
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL, "it was too fast to be killed"
        with pytest.raises(ArchiveError, match="not finished; run `tintuc archive copy` again"):
            open_archive(target)

    moved = archive.copy_to(target, lambda _rows: None)

    assert content(url) == content(target)
    assert sum(each.written for each in moved) < sum(each.rows for each in moved)


class Interrupted(Exception):  # noqa: N818 - it stands for Ctrl-C
    """Ends a copy after some of it."""


def interrupt_after(count: int) -> Callable[[int], None]:
    """What is told of progress, and has enough in the end."""
    left = iter(range(count))

    def tell(_rows: int) -> None:
        if next(left, None) is None:
            raise Interrupted

    return tell


def test_a_copy_that_goes_on_takes_in_what_has_changed_since(
    archive: SqlArchive, url: str, target: str
) -> None:
    fill(archive)
    ids = [stored.id for stored in archive.everything()]
    for batches in range(0, 16, 3):
        with pytest.raises(Interrupted):
            archive.copy_to(target, interrupt_after(batches))
        archive.put([incoming(10_000 + batches), incoming(batches + 1, "Họp lại.")])
        archive.remove(ids[batches])

    archive.copy_to(target, lambda _rows: None)

    assert content(url) == content(target)
    with closing(open_archive(target)) as copied:
        assert copied.check() is None


def test_an_archive_that_is_there_is_left_alone(archive: SqlArchive, url: str, target: str) -> None:
    with closing(open_archive(target)) as other:
        other.put([incoming(1)])
    before = content(target)

    with pytest.raises(ArchiveError, match="there is an archive already"):
        archive.copy_to(target, lambda _rows: None)
    with pytest.raises(ArchiveError, match="is the archive that is to be copied"):
        archive.copy_to(url, lambda _rows: None)
    assert before == content(target)


def test_nobody_writes_while_it_is_copied_and_two_do_not_copy_to_one_place(
    archive: SqlArchive, url: str, target: str
) -> None:
    fill(archive)
    ended: list[str] = []

    def tell(_rows: int) -> None:
        if ended:
            return
        with ExitStack() as left:
            second = left.enter_context(closing(open_archive(url)))
            assert second.count() == ARTICLES - 1, "reading goes on"
            left.enter_context(pytest.raises(ArchiveError, match="another process is copying"))
            ended.append("")
            second.copy_to(target, lambda _rows: None)

    archive.copy_to(target, tell)
    assert ended
    assert content(url) == content(target)


def test_what_comes_back_otherwise_is_told_and_not_opened(
    archive: SqlArchive, cluster: Cluster
) -> None:
    """Stands for a database that does not keep what it is given."""
    fill(archive)
    with cluster.database() as target:
        engine = create_engine(target)
        spoilt = "UPDATE revisions SET content = replace(content, 'Họp', 'Hop') WHERE number = 1"

        def spoil(_rows: int) -> None:
            with engine.begin() as connection:
                connection.execute(text(spoilt))

        with pytest.raises(ArchiveError, match=r"the table revisions is not the same: \d+ rows"):
            archive.copy_to(target, spoil)
        with pytest.raises(ArchiveError, match="not finished"):
            open_archive(target)
        engine.dispose()

        archive.copy_to(target, lambda _rows: None)
        open_archive(target).close()


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_copy_begun_by_another_version_is_not_gone_on_with(
    archive: SqlArchive, cluster: Cluster
) -> None:
    with cluster.database() as target:
        open_archive(target).close()
        engine = create_engine(target)
        with engine.begin() as connection:
            connection.execute(text("UPDATE archive_version SET version_num = 'copying 0001'"))
        engine.dispose()
        with pytest.raises(ArchiveError, match="anew into an empty database"):
            archive.copy_to(target, lambda _rows: None)
