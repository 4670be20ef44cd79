"""Analysis in several processes and from what was kept: the same index, whatever happens to a worker."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

import analysis_workers
from tintuc_search.analysis.vi.analyzer import VietnameseAnalyzer
from tintuc_search.archive import open_archive
from tintuc_search.archive.base import Incoming
from tintuc_search.article import Article
from tintuc_search.engine.base import AllOf, KeywordField, SearchRequest, TextField
from tintuc_search.engine.dictionary import SqliteDictionary
from tintuc_search.engine.memory_engine import MemoryEngine
from tintuc_search.entities import Recogniser
from tintuc_search.errors import AnalysisError
from tintuc_search.indexer.analysing import Analyst, Keeping
from tintuc_search.indexer.pipeline import IndexReport, index_changes
from tintuc_search.indexer.workers import Processes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tintuc_search.archive.store import SqlArchive
    from tintuc_search.engine.base import IndexDocument
    from tintuc_search.entities.base import ArticleEntities

ANALYZER = VietnameseAnalyzer()
REAL = Recogniser()


class Counting:
    """A recogniser that counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def recognise(self, text: str, *_: object) -> ArticleEntities:
        self.asked += 1
        return REAL.recognise(text)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[SqlArchive]:
    with closing(open_archive(f"sqlite:///{tmp_path / 'archive.sqlite'}")) as opened:
        yield opened


def put(archive: SqlArchive, *titles: str, first: int = 1) -> None:
    archive.put(
        [
            Incoming(Article(title, source_id=f"{number:03}"), "x")
            for number, title in enumerate(titles, start=first)
        ]
    )


class Index:
    """An index in memory, with what was written to it."""

    def __init__(self) -> None:
        self.engine = MemoryEngine()
        self.engine.rebuild()
        self.dictionary = SqliteDictionary(":memory:", ANALYZER)

    def update(self, archive: SqlArchive, **given: Any) -> IndexReport:
        parts: dict[str, Any] = {"analyzer": ANALYZER, "recogniser": REAL, "batch": 7}
        return index_changes(archive, self.engine, self.dictionary, **(parts | given))

    def ids(self) -> list[str]:
        return [hit.id for hit in self.engine.search(SearchRequest(AllOf(()), limit=999)).hits]

    def contents(self) -> dict[str, IndexDocument]:
        return {key: document for key, (document, _) in self.engine._stored.items()}


def several(make: Callable[[], Any], **given: Any) -> Processes:
    return Processes(make, **({"count": 3, "least": 1} | given))


def test_several_processes_make_the_same_index_as_one(archive: SqlArchive) -> None:
    put(archive, *(f"Ông Lê Cảnh Hoàn họp lần {number} ở Hà Nội" for number in range(60)))
    archive.remove("011")
    one, three = Index(), Index()

    first = one.update(archive)
    second = three.update(archive, processes=several(analysis_workers.make_real))

    assert replace(first, seconds=0) == replace(second, seconds=0)
    assert len(one.contents()) == 59
    assert one.contents() == three.contents()
    assert one.engine.search(FACETS).facets == three.engine.search(FACETS).facets
    assert one.dictionary.entry("họp") == three.dictionary.entry("họp")


FACETS = SearchRequest(AllOf(()), facets=dict.fromkeys(KeywordField, 99))


def test_results_come_in_the_order_of_the_changes(archive: SqlArchive) -> None:
    # The first of each eight takes much longer than the others.
    texts = ["họp " * (3000 if number % 8 == 0 else 1) for number in range(40)]
    put(archive, *texts)
    with Analyst(
        archive, ANALYZER, REAL, batch=20, processes=several(analysis_workers.make_obedient)
    ) as analyst:
        batches = [analyst.after(0), analyst.after(20)]

    assert [each.change.id for batch in batches for each in batch] == [
        f"{number:03}" for number in range(1, 41)
    ]
    for batch in batches:
        for each in batch:
            assert each.built is not None
            assert each.built.document.id == each.change.id


@pytest.mark.parametrize(("word", "bad"), [("hỏng", (5, 6, 30)), ("sập", (5, 6)), ("treo", (5,))])
def test_an_article_that_fails_crashes_or_hangs_is_told_and_the_rest_goes_on(
    archive: SqlArchive, word: str, bad: tuple[int, ...], caplog: pytest.LogCaptureFixture
) -> None:
    put(archive, *(f"{word} rồi" if number in bad else "họp" for number in range(1, 41)))
    index = Index()

    report = index.update(archive, processes=several(analysis_workers.make_obedient, seconds=20.0))

    assert report.failed == tuple(f"{number:03}" for number in bad)
    assert report.indexed == index.engine.count() == 40 - len(bad)
    assert index.engine.mark() == 40
    assert "article 005 cannot be analysed" in caplog.text


