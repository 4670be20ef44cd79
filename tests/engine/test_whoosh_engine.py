from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from engine_contract import EngineContract
from engine_samples import ask, document, fill, found, phrase, term
from tintuc_search.engine.base import AllOf, KeywordField
from tintuc_search.engine.whoosh_engine import WhooshEngine
from tintuc_search.engine.whoosh_merging import MOST_SEGMENTS, Size, segments_to_merge
from tintuc_search.engine.whoosh_schema import STATE
from tintuc_search.errors import IndexLocked, IndexUnusable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tintuc_search.engine.base import Engine

TESTS = Path(__file__).parents[1]


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[WhooshEngine]:
    engine = WhooshEngine(tmp_path / "index")
    engine.rebuild()
    yield engine
    engine.close()


class TestWhooshEngine(EngineContract):
    """The Whoosh engine keeps the contract."""

    @pytest.fixture
    def engine(self, tmp_path: Path) -> Iterator[Engine]:
        engine = WhooshEngine(tmp_path / "index")
        engine.rebuild()
        yield engine
        engine.close()


class TestSegments:
    """Many small commits."""

    def test_there_are_few_segments_and_all_documents_after_many_commits(
        self, engine: WhooshEngine
    ) -> None:
        for i in range(40):
            fill(
                engine,
                document(f"{i}", f"số {i} an ba", body="| ca", source=(f"s{i % 3}",)),
                document("luôn", f"lần {i} ba an"),
            )

        assert len(list(engine.path.glob("*.seg"))) <= MOST_SEGMENTS
        assert 41 == engine.count() == len(found(engine, AllOf(())))
        assert {str(i) for i in range(40)} == found(engine, phrase("an ba"))
        assert {"luôn"} == found(engine, phrase("lần 39"))
        assert set() == found(engine, phrase("lần 38"))
        facet = ask(engine, AllOf(()), facets={KeywordField.SOURCE: 9}).facets[KeywordField.SOURCE]
        assert {"s0": 14, "s1": 13, "s2": 13} == {count.id: count.count for count in facet}

    @pytest.mark.parametrize("batch", [1, 200])
    def test_a_document_is_rewritten_a_few_times_only(self, batch: int) -> None:
        sizes: list[Size] = []
        rewritten = 0
        for _ in range(2000):
            chosen = segments_to_merge(sizes, batch)
            merged = sum(sizes[i].live for i in chosen)
            rewritten += merged
            sizes = [size for i, size in enumerate(sizes) if i not in chosen]
            sizes.append(Size(merged + batch, merged + batch))
            assert len(sizes) <= MOST_SEGMENTS

        assert rewritten < 5 * 2000 * batch

    def test_a_segment_of_many_deleted_documents_is_rewritten_alone(self) -> None:
        sizes = [Size(1000, 900), Size(1000, 600), Size(10, 10)]

        assert [1] == segments_to_merge(sizes, 1)

    def test_a_small_cache_gives_the_same_answers(self, tmp_path: Path) -> None:
        engine = WhooshEngine(tmp_path / "index", cache_bytes=2000)
        engine.rebuild()
        for i in range(30):
            fill(engine, document(str(i), " ".join(f"t{j}" for j in range(i + 1))))
        for i in range(30):
            assert 30 - i == len(found(engine, term(f"t{i}")))
            assert 30 - i - 1 == len(found(engine, phrase(f"t{i} t{i + 1}")))

        engine.close()


