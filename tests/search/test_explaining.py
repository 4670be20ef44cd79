"""How a query was run and what each score is made of, in the words that were typed, over every engine."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.asking import ask
from tintuc_search.engine.base import Sort, TextField
from tintuc_search.search.base import Match
from tintuc_search.search.envelope import to_json

if TYPE_CHECKING:
    from tintuc_search.search.service import SearchService

WORDS = ["quốc hội", "họp", "chính phủ", '"khai mạc kỳ"~3', "tong bi", "thu*", "-đảng", "(a OR lễ)"]


def explained(service: SearchService, text: str = "", **more: Any) -> dict[str, Any]:
    """The explained envelope of an answer."""
    return to_json(ask(service, text, explain=True, **more))


def parts(envelope: dict[str, Any]) -> list[tuple[str, str]]:
    """Kind and text of the parts of the first result's score, sorted."""
    return sorted((p["kind"], p["text"]) for p in envelope["results"][0]["explanation"]["parts"])


def texts(tree: dict[str, Any]) -> list[str]:
    """What the leaves of a tree were typed as, in order; each again for articles that are written without marks."""
    if "text" in tree:
        return [tree["text"]]
    return [text for child in tree.get("children", ()) for text in texts(child)]


def test_nothing_is_explained_unless_asked_for(service: SearchService) -> None:
    envelope = to_json(ask(service, "quốc hội"))

    assert "explanation" not in envelope["query"]
    assert all("explanation" not in result for result in envelope["results"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("họp", {("word", "họp")}),
        ('"khai mạc"', {("phrase", '"khai mạc"')}),
        ("quốc hội", {("word", "quốc"), ("word", "hội"), ("compound", "quốc hội")}),
        ("thường*", {("word", "thường*")}),
        ("tiêu đề:họp", {("word", "họp")}),
        ("diễn -quốc", {("word", "diễn")}),
    ],
)
def test_parts_are_called_as_they_were_typed(
    service: SearchService, text: str, expected: set[tuple[str, str]]
) -> None:
    found = parts(explained(service, text))

    assert expected == {part for part in found if part[0] != "nearness"}
    assert ("nearness", "") in found


def test_forms_less_likely_meant_are_a_part_of_their_own(service: SearchService) -> None:
    """Such as "thủ", where "thu" is read as "thư"."""
    envelope = explained(service, "tong bi thu", match=Match.ANY)
    kinds = {
        (part["kind"], part["text"])
        for result in envelope["results"]
        for part in result["explanation"]["parts"]
    }

    assert {("word", "thu"), ("otherForms", "thu")} <= kinds


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join),
    st.sampled_from(list(Sort)),
    st.sampled_from(list(Match)),
)
def test_the_parts_add_up_to_the_score(
    service: SearchService, text: str, sort: Sort, match: Match
) -> None:
    """The greatest part first; fields to their part, nearness to its own."""
    for result in explained(service, text, sort=sort, match=match)["results"]:
        told = result["explanation"]
        scores = [part["score"] for part in told["parts"]]
        assert result["score"] == told["score"]
        assert abs(sum(scores) - told["score"]) < 1e-9
        assert sorted(scores, reverse=True) == scores
        for part in told["parts"]:
            shared = told["nearness"] if part["kind"] == "nearness" else part["fields"]
            assert abs(sum(shared.values()) - part["score"]) < 1e-9


def test_a_part_says_how_often_it_stands_where(service: SearchService) -> None:
    """The article's title holds it once, its lead once, its body once."""
    result = explained(service, '"khai mạc"')["results"][0]
    (part,) = (p for p in result["explanation"]["parts"] if p["kind"] == "phrase")

    assert {"title": 1.0, "body": 2.0} == part["frequency"]
    assert part["frequency"].keys() == part["fields"].keys() <= set(TextField)
    assert 0 < part["score"] < part["rarity"] * part["boost"]


def test_tokens_are_told_with_their_terms_and_forms(service: SearchService) -> None:
    told = explained(service, "Tong =Bí thườn*")["query"]["explanation"]
    tokens = {token["text"]: token for token in told["tokens"]}

    assert [(0, 4), (6, 8), (9, 14)] == [(t["start"], t["end"]) for t in told["tokens"]]
    assert "tong" == tokens["Tong"]["term"]
    assert {"term": "tổng", "weight": 1.0} in tokens["Tong"]["forms"]
    assert [{"term": "bí", "weight": 1.0}] == tokens["Bí"]["forms"]
    assert {"term": "thường", "weight": 1.0} == tokens["thườn"]["forms"][0]


def test_compounds_are_told(service: SearchService) -> None:
    assert "quốc hội" in explained(service, "quốc hội")["query"]["explanation"]["compounds"]


def test_the_tree_is_the_query_as_it_was_run(service: SearchService) -> None:
    told = explained(service, "tiêu đề:họp (lễ OR phiên) -đảng ngày:2019", match=Match.ALL)
    tree = told["query"]["explanation"]["tree"]

    assert "all" == tree["kind"]
    title, either, without, days = tree["children"]
    assert ("any", ["họp", "họp"]) == (title["kind"], texts(title))
    assert {"kind": "word", "text": "họp", "fields": ["title"]} == {
        name: title["children"][0][name] for name in ("kind", "text", "fields")
    }
    assert ("any", ["lễ", "lễ", "phiên", "phiên"]) == (either["kind"], texts(either))
    assert ("not", ["đảng", "đảng"]) == (without["kind"], texts(without))
    assert ("published", "2019-01-01T00:00:00+07:00..2019-12-31T23:59:59+07:00") == (
        days["kind"],
        days["text"],
    )


def test_a_query_that_had_to_give_way_is_told_as_it_was_run(service: SearchService) -> None:
    tree = explained(service, "khai mạc thư viện")["query"]["explanation"]["tree"]

    assert "most" in json.dumps(tree)


def test_a_misspelt_word_is_told_as_it_was_meant(service: SearchService) -> None:
    """Nothing holds "khaj", so "khai" was looked for."""
    envelope = explained(service, "khaj mạc")

    assert "spelledAs" in [each["code"] for each in envelope["query"]["problems"]]
    assert ("word", "khai") in parts(envelope)


def test_an_empty_query_explains_that_every_article_matches(service: SearchService) -> None:
    envelope = explained(service)

    assert {"kind": "all"} == envelope["query"]["explanation"]["tree"]
    assert {
        "score": 0.0,
        "parts": [],
        "nearness": None,
        "recency": 1.0,
        "demotion": 1.0,
    } == envelope["results"][0]["explanation"]
