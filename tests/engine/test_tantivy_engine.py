from __future__ import annotations

import json
import random
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tantivy import Index, SchemaBuilder

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
from engine_samples import ask, document, fill, found, phrase, term, text
from tintuc_search.engine import tantivy_reading, tantivy_state
from tintuc_search.engine.base import AllOf, FieldText, IndexDocument, KeywordField, TextField
from tintuc_search.engine.slots import in_slots
from tintuc_search.engine.tantivy_engine import TantivyEngine
from tintuc_search.errors import IndexUnusable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tintuc_search.engine.base import Engine
    from tintuc_search.engine.postings import Occurrences

TESTS = Path(__file__).parents[1]


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[TantivyEngine]:
    engine = TantivyEngine(tmp_path / "index")
    engine.rebuild()
    yield engine
    engine.close()


class TestFiles(FilesContract):
    """The Tantivy engine's index is files in a folder."""

    opens, module = TantivyEngine, "tintuc_search.engine.tantivy_engine"

    def test_a_rebuild_forgets_the_keywords_that_another_engine_knew(
        self, engine: TantivyEngine
    ) -> None:
        other = TantivyEngine(engine.path)
        fill(engine, document("1", "một", source=("s",)), mark=3)
        assert {"1"} == found(other, term("một"))
        engine.rebuild()
        assert set() == found(other, term("một"))
        fill(engine, document("1", "một", source=("t",)), mark=3)
        facet = ask(other, AllOf(()), facets={KeywordField.SOURCE: 9}).facets[KeywordField.SOURCE]
        assert ["t"] == [count.id for count in facet]
        other.close()


@pytest.mark.usefixtures("both_loops")
class TestTantivyEngine(EngineContract):
    """The Tantivy engine keeps the contract."""

    @pytest.fixture
    def engine(self, tmp_path: Path) -> Iterator[Engine]:
        engine = TantivyEngine(tmp_path / "index")
        engine.rebuild()
        yield engine
        engine.close()


