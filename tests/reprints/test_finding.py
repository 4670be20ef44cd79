"""Clusters kept in step with an archive: however it came to what it holds, they are those of what it holds."""

from __future__ import annotations

import json
from contextlib import ExitStack, closing
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.sample import CORPUS
from tintuc_search.analysis.vi.analyzer import VietnameseAnalyzer
from tintuc_search.archive import open_archive
from tintuc_search.archive.base import Incoming
from tintuc_search.article import VIETNAM, Article
from tintuc_search.reprints.clustering import assign
from tintuc_search.reprints.finding import find_reprints
from tintuc_search.reprints.store import SqliteReprints

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from tintuc_search.archive.base import StoredArticle
    from tintuc_search.archive.store import SqlArchive
    from tintuc_search.reprints.base import Cluster

ANALYZER = VietnameseAnalyzer()
WORDS = ("đường", "trường", "chợ", "cầu", "rừng", "biển", "làng", "sông", "núi", "đồng")
START = datetime(2020, 1, 1, tzinfo=VIETNAM)


def text(family: int, changed: int) -> tuple[str, ...]:
    """Sixteen invented paragraphs of one family, the first ``changed`` of them of no other text."""
    rows = []
    for row in range(16):
        seed = (family + 1) * 1000 + row * 17 + (changed * 131 + 7 if row < changed else 0)
        rows.append(
            " ".join(
                f"{WORDS[(seed * (place + 3) // 7) % 10]} {_name(seed + place * place)}"
                for place in range(12)
            )
        )
    return tuple(rows)


def _name(seed: int) -> str:
    return "".join("bcdghklmnt"[int(digit)] + "aeiou"[int(digit) % 5] for digit in str(seed * 7919))


class Home:
    """An archive, and clusters found as it goes."""

    def __init__(self, folder: Path) -> None:
        self.archive: SqlArchive = open_archive(f"sqlite:///{folder / 'archive.sqlite'}")
        self.reprints = SqliteReprints(folder / "reprints.sqlite")
        self.reprints.clear()

    def put(self, key: int, family: int, changed: int, day: int | None) -> None:
        published = None if day is None else START + timedelta(days=day)
        article = Article(
            f"Bài {key}",
            paragraphs=text(family, changed),
            published_at=published,
            source_id=str(key),
        )
        self.archive.put([Incoming(article, f"bai:{key}")])

    def remove(self, key: int) -> None:
        for stored in list(self.archive.everything()):
            if stored.article.source_id == str(key):
                self.archive.remove(stored.id)

    def find(self, batch: int = 500) -> list[Cluster]:
        find_reprints(self.archive, self.reprints, ANALYZER, batch=batch)
        return list(self.reprints.clusters())

    def anew(self) -> list[Cluster]:
        with closing(SqliteReprints(":memory:")) as fresh:
            find_reprints(self.archive, fresh, ANALYZER)
            return list(fresh.clusters())

    def close(self) -> None:
        self.reprints.close()
        self.archive.close()

    def keys(self, clusters: Sequence[Cluster]) -> list[list[str | None]]:
        known = {each.id: each.article.source_id for each in self.archive.everything()}
        return [
            [known[cluster.original], *(known[copy.id] for copy in cluster.copies)]
            for cluster in clusters
        ]


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    with closing(Home(tmp_path)) as made:
        yield made


def test_copies_form_a_cluster_with_the_earliest(home: Home) -> None:
    home.put(1, 1, 1, 5)
    home.put(2, 2, 0, 1)
    home.put(3, 1, 0, 3)

    assert [["3", "1"]] == home.keys(home.find())


def test_an_earlier_one_found_later_becomes_the_original(home: Home) -> None:
    home.put(1, 1, 0, 5)
    home.put(2, 1, 1, 7)
    assert [["1", "2"]] == home.keys(home.find())

    home.put(3, 1, 2, 1)

    assert [["3", "1", "2"]] == home.keys(home.find())


def test_a_removed_original_leaves_the_cluster_to_the_next(home: Home) -> None:
    for key in (1, 2, 3):
        home.put(key, 1, key, key)
    assert [["1", "2", "3"]] == home.keys(home.find())

    home.remove(1)
    assert [["2", "3"]] == home.keys(home.find())

    home.remove(3)
    assert [] == home.find()


def test_a_revision_that_is_another_text_leaves_its_cluster(home: Home) -> None:
    home.put(1, 1, 0, 1)
    home.put(2, 1, 1, 2)
    assert [["1", "2"]] == home.keys(home.find())

    home.put(2, 2, 0, 2)

    assert [] == home.find()


