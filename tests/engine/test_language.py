"""How the archive puts terms one after the other: learnt while indexing, exact under changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine_samples import document
from tintuc_search.analysis.vi.analyzer import VietnameseAnalyzer
from tintuc_search.engine import grams
from tintuc_search.engine.base import UNMARKED_WORD, FieldText, IndexDocument, TextField
from tintuc_search.engine.dictionary import SqliteDictionary
from tintuc_search.engine.grams import BREAK, PAIRS, RARE, TRIPLES
from tintuc_search.engine.language import Counts, Language
from tintuc_search.engine.language_files import ARRAYS
from tintuc_search.engine.tallies import Tally

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tintuc_search.engine.base import Dictionary

ANALYZER = VietnameseAnalyzer()
TEXTS = ("tổng bí thư dự lễ", "bị thử", "thư viện tổng hợp", "bí thư tổng kết", "thủ thư bị ốm")


def made(*documents: IndexDocument) -> SqliteDictionary:
    dictionary = SqliteDictionary(":memory:", ANALYZER)
    dictionary.clear()
    dictionary.apply(documents, [], [])
    return dictionary


def read(dictionary: Dictionary, text: str) -> list[tuple[str, float]]:
    """The readings of a text without marks, and their scores."""
    choices = [dictionary.folded(bare, 9) for bare in text.split()]
    return [
        (
            " ".join(entries[i].term for entries, i in zip(choices, way.taken, strict=True)),
            way.score,
        )
        for way in dictionary.likeliest(choices, 4)
    ]


def test_neighbours_decide() -> None:
    dictionary = made(*(document(str(i), text) for i, text in enumerate(TEXTS)))

    assert read(dictionary, "tong bi thu")[0][0] == "tổng bí thư"
    assert read(dictionary, "bi thu")[0][0] == "bí thư"
    assert read(dictionary, "bi om")[0][0] == "bị ốm"
    dictionary.close()


def test_what_paragraphs_begin_with_is_no_likelier_at_the_beginning_of_a_query() -> None:
    dictionary = made(document("1", "bị | bị | bị", "ông bí bà bí dì bí cô bí"))

    assert read(dictionary, "bi")[0][0] == "bí"
    dictionary.close()


def test_two_terms_before_tell_more_than_one() -> None:
    texts = ["chủ tịch nước", "chủ tịch nước", *["kinh tịch nược"] * 3]
    dictionary = made(*(document(str(i), text) for i, text in enumerate(texts)))

    assert read(dictionary, "chu tich nuoc")[0][0] == "chủ tịch nước"
    assert read(dictionary, "tich nuoc")[0][0] == "tịch nược"
    dictionary.close()


def test_readings_differ_and_come_likeliest_first() -> None:
    dictionary = made(*(document(str(i), text) for i, text in enumerate(TEXTS)))
    found = read(dictionary, "bi thu tong")

    assert len({text for text, _ in found}) == len(found) == 4
    assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)
    dictionary.close()


def test_an_empty_dictionary_takes_the_first_choice() -> None:
    dictionary = made()

    assert dictionary.likeliest([], 4)[0].taken == ()
    dictionary.close()


def test_no_pair_reaches_over_the_end_of_a_paragraph() -> None:
    apart = IndexDocument("1", {TextField.BODY: FieldText(("bí", "thư"), (0, 17))})
    together = IndexDocument("1", {TextField.BODY: FieldText(("bí", "thư"), (0, 1))})
    scores = []
    for each in (apart, together):
        dictionary = made(each)
        scores.append(read(dictionary, "bi thu")[0][1])
        dictionary.close()

    assert scores[0] < scores[1]


def test_articles_without_marks_teach_nothing() -> None:
    bare = IndexDocument(
        "bare",
        {TextField.BODY: FieldText(("bi", "thu") * 9, tuple(range(18)), ((UNMARKED_WORD, 0),))},
    )
    dictionary = made(bare, document("1", "bí thư"))

    assert read(dictionary, "bi thu")[0][0] == "bí thư"
    dictionary.close()


STEPS = st.lists(
    st.tuples(
        st.dictionaries(st.sampled_from("1234"), st.sampled_from(TEXTS), max_size=3),
        st.lists(st.sampled_from("1234"), max_size=1),
    ),
    max_size=8,
)


@settings(max_examples=60)
@given(STEPS)
def test_what_is_learnt_is_that_of_the_documents_that_are_left(
    steps: list[tuple[dict[str, str], list[str]]],
) -> None:
    """Added, replaced, deleted, in whatever order: likelihoods are those of an archive made at once."""
    changing = made()
    left: dict[str, str] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(grams, "FANOUT", 2)
        for added, deleted in steps:
            changing.apply([document(i, text) for i, text in added.items()], [], deleted)
            left |= added
            for gone in deleted:
                left.pop(gone, None)
    fresh = made(*(document(i, text) for i, text in left.items()))
    for text in ("tong bi thu", "thu vien tong hop", "bi om"):
        if all(fresh.folded(bare, 9) for bare in text.split()):
            assert dict(read(fresh, text)) == pytest.approx(dict(read(changing, text)))
    changing.close()
    fresh.close()


def test_many_batches_leave_few_segments(tmp_path: Path) -> None:
    dictionary = SqliteDictionary(tmp_path / "dictionary.sqlite", ANALYZER)
    dictionary.clear()
    for i in range(70):
        dictionary.apply([document(str(i), "bí thư tỉnh")], [], [])
    with dictionary._database.reading() as connection:
        segments = grams.numbers_of(connection)
        (pairs,) = grams.read(connection, PAIRS)

    assert len(segments) <= 2 * (1 + 2 * grams.FANOUT)
    assert pairs.counts.tolist() == [70, 70, 70]
    dictionary.close()


def test_a_failed_batch_teaches_nothing() -> None:
    def broken() -> Iterator[IndexDocument]:
        for i in range(200):
            yield document(str(i), "bị thử")
        raise ZeroDivisionError

    dictionary = made(document("a", "bí thư"), document("b", "bị", "thử"))
    before = read(dictionary, "bi thu")
    with pytest.raises(ZeroDivisionError):
        dictionary.apply(broken(), [], [])

    assert before == read(dictionary, "bi thu")
    dictionary.close()


def test_grams_stop_at_breaks_and_numbers_too_large_are_one() -> None:
    row = np.array([BREAK, 5, 6, BREAK, 7, RARE + 9], np.uint32)
    bits = grams.BITS

    assert grams.grams(row, PAIRS).tolist() == [5, (5 << bits) | 6, 7, (7 << bits) | RARE]
    assert grams.grams(row, TRIPLES).tolist() == [(5 << bits) | 6, (7 << bits) | RARE]
    assert grams.grams(row[:1], TRIPLES).tolist() == []


@pytest.mark.parametrize(("most", "held"), [(9, 4), (4, 4), (3, 3), (2, 2), (1, 0), (0, 0)])
def test_counts_that_do_not_fit_are_pruned_the_rarest_first(most: int, held: int) -> None:
    part = Tally(np.arange(4, dtype=np.uint64), np.array([1, 2, 3, 3]))

    assert held == len(Counts.counted(iter([part]), 1, most).keys)


def test_likelihoods_behind_a_context_add_up_to_one_over_what_is_known() -> None:
    """All terms together, the unknown ones' small share aside."""
    bits = np.uint64(grams.BITS)
    numbers = [(0, 1), (1, 2), (2, 3), (1, 3)]
    keys = np.sort(np.array([(a << grams.BITS) | b for a, b in numbers], np.uint64))
    pairs = Tally(keys, np.array([3, 2, 2, 1]))
    triple = (np.array([0], np.uint64) << bits | np.uint64(1)) << bits | np.uint64(2)
    language = Language.learnt(iter([pairs]), iter([Tally(triple, np.array([2]))]))
    terms = np.arange(1, 4, dtype=np.uint64)
    for before, last in ((0, 1), (1, 2), (0, 0), (7, 7)):
        found = language.likelihoods(
            np.array([before], np.uint64), np.array([last], np.uint64), terms
        )
        assert 0.9 < found.sum() < 1.25


