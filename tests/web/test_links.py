"""Addresses that change one thing of a search and keep the rest."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from tintuc_search.web.links import Links

PRESENT = Links.of(
    "/", [("q", "quốc hội"), ("source", "A"), ("source", "B"), ("page", "3"), ("x", " ")]
)


def pairs(address: str) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(address).query)


def test_setting_a_parameter_replaces_it_and_returns_to_the_first_page() -> None:
    assert [("q", "quốc hội"), ("source", "C")] == pairs(PRESENT.set(source="C"))


def test_what_changes_no_results_stays_on_the_same_page_of_them() -> None:
    kept = [("q", "quốc hội"), ("source", "A"), ("source", "B"), ("page", "3")]
    assert [*kept, ("lang", "en")] == pairs(PRESENT.here_with(lang="en"))
    assert kept == pairs(PRESENT.here_with(lang=None))


def test_setting_the_page_keeps_everything_else() -> None:
    assert ("page", "4") in pairs(PRESENT.set(page=4))
    assert [("source", "A"), ("source", "B")] == pairs(PRESENT.set(page=4))[1:3]


def test_setting_none_drops_a_parameter() -> None:
    assert [("q", "quốc hội")] == pairs(PRESENT.set(source=None))


def test_adding_and_dropping_one_value_of_many() -> None:
    assert ("source", "C") in pairs(PRESENT.add("source", "C"))
    assert [("q", "quốc hội"), ("source", "B")] == pairs(PRESENT.drop("source", "A"))


def test_a_form_carries_on_what_it_does_not_set() -> None:
    assert [("source", "A"), ("source", "B")] == list(PRESENT.hidden("q"))


def test_without_parameters_the_address_is_the_path() -> None:
    assert Links.of("/", []).set() == "/"


NAMES = st.sampled_from(["q", "source", "person", "lang"])


@given(st.lists(st.tuples(NAMES, st.text(min_size=1).filter(str.strip))), st.text(min_size=1))
def test_any_value_comes_back_from_the_address_as_it_went_in(
    present: list[tuple[str, str]], value: str
) -> None:
    address = Links.of("/", present).add("author", value)

    assert [*present, ("author", value)] == parse_qsl(
        urlsplit(address).query, keep_blank_values=True, encoding="utf-8", errors="strict"
    )
