"""An index that takes dictionary and catalogue over reads what is kept, and the articles only where nothing is."""

from __future__ import annotations

import threading
import time
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from tintuc_search.analysis.vi.analyzer import VietnameseAnalyzer
from tintuc_search.archive import open_archive
from tintuc_search.archive.base import Incoming
from tintuc_search.article import Article
from tintuc_search.engine.base import AllOf, SearchRequest
from tintuc_search.engine.dictionary import SqliteDictionary
from tintuc_search.engine.memory_engine import MemoryEngine
from tintuc_search.entities import Recogniser
from tintuc_search.errors import ArchiveError
from tintuc_search.indexer.analysing import Keeping
from tintuc_search.indexer.pipeline import index_changes
from tintuc_search.indexer.taking_over import AHEAD, TakingOver

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from tintuc_search.archive.store import SqlArchive
    from tintuc_search.engine.base import IndexDocument
    from tintuc_search.indexer.documents import Analysed

BATCH = 2
SIZE = BATCH * (AHEAD + 3) + 1
ANALYZER, RECOGNISER = VietnameseAnalyzer(), Recogniser()


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[SqlArchive]:
    """An archive of analysed articles, one of them taken down."""
    with closing(open_archive(f"sqlite:///{tmp_path / 'archive.sqlite'}")) as opened:
        opened.put(
            [Incoming(Article(f"Họp lần {n}", source_id=f"{n:02}"), "x") for n in range(SIZE)]
        )
        index(opened)
        opened.remove("03")
        yield opened


def index(archive: SqlArchive, known: int = 0) -> tuple[dict[str, IndexDocument], Any]:
    """What an index in memory holds after a run, without what the dictionary alone keeps; and the report."""
    engine, dictionary = MemoryEngine(), SqliteDictionary(":memory:", ANALYZER)
    engine.rebuild()
    report = index_changes(
        archive,
        engine,
        dictionary,
        ANALYZER,
        RECOGNISER,
        batch=BATCH,
        keeping=Keeping(archive.analyses, "a"),
        known=known,
        commit_articles=5,
    )
    found = engine.search(SearchRequest(AllOf(()), limit=100)).hits
    return {hit.id: engine._stored[hit.id][0] for hit in found}, report


def unread(archive: SqlArchive, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Where articles were read from on."""
    read: list[int] = []
    changes = archive.changes

    def told(after: int, limit: int) -> Any:
        read.append(after)
        return changes(after, limit)

    monkeypatch.setattr(archive, "changes", told)
    return read


def test_the_same_is_indexed_and_no_article_is_read(
    archive: SqlArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected, _ = index(archive)
    read = unread(archive, monkeypatch)

    found, report = index(archive, archive.latest())

    assert expected == found
    assert SIZE - 1 == len(found) == report.indexed
    assert (1, 0) == (report.deleted, report.analysed)
    assert set(read) <= {archive.latest()}, "where there are none any more"


@pytest.mark.parametrize("what", ["damaged", "of another text"])
def test_where_one_is_of_no_use_its_batch_is_read_and_the_rest_taken_over(
    archive: SqlArchive, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    expected, _ = index(archive)
    kept, other = (archive.analyses.of([name])[name] for name in ("08", "09"))
    worse = {
        "damaged": kept._replace(content=kept.content[:6] + b"x" * 9 + kept.content[15:]),
        "of another text": kept._replace(version=other.version, content=other.content),
    }
    archive.analyses.keep([worse[what]])
    read = unread(archive, monkeypatch)

    found, report = index(archive, archive.latest())

    assert expected == found
    assert SIZE - 1 == report.indexed
    assert 6 <= min(read) < 9


@pytest.mark.parametrize("known", [5, 6, 7])
def test_what_comes_after_the_known_is_read(
    archive: SqlArchive, monkeypatch: pytest.MonkeyPatch, known: int
) -> None:
    expected, _ = index(archive)
    read = unread(archive, monkeypatch)

    found, _ = index(archive, known)

    assert expected == found
    assert min(read) == known


def sequences(taken: Sequence[Analysed]) -> list[int]:
    return [each.change.sequence for each in taken]


def read_ahead(taking_over: TakingOver) -> None:
    """Let it read at least a batch."""
    end = time.monotonic() + 60
    with taking_over.reading_ahead():
        while not taking_over._ahead and time.monotonic() < end:
            time.sleep(0.001)
    assert taking_over._ahead


def test_it_goes_where_another_process_has_gone(archive: SqlArchive) -> None:
    taking_over = TakingOver(archive.analyses, "a", archive.latest(), BATCH)
    for mark, expected in ((0, [1, 2]), (11, [12, 13]), (13, [14, 15]), (0, [1, 2])):
        assert expected == sequences(taking_over.after(mark))
        read_ahead(taking_over)
    assert not taking_over.after(archive.latest())


def test_it_reads_ahead_during_a_commit_and_gives_the_same(
    archive: SqlArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    analyses = archive.analyses
    taking_over = TakingOver(analyses, "a", archive.latest(), BATCH)
    marks = [0]
    expected: list[list[int]] = []
    while len(expected) <= AHEAD:
        expected.append(sequences(taking_over.after(marks[-1])))
        marks.append(expected[-1][-1])
    read: list[int] = []
    changes, enough = analyses.changes, threading.Event()

    def told(after: int, upto: int, limit: int) -> Any:
        read.append(after)
        if len(read) == AHEAD:
            enough.set()
        return changes(after, upto, limit)

    monkeypatch.setattr(analyses, "changes", told)
    taking_over.after(0)
    del read[:]
    with taking_over.reading_ahead():
        assert enough.wait(60)

    assert marks[1:-1] == read
    assert expected[1:] == [sequences(taking_over.after(mark)) for mark in marks[1:-1]]
    assert marks[1:-1] == read, "nothing twice"


def test_an_archive_that_cannot_be_read_ahead_is_told_when_it_is_asked(
    archive: SqlArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    analyses = archive.analyses
    taking_over = TakingOver(analyses, "a", archive.latest(), BATCH)

    def broken(*_: int) -> Any:
        raise ArchiveError("no disk")

    with monkeypatch.context() as patch:
        patch.setattr(analyses, "changes", broken)
        with taking_over.reading_ahead():
            pass
        with pytest.raises(ArchiveError, match="no disk"):
            taking_over.after(0)

    assert [1, 2] == sequences(taking_over.after(0))
