from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from engine_contract import EngineContract
from engine_files_contract import (
    FilesContract,
    check_damage,
    check_place,
    emptied,
    for_files,
    garbled,
    gone,
    halved,
)
from engine_samples import ask, document, fill, found, phrase, term
from tintuc_search.engine.base import AllOf, KeywordField
from tintuc_search.engine.whoosh_engine import WhooshEngine
from tintuc_search.engine.whoosh_merging import MOST_SEGMENTS, Size, segments_to_merge
from tintuc_search.engine.whoosh_schema import STATE
from tintuc_search.errors import IndexUnusable

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


class TestFiles(FilesContract):
    """The Whoosh engine's index is files in a folder."""

    opens, module = WhooshEngine, "tintuc_search.engine.whoosh_engine"


@pytest.mark.usefixtures("both_loops")
class TestWhooshEngine(EngineContract):
    """The Whoosh engine keeps the contract."""

    @pytest.fixture
    def engine(self, tmp_path: Path) -> Iterator[Engine]:
        engine = WhooshEngine(tmp_path / "index")
        engine.rebuild()
        yield engine
        engine.close()


@pytest.mark.usefixtures("both_loops")
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


DAMAGES = {
    "all gone": for_files("*", gone),
    "segments cut": for_files("*.seg", halved),
    "segments empty": for_files("*.seg", emptied),
    "segments gone": for_files("*.seg", gone),
    "segments garbled": for_files("*.seg", garbled),
    "commit cut": for_files("*.toc", lambda whole: whole[:40]),
    "commit garbled": for_files("*.toc", lambda _: b"\x00garbage" * 50),
}


@pytest.mark.usefixtures("both_loops")
class TestDamage:
    """An index that is missing, damaged or of another version."""

    @pytest.mark.parametrize("harm", DAMAGES.values(), ids=DAMAGES)
    def test_a_damaged_index_says_how_to_rebuild_and_rebuild_does(
        self, engine: WhooshEngine, harm: Callable[[Path], None]
    ) -> None:
        fill(engine, *(document(str(i), f"một số{i} hai") for i in range(200)))
        check_damage(engine, harm)

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
        rubbish = path / "dictionary.sqlite" if content == "rubbish" else None
        check_place(WhooshEngine(path), kept=rubbish)

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
