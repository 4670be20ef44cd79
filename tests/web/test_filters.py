"""The values of a facet as links, and values as list parameters take them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tintuc_search.engine.base import KeywordField
from tintuc_search.search.base import FacetValue, SearchQuery
from tintuc_search.search.parameters import FACET_SIZE, read_parameters
from tintuc_search.web.filters import chips, choices, one_pair_a_value, without_filters, written
from tintuc_search.web.links import Links

SOURCE = KeywordField.SOURCE
VALUES = [FacetValue(f"Báo {n}", f"báo {n}", 20 - n) for n in range(FACET_SIZE)]
NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), min_size=1).filter(
    lambda name: '"' not in name
)


@given(st.lists(NAMES, min_size=1, max_size=4, unique=True))
def test_a_written_value_is_read_back_as_it_was(names: list[str]) -> None:
    query = read_parameters({"source": [written(name) for name in names]}).query

    assert tuple(names) == query.include[SOURCE]


@pytest.mark.parametrize(
    ("value", "identifier", "expected"),
    [
        ('Báo "A"', None, 'Báo "A"'),
        ("A, B", "a b", '"A, B"'),
        ('"A", B', "a b", "a b"),
        ('"A", B', None, '" A , B"'),
    ],
)
def test_quotation_marks_and_commas(value: str, identifier: str | None, expected: str) -> None:
    assert expected == written(value, identifier)


def test_chosen_values_come_first_with_their_counts_and_excluded_ones_last() -> None:
    query = SearchQuery(include={SOURCE: ("báo 9", "Lạ")}, exclude={SOURCE: ("Báo 3",)})
    found = choices(SOURCE, VALUES, query, Links.of("/", []), {})

    assert [("báo 9", 11, "on"), ("Lạ", None, "on")] == [
        (choice.name, choice.count, choice.state) for choice in found[:2]
    ]
    assert ("Báo 3", "out") == (found[-1].name, found[-1].state)
    assert FACET_SIZE + 1 == len(found)
    assert 1 == len([choice for choice in found if choice.name.casefold() == "báo 9"])


def test_lists_in_an_address_are_taken_apart_and_the_rest_left_alone() -> None:
    pairs = [("q", "a,b"), ("source", 'A,"B, C"'), ("exclude_person", "D"), ("source", "A")]
    query = read_parameters({"source": ['A,"B, C"', "A"], "exclude_person": ["D"]}).query

    assert [("q", "a,b"), ("source", "A"), ("source", '"B, C"'), ("exclude_person", "D")] == list(
        one_pair_a_value(pairs, query)
    )


def test_open_ended_dates_are_one_chip() -> None:
    query = read_parameters({"from_date": ["2021-05"]}).query
    links = Links.of("/", [("q", "a"), ("from_date", "2021-05")])

    assert [("01/05/2021 – …", "/?q=a")] == [
        (chip.value, chip.without) for chip in chips(links, query, {})
    ]


def test_without_filters_the_query_and_the_language_stay() -> None:
    pairs = [("q", "a"), ("lang", "en"), ("person", "B"), ("exclude_place", "C"), ("to_date", "D")]

    assert "/?q=a&lang=en" == without_filters(Links.of("/", pairs))