def test_adding_reads_no_article_that_shares_nothing(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    for key in range(8):
        home.put(key, key, 0, key)
    home.find()
    home.put(20, 3, 1, 30)
    read: list[str] = []
    get_many = home.archive.get_many

    def noting(ids: Iterable[str]) -> dict[str, StoredArticle]:
        asked = list(ids)
        read.extend(asked)
        return get_many(asked)

    monkeypatch.setattr(home.archive, "get_many", noting)

    assert [["3", "20"]] == home.keys(home.find())
    assert 1 == len(read)


def test_a_run_cut_short_goes_on_where_it_was(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    for key in range(6):
        home.put(key, key % 2, key // 2, key)
    changes, calls = home.archive.changes, []

    def failing(after: int, limit: int) -> object:
        calls.append(after)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return changes(after, limit)

    monkeypatch.setattr(home.archive, "changes", failing)
    with pytest.raises(KeyboardInterrupt):
        home.find(batch=2)
    monkeypatch.undo()

    assert 4 == home.reprints.mark()
    assert home.anew() == home.find(batch=2)
    assert [["0", "2", "4"], ["1", "3", "5"]] == home.keys(home.find())


def test_a_run_that_is_told_to_stop_ends_at_a_batch_and_the_next_goes_on(home: Home) -> None:
    for key in range(7):
        home.put(key, key % 2, key // 2, key)
    steps: list[tuple[int, int]] = []

    def find(stop: Callable[[], bool]) -> bool:
        return find_reprints(
            home.archive,
            home.reprints,
            ANALYZER,
            batch=2,
            on_progress=lambda risen, changes: steps.append((risen, changes)),
            stop=stop,
        )

    assert not find(lambda: len(steps) == 3)
    assert [(0, 0), (2, 2), (2, 2)] == steps
    assert 4 == home.reprints.mark()
    assert find(lambda: False)
    assert [(0, 0), (2, 2), (1, 1)] == steps[3:]
    assert [["0", "2", "4", "6"], ["1", "3", "5"]] == home.keys(list(home.reprints.clusters()))
    assert find(lambda: True), "there was nothing left to stop"


def test_what_another_archive_or_version_left_is_made_anew(home: Home) -> None:
    home.put(1, 1, 0, 1)
    home.put(2, 1, 1, 2)
    with home.reprints.writing() as writing:
        writing.add([("no-such", 0)], np.array([[1, 2]]))
        writing.finish(1000, "0")

    assert [["1", "2"]] == home.keys(home.find())


PUT = st.tuples(
    st.just("put"),
    st.integers(0, 5),
    st.integers(0, 1),
    st.integers(0, 6),
    st.none() | st.integers(0, 4),
)
STEP = (
    PUT
    | st.tuples(st.just("remove"), st.integers(0, 5))
    | st.tuples(st.just("find"), st.integers(1, 3))
)


@settings(max_examples=40)
@given(st.lists(STEP, max_size=16))
def test_step_by_step_gives_what_is_found_from_scratch(steps: list[tuple[object, ...]]) -> None:
    with TemporaryDirectory() as folder, ExitStack() as stack:
        home = stack.enter_context(closing(Home(Path(folder))))
        for name, *values in steps:
            getattr(home, str(name))(*values)

        assert home.anew() == home.find(batch=2)


@given(st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7))), st.permutations(range(8)))
def test_every_copy_is_like_its_original_and_later(
    pairs: set[tuple[int, int]], times: list[int]
) -> None:
    alike: dict[int, set[int]] = {}
    for one, other in pairs:
        if one != other:
            alike.setdefault(one, set()).add(other)
            alike.setdefault(other, set()).add(one)
    moments = {number: (times[number], str(number)) for number in range(8)}

    found = assign(moments, alike)

    for copy, original in found.items():
        assert found[original] == original
        if copy != original:
            assert copy in alike[original]
            assert moments[original] < moments[copy]
    alone = moments.keys() - found.keys()
    assert not [1 for one in alone for other in alike.get(one, ()) if other in alone]


def test_the_corpus_reprints_are_found_and_nothing_else(home: Home) -> None:
    """Precision and recall 1.0 on the sample archive's deliberate reprints."""
    articles = {}
    for path in sorted((CORPUS / "pages").glob("*/*.json")):
        fields = json.loads(path.read_text("utf-8"))
        key = path.relative_to(CORPUS / "pages").with_suffix(".html").as_posix()
        articles[key] = Article(
            fields["title"],
            lead=fields["lead"] or "",
            paragraphs=tuple(fields["paragraphs"]),
            published_at=datetime.fromisoformat(fields["published_at"])
            if fields["published_at"]
            else None,
            source_id=key,
            url=fields["url"],
        )
    wanted = {
        frozenset(line.split("\t"))
        for line in (CORPUS / "reprints.tsv").read_text("utf-8").splitlines()
        if not line.startswith("#")
    }
    home.archive.put([Incoming(article, key) for key, article in articles.items()])

    found = {frozenset(str(key) for key in keys) for keys in home.keys(home.find())}

    assert 2 == len(wanted)
    assert wanted == found
