"""The index follows the archive: changes, removals, interruptions."""

from __future__ import annotations

import gc
import sys
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tintuc_search.analysis.vi.analyzer import VietnameseAnalyzer
from tintuc_search.archive import open_archive
from tintuc_search.archive.base import Incoming
from tintuc_search.article import Article
from tintuc_search.engine.base import AllOf, KeywordField, SearchRequest, Terms, WeightedTerm
from tintuc_search.engine.dictionary import SqliteDictionary
from tintuc_search.engine.memory_engine import MemoryEngine
from tintuc_search.engine.whoosh_engine import WhooshEngine
from tintuc_search.entities.base import ArticleEntities, Quote
from tintuc_search.errors import IndexLocked
from tintuc_search.indexer.documents import build
from tintuc_search.indexer.pipeline import IndexReport, index_changes
from tintuc_search.quotations.store import SqliteQuotations
from tintuc_search.quotations.writing import QuotationIndex

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tintuc_search.engine.base import Engine, IndexDocument, Label
    from tintuc_search.quotations.base import QuotationWriter

ANALYZER = VietnameseAnalyzer()


class NoNames:
    """A recogniser for tests that are not about names: somebody is quoted with the title."""

    def recognise(self, text: str, *_: object) -> ArticleEntities:
        if "hỏng" in text:
            raise ValueError(text)
        title = text.split("\n", maxsplit=1)[0]
        quote = Quote("Lê Thử", title, "direct", 0, len(title))
        return ArticleEntities(quotes=(quote,) if "ọp" in title else ())


class Home:
    """An archive with its index and dictionary."""

    def __init__(self, path: Path, engine: Engine) -> None:
        self.path = path
        self.archive = open_archive(f"sqlite:///{path / 'archive.sqlite'}")
        self.engine = engine
        self.dictionary = SqliteDictionary(path / "dictionary.sqlite", ANALYZER)
        self.sayings = MemoryEngine()
        self.quotations = QuotationIndex(self.sayings, SqliteQuotations(":memory:"))
        self.engine.rebuild()
        self.dictionary.clear()

    def put(self, *texts: str, first: int = 1) -> None:
        self.archive.put(
            [
                Incoming(Article(text, source_id=str(number), source="Báo Lâm Hải"), "x")
                for number, text in enumerate(texts, start=first)
            ]
        )

    def index(self, **given: Any) -> IndexReport:
        parts: dict[str, Any] = {"engine": self.engine, "dictionary": self.dictionary, "batch": 2}
        parts["quotations"] = self.quotations
        return index_changes(
            self.archive, analyzer=ANALYZER, recogniser=NoNames(), **(parts | given)
        )

    def found(self, term: str | None = None) -> set[str]:
        query = AllOf(()) if term is None else Terms((WeightedTerm(term),))
        return {hit.id for hit in self.engine.search(SearchRequest(query, limit=1000)).hits}

    def known(self, term: str) -> int:
        entry = self.dictionary.entry(term)
        return entry.count if entry else 0

    def check(self) -> None:
        """Index and dictionary hold what an index made from nothing would hold."""
        stored = list(self.archive.everything())
        documents = [build(each, ANALYZER, NoNames()).document for each in stored]
        terms = [
            {term for text in document.texts.values() for term in (*text.terms, *dict(text.words))}
            for document in documents
        ]
        assert self.found() == {document.id for document in documents}
        assert self.engine.count() == len(documents)
        quoting = {each.id for each in stored if "ọp" in each.article.title}
        said = self.sayings.search(SearchRequest(AllOf(()), limit=1000)).hits
        assert {hit.id for hit in said} == {f"{article}.0" for article in quoting}
        for term in {"họp", "hội", *(term for each in terms for term in each)}:
            holding = {
                document.id for document, each in zip(documents, terms, strict=True) if term in each
            }
            assert self.found(term) == holding
            assert self.known(term) == len(holding)

    def close(self) -> None:
        self.dictionary.close()
        self.engine.close()
        self.archive.close()


@pytest.fixture(params=["memory", "whoosh"])
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Home]:
    engine = MemoryEngine() if request.param == "memory" else WhooshEngine(tmp_path / "index")
    with closing(Home(tmp_path, engine)) as home:
        yield home