class TestOtherProcesses:
    """Several processes at one index."""

    def test_another_engine_sees_a_commit_and_a_rebuild(self, engine: WhooshEngine) -> None:
        other = WhooshEngine(engine.path)
        fill(engine, document("1", "một"), mark=3)
        assert ({"1"}, 3) == (found(other, term("một")), other.mark())
        engine.rebuild()
        assert (set(), 0) == (found(other, term("một")), other.mark())
        other.close()

    def test_the_refusal_names_the_process_that_writes(self, engine: WhooshEngine) -> None:
        other = WhooshEngine(engine.path)
        with engine.writer() as writer:
            with pytest.raises(IndexLocked, match=f"process {os.getpid()} .since 2"):
                other.writer()
            with pytest.raises(IndexLocked):
                other.rebuild()
            writer.commit(1)
        other.close()

    def test_a_killed_writer_leaves_a_whole_index_and_no_lock(self, engine: WhooshEngine) -> None:
        """At whatever moment it is killed: the mark, the count and the documents fit together."""
        chance = random.Random(7)  # noqa: S311 - to be repeatable
        for _ in range(4):
            code = f"from crashing_writer import write; write({str(engine.path)!r})"
            process = subprocess.Popen(  # noqa: S603 - our own code
                [sys.executable, "-c", code],
                stdout=subprocess.PIPE,
                env={**os.environ, "PYTHONPATH": os.pathsep.join([str(TESTS), *sys.path])},
            )
            assert process.stdout
            process.stdout.readline()
            time.sleep(chance.random() * 0.3)
            process.send_signal(signal.SIGKILL)
            process.wait()
            process.stdout.close()

            mark = engine.mark()
            assert 5 * mark == engine.count() == len(found(engine, term("chung")))
            with engine.writer() as writer:
                writer.commit(mark)
        assert engine.mark() > 0

    def test_many_threads_get_the_same_answers(self, engine: WhooshEngine) -> None:
        for i in range(20):
            fill(engine, document(str(i), " ".join(f"t{j}" for j in range(i + 1))))
        wrong: list[int] = []

        def search() -> None:
            counts = [len(found(engine, phrase(f"t0 t{i}", 30))) for i in range(1, 20)]
            wrong.extend(i for i, count in enumerate(counts, 1) if count != 20 - i)

        threads = [threading.Thread(target=search) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert [] == wrong


def remove_all(path: Path) -> None:
    for name in path.iterdir():
        name.unlink()


def truncate_segment(path: Path) -> None:
    for name in path.glob("*.seg"):
        name.write_bytes(name.read_bytes()[: name.stat().st_size // 2])


def empty_segment(path: Path) -> None:
    for name in path.glob("*.seg"):
        name.write_bytes(b"")


def remove_segment(path: Path) -> None:
    for name in path.glob("*.seg"):
        name.unlink()


def garble_segment(path: Path) -> None:
    for name in path.glob("*.seg"):
        whole = name.read_bytes()
        name.write_bytes(random.Random(1).randbytes(len(whole)))  # noqa: S311


def truncate_toc(path: Path) -> None:
    for name in path.glob("*.toc"):
        name.write_bytes(name.read_bytes()[:40])


def garble_toc(path: Path) -> None:
    for name in path.glob("*.toc"):
        name.write_bytes(b"\x00garbage" * 50)


DAMAGES = [
    remove_all,
    truncate_segment,
    empty_segment,
    remove_segment,
    garble_segment,
    truncate_toc,
    garble_toc,
]


class TestDamage:
    """An index that is missing, damaged or of another version."""

    @pytest.mark.parametrize("harm", DAMAGES)
    def test_a_damaged_index_says_how_to_rebuild_and_rebuild_does(
        self, engine: WhooshEngine, harm: Callable[[Path], None]
    ) -> None:
        fill(engine, *(document(str(i), f"một số{i} hai") for i in range(200)))
        engine.close()
        harm(engine.path)
        with pytest.raises(IndexUnusable, match="tintuc index --rebuild"):
            found(engine, term("một"))
        with pytest.raises(IndexUnusable, match="tintuc index --rebuild"):
            engine.writer()
        engine.rebuild()
        fill(engine, document("1", "ba"))

        assert {"1"} == found(engine, AllOf(()))

    def test_damaged_postings_are_noticed(self, engine: WhooshEngine) -> None:
        """A flipped bit anywhere gives an error or no harm, never another answer."""
        fill(engine, *(document(str(i), f"một số{i} hai " + "ba " * (i % 7)) for i in range(40)))
        (segment,) = engine.path.glob("*.seg")
        whole = segment.read_bytes()
        expected = [found(engine, query) for query in (term("ba"), phrase("một số3 hai"))]
        chance = random.Random(4)  # noqa: S311 - to be repeatable
        noticed = 0
        for _ in range(60):
            engine.close()
            harmed = bytearray(whole)
            harmed[chance.randrange(len(harmed))] ^= 1 << chance.randrange(8)
            segment.write_bytes(harmed)
            try:
                results = [found(engine, query) for query in (term("ba"), phrase("một số3 hai"))]
            except IndexUnusable:
                noticed += 1
            else:
                assert results in (
                    expected,
                    [set(), set()],
                    [expected[0], set()],
                    [set(), expected[1]],
                )
        assert noticed

    @pytest.mark.parametrize("content", ["nothing", "empty", "file", "rubbish"])
    def test_a_place_without_an_index_says_how_to_make_one(
        self, tmp_path: Path, content: str
    ) -> None:
        path = tmp_path / "there" / "index"
        if content != "nothing":
            path.parent.mkdir()
        if content == "file":
            path.write_text("a file")
        elif content in {"empty", "rubbish"}:
            path.mkdir()
        if content == "rubbish":
            (path / "MAIN.tmp" / "x").mkdir(parents=True)
            (path / "_MAIN_7.toc").write_bytes(b"x")
            (path / "_MAIN_99999999999999999999.toc").write_bytes(b"")
            (path / "MAIN_abc.seg").write_bytes(b"x")
            (path / "writer.json").write_text("[")
            (path / "dictionary.sqlite").write_text("of another")
        engine = WhooshEngine(path)
        for asked in (engine.mark, engine.count, engine.generation, engine.writer):
            with pytest.raises(IndexUnusable, match="tintuc index --rebuild"):
                asked()
        engine.rebuild()
        fill(engine, document("1", "một"))

        assert {"1"} == found(engine, term("một"))
        assert content != "rubbish" or (path / "dictionary.sqlite").exists()
        engine.close()

    def test_an_older_schema_says_how_to_rebuild(self, engine: WhooshEngine) -> None:
        with engine.writer() as writer:
            writer._writer.schema[STATE].version = 0
            writer.commit(1)
        with pytest.raises(IndexUnusable, match=r"another version.*tintuc index --rebuild"):
            engine.mark()

    def test_a_discarded_transaction_leaves_no_files(self, engine: WhooshEngine) -> None:
        fill(engine, document("1", "một"))
        before = {name.name for name in engine.path.iterdir()}
        with engine.writer() as writer:
            writer.add(document("2", "hai"))

        assert before == {name.name for name in engine.path.iterdir()}
