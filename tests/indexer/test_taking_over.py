"""An index that takes dictionary and catalogue over reads what is kept, and the articles only where nothing is."""

from __future__ import annotations

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
from tintuc_search.indexer.analysing import Keeping
from tintuc_search.indexer.pipeline import index_changes
from tintuc_search.indexer.taking_over import AHEAD, TakingOver

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tintuc_search.archive.store import SqlArchive
    from tintuc_search.engine.base import IndexDocument

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


def test_it_goes_where_another_process_has_gone(archive: SqlArchive) -> None:
    with closing(TakingOver(archive.analyses, "a", archive.latest(), BATCH)) as taking_over:

        def after(mark: int) -> list[int]:
            return [each.change.sequence for each in taking_over.after(mark)]

        assert [1, 2] == after(0)
        assert [12, 13] == after(11)
        assert [14, 15] == after(13)
        assert [1, 2] == after(0)
        assert [] == after(archive.latest())
