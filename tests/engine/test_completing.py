"""What the dictionary offers to complete, and that it is exact under every change."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine_samples import document
from tintuc_search.analysis.vi.analyzer import VietnameseAnalyzer
from tintuc_search.engine.base import FieldText, IndexDocument, KeywordField, Label, TextField
from tintuc_search.engine.completing import Kind
from tintuc_search.engine.dictionary import SqliteDictionary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tintuc_search.engine.completing import CompletingDictionary

ANALYZER = VietnameseAnalyzer()
PEOPLE = ("Nguyễn Phú Trọng", "Nguyễn Văn An", "Trần Trọng Kim", "Phú Quang")
TITLES = ("quốc_hội họp", "hội_nghị quốc_tế", "họp quốc_hội")


@pytest.fixture
def dictionary() -> Iterator[CompletingDictionary]:
    made = SqliteDictionary(":memory:", ANALYZER)
    made.clear()
    yield made
    made.close()


def holding(number: int, people: tuple[str, ...] = (), title: str = "") -> IndexDocument:
    """A document of a year of its own that names some people and has a title (in words)."""
    syllables = title.replace("_", " ").split()
    at, words = 0, []
    for word in title.split():
        words += [(word, at)] if "_" in word else []
        at += word.count("_") + 1
    text = FieldText(tuple(syllables), tuple(range(len(syllables))), tuple(words))
    return replace(
        document(str(number)),
        texts={TextField.TITLE: text},
        keywords={KeywordField.PERSON: tuple(map(ANALYZER.key, people))},
        published=number * 366 * 86400,
    )


def labels(people: tuple[str, ...]) -> list[Label]:
    return [Label(KeywordField.PERSON, ANALYZER.key(name), name) for name in people]


def found(
    dictionary: CompletingDictionary, kind: Kind, beginning: str, limit: int = 9
) -> list[tuple[str, int]]:
    rows = dictionary.complete(kind, beginning, limit, lambda _: True)
    return [(row.label.name if row.label else row.text, row.count) for row in rows]


def test_a_name_is_found_by_the_beginning_of_each_of_its_words(
    dictionary: CompletingDictionary,
) -> None:
    dictionary.apply([holding(1, PEOPLE[:3]), holding(2, PEOPLE[1:2])], labels(PEOPLE), [])

    assert [("Nguyễn Văn An", 2), ("Nguyễn Phú Trọng", 1)] == found(dictionary, Kind.NAME, "ngu")
    assert [("Nguyễn Phú Trọng", 1), ("Trần Trọng Kim", 1)] == found(dictionary, Kind.NAME, "trong")
    assert [("Nguyễn Phú Trọng", 1)] == found(dictionary, Kind.NAME, "phu tr")
    assert [] == found(dictionary, Kind.NAME, "guyen")
    assert [("Nguyễn Văn An", 2)] == found(dictionary, Kind.NAME, "n", 1)


def test_the_text_is_what_stands_from_there_on(dictionary: CompletingDictionary) -> None:
    dictionary.apply([holding(1, PEOPLE[:1])], labels(PEOPLE), [])
    (only,) = dictionary.complete(Kind.NAME, "phu", 9, lambda _: True)

    assert "phú trọng" == only.text
    assert [] == dictionary.complete(Kind.NAME, "phu", 9, lambda text: text == "phú")


def test_what_stands_for_names_and_titles_is_no_word(dictionary: CompletingDictionary) -> None:
    dictionary.apply([holding(1, PEOPLE, "họp")], labels(PEOPLE), [])
    vocabulary = dictionary.vocabulary()

    assert [] == list(vocabulary.prefixed(":"))
    assert ["họp"] == [entry.term for entry in vocabulary.prefixed("h")]


def test_compounds_of_several_articles_are_offered(dictionary: CompletingDictionary) -> None:
    dictionary.apply([document(str(n), "thanh_niên") for n in range(4)], [], [])
    dictionary.apply([document("x", "thanh_tra")], [], [])

    assert [("thanh niên", 4)] == found(dictionary, Kind.COMPOUND, "thanh")
    assert [("thanh niên", 4)] == found(dictionary, Kind.COMPOUND, "thanh n")
    dictionary.apply([], [], ["2"])
    assert [] == found(dictionary, Kind.COMPOUND, "thanh")


def test_titles_are_offered_from_each_word_on_those_of_late_years_first(
    dictionary: CompletingDictionary,
) -> None:
    dictionary.apply([holding(n + 1, (), title) for n, title in enumerate(TITLES)], [], [])
    rows = dictionary.complete(Kind.TITLE, "quoc h", 9, lambda _: True)

    assert [("3", "quốc hội"), ("1", "quốc hội họp")] == [(row.document, row.text) for row in rows]
    assert ["2"] == [
        row.document for row in dictionary.complete(Kind.TITLE, "hoi", 9, lambda _: True)
    ]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.integers(1, 4),
            st.lists(st.sampled_from(PEOPLE), unique=True, max_size=3),
            st.sampled_from(TITLES),
            st.booleans(),
        ),
        max_size=12,
    )
)
def test_whatever_is_changed_and_deleted_only_what_is_left_is_offered(
    steps: list[tuple[int, list[str], str, bool]],
) -> None:
    """As if only the documents that are left had ever been counted."""
    dictionary, fresh = (SqliteDictionary(":memory:", ANALYZER) for _ in range(2))
    left: dict[int, IndexDocument] = {}
    for number, people, title, deleted in steps:
        if deleted:
            dictionary.apply([], [], [str(number)])
            left.pop(number, None)
        else:
            left[number] = holding(number, tuple(people), title)
            dictionary.apply([left[number]], labels(tuple(people)), [])
    fresh.apply(left.values(), labels(PEOPLE), [])
    for kind in (Kind.NAME, Kind.TITLE):
        for beginning in ("", "n", "t", "trong", "qu", "h"):
            assert sorted(found(fresh, kind, beginning, 99)) == sorted(
                found(dictionary, kind, beginning, 99)
            )
    dictionary.close()
    fresh.close()
