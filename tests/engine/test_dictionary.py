from __future__ import annotations

import sqlite3
import threading
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine_samples import document
from tintuc_search.analysis.vi.analyzer import VietnameseAnalyzer
from tintuc_search.engine.base import (
    DictionaryEntry,
    IndexDocument,
    KeywordField,
    Label,
)
from tintuc_search.engine.dictionary import SqliteDictionary
from tintuc_search.errors import IndexUnusable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tintuc_search.engine.base import Dictionary

ANALYZER = VietnameseAnalyzer()
HUNG = Label(KeywordField.PERSON, "hung", "Nguyễn Văn Hùng")
HUONG = Label(KeywordField.PERSON, "huong", "Nguyễn Văn Hưởng")
DA_NANG = Label(KeywordField.PLACE, "da-nang", "Đà Nẵng")


@pytest.fixture(params=["file", "memory"])
def dictionary(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Dictionary]:
    path = tmp_path / "index" / "dictionary.sqlite" if request.param == "file" else ":memory:"
    dictionary = SqliteDictionary(path, ANALYZER)
    dictionary.clear()
    yield dictionary
    dictionary.close()


def test_a_term_is_counted_once_for_each_document_that_holds_it(dictionary: Dictionary) -> None:
    dictionary.apply(
        [document("1", "tỉnh tỉnh", "tỉnh", "thanh_niên"), document("2", "tỉnh")], [], []
    )

    assert DictionaryEntry("tỉnh", 2) == dictionary.entry("tỉnh")
    assert DictionaryEntry("thanh_niên", 1) == dictionary.entry("thanh_niên")
    assert dictionary.entry("tinh") is None


def test_folded_gives_the_most_frequent_form_first(dictionary: Dictionary) -> None:
    dictionary.apply(
        [document("1", "tỉnh tính tinh"), document("2", "tỉnh tính"), document("3", "tỉnh")], [], []
    )

    assert ["tỉnh", "tính", "tinh"] == [entry.term for entry in dictionary.folded("tinh", 9)]
    assert [DictionaryEntry("tỉnh", 3)] == dictionary.folded("tinh", 1)
    assert [] == dictionary.folded("tỉnh", 9)
    assert [] == dictionary.folded("tinh", 0)


def test_folded_serves_words_too(dictionary: Dictionary) -> None:
    dictionary.apply([document("1", "thanh_niên"), document("2", "thành_niên")], [], [])

    assert {"thanh_niên", "thành_niên"} == {
        entry.term for entry in dictionary.folded("thanh_nien", 9)
    }


def test_a_changed_document_counts_what_it_holds_now(dictionary: Dictionary) -> None:
    dictionary.apply([document("1", "cũ chung"), document("2", "chung")], [], [])
    dictionary.apply([document("1", "mới chung")], [], [])

    assert dictionary.entry("cũ") is None
    assert DictionaryEntry("mới", 1) == dictionary.entry("mới")
    assert DictionaryEntry("chung", 2) == dictionary.entry("chung")


def test_a_deleted_document_counts_no_more(dictionary: Dictionary) -> None:
    dictionary.apply([document("1", "tỉnh"), document("2", "tỉnh huyện")], [], [])
    dictionary.apply([], [], ["2", "không có"])

    assert DictionaryEntry("tỉnh", 1) == dictionary.entry("tỉnh")
    assert dictionary.entry("huyện") is None


