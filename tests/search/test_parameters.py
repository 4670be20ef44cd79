"""The parameters of the search endpoint: what is read, what is refused."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tintuc_search.engine.base import Interval, KeywordField, Sort
from tintuc_search.errors import BadRequest
from tintuc_search.search.base import Match, SearchQuery
from tintuc_search.search.parameters import PARAMETERS, read_parameters


def read(**given: str | list[str]) -> SearchQuery:
    values = {name: [value] if isinstance(value, str) else value for name, value in given.items()}
    return read_parameters(values).query


def test_nothing_given_is_everything_newest_first() -> None:
    assert read() == SearchQuery(sort=Sort.NEWEST)


def test_a_query_is_ordered_by_relevance() -> None:
    assert read(q="quốc hội").sort is Sort.RELEVANCE
    assert read(q="quốc hội", sort="oldest").sort is Sort.OLDEST
    assert read(q="quốc hội", sort="recent").sort is Sort.RECENT


@pytest.mark.parametrize(
    ("name", "value", "attribute", "expected"),
    [
        ("match", "any", "match", Match.ANY),
        ("from_date", "2019-05-31", "since", datetime(2019, 5, 30, 17, tzinfo=UTC)),
        (
            "to_date",
            "2019-05-31",
            "until",
            datetime(2019, 5, 31, 16, 59, 59, 999999, tzinfo=UTC),
        ),
        ("from_date", "2019-05", "since", datetime(2019, 4, 30, 17, tzinfo=UTC)),
        ("to_date", "2019", "until", datetime(2019, 12, 31, 16, 59, 59, 999999, tzinfo=UTC)),
        ("from_date", "2019-05-31T09:00", "since", datetime(2019, 5, 31, 2, tzinfo=UTC)),
        ("from_date", "2019-05-31T09:00:00Z", "since", datetime(2019, 5, 31, 9, tzinfo=UTC)),
        ("from_date", "2019-05-31T09:00:00 07:00", "since", datetime(2019, 5, 31, 2, tzinfo=UTC)),
        ("sort", "newest", "sort", Sort.NEWEST),
        ("page", "3", "page", 3),
        ("page_size", "100", "page_size", 100),
        ("cursor", "*", "cursor", "*"),
        ("histogram", "week", "histogram", Interval.WEEK),
        ("highlight", "true", "highlight", True),
        ("highlight", "0", "highlight", False),
        ("highlight_count", "1", "highlight_count", 1),
        ("highlight_length", "120", "highlight_length", 120),
        ("page", "", "page", 1),
    ],
)
def test_reads_a_value(name: str, value: str, attribute: str, expected: Any) -> None:
    assert expected == getattr(read(**{name: value}), attribute)


@pytest.mark.parametrize(
    ("given", "values"),
    [
        (["a,b"], ("a", "b")),
        (["a", "b"], ("a", "b")),
        (["a, b ,,a"], ("a", "b")),
        (['"Sở Văn hóa, Thể thao",b'], ("Sở Văn hóa, Thể thao", "b")),
        (["  "], None),
    ],
)
def test_lists_are_repeated_or_separated_by_commas(
    given: list[str], values: tuple[str, ...] | None
) -> None:
    assert values == read(organisation=given).include.get(KeywordField.ORGANISATION)
    assert values == read(exclude_organisation=given).exclude.get(KeywordField.ORGANISATION)


def test_facets_are_fields() -> None:
    fields = list(read(facet=["source,person", "place"]).facets)

    assert fields == [KeywordField.SOURCE, KeywordField.PERSON, KeywordField.PLACE]


def test_fields_keep_the_order_of_the_envelope() -> None:
    assert read_parameters({"fields": ["title,id"]}).fields == ("id", "title")
    assert read_parameters({}).fields is None


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("colour", "red", "parameterUnknown"),
        ("explains", "true", "parameterUnknown"),
        ("spoken", "a", "parameterUnknown"),
        ("sort", "best", "parameterInvalid"),
        ("match", "some", "parameterInvalid"),
        ("from_date", "31/5/2019", "parameterInvalid"),
        ("from_date", "2019-02-31", "parameterInvalid"),
        ("from_date", "0001-01-01T00:00:00+14:00", "parameterInvalid"),
        ("to_date", "9999-12-31T23:59:59-12:00", "parameterInvalid"),
        ("to_date", "hôm qua", "parameterInvalid"),
        ("page", "0", "parameterInvalid"),
        ("page", "-1", "parameterInvalid"),
        ("page", "1.5", "parameterInvalid"),
        ("page", "9" * 5000, "parameterInvalid"),
        ("page", "501", "parameterInvalid"),
        ("page_size", "101", "parameterInvalid"),
        ("page_size", "0", "parameterInvalid"),
        ("facet", "colour", "parameterInvalid"),
        ("histogram", "hour", "parameterInvalid"),
        ("highlight", "maybe", "parameterInvalid"),
        ("highlight_count", "11", "parameterInvalid"),
        ("highlight_length", "5", "parameterInvalid"),
        ("fields", "id,body", "parameterInvalid"),
    ],
)
def test_refuses_and_names_the_parameter(name: str, value: str, code: str) -> None:
    with pytest.raises(BadRequest) as caught:
        read(**{name: value})

    assert (name, code) == (caught.value.parameter, caught.value.code)


def test_refuses_two_values_where_one_is_taken() -> None:
    with pytest.raises(BadRequest, match="takes one value"):
        read(q=["a", "b"])


def test_refuses_an_end_before_the_beginning() -> None:
    with pytest.raises(BadRequest, match="to_date"):
        read(from_date="2020", to_date="2019")


def test_a_cursor_goes_beyond_the_last_page() -> None:
    assert read(page="501", cursor="*").cursor == "*"


@given(
    st.dictionaries(
        st.sampled_from([parameter.name for parameter in PARAMETERS]),
        st.lists(st.text(max_size=30) | st.sampled_from(["2019", "10", "true"]), max_size=2),
    )
)
def test_any_value_is_read_or_refused(given: dict[str, list[str]]) -> None:
    blamed = None
    try:
        read_parameters(given)
    except BadRequest as error:
        blamed = error.parameter

    assert blamed is None or blamed in given


def test_every_parameter_is_explained_in_both_languages() -> None:
    assert all(parameter.help and parameter.help_vi for parameter in PARAMETERS)
    assert len({parameter.name for parameter in PARAMETERS}) == len(PARAMETERS)