def kept(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("language-*"))


def written(folder: Path) -> SqliteDictionary:
    dictionary = SqliteDictionary(folder / "dictionary.sqlite", ANALYZER)
    dictionary.clear()
    dictionary.apply([document(str(i), text) for i, text in enumerate(TEXTS)], [], [])
    dictionary.settle()
    return dictionary


def test_what_was_learnt_is_kept_once_and_read_alike(tmp_path: Path) -> None:
    first = written(tmp_path)
    merged = made(*(document(str(i), text) for i, text in enumerate(TEXTS)))
    other = SqliteDictionary(tmp_path / "dictionary.sqlite", ANALYZER)

    assert len(kept(tmp_path)) == 1
    assert read(other, "tong bi thu") == read(merged, "tong bi thu")
    before = kept(tmp_path)
    first.settle()
    assert before == kept(tmp_path)
    first.apply([document("new", "bị thư bị thư bị thư")], [], [])
    first.settle()
    assert len(kept(tmp_path)) == 1
    assert before != kept(tmp_path)
    for dictionary in (first, merged, other):
        dictionary.close()


@pytest.mark.parametrize("harm", ["cut", "nonsense", "gone"])
def test_kept_files_that_are_of_no_use_are_as_good_as_none(tmp_path: Path, harm: str) -> None:
    written(tmp_path).close()
    expected = read(made(*(document(str(i), text) for i, text in enumerate(TEXTS))), "tong bi thu")
    (folder,) = tmp_path.glob("language-*")
    for file in folder.iterdir():
        if harm == "gone":
            file.unlink()
        else:
            file.write_bytes(file.read_bytes()[:90] if harm == "cut" else b"nonsense")
    dictionary = SqliteDictionary(tmp_path / "dictionary.sqlite", ANALYZER)

    assert expected == read(dictionary, "tong bi thu")
    dictionary.settle()
    state = sorted(path.stat().st_size for path in tmp_path.glob("language-*/*"))
    assert len(kept(tmp_path)) == 1
    assert len(state) == len(ARRAYS)
    assert state[0] > 100
    dictionary.close()


def test_nothing_is_kept_of_a_dictionary_that_was_cleared(tmp_path: Path) -> None:
    dictionary = written(tmp_path)
    dictionary.clear()

    assert [] == kept(tmp_path)
    assert [] == list(tmp_path.glob(".language-*"))
    dictionary.close()
