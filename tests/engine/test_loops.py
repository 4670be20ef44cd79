"""The compiled loops do what those in NumPy do, to the last bit, and take nothing amiss for an array of theirs."""

from __future__ import annotations

import random
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compiled_loops import MISSING
from engine_samples import document, fill
from tintuc_search.engine import loops
from tintuc_search.engine.coded import Coded
from tintuc_search.engine.doc_sets import DocSet
from tintuc_search.engine.leaves import LEVELS, Found
from tintuc_search.engine.plain import near, reading, scores, sets
from tintuc_search.engine.postings import Occurrences
from tintuc_search.engine.snapshot import Documents
from tintuc_search.engine.tantivy_engine import TantivyEngine
from tintuc_search.ranking import Ranking

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tintuc_search.engine.postings import Array
    from tintuc_search.engine.tantivy_known import KnownTerm
    from tintuc_search.engine.tantivy_snapshot import TantivySnapshot

compiled = pytest.mark.skipif(not loops.COMPILED, reason=MISSING)

SIZE = 200
ROWS = 4
"""Documents whose words' places are looked at."""
chances = st.builds(random.Random, st.integers(0, 1 << 30))
words = st.lists(
    st.sets(st.tuples(st.integers(0, ROWS - 1), st.integers(0, 40)), max_size=30), max_size=5
)


def places(found: set[tuple[int, int]]) -> Array:
    return np.array(sorted(row << 32 | position for row, position in found), np.int64)


def borders(chance: random.Random) -> Array:
    """Where lead and body of each document begin."""
    return np.sort(np.array([[chance.randrange(20) for _ in "ab"] for _ in range(ROWS)], np.int64))


def same(one: Any, other: Any) -> bool:
    """Whether both are the same arrays, numbers, or tuples of them, to the last bit."""
    if isinstance(one, tuple):
        return len(one) == len(other) and all(map(same, one, other))
    return np.array_equal(one, other)


def documents(chance: random.Random) -> Documents:
    lengths = [
        [chance.randrange(12), chance.randrange(30), chance.randrange(1, 600)] for _ in range(SIZE)
    ]
    return Documents(
        ids=[str(number) for number in range(SIZE)],
        lengths=np.array(lengths, np.int64),
        borders=np.zeros((SIZE, 2), np.int64),
        published=np.zeros(SIZE, np.int64),
        live=np.ones(SIZE, bool),
    )


def some(chance: random.Random, share: float) -> Array:
    """About so large a share of all documents, rising."""
    return np.flatnonzero([chance.random() < share for _ in range(SIZE)])


def found(chance: random.Random) -> Found:
    """What a word scores by, of a few documents or of many."""
    docs = some(chance, chance.choice([0.0, 0.02, 0.5])).astype(np.int32)
    kinds = np.array([[chance.choice([0, 0, 1]), chance.choice([0, 2]), k % 9] for k in range(300)])
    codes = np.array(
        [chance.randrange(len(kinds)) for _ in docs], chance.choice([np.uint16, np.uint32])
    )
    return Found(DocSet(docs, SIZE), Coded(kinds.astype(np.float64), codes), chance.random() * 9)


@compiled
class TestNear:
    """Places, and what documents gain by them."""

    @given(words, chances)
    def test_a_words_places_are_those_of_its_forms(
        self, forms: list[set[tuple[int, int]]], chance: random.Random
    ) -> None:
        docs = np.array(sorted(chance.sample(range(9), ROWS)), np.int64)
        occurrences = []
        for form in forms:
            rows = sorted({row for row, _ in form})
            held = [sorted(at for row, at in form if row == wanted) for wanted in rows]
            starts = np.cumsum([0, *map(len, held)])
            every = np.array([at for each in held for at in each], np.int32)
            occurrences.append(Occurrences(np.array(rows, np.int32), starts, every))

        assert same(near.places(occurrences, docs), loops.near.places(occurrences, docs))

    @pytest.mark.parametrize("starts", [[0, 9, 9, 9], [-1, 2, 3, 3], [0, 0, 3, 4], [0, 3, 0, 3]])
    def test_positions_that_were_not_read_are_refused(self, starts: list[int]) -> None:
        held, positions = np.arange(3, dtype=np.int32), np.arange(3, dtype=np.int32)
        wrong = Occurrences(held, np.array(starts, np.int64), positions)
        with pytest.raises(IndexError, match="positions beyond"):
            loops.near.places([wrong], np.arange(3))

    @given(words, chances)
    def test_pairs_openings_and_windows_are_scored_alike(
        self, held: list[set[tuple[int, int]]], chance: random.Random
    ) -> None:
        given_words = [places(each) for each in held]
        limits = borders(chance)
        norms = np.array([[chance.random() for _ in "tlb"] for _ in range(ROWS)])
        lengths = np.array([chance.randrange(-3, 9) for _ in range(ROWS)], np.int64)
        rarities = [chance.random() for _ in given_words]
        begins = limits[:, 1].copy()

        for before in given_words:
            for after in given_words:
                asked = (before, after, limits, norms, Ranking(k1=1.3))
                assert same(near.pair(*asked), loops.near.pair(*asked))
        openings = (given_words, rarities, begins, lengths)
        assert same(near.opening(*openings), loops.near.opening(*openings))
        for width in (1, 3, 12):
            window = (given_words, ROWS, width)
            assert same(near.window(*window), loops.near.window(*window))


