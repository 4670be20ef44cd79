"""A document is found by its number, an office by its name with a term: as the index does not write them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tintuc_search.engine.base import IndexDocument, KeywordField, Label
from tintuc_search.engine.dictionary import SqliteDictionary
from tintuc_search.search.filters import Filters
from tintuc_search.search.lookup import Lookup

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tintuc_search.analysis.vi import VietnameseAnalyzer

LABELS = [
    Label(KeywordField.DOCUMENT, "36 ct tw", "Chỉ thị số 36-CT/TW"),
    Label(KeywordField.DOCUMENT, "chỉ thị 37", "Chỉ thị số 37"),
    Label(KeywordField.OFFICE, "bí thư tỉnh ủy lâm hải", "Bí thư Tỉnh ủy Lâm Hải"),
    Label(KeywordField.PERSON, "hà vân", "Hà Vân"),
]


@pytest.fixture
def filters(analyzer: VietnameseAnalyzer) -> Iterator[Filters]:
    dictionary = SqliteDictionary(":memory:", analyzer)
    dictionary.clear()
    held = {label.field: (label.id,) for label in LABELS}
    dictionary.apply([IndexDocument("a", {}, keywords=held)], LABELS, [])
    yield Filters(Lookup(dictionary))
    dictionary.close()


@pytest.mark.parametrize(
    ("field", "value", "found"),
    [
        (KeywordField.DOCUMENT, "Chỉ thị số 36-CT/TW", "36 ct tw"),
        (KeywordField.DOCUMENT, "36-CT/TW", "36 ct tw"),
        (KeywordField.DOCUMENT, "Chỉ thị 36 - CT / TW", "36 ct tw"),
        (KeywordField.DOCUMENT, "chỉ thị 37", "chỉ thị 37"),
        (KeywordField.DOCUMENT, "Chỉ thị số 37", "chỉ thị 37"),
        (KeywordField.DOCUMENT, "Chỉ thị 38", None),
        (
            KeywordField.OFFICE,
            "Bí thư Tỉnh ủy Lâm Hải nhiệm kỳ 2015-2020",
            "bí thư tỉnh ủy lâm hải",
        ),
        (KeywordField.OFFICE, "Bí thư Tỉnh ủy Sơn Giang khóa XII", None),
        (KeywordField.PERSON, "Hà Vân", "hà vân"),
        (KeywordField.PERSON, "Hà Vân khóa XII", None),
    ],
)
def test_a_value_is_what_the_index_knows_it_by(
    filters: Filters, field: KeywordField, value: str, found: str | None
) -> None:
    assert filters.ids(field, value) == (frozenset([found]) if found else frozenset())
