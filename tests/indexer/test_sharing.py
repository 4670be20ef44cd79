"""Several processes bring one index up to date: they share the analysing, any of them writes, any may die."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING, Any

import pytest

from captures import PAGES
from patience import ENVIRONMENT, SECONDS
from tintuc_search.analysis.vi.analyzer import VietnameseAnalyzer
from tintuc_search.archive import open_archive
from tintuc_search.archive.base import Incoming
from tintuc_search.article import Article
from tintuc_search.engine.base import (
    AllOf,
    AnyOf,
    KeywordField,
    SearchRequest,
    Terms,
    WeightedTerm,
)
from tintuc_search.engine.dictionary import SqliteDictionary
from tintuc_search.engine.memory_engine import MemoryEngine
from tintuc_search.entities import ArticleEntities
from tintuc_search.indexer import analysing
from tintuc_search.indexer.analysing import Analyst, Keeping
from tintuc_search.indexer.importers import read
from tintuc_search.indexer.pipeline import IndexReport, index_changes
from tintuc_search.indexer.sharing import Claims, Helper
from tintuc_search.indexer.workers import Processes
from tintuc_search.settings import load
from tintuc_search.wiring import Parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from postgresql import Cluster
    from tintuc_search.archive.store import SqlArchive

ANALYZER = VietnameseAnalyzer()
TINTUC = Path(sys.executable).with_name("tintuc")
BLOCK = 30
ARTICLES = 8 * BLOCK


# --- in one process: who does what ------------------------------------------------------------------


class NoNames:
    """A recogniser for tests that are not about names; notes which texts it was given."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def recognise(self, text: str, *_: object) -> ArticleEntities:
        self.seen.append(text.split("\n", maxsplit=1)[0])
        if "hỏng" in text:
            raise ValueError(text)
        return ArticleEntities()


def numbered(*numbers: int) -> list[Incoming]:
    return [Incoming(Article(f"Tin {n}", source_id=f"{n:05}"), "x") for n in numbers]


@pytest.fixture
def other(archive: SqlArchive, url: str) -> Iterator[SqlArchive]:
    """The archive, with three blocks of articles, as another process sees it."""
    archive.put(numbered(*range(3 * BLOCK)))
    with closing(open_archive(url)) as opened:
        yield opened


def index(archive: SqlArchive, recogniser: NoNames, tmp_path: Path, **given: Any) -> IndexReport:
    with (
        closing(MemoryEngine()) as engine,
        closing(SqliteDictionary(tmp_path / "dictionary.sqlite", ANALYZER)) as dictionary,
    ):
        engine.rebuild()
        keeping = Keeping(archive.analyses, "ta", Claims(archive.locks, "ta", BLOCK))
        return index_changes(
            archive, engine, dictionary, ANALYZER, recogniser, keeping=keeping, **given
        )


def analyst(archive: SqlArchive, recogniser: NoNames) -> Analyst:
    keeping = Keeping(archive.analyses, "ta", Claims(archive.locks, "ta", BLOCK))
    return Analyst(archive, ANALYZER, recogniser, batch=BLOCK, keeping=keeping)


def test_a_block_that_another_process_has_is_left_to_it_and_written_when_it_is_done(
    archive: SqlArchive, other: SqlArchive, tmp_path: Path
) -> None:
    theirs, mine = NoNames(), NoNames()
    claims = Claims(other.locks, "ta", BLOCK)
    assert claims.claim(1)

    def finish() -> None:
        with analyst(other, theirs) as their_analyst:
            helper = Helper(other, other.analyses, claims, their_analyst.analyse)
            helper.help(BLOCK, most=1)
        claims.release(1)

    timer = Timer(0.5, finish)
    timer.start()
    report = index(archive, mine, tmp_path)
    timer.join()

    assert report.documents == 3 * BLOCK
    assert theirs.seen == [f"Tin {n}" for n in range(BLOCK, 2 * BLOCK)]
    assert not set(mine.seen) & set(theirs.seen)
    assert len(mine.seen) == report.analysed == 2 * BLOCK
    assert mine.seen[BLOCK] == f"Tin {2 * BLOCK}", "meanwhile it went on with what comes after"