class TestTexts:
    """How terms get their places in Tantivy."""

    def test_every_position_has_a_place_for_a_syllable_and_one_for_a_word(self) -> None:
        assert "an \x01 ba an_ba ca \x01" == in_slots(
            FieldText(("an", "ba", "ca"), (0, 1, 2), (("an_ba", 1),))
        )

    @pytest.mark.parametrize(
        "written",
        [
            FieldText(("an", "ba"), (0, 1), (("an_ba", 0), ("an_b", 0))),
            FieldText(("a n", "ba"), (0, 1)),
            FieldText(("a\tn", "ba"), (0, 1)),
            FieldText(("an", "", "ba"), (0, 1, 2)),
            FieldText(("an", "\x01"), (0, 1)),
            FieldText(("an", "ba"), (0, 500_000)),
            FieldText((), (), (("an_ba", 0), ("ca", 0))),
        ],
        ids=["two words", "blank", "tab", "empty", "filler", "far", "words"],
    )
    def test_what_cannot_be_split_at_blanks_is_found_all_the_same(
        self, engine: TantivyEngine, written: FieldText
    ) -> None:
        assert in_slots(written) is None
        texts = {TextField.TITLE: text("đầu"), TextField.BODY: written}
        fill(engine, IndexDocument("1", texts), document("2", "khác"))
        for each in (*written.terms, *(word for word, _ in written.words)):
            assert {"1"} == found(engine, term(each))
        assert {"1"} == found(engine, term("đầu"))

    def test_a_text_without_terms_is_no_text(self, engine: TantivyEngine) -> None:
        fill(engine, document("1"), document("2", "một"))

        assert {"1", "2"} == found(engine, AllOf(()))
        assert {"2"} == found(engine, term("một"))

    @pytest.mark.parametrize("count", [1, 127, 128, 129, 255, 256, 257, 700])
    def test_lists_of_every_length_are_read_whole(self, engine: TantivyEngine, count: int) -> None:
        """Tantivy packs 128 numbers together and writes the rest otherwise."""
        chance = random.Random(count)  # noqa: S311 - to be repeatable
        times = [1 + min(int(chance.expovariate(0.2)), 400) for _ in range(count)]
        fill(
            engine,
            *(document(str(i), "ba " * each, body="an ba " * each) for i, each in enumerate(times)),
            document("không", "khác"),
        )
        result = ask(engine, term("ba"), explain=True)
        frequencies = {
            hit.id: hit.explanation.contributions[0].frequencies[TextField.BODY]
            for hit in result.hits
            if hit.explanation
        }

        assert {str(i): each for i, each in enumerate(times)} == frequencies
        assert count == len(found(engine, phrase("an ba")))
        assert sum(each > 1 for each in times) == len(found(engine, phrase("an ba an")))
        assert set() == found(engine, phrase("an an"))

    @pytest.mark.parametrize("limit", [0, 2000])
    def test_positions_of_some_documents_are_those_of_all(
        self, engine: TantivyEngine, limit: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(tantivy_reading, "FEW", limit)
        chance = random.Random(9)  # noqa: S311 - to be repeatable
        parts = [
            [" ".join(chance.choices("abcx", k=chance.randrange(30))) for _ in range(3)]
            for _ in range(300)
        ]
        fill(engine, *(document(str(i), part[0], part[1], part[2]) for i, part in enumerate(parts)))
        fill(engine, document("many", "x", body="a " * 5000 + "ở_thân"), document("7", "x"))
        fill(engine, document("9", body="c ở_thân " * 50), document("8", lead="ở_thân"))
        snapshot = engine.snapshot()
        names = ("a", "x", "thân", "ở_thân", "không")
        for docs in (
            np.arange(0, 304, 7),
            np.array([5]),
            np.arange(300, 304),
            np.empty(0, np.int64),
        ):
            for name, some in zip(names, snapshot.occurrences_in(names, docs), strict=True):
                whole = snapshot.occurrences(name)
                places = _places(some)
                wanted = {
                    doc: at for doc, at in _places(whole).items() if doc in set(docs.tolist())
                }
                assert wanted == {doc: at for doc, at in places.items() if doc in wanted}
                live = snapshot.documents.live
                assert whole.holding(live) == some.holding(live)


def _places(found: Occurrences) -> dict[int, list[int]]:
    parts = np.split(found.positions, found.starts[1:-1])
    return {doc: part.tolist() for doc, part in zip(found.docs.tolist(), parts, strict=False)}


@pytest.mark.usefixtures("both_loops")
class TestSegments:
    """Many small commits."""

    def test_there_are_few_segments_and_all_documents_after_many_commits(
        self, engine: TantivyEngine
    ) -> None:
        for i in range(40):
            fill(
                engine,
                document(f"{i}", f"số {i} an ba", body="| ca", source=(f"s{i % 3}",)),
                document("luôn", f"lần {i} ba an"),
            )

        assert len(list(engine.path.glob("*.idx"))) <= 16
        assert 41 == engine.count() == len(found(engine, AllOf(())))
        assert {str(i) for i in range(40)} == found(engine, phrase("an ba"))
        assert {"luôn"} == found(engine, phrase("lần 39"))
        assert set() == found(engine, phrase("lần 38"))
        facet = ask(engine, AllOf(()), facets={KeywordField.SOURCE: 9}).facets[KeywordField.SOURCE]
        assert {"s0": 14, "s1": 13, "s2": 13} == {count.id: count.count for count in facet}

    def test_a_discarded_transaction_leaves_no_files_and_no_strings(
        self, engine: TantivyEngine
    ) -> None:
        fill(engine, document("1", "một", source=("s",)))
        before = {name.name for name in engine.path.iterdir()}
        with engine.writer() as writer:
            writer.add(document("2", "hai", source=("lạc",)))
        assert before == {name.name for name in engine.path.iterdir()}
        fill(engine, document("3", "ba", source=("t",)))
        facet = ask(engine, AllOf(()), facets={KeywordField.SOURCE: 9}).facets[KeywordField.SOURCE]

        assert {"s", "t"} == {count.id for count in facet}

    def test_what_is_added_after_a_commit_and_discarded_leaves_no_strings(
        self, engine: TantivyEngine
    ) -> None:
        with engine.writer() as writer:
            writer.add(document("1", "một", source=("s",)))
            writer.commit(1)
            writer.add(document("2", "hai", source=("lạc",)))
        fill(engine, document("3", "ba", source=("t",)))
        facet = ask(engine, AllOf(()), facets={KeywordField.SOURCE: 9}).facets[KeywordField.SOURCE]

        assert '"s"\n"t"\n' == (engine.path / "source.strings").read_text("utf-8")
        assert {"s", "t"} == {count.id for count in facet}
        assert {"1", "3"} == found(engine, AllOf(()))

    def test_strings_of_a_transaction_that_was_killed_are_written_over(
        self, engine: TantivyEngine
    ) -> None:
        fill(engine, document("1", "một", source=("s",)))
        with (engine.path / "source.strings").open("ab") as file:
            file.write(b'"of one that was kill')
        fill(engine, document("2", "hai", source=("t",)))

        assert ["s", "t"] == [
            json.loads(line) for line in (engine.path / "source.strings").read_text().splitlines()
        ]
        assert {"1", "2"} == found(TantivyEngine(engine.path), AllOf(()))


DAMAGES = {
    "all gone": for_files("*", gone),
    "meta gone": for_files("meta.json", gone),
    "strings gone": for_files("id.strings", gone),
    "terms gone": for_files("*.term", gone),
    "deletions gone": for_files("*.del", gone),
    "meta cut": for_files("meta.json", halved),
    "strings cut": for_files("id.strings", halved),
    "postings cut": for_files("*.idx", halved),
    "postings empty": for_files("*.idx", emptied),
    "meta empty": for_files("meta.json", emptied),
    "meta garbled": for_files("meta.json", garbled),
    "strings garbled": for_files("id.strings", garbled),
    "positions garbled": for_files("*.pos", garbled),
    "deletions garbled": for_files("*.del", garbled),
}


@pytest.mark.usefixtures("both_loops")
class TestDamage:
    """An index that is missing, damaged or of another version."""

    @pytest.mark.parametrize("harm", DAMAGES.values(), ids=DAMAGES)
    def test_a_damaged_index_says_how_to_rebuild_and_rebuild_does(
        self, engine: TantivyEngine, harm: Callable[[Path], None]
    ) -> None:
        fill(engine, *(document(str(i), f"một số{i} hai") for i in range(200)))
        fill(engine, document("7", "một khác"))
        check_damage(engine, harm)

    def test_damage_is_noticed_in_every_file_that_is_read(self, engine: TantivyEngine) -> None:
        """A flipped bit anywhere gives an error or no harm, never another answer."""
        fill(engine, *(document(str(i), f"một số{i} hai " + "ba " * (i % 7)) for i in range(40)))
        fill(engine, document("7", "ba"))
        files = [file for file in engine.path.iterdir() if file.suffix != ".lock"]
        queries = (term("ba"), phrase("một số3 hai"))
        expected = [found(engine, query) for query in queries]
        chance = random.Random(4)  # noqa: S311 - to be repeatable
        noticed = set()
        for file in files:
            whole = file.read_bytes()
            for _ in range(6 if whole else 0):
                engine.close()
                harmed = bytearray(whole)
                harmed[chance.randrange(len(harmed))] ^= 1 << chance.randrange(8)
                file.write_bytes(harmed)
                try:
                    results = [found(engine, query) for query in queries]
                except IndexUnusable:
                    noticed.add(file.suffix)
                else:
                    assert expected == results, file.name
            file.write_bytes(whole)
        assert {".idx", ".pos", ".term", ".del", ".strings", ".json"} <= noticed

    @pytest.mark.parametrize("content", ["nothing", "empty", "file", "rubbish", "another's"])
    def test_a_place_without_an_index_says_how_to_make_one(
        self, tmp_path: Path, content: str
    ) -> None:
        path = tmp_path / "there" / "index"
        if content != "nothing":
            path.parent.mkdir()
        if content == "file":
            path.write_text("a file")
        elif content in {"empty", "rubbish", "another's"}:
            path.mkdir()
        if content == "rubbish":
            (path / "meta.json").mkdir()
            (path / "abc.idx").write_bytes(b"x")
            (path / "id.strings").mkdir()
            (path / "writer.json").write_text("[")
            (path / "dictionary.sqlite").write_text("of another")
        if content == "another's":
            builder = SchemaBuilder()
            builder.add_text_field("body", stored=True)
            Index(builder.build(), str(path)).writer(15_000_000, 1).commit()
        rubbish = path / "dictionary.sqlite" if content == "rubbish" else None
        check_place(TantivyEngine(path), kept=rubbish)

    def test_an_older_schema_says_how_to_rebuild(
        self, engine: TantivyEngine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with monkeypatch.context() as older:
            older.setattr(tantivy_state, "SCHEMA_VERSION", 0)
            engine.rebuild()
        with pytest.raises(IndexUnusable, match=r"another version.*tintuc index --rebuild"):
            engine.mark()

    def test_another_format_of_tantivy_says_how_to_rebuild(self, engine: TantivyEngine) -> None:
        fill(engine, document("1", "một"))
        engine.close()
        for file in engine.path.glob("*.idx"):
            whole = file.read_bytes()
            file.write_bytes(
                whole.replace(b'"index_format_version":7', b'"index_format_version":8')
            )
        with pytest.raises(IndexUnusable, match=r"format 8, not 7.*tintuc index --rebuild"):
            engine.mark()