def test_a_document_without_text_holds_nothing(dictionary: Dictionary) -> None:
    dictionary.apply([document("1", "tỉnh")], [], [])
    dictionary.apply([document("1"), document("2")], [], [])

    assert dictionary.entry("tỉnh") is None


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.lists(st.tuples(st.sampled_from("1234"), st.text("abcđê", max_size=8)), max_size=5),
            st.lists(st.sampled_from("1234"), max_size=2),
        ),
        max_size=6,
    )
)
def test_counts_are_exact_after_any_changes(
    steps: list[tuple[list[tuple[str, str]], list[str]]],
) -> None:
    """Whatever is added, replaced and deleted, counts are those of the documents that are left."""
    dictionary = SqliteDictionary(":memory:", ANALYZER)
    left: dict[str, IndexDocument] = {}
    for added, deleted in steps:
        documents = [document(document_id, " ".join(letters)) for document_id, letters in added]
        dictionary.apply(documents, [], deleted)
        left.update((each.id, each) for each in documents)
        left = {
            document_id: each for document_id, each in left.items() if document_id not in deleted
        }
    counts = Counter(
        term for each in left.values() for term in set(next(iter(each.texts.values())).terms)
    )
    entries = {letter: dictionary.entry(letter) for letter in "abcđê"}
    dictionary.close()

    assert dict(counts) == {term: entry.count for term, entry in entries.items() if entry}


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.lists(
                st.tuples(
                    st.sampled_from("1234"),
                    st.lists(
                        st.tuples(st.sampled_from("xy"), st.sampled_from(["a b", "c d"])),
                        max_size=3,
                    ),
                ),
                max_size=5,
            ),
            st.lists(st.sampled_from("1234"), max_size=2),
        ),
        max_size=6,
    )
)
def test_definitions_are_counted_exactly_after_any_changes(
    steps: list[tuple[list[tuple[str, list[tuple[str, str]]]], list[str]]],
) -> None:
    """However often a document explains an abbreviation, changes or goes, it counts once or no more."""
    dictionary = SqliteDictionary(":memory:", ANALYZER)
    left: dict[str, set[tuple[str, str]]] = {}
    for added, deleted in steps:
        documents = [IndexDocument(i, {}, definitions=tuple(pairs)) for i, pairs in added]
        dictionary.apply(documents, [], deleted)
        left.update((i, set(pairs)) for i, pairs in added)
        left = {i: pairs for i, pairs in left.items() if i not in deleted}
    expected = Counter(pair for pairs in left.values() for pair in pairs)
    found = dictionary.definitions(1)
    often = dictionary.definitions(2)
    dictionary.close()

    assert dict(expected) == found
    assert {pair: count for pair, count in found.items() if count > 1} == often


def test_definitions_come_most_often_explained_first(dictionary: Dictionary) -> None:
    often, once = ("ubkt", "ủy ban kiểm tra"), ("tt", "thủ tướng")
    documents = [
        IndexDocument("1", {}, definitions=(once, often)),
        IndexDocument("2", {}, definitions=(often,)),
    ]
    dictionary.apply(documents, [], [])

    assert [(often, 2), (once, 1)] == list(dictionary.definitions(1).items())
    dictionary.clear()
    assert {} == dictionary.definitions(1)


def test_apply_is_one_transaction(dictionary: Dictionary) -> None:
    def broken() -> Iterator[IndexDocument]:
        yield document("1", "tỉnh")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        dictionary.apply(broken(), [HUNG], [])

    assert dictionary.entry("tỉnh") is None
    assert {} == dictionary.labels([(KeywordField.PERSON, "hung")])


def test_labels_gives_the_names_of_known_ids(dictionary: Dictionary) -> None:
    dictionary.apply([], [HUNG, DA_NANG], [])

    assert {(KeywordField.PERSON, "hung"): "Nguyễn Văn Hùng"} == dictionary.labels(
        [(KeywordField.PERSON, "hung"), (KeywordField.PLACE, "hung"), (KeywordField.PERSON, "x")]
    )


def test_a_label_takes_its_newest_name(dictionary: Dictionary) -> None:
    dictionary.apply([], [HUNG], [])
    dictionary.apply([], [Label(KeywordField.PERSON, "hung", "Hùng")], [])

    assert [Label(KeywordField.PERSON, "hung", "Hùng")] == dictionary.resolve(
        KeywordField.PERSON, "hùng"
    )
    assert [] == dictionary.resolve(KeywordField.PERSON, "Nguyễn Văn Hùng")


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        (KeywordField.PERSON, "hung", [HUNG]),
        (KeywordField.PERSON, "NGUYỄN VĂN HÙNG", [HUNG]),
        (KeywordField.PERSON, "nguyen van hung", [HUNG]),
        (KeywordField.PERSON, "nguyen van huong", [HUONG]),
        (KeywordField.PERSON, "Nguyễn Văn Huống", []),  # marked: only itself
        (KeywordField.PLACE, "Da  Nang", [DA_NANG]),
        (KeywordField.PERSON, "Đà Nẵng", []),
        (KeywordField.PERSON, "", []),
        (KeywordField.PERSON, "?!", []),
        (KeywordField.PERSON, "\ud800", []),
    ],
)
def test_a_value_means_an_id_or_a_name_or_an_unmarked_name(
    dictionary: Dictionary, field: KeywordField, value: str, expected: list[Label]
) -> None:
    dictionary.apply([], [HUNG, HUONG, DA_NANG], [])

    assert expected == dictionary.resolve(field, value)