def test_a_process_that_hangs_is_not_waited_for_and_a_dead_one_holds_nothing(
    archive: SqlArchive, other: SqlArchive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(analysing, "OTHERS_SECONDS", 0.2)
    mine = NoNames()
    with other.locks.held({f"analysis:ta:{BLOCK}:0"}):
        assert index(archive, mine, tmp_path).analysed == 3 * BLOCK
    assert len(mine.seen) == 3 * BLOCK
    assert index(archive, mine, tmp_path).analysed == 0, "all of it was kept"


def test_a_helper_analyses_what_nobody_has_and_what_was_changed_since(
    archive: SqlArchive, other: SqlArchive, tmp_path: Path
) -> None:
    theirs, mine = NoNames(), NoNames()
    broken = Incoming(Article("Tin hỏng", source_id="00007"), "x")
    archive.put([broken])
    with other.locks.held({f"analysis:ta:{BLOCK}:1"}), analyst(archive, theirs) as helping:
        assert helping.help(0, lambda: False) == 2 * BLOCK - 1
        assert "Tin hỏng" in theirs.seen, "whoever writes says what is wrong with it"
    with analyst(archive, theirs) as helping:
        assert helping.help(0, lambda: True) == 0
        assert helping.help(0, lambda: False) == BLOCK
        archive.put([Incoming(Article("Tin 8 sửa", source_id="00008"), "x")])
        assert helping.help(0, lambda: False) == 1

    report = index(archive, mine, tmp_path)

    assert (report.failed, mine.seen) == (("00007",), ["Tin hỏng"])
    assert report.documents == 3 * BLOCK - 1


def test_those_who_analyse_otherwise_do_not_wait_for_each_other(
    archive: SqlArchive, other: SqlArchive, tmp_path: Path
) -> None:
    mine = NoNames()
    with other.locks.held({f"analysis:another version:{BLOCK}:0"}):
        assert index(archive, mine, tmp_path, batch=7).analysed == 3 * BLOCK


def test_a_block_is_claimed_by_one_process_and_freed_as_often_as_claimed(
    archive: SqlArchive, other: SqlArchive
) -> None:
    mine, theirs = Claims(archive.locks, "ta", BLOCK), Claims(other.locks, "ta", BLOCK)
    assert mine.claim(3)
    assert mine.claim(3)
    assert not theirs.claim(3)
    mine.release(3)
    assert not theirs.claim(3)
    mine.release(3)
    assert theirs.claim(3)
    theirs.close()
    assert mine.claim(3)
    mine.close()


def test_blocks_hold_the_same_changes_for_everybody(archive: SqlArchive) -> None:
    archive.put(numbered(*range(2 * BLOCK)))
    archive.put([Incoming(Article("Khác", source_id=f"{n:05}"), "x") for n in range(3, BLOCK)])
    claims = Claims(archive.locks, "ta", BLOCK)
    changes = archive.changes(0, 1000)
    blocks = [claims.first_block(changes[start:]) for start in (0, 3, 3 + BLOCK)]

    assert [[change.sequence for change in block] for block in blocks] == [
        [1, 2, 3],
        [*range(BLOCK + 1, 2 * BLOCK + 1)],
        [*range(2 * BLOCK + 1, 3 * BLOCK - 2)],
    ]
    assert [claims.block_of(block[0]) for block in blocks] == [0, 1, 2]


def make_analysis() -> tuple[VietnameseAnalyzer, NoNames]:
    return ANALYZER, NoNames()


def test_who_no_longer_writes_leaves_what_it_had_analysed_ahead(
    archive: SqlArchive, other: SqlArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else whoever writes now would wait for what nobody is at."""
    monkeypatch.setattr(analysing, "INLINE", 0)
    keeping = Keeping(archive.analyses, "ta", Claims(archive.locks, "ta", BLOCK))
    processes = Processes(make_analysis, 1, least=1)
    with Analyst(
        archive, ANALYZER, NoNames(), batch=BLOCK, keeping=keeping, processes=processes
    ) as mine:
        assert len(mine.after(0)) == BLOCK
        theirs = Claims(other.locks, "ta", BLOCK)
        assert [theirs.claim(block) for block in range(3)] == [True, False, False]

        assert mine.help(BLOCK, lambda: True) == 0

        assert [theirs.claim(block) for block in range(3)] == [True, True, True]
        theirs.close()
        assert len(archive.analyses.versions([f"{n:05}" for n in range(3 * BLOCK)])) == 3 * BLOCK
        assert [len(mine.after(BLOCK)), mine.analysed] == [BLOCK, 3 * BLOCK]


# --- in processes of their own ----------------------------------------------------------------------


def fill(home: Path, url: str) -> None:
    """An archive of pages of the sample archive, each a good many times under another title."""
    home.mkdir()
    settings = f"archive_url = {json.dumps(url)}\nbatch = {BLOCK}\n"
    (home / "tintuc.toml").write_text(settings, "utf-8")
    sample = [each.article for each in read(PAGES) if isinstance(each, Incoming)]
    articles = (
        Incoming(replace(sample[n % len(sample)], url=None, source_id=f"{n:05}"), "x")
        for n in range(ARTICLES)
    )
    with closing(open_archive(url)) as opened:
        opened.put(list(articles))


def start(home: Path, *more: str) -> subprocess.Popen[str]:
    """One that analyses in one process."""
    return subprocess.Popen(  # noqa: S603 - our own program
        [TINTUC, "--home", home, "index", "--json", "--processes", "1", *more],
        env=ENVIRONMENT | {"PYTHONWARNINGS": "error"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ended(process: subprocess.Popen[str]) -> dict[str, Any]:
    out, err = process.communicate()
    assert process.returncode == 0, err
    report: dict[str, Any] = json.loads(out)
    return report


def made(home: Path) -> dict[str, Any]:
    """All that indexing made, as far as anybody can ask for it."""
    with Parts(load({}, home=str(home))) as parts:
        parts.check_ready()
        parts.check_index()
        facets = dict.fromkeys(KeywordField, 10_000)
        ask = AnyOf(tuple(Terms((WeightedTerm(term),)) for term in ("hội", "nghị", "xã", "tỉnh")))
        everything = parts.engine.search(SearchRequest(AllOf(()), facets=facets, limit=ARTICLES))
        best = parts.engine.search(SearchRequest(ask, limit=ARTICLES))
        ids = [hit.id for hit in everything.hits]
        terms = ("hội", "nghị", "huyện", "tỉnh", "uỷ", "ban")
        return {
            "ids": sorted(ids),
            "facets": everything.facets,
            "scores": {hit.id: round(hit.score, 6) for hit in best.hits},
            "terms": [parts.dictionary.entry(term) for term in terms],
            "entities": sorted(map(repr, parts.catalogue.entities(limit=10_000)[1])),
            "quotations": sorted(map(repr, parts.quotations.within(ids))),
            "quotations found": parts.quotation_engine.count(),
            "reprints": sorted(map(repr, parts.reprints.clusters())),
            "mark": (parts.engine.mark(), parts.reprints.mark()),
        }


@pytest.fixture(scope="module")
def unbroken(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What one process makes that nothing befalls."""
    home = tmp_path_factory.mktemp("unbroken") / "home"
    fill(home, f"sqlite:///{home / 'archive.sqlite'}")
    assert ended(start(home))["analysed"] == ARTICLES
    return made(home)


def wait_until_kept(process: subprocess.Popen[str], url: str, count: int) -> None:
    """Until so many analyses are kept."""
    end = time.monotonic() + SECONDS
    with closing(open_archive(url)) as opened:
        ids = [each.id for each in opened.everything()]
        while len(opened.analyses.versions(ids)) < count:
            assert process.poll() is None, process.communicate()
            assert time.monotonic() < end
            time.sleep(0.02)


def test_four_processes_share_the_work_and_make_what_one_makes(
    tmp_path: Path, unbroken: dict[str, Any]
) -> None:
    home = tmp_path / "home"
    fill(home, f"sqlite:///{tmp_path / 'archive.sqlite'}")
    processes = [start(home), start(home), start(home), start(home, "--only-analyse")]
    *reports, helper = [ended(process) for process in processes]

    assert made(home) == unbroken
    analysed = [report["analysed"] for report in (*reports, helper)]
    assert sum(analysed) == ARTICLES, "nothing twice"
    assert sum(each > 0 for each in analysed) > 1
    assert sum(report["indexed"] for report in reports) == ARTICLES


def test_two_of_four_killed_leave_what_one_unbroken_process_makes(
    cluster: Cluster, tmp_path: Path, unbroken: dict[str, Any]
) -> None:
    home = tmp_path / "home"
    with cluster.database() as url:
        fill(home, url)
        processes = [start(home)]
        wait_until_kept(processes[0], url, 1)  # this one writes
        processes += [start(home) for _ in range(3)]
        for killed, kept in ((processes[0], 3 * BLOCK), (processes[1], 5 * BLOCK)):
            wait_until_kept(processes[2], url, kept)
            killed.send_signal(signal.SIGKILL)
            killed.communicate()
            assert killed.returncode == -signal.SIGKILL
        reports = [ended(process) for process in processes[2:]]

        assert made(home) == unbroken
    assert sum(report["indexed"] for report in reports) == ARTICLES, "another one went on writing"
    assert sum(report["analysed"] for report in reports) < ARTICLES, "what was kept is used"