def test_everything_new_is_indexed_with_names_and_counts(home: Home) -> None:
    home.put("Họp quốc hội", "Họp tổ", "Tin")

    report = home.index()

    assert (3, 0, 3, 3, (), False) == (
        report.indexed,
        report.deleted,
        report.documents,
        report.mark,
        report.failed,
        report.rebuilt,
    )
    assert home.found("họp") == {"1", "2"}
    assert home.engine.mark() == home.archive.latest() == 3
    source = (KeywordField.SOURCE, ANALYZER.key("Báo Lâm Hải"))
    assert home.dictionary.labels([source]) == {source: "Báo Lâm Hải"}
    home.check()


def test_what_is_learnt_of_the_language_is_made_for_readers(home: Home) -> None:
    home.put("Họp quốc hội")
    home.index()
    (before,) = home.path.glob("language-*")
    home.put("Họp tổ", first=2)
    home.index()
    (after,) = home.path.glob("language-*")

    assert before != after


def test_only_what_changed_since_the_last_run_is_read(home: Home) -> None:
    home.put("Họp quốc hội", "Họp tổ", "Tin")
    home.index()
    home.put("Hoãn họp", first=2)
    home.archive.remove("3")

    report = home.index()

    assert (1, 1, 2) == (report.indexed, report.deleted, report.documents)
    assert home.found("tổ") == home.found("tin") == set()
    home.check()


def test_with_nothing_new_nothing_is_written_and_no_lock_is_taken(home: Home) -> None:
    home.put("Họp")
    home.index()
    generation = home.engine.generation()

    with home.engine.writer():
        report = home.index()

    assert (0, 0, 1) == (report.indexed, report.deleted, report.documents)
    assert home.engine.generation() == generation


def test_an_empty_archive_gives_an_empty_index(home: Home) -> None:
    assert home.index().documents == 0


def test_one_run_makes_several_commits_where_there_is_much(home: Home) -> None:
    home.put(*(f"Tin {number}" for number in range(1, 12)))
    generations, risen = [], []

    def on_progress(by: int, _articles: int) -> None:
        risen.append(by)
        generations.append(home.engine.generation())

    report = home.index(commit_articles=4, on_progress=on_progress)

    assert report.indexed == 11
    assert sum(risen) == 11
    assert len(set(generations)) == 3
    home.check()


def test_collector_and_threads_go_on_as_before_a_run_however_it_ends(home: Home) -> None:
    home.put("Họp")
    sys.setswitchinterval(0.004)  # an earlier run may have left its own
    before = gc.get_threshold(), sys.getswitchinterval()
    during = []

    def on_progress(_by: int, _articles: int) -> None:
        during.append((gc.get_threshold(), sys.getswitchinterval()))
        raise Killed

    with pytest.raises(Killed):
        home.index(on_progress=on_progress)

    assert (gc.get_threshold(), sys.getswitchinterval()) == before
    ((collected, turn),) = during
    assert collected != before[0]
    assert turn != before[1]
    sys.setswitchinterval(0.005)  # Python's own


def test_another_writer_is_reported_and_loses_nothing(home: Home) -> None:
    home.put("Họp")

    with home.engine.writer(), pytest.raises(IndexLocked):
        home.index()

    home.index()
    home.check()


class Killed(BaseException):
    """What a test raises where a process would be killed."""


class KilledDictionary:
    """Dies after, or before, the dictionary was written for the ``count``-th time."""

    def __init__(self, inner: SqliteDictionary, count: int, *, after: bool) -> None:
        self.inner, self.count, self.after = inner, count, after

    def clear(self) -> None:
        self.inner.clear()

    def apply(
        self, documents: list[IndexDocument], labels: list[Label], deleted: list[str]
    ) -> None:
        self.count -= 1
        if self.count == 0 and not self.after:
            raise Killed
        self.inner.apply(documents, labels, deleted)
        if self.count == 0:
            raise Killed