@compiled
class TestScores:
    """What leaves score, and which documents are in the race."""

    @given(chances)
    def test_sums_are_the_same(self, chance: random.Random) -> None:
        table, leaf = documents(chance), found(chance)
        gate = np.array([chance.random() < 0.5 for _ in range(SIZE)])
        steps = np.linspace(0, leaf.weight, LEVELS + 1, dtype=np.float32)
        docs = some(chance, chance.choice([0.01, 0.3, 1.0]))
        levels = scores.levels(leaf.docs, leaf.coded, table, LEVELS)

        assert same(levels, loops.scores.levels(leaf.docs, leaf.coded, table, LEVELS))
        for within in (None, gate):
            one, other = np.ones((2, SIZE), np.float32)
            scores.add_rough(one, leaf.docs, levels, steps, within)
            loops.scores.add_rough(other, leaf.docs, levels, steps, within)
            assert same(one, other)
            for kind in (np.float32, np.float64):
                one, other = np.ones((2, SIZE), kind)
                scores.add_scores(one, leaf, docs, within, table)
                loops.scores.add_scores(other, leaf, docs, within, table)
                assert same(one, other)

    @given(chances, st.integers(1, 30), st.sampled_from([0.0, 1.0]) | st.floats(0, 3))
    def test_the_same_documents_are_left(
        self, chance: random.Random, count: int, bound: float
    ) -> None:
        sums = np.array(
            [chance.choice([0, 1, chance.random() * 4]) for _ in range(SIZE)], np.float32
        )
        weights = np.array([chance.choice([1.0, chance.random()]) for _ in range(SIZE)])
        docs = some(chance, 0.5)

        for weighed in (None, weights):
            least = (sums, docs, weighed, bound, count)
            assert scores.threshold(*least) == loops.scores.threshold(*least)
            reaching = (sums, docs, weighed, 0.3, bound)
            assert same(scores.reaching(*reaching), loops.scores.reaching(*reaching))


@compiled
class TestSets:
    """Documents as numbers, marks and bits."""

    @given(chances, st.floats(0, 1))
    def test_sets_are_the_same(self, chance: random.Random, share: float) -> None:
        docs = some(chance, share)
        narrow = docs.astype(np.int32)
        mask = sets.marked(docs, SIZE)
        words, before = sets.bits(narrow, SIZE)
        steps = np.diff(narrow, prepend=-1).astype(np.uint8)

        assert same(mask, loops.sets.marked(docs, SIZE))
        assert same(mask, loops.sets.marked(narrow, SIZE))
        assert same(docs, loops.sets.numbers(mask))
        assert same((words, before), loops.sets.bits(narrow, SIZE))
        assert same(narrow, loops.sets.numbers_of_bits(words, len(docs)))
        assert same(narrow, loops.sets.decoded(steps))

    @pytest.mark.parametrize("wrong", [[SIZE], [3, 1 << 30], [-1]])
    def test_a_document_that_is_not_there_is_refused(self, wrong: list[int]) -> None:
        docs = np.array(wrong, np.int32)
        for refusing in (loops.sets.marked, loops.sets.bits):
            with pytest.raises(IndexError, match=f"document {wrong[-1]} of {SIZE}"):
                refusing(docs, SIZE)

    @pytest.mark.parametrize(
        "call",
        [
            lambda: loops.sets.marked(np.zeros(3), SIZE),
            lambda: loops.sets.bits(np.zeros(3, np.int64), SIZE),
            lambda: loops.sets.numbers(np.zeros(3, np.uint8)),
            lambda: loops.sets.decoded(np.zeros(3, np.int32)),
            lambda: loops.sets.numbers(np.zeros(6, bool)[::2]),
            lambda: loops.near.window([np.zeros(3, np.int32)], 1, 1),
            lambda: loops.scores.reaching(np.zeros(3), np.zeros(3, np.int64), None, 0, 0),
        ],
    )
    def test_an_array_of_another_type_is_refused(self, call: Callable[[], object]) -> None:
        with pytest.raises(TypeError, match="an array of"):
            call()


