"""What the search service remembers of the dictionary, and when it forgets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tintuc_search.engine.base import (
    DictionaryEntry,
    FieldText,
    IndexDocument,
    KeywordField,
    Label,
    TextField,
)
from tintuc_search.engine.dictionary import SqliteDictionary
from tintuc_search.search.lookup import Lookup

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tintuc_search.analysis.vi import VietnameseAnalyzer
    from tintuc_search.engine.base import Dictionary

SOURCE = KeywordField.SOURCE


def holding(name: str, *terms: str) -> IndexDocument:
    text = FieldText(terms, tuple(range(len(terms))))
    return IndexDocument(name, {TextField.BODY: text}, keywords={SOURCE: ("sl",)})


@pytest.fixture
def dictionary(analyzer: VietnameseAnalyzer) -> Iterator[Dictionary]:
    dictionary = SqliteDictionary(":memory:", analyzer)
    dictionary.clear()
    dictionary.apply([holding("a", "hội", "hỏi")], [Label(SOURCE, "sl", "Báo Sông Lam")], [])
    yield dictionary
    dictionary.close()


def test_a_change_is_seen_with_the_next_generation(dictionary: Dictionary) -> None:
    lookup = Lookup(dictionary)
    lookup.renew("1")
    assert lookup.entry("hội") == DictionaryEntry("hội", 1)
    assert lookup.folded("hoi", 1) == [DictionaryEntry("hỏi", 1)]

    dictionary.apply([holding("b", "hội")], [Label(SOURCE, "sl", "Sông Lam")], [])
    lookup.renew("1")
    assert lookup.entry("hội") == DictionaryEntry("hội", 1)

    lookup.renew("2")
    assert lookup.entry("hội") == DictionaryEntry("hội", 2)
    assert lookup.folded("hoi", 1) == [DictionaryEntry("hội", 2)]


def test_names_are_asked_for_once_and_unknown_ones_left_out(dictionary: Dictionary) -> None:
    lookup = Lookup(dictionary, capacity=1)

    for _ in range(3):
        names = lookup.labels([(SOURCE, "sl"), (SOURCE, "khong-co")])
        assert names == {(SOURCE, "sl"): "Báo Sông Lam"}
        assert lookup.entry("khong-co") is None
        assert lookup.entry("hỏi") == DictionaryEntry("hỏi", 1)