@pytest.mark.parametrize("count", [1, 2, 3, 4])
@pytest.mark.parametrize("after", [True, False])
def test_a_run_that_was_cut_off_is_made_good_by_the_next(
    home: Home, count: int, after: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tintuc_search.indexer.pipeline.COUNTED_ARTICLES", 2)
    home.put(*(f"Họp lần {number}" for number in range(1, 6)))
    home.index()
    home.put(*(f"Hội nghị {number}" for number in range(1, 9)))
    home.archive.remove("4")

    dying = KilledDictionary(home.dictionary, count, after=after)
    with pytest.raises(Killed):
        home.index(dictionary=dying, commit_articles=4)
    home.put("Họp lại", first=7)
    home.index()

    home.check()


class KilledQuotations:
    """Dies after, or before, the quotations were committed; the index itself never is."""

    def __init__(self, inner: QuotationIndex, *, after: bool) -> None:
        self.inner, self.after = inner, after

    def mark(self) -> int:
        return self.inner.mark()

    def clear(self) -> None:
        self.inner.clear()

    @contextmanager
    def writer(self, *, wait: float = 0.0) -> Iterator[QuotationWriter]:
        with self.inner.writer(wait=wait) as writer:
            yield cast("QuotationWriter", _KilledWriter(writer, self.after))


class _KilledWriter:
    def __init__(self, inner: QuotationWriter, after: bool) -> None:
        self.inner, self.after = inner, after
        self.apply = inner.apply

    def commit(self, mark: int) -> None:
        if self.after:
            self.inner.commit(mark)
        raise Killed


@pytest.mark.parametrize("after", [True, False])
def test_a_run_that_was_cut_off_between_the_two_indexes_is_made_good(
    home: Home, after: bool
) -> None:
    home.put("Họp một", "Họp hai", "Hội ba")
    home.index()
    home.put("Họp bốn", "Hội năm", "Họp sáu")
    with pytest.raises(Killed):
        home.index(quotations=KilledQuotations(home.quotations, after=after))
    home.archive.remove("3")

    home.index()

    home.check()


def test_an_index_from_before_there_were_quotations_gets_them(home: Home) -> None:
    home.put("Họp một", "Hội hai")
    home.index(quotations=None)

    home.index()

    home.check()


def test_a_first_run_that_was_cut_off_leaves_no_count_behind(home: Home) -> None:
    home.put("Họp", "Hội")
    with pytest.raises(Killed):
        home.index(dictionary=KilledDictionary(home.dictionary, 1, after=True))
    home.archive.remove("1")

    home.index()

    home.check()


def test_an_index_ahead_of_its_archive_is_made_anew(home: Home, tmp_path: Path) -> None:
    home.put("Họp", "Hội", "Tin")
    home.index()
    older = open_archive(f"sqlite:///{tmp_path / 'older.sqlite'}")
    older.put([Incoming(Article("Cũ", source_id="9"), "x")])
    home.archive.close()
    home.archive = older

    report = home.index()

    assert report.rebuilt
    assert home.found() == {"9"}
    home.check()


def test_an_article_that_cannot_be_analysed_does_not_keep_others_out(
    home: Home, caplog: pytest.LogCaptureFixture
) -> None:
    home.put("Họp", "Tin", "Hội")
    home.index()
    home.put("Tin hỏng", first=2)
    home.put("Họp mới", first=4)

    report = home.index()

    assert (1, ("2",), 3) == (report.indexed, report.failed, report.documents)
    assert home.found() == {"1", "3", "4"}
    assert "article 2 cannot be analysed" in caplog.text


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["put", "put", "remove", "index"]),
        st.integers(1, 5),
        st.sampled_from(["Họp", "Hội nghị", "Hoãn họp hội nghị", "Hop"]),
    ),
    max_size=15,
)


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(STEPS)
def test_whatever_happens_the_index_is_as_if_made_from_nothing(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int, str]]
) -> None:
    with closing(Home(tmp_path_factory.mktemp("home"), MemoryEngine())) as home:
        for action, number, text in steps:
            if action == "put":
                home.put(text, first=number)
            elif action == "remove" and home.archive.get(str(number)):
                home.archive.remove(str(number))
            elif action == "index":
                home.index(commit_articles=2)
                home.check()
        home.index()
        home.check()