@pytest.fixture
def snapshot(tmp_path: Path) -> Iterator[TantivySnapshot]:
    """Two segments, words in all fields, some in most documents and a hundred times in one."""
    chance = random.Random(5)  # noqa: S311 - to be repeatable
    engine = TantivyEngine(tmp_path / "index")
    engine.rebuild()

    def written(most: int) -> str:
        return " ".join(chance.choice("aaabbc") for _ in range(chance.randrange(most)))

    for begin in (0, 300):
        numbers = range(begin, begin + 300)
        fill(engine, *(document(str(i), written(4), written(9), written(200)) for i in numbers))
    yield engine.snapshot()
    engine.close()


def known(snapshot: TantivySnapshot) -> list[KnownTerm]:
    return [snapshot._terms._known(word) for word in (b"a", b"b", b"c", b"d")]


@compiled
class TestReading:
    """Positions in some documents."""

    @pytest.mark.parametrize("share", [0.0, 0.01, 0.3, 1.0])
    def test_positions_are_the_same_and_all(self, snapshot: TantivySnapshot, share: float) -> None:
        chance = random.Random(6)  # noqa: S311 - to be repeatable
        size = len(snapshot.documents.live)
        wanted = np.flatnonzero([chance.random() < share for _ in range(size)]).astype(np.int32)
        asked = (known(snapshot), wanted, snapshot._terms._files, snapshot.documents.borders)
        read = loops.reading.read_some(*asked)

        assert same(tuple(reading.read_some(*asked)), tuple(read))
        for word, (docs, starts, positions) in zip("abcd", read, strict=True):
            whole = snapshot.occurrences(word)
            rows = np.flatnonzero(np.isin(whole.docs, wanted))
            assert whole.docs[rows].tolist() == docs.tolist()
            ranges = zip(whole.starts[rows], whole.starts[rows + 1], strict=True)
            every = [at for begin, end in ranges for at in whole.positions[begin:end].tolist()]
            assert every == positions.tolist()
            assert np.diff(whole.starts)[rows].tolist() == np.diff(starts).tolist()

    def test_a_file_that_is_cut_off_is_noticed_and_no_byte_sooner(
        self, snapshot: TantivySnapshot
    ) -> None:
        terms, files = known(snapshot), snapshot._terms._files
        every = np.arange(len(snapshot.documents.live), dtype=np.int32)
        whole = loops.reading.read_some(terms, every, files, snapshot.documents.borders)
        ends = [0] * len(files)
        for term in terms:
            for number, block in enumerate(range(0, len(term.places.ends), 3)):
                blocks = slice(term.places.firsts[block], term.places.ends[block + 2])
                end = term.places.begins[blocks] + 16 * term.places.widths[blocks]
                ends[number] = max(ends[number], *end.tolist(), 0)
        enough = [file[:end] for file, end in zip(files, ends, strict=True)]
        assert same(
            tuple(whole),
            tuple(loops.reading.read_some(terms, every, enough, snapshot.documents.borders)),
        )
        with pytest.raises(ValueError, match="positions beyond the end of their file"):
            loops.reading.read_some(
                terms, every, [file[:-1] for file in enough], snapshot.documents.borders
            )
        for term in terms:
            term.places.rests.resize(0, refcheck=False)
        with pytest.raises(ValueError, match="fewer positions than occurrences"):
            loops.reading.read_some(terms, every, files, snapshot.documents.borders)


def test_without_a_compiler_numpy_does_them() -> None:
    program = (
        "import sys; sys.modules['tintuc_search.engine.compiled'] = None;"
        "from tintuc_search.engine import loops;"
        "print(loops.COMPILED, loops.near.__name__, loops.reading.__name__)"
    )
    done = subprocess.run(  # noqa: S603 - this Python itself
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    plain = "tintuc_search.engine.plain"
    assert f"False {plain}.near {plain}.reading" == done.stdout.strip()