LI_LONG = Label(KeywordField.PERSON, "long", "Lý Long")
LINH = Label(KeywordField.PERSON, "linh", "Linh Chi")


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        (KeywordField.PERSON, "Nguyễn Văn H", [HUNG, HUONG]),
        (KeywordField.PERSON, "nguyen van hu", [HUNG, HUONG]),
        (KeywordField.PERSON, "NGUYỄN  Văn Hư", [HUONG]),
        (KeywordField.PERSON, "Nguyễn Văn Hù", [HUNG]),
        (KeywordField.PERSON, "Nguyên", []),  # marks are kept
        (KeywordField.PERSON, "li", [LINH, LI_LONG]),
        (KeywordField.PERSON, "lí l", [LI_LONG]),
        (KeywordField.PERSON, "?!", []),
        (KeywordField.PERSON, "\ud800", []),
        (KeywordField.PLACE, "đà", [DA_NANG]),
        (KeywordField.PLACE, "ng", []),
    ],
)
def test_a_beginning_means_the_names_that_begin_so(
    dictionary: Dictionary, field: KeywordField, value: str, expected: list[Label]
) -> None:
    dictionary.apply([], [HUNG, HUONG, DA_NANG, LI_LONG, LINH], [])

    assert expected == dictionary.beginning(field, value, 9)
    assert expected[:1] == dictionary.beginning(field, value, 1)


def test_the_vocabulary_holds_the_terms_of_one_syllable(dictionary: Dictionary) -> None:
    dictionary.apply([document("1", "thanh thành thanh_niên"), document("2", "thanh")], [], [])
    found = list(dictionary.vocabulary().prefixed("thanh"))

    assert [DictionaryEntry("thanh", 2), DictionaryEntry("thành", 1)] == found


def test_clear_forgets_everything(dictionary: Dictionary) -> None:
    dictionary.apply([document("1", "tỉnh")], [HUNG], [])
    dictionary.clear()

    assert dictionary.entry("tỉnh") is None
    assert [] == dictionary.resolve(KeywordField.PERSON, "hung")


@pytest.mark.parametrize("term", ["", "\ud800", "\0", "x" * 10_000])
def test_no_term_is_too_strange_to_ask_for(dictionary: Dictionary, term: str) -> None:
    assert dictionary.entry(term) is None
    assert [] == dictionary.folded(term, 3)


@pytest.mark.parametrize("content", [None, b"", b"garbage" * 1000, "sqlite of another program"])
def test_a_file_of_no_use_says_how_to_rebuild_and_clear_does(
    tmp_path: Path, content: bytes | str | None
) -> None:
    path = tmp_path / "dictionary.sqlite"
    if isinstance(content, bytes):
        path.write_bytes(content)
    elif content:
        connection = sqlite3.connect(path)
        connection.execute("CREATE TABLE terms (x)")
        connection.close()
    dictionary = SqliteDictionary(path, ANALYZER)
    with pytest.raises(IndexUnusable, match="tintuc index --rebuild"):
        dictionary.entry("tỉnh")
    with pytest.raises(IndexUnusable, match="tintuc index --rebuild"):
        dictionary.apply([document("1", "tỉnh")], [], [])
    dictionary.clear()
    dictionary.apply([document("1", "tỉnh")], [], [])

    assert DictionaryEntry("tỉnh", 1) == dictionary.entry("tỉnh")
    dictionary.close()


def test_a_damaged_page_says_how_to_rebuild(tmp_path: Path) -> None:
    path = tmp_path / "dictionary.sqlite"
    dictionary = SqliteDictionary(path, ANALYZER)
    dictionary.clear()
    dictionary.apply([document(str(i), f"chữ{i} số{i}") for i in range(500)], [], [])
    dictionary.close()
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    with pytest.raises(IndexUnusable, match="tintuc index --rebuild"):
        dictionary.apply([document("1", "khác")], [], [])
    dictionary.clear()

    assert dictionary.entry("chữ1") is None
    dictionary.close()


def test_readers_see_what_another_has_written_even_in_a_new_file(tmp_path: Path) -> None:
    path = tmp_path / "dictionary.sqlite"
    writer, reader = SqliteDictionary(path, ANALYZER), SqliteDictionary(path, ANALYZER)
    writer.clear()
    writer.apply([document("1", "tỉnh")], [], [])
    assert reader.entry("tỉnh")
    writer.close()
    path.unlink()
    writer.clear()
    writer.apply([document("1", "huyện")], [], [])

    assert reader.entry("tỉnh") is None
    assert DictionaryEntry("huyện", 1) == reader.entry("huyện")
    for each in (writer, reader):
        each.close()


def test_threads_read_while_one_writes(dictionary: Dictionary) -> None:
    """A reader sees whole transactions only: both terms of a document or none."""
    wrong: list[object] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            entries = dictionary.folded("ba", 9)
            if len({entry.count for entry in entries}) > 1:
                wrong.append(entries)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for i in range(40):
        dictionary.apply([document(str(i), "ba bà bá")], [], [])
    done.set()
    for reader in readers:
        reader.join()

    assert [] == wrong
    assert DictionaryEntry("bà", 40) == dictionary.entry("bà")