def test_a_process_that_was_killed_is_no_fault_of_its_article(
    archive: SqlArchive, tmp_path: Path
) -> None:
    put(archive, f"giết {tmp_path / 'killed'}", *("họp" for _ in range(9)))
    index = Index()

    report = index.update(archive, processes=several(analysis_workers.make_obedient))

    assert (tmp_path / "killed").exists()
    assert (10, ()) == (report.indexed, report.failed)


def test_where_no_process_can_be_started_no_article_is_given_up(archive: SqlArchive) -> None:
    put(archive, *("họp" for _ in range(9)))
    index = Index()

    with pytest.raises(AnalysisError, match="no process for analysing can be started"):
        index.update(archive, processes=several(analysis_workers.make_nothing))

    assert index.engine.mark() == 0


def test_few_changes_start_no_process(archive: SqlArchive) -> None:
    put(archive, "họp", "tin")
    index = Index()

    report = index.update(archive, processes=several(analysis_workers.make_nothing, least=3))

    assert report.indexed == 2


def test_what_was_kept_is_not_analysed_again(archive: SqlArchive) -> None:
    put(archive, "Ông Lê Cảnh Hoàn họp", "Tin Hà Nội", "Hội nghị")
    archive.remove("003")
    keeping = Keeping(archive.analyses, "a")
    first, again, counting = Index(), Index(), Counting()
    first.update(archive, keeping=keeping)

    report = again.update(archive, keeping=keeping, recogniser=counting)

    assert counting.asked == 0
    assert report.indexed == 2
    assert first.contents() == again.contents()
    assert TextField.BODY in again.contents()["001"].texts


def test_processes_keep_what_they_analysed(archive: SqlArchive) -> None:
    put(archive, *(f"Ông Lê Cảnh Hoàn họp {number}" for number in range(30)))
    keeping, counting = Keeping(archive.analyses, "a"), Counting()
    first, again = Index(), Index()
    first.update(archive, keeping=keeping, processes=several(analysis_workers.make_real))
    again.update(archive, keeping=keeping, recogniser=counting)

    assert counting.asked == 0
    assert first.contents() == again.contents()


def test_what_is_stale_or_damaged_is_analysed_again_and_kept_anew(archive: SqlArchive) -> None:
    put(archive, "Một", "Hai", "Ba", "Bốn")
    Index().update(archive, keeping=Keeping(archive.analyses, "a"))
    put(archive, "Hai mươi", first=2)
    kept = archive.analyses.of(["003"])["003"]
    archive.analyses.keep([kept._replace(content=kept.content[:-9])])
    counting, index = Counting(), Index()

    index.update(archive, keeping=Keeping(archive.analyses, "a"), recogniser=counting)

    assert counting.asked == 2
    assert index.contents()["002"].texts[TextField.TITLE].terms == ("hai", "mươi")
    assert archive.analyses.of(["003"])["003"] == kept
    again = Counting()
    Index().update(archive, keeping=Keeping(archive.analyses, "a"), recogniser=again)
    assert again.asked == 0


def test_what_another_analysis_made_does_not_count(archive: SqlArchive) -> None:
    put(archive, "Một", "Hai")
    Index().update(archive, keeping=Keeping(archive.analyses, "a"))
    counting = Counting()

    Index().update(archive, keeping=Keeping(archive.analyses, "b"), recogniser=counting)

    assert counting.asked == 2
    assert {each.version for each in archive.analyses.of(["001", "002"]).values()}


def test_a_run_that_is_told_to_stop_commits_what_it_did_and_the_next_goes_on(
    archive: SqlArchive,
) -> None:
    put(archive, *(f"họp {number}" for number in range(30)))
    index, whole = Index(), Index()
    processes = several(analysis_workers.make_obedient)
    seen: list[int] = []

    report = index.update(
        archive,
        processes=processes,
        on_progress=lambda risen, _: seen.append(risen),
        stop=lambda: len(seen) >= 2,
    )

    assert report.stopped
    assert (14, 14) == (report.indexed, index.engine.mark())
    rest = index.update(archive, processes=processes)
    whole.update(archive)
    assert (16, False) == (rest.indexed, rest.stopped)
    assert index.ids() == whole.ids()


def test_one_that_is_told_so_at_its_end_is_through(archive: SqlArchive) -> None:
    put(archive, "họp", "tin")
    report = Index().update(archive, stop=lambda: True)

    assert (2, False) == (report.indexed, report.stopped)


def test_what_was_read_ahead_is_left_where_another_process_went_on(archive: SqlArchive) -> None:
    put(archive, *("họp" for _ in range(30)))
    with Analyst(
        archive, ANALYZER, REAL, batch=5, processes=several(analysis_workers.make_obedient)
    ) as analyst:
        assert [each.change.sequence for each in analyst.after(0)] == [1, 2, 3, 4, 5]
        assert [each.change.sequence for each in analyst.after(20)] == [21, 22, 23, 24, 25]
        assert [each.change.sequence for each in analyst.after(28)] == [29, 30]
        assert list(analyst.after(30)) == []
