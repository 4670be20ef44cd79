"""Why a result stands where it does, on the page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tintuc_search.engine.base import Closeness, TextField
from tintuc_search.search.explanation import HitExplanation, Kind, Part
from tintuc_search.web.explanations import rows
from tintuc_search.web.formats import write_decimal
from web_pages import address, parameters, read, words

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

TITLE, BODY = TextField.TITLE, TextField.BODY


def part(kind: Kind, text: str, **fields: float) -> Part:
    shares = {TextField(name): share for name, share in fields.items()}
    return Part(kind, text, sum(fields.values()), shares, {})


def test_each_result_has_a_link_to_the_same_page_with_explanations(client: FlaskClient) -> None:
    page = read(client.get("/?q=ngân+sách&sort=oldest&page=2"))
    links = page.select(".hit .why a")

    assert len(page.select(".hit")) == len(links) > 1
    assert not page.select(".why-score, .why-query")
    for number, link in enumerate(links, start=1):
        target, _, place = address(link).partition("#")
        assert {("q", "ngân sách"), ("sort", "oldest"), ("page", "2"), ("explain", "true")} == set(
            parameters(target)
        )
        assert page.find(id=place) is link.find_parent("li")
        assert f"hit-{number}" == place


def test_explanations_are_shown_under_every_result_and_can_be_hidden(client: FlaskClient) -> None:
    page = read(client.get("/?q=ngân+sách&explain=true"))
    table = page.select_one(".hit .why-score table")

    assert len(page.select(".hit")) == len(page.select(".hit .why-score"))
    assert table is not None
    assert re.fullmatch(r"Điểm \d+,\d, gồm:", words(table.caption))
    assert "Từ Tiêu đề Tóm tắt Thân bài Cộng" == words(table.thead)
    named = [words(row.th) for row in table.select("tbody tr")]
    assert {"ngân", "sách", "Các từ đứng cạnh nhau"} <= set(named)
    assert "explain" not in dict(parameters(address(page.select_one(".why a")).split("#")[0]))


def test_a_new_search_begins_without_explanations(client: FlaskClient) -> None:
    page = read(client.get("/?q=ngân+sách&explain=true&sort=oldest"))
    carried = {str(hidden["name"]) for hidden in page.select(".box input[type=hidden]")}

    assert {"sort"} == carried


def test_the_query_is_explained_in_both_languages(client: FlaskClient) -> None:
    told = read(client.get("/?q=ngan+-xa*&explain=true")).select_one(".why-query")
    english = read(client.get("/?q=ngan+-xa*&explain=true&lang=en")).select_one(".why-query")

    assert "ngân 1,00" in words(told)
    assert "không có xa*" in words(told)
    assert "ngân 1.00" in words(english)
    assert "not xa*" in words(english)


def test_without_a_query_there_is_nothing_to_explain(client: FlaskClient) -> None:
    page = read(client.get("/?explain=true"))

    assert page.select(".hit")
    assert not page.select(".why, .why-score, .why-query")


def test_what_was_typed_is_escaped_in_explanations(client: FlaskClient) -> None:
    text = client.get("/", query_string={"q": '"<b>hiểm</b> độc"', "explain": "true"}).text

    assert "&lt;b&gt;hiểm" in text
    assert "<b>hiểm" not in text


def test_parts_of_one_word_are_one_row_and_the_least_are_told_together() -> None:
    told = HitExplanation(
        4.36,
        (
            part(Kind.WORD, "a", title=1.0, body=0.5),
            part(Kind.WORD, "a", body=0.5),
            part(Kind.OTHER_FORMS, "a", body=0.03),
            part(Kind.COMPOUND, "a b", body=1.0),
            part(Kind.UNMARKED, "b", body=0.03),
            Part(Kind.NEARNESS, "", 1.3, {}, {}),
        ),
        Closeness(0.5, 0.8, 0.0),
    )

    assert [
        ("word", "a", {TITLE: 1.0, BODY: 1.0}, 2.0, 100.0),
        ("compound", "a b", {BODY: 1.0}, 1.0, 50.0),
        ("opening", "", {}, 0.8, 40.0),
        ("pairs", "", {}, 0.5, 25.0),
        ("rest", "", {}, 0.06, 3.0),
    ] == [(row.kind, row.text, row.fields, row.score, row.width) for row in rows(told)]


@pytest.mark.parametrize(
    ("value", "vietnamese", "english"),
    [(3.14, "3,1", "3.1"), (0.05, "0,1", "0.1"), (0.04, "<0,1", "<0.1"), (0.0, "0,0", "0.0")],
)
def test_decimals_are_written_as_the_language_does(
    app: Flask, value: float, vietnamese: str, english: str
) -> None:
    for language, expected in (("vi", vietnamese), ("en", english)):
        with app.test_request_context(f"/?lang={language}"):
            assert expected == write_decimal(value)


def test_what_comes_after_the_others_is_shown_in_figures_of_their_size() -> None:
    small = part(Kind.WORD, "a", title=0.002)
    told = HitExplanation(0.003, (small,), Closeness(0.001, 0.0, 0.0), demotion=0.001).undemoted()

    assert pytest.approx(3.0) == told.score
    assert ["word", "pairs"] == [row.kind for row in rows(told)]
    assert pytest.approx([2.0, 1.0]) == [row.score for row in rows(told)]
    assert pytest.approx({TITLE: 2.0}) == rows(told)[0].fields
