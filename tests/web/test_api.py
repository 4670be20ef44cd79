"""The JSON API: the envelope, entity tags, neighbours, errors."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from tintuc_search.archive.base import Incoming
from tintuc_search.article import Article
from tintuc_search.settings import Settings
from tintuc_search.web import create_app
from tintuc_search.wiring import Parts
from web_pages import read, result_ids

if TYPE_CHECKING:
    from pathlib import Path

    from flask.testing import FlaskClient

FULL = (
    "/api/v1/search?q=doan+thanh+nien&highlight=true&histogram=month"
    "&facet=source,author,section,person,organisation,place"
)


def answer(client: FlaskClient, address: str, status: int = 200) -> dict[str, Any]:
    response = client.get(address)
    assert response.status_code == status, response.text
    body: dict[str, Any] = response.get_json()
    return body


def test_the_envelope_has_exactly_the_documented_keys(client: FlaskClient) -> None:
    body = answer(client, FULL)

    assert [
        *("query", "total", "total_type", "page", "page_size", "pages", "next", "previous"),
        *("next_cursor", "took_ms", "results", "facets", "histogram"),
    ] == list(body)
    assert [
        *("text", "understood", "reading", "alternatives", "suggestion", "relaxed"),
        *("problems", "offers", "expansions", "obstacles"),
    ] == list(body["query"])
    assert [
        *("id", "url", "title", "lead", "published_at", "authors", "source", "section"),
        *("gone_at", "score", "highlights", "quotations"),
    ] == list(body["results"][0])
    highlights = body["results"][0]["highlights"]
    assert {("field", "text", "html", "spans")} == {tuple(one) for one in highlights}
    assert {("start", "end")} == {tuple(span) for one in highlights for span in one["spans"]}
    assert {("value", "id", "count", "entities")} == {
        tuple(value) for values in body["facets"].values() for value in values
    }
    assert {("from", "count")} == {tuple(bar) for bar in body["histogram"]}


def test_times_are_vietnam_s_and_letters_are_readable(client: FlaskClient) -> None:
    response = client.get("/api/v1/search?q=ngân+sách&sort=oldest")

    assert "2020-01-05T08:30:00+07:00" == response.get_json()["results"][0]["published_at"]
    assert "Mường Tạc" in response.text


def test_a_client_that_has_the_answer_gets_304(client: FlaskClient) -> None:
    for address in (FULL, "/api/v1/articles/" + answer(client, FULL)["results"][0]["id"]):
        tag = client.get(address).headers["ETag"]
        again = client.get(address, headers={"If-None-Match": tag})

        assert (304, b"", tag) == (again.status_code, again.data, again.headers["ETag"])
        other = client.get(address, headers={"If-None-Match": 'W/"other"'})
        assert 200 == other.status_code


def test_an_article_whose_past_became_longer_has_another_tag(tmp_path: Path) -> None:
    """Its newest text, and so its place in the change sequence, is the same."""
    article = Article("Tin", url="https://bao.example/1")
    with Parts(Settings(home=tmp_path)) as parts:
        [(article_id, _)] = parts.archive.put([Incoming(article, "x")])
        parts.index()
        client = create_app(parts.services).test_client()
        before = client.get(f"/api/v1/articles/{article_id}").headers["ETag"]
        older = Incoming(
            replace(article, title="Xưa"), "y", captured_at=datetime(2019, 5, 2, tzinfo=UTC)
        )
        parts.archive.put([older])

        assert before != client.get(f"/api/v1/articles/{article_id}").headers["ETag"]


def test_other_parameters_have_another_tag(client: FlaskClient) -> None:
    tags = {
        client.get(f"/api/v1/search?q={word}").headers["ETag"] for word in ("a", "b", "a&page=2")
    }

    assert 3 == len(tags)


def test_a_bad_request_is_told_even_to_a_client_with_a_tag(client: FlaskClient) -> None:
    tag = client.get("/api/v1/search?q=a").headers["ETag"]

    assert 400 == client.get("/api/v1/search?q=a&x=1", headers={"If-None-Match": tag}).status_code


def test_next_leads_through_all_results_and_previous_back(client: FlaskClient) -> None:
    pages = [answer(client, "/api/v1/search?q=ngân+sách&page_size=25&fields=id")]
    while pages[-1]["next"]:
        pages.append(answer(client, pages[-1]["next"]))

    assert 3 == len(pages) == pages[0]["pages"]
    assert 60 == len({result["id"] for page in pages for result in page["results"]})
    assert pages[0]["previous"] is None
    for before, after in pairwise(pages):
        assert before["results"] == answer(client, after["previous"])["results"]


def test_cursors_lead_through_all_results(client: FlaskClient) -> None:
    following = "/api/v1/search?q=ngân+sách&page_size=25&cursor=*"
    seen: list[str] = []
    while following:
        body = answer(client, following)
        seen += [result["id"] for result in body["results"]]
        following = body["next"]

    assert 60 == len(seen) == len(set(seen))


def test_an_article_is_given_whole(client: FlaskClient) -> None:
    found = answer(client, "/api/v1/search?q=ngân+sách&sort=oldest")["results"][0]
    body = answer(client, "/api/v1/articles/" + found["id"])

    assert [
        *("id", "url", "title", "lead", "paragraphs", "captions", "tables", "published_at"),
        *("updated_at", "authors", "origin", "source", "section", "revision"),
        *("first_seen", "last_seen", "gone_at"),
    ] == list(body)
    assert found["title"] == body["title"]
    assert 2 == len(body["paragraphs"])


@pytest.mark.parametrize(
    ("address", "status", "code", "parameter"),
    [
        ("search?q=a&sotr=newest", 400, "parameterUnknown", "sotr"),
        ("search?q=a&lang=en", 400, "parameterUnknown", "lang"),
        ("search?sort=best", 400, "parameterInvalid", "sort"),
        ("search?page=0", 400, "parameterInvalid", "page"),
        ("search?page_size=101", 400, "parameterInvalid", "page_size"),
        ("search?page=1000&page_size=100", 400, "parameterInvalid", "page"),
        ("search?from_date=hôm+qua", 400, "parameterInvalid", "from_date"),
        ("search?cursor=không", 400, "parameterInvalid", "cursor"),
        ("articles/khong-co", 404, "notFound", None),
        ("articles/khong-co?x=1", 400, "parameterUnknown", "x"),
        ("nothing-here", 404, "notFound", None),
    ],
)
def test_errors_are_problem_documents_with_a_stable_code(
    client: FlaskClient, address: str, status: int, code: str, parameter: str | None
) -> None:
    response = client.get(f"/api/v1/{address}")
    body = response.get_json()

    assert ("application/problem+json", status) == (response.mimetype, response.status_code)
    assert (status, code, parameter) == (body["status"], body["code"], body.get("parameter"))
    assert {"type", "title", "detail", "instance", "temporary"} <= set(body)
    assert body["temporary"] is False


def test_only_reading_is_allowed(client: FlaskClient) -> None:
    response = client.post("/api/v1/search?q=a")

    assert (405, "methodNotAllowed") == (response.status_code, response.get_json()["code"])
    assert {"GET", "HEAD", "OPTIONS"} == set(response.headers["Allow"].split(", "))


@pytest.mark.parametrize("address", ["/", "/?q=xã", FULL, "/api/v1/search?x=1", "/khong-co"])
def test_head_answers_as_get_does_without_a_body(client: FlaskClient, address: str) -> None:
    got, head = client.get(address), client.head(address)

    assert (got.status_code, b"") == (head.status_code, head.data)
    assert got.headers["Content-Type"] == head.headers["Content-Type"]


@pytest.mark.parametrize(
    "asked",
    [
        "q=ngân sách",
        "q=doan thanh nien&page_size=3&page=2",
        "q=xã&author=Hà Vân&exclude_section=Xã hội&sort=oldest",
        "q=ngân sách khôngcó&from_date=2021&to_date=2021-06",
        "q=xã&match=any&person=Lê Cảnh Hoàn",
    ],
)
def test_page_and_api_give_the_same_articles_in_the_same_order(
    client: FlaskClient, asked: str
) -> None:
    address = quote(asked, safe="=&")
    ids = [result["id"] for result in answer(client, f"/api/v1/search?{address}")["results"]]

    assert ids
    assert ids == result_ids(read(client.get(f"/?{address}")))


def test_completions_are_texts_with_kind_and_count(client: FlaskClient) -> None:
    body = answer(client, "/api/v1/complete?q=dai+bieu+le+c&limit=3")

    assert "dai bieu le c" == body["query"]
    assert {
        "text": "dai bieu Lê Cảnh Hoàn",
        "kind": "person",
        "value": "Lê Cảnh Hoàn",
        "id": "lê cảnh hoàn",
        "count": 60,
    } == body["completions"][0]
    assert len(body["completions"]) <= 3


def test_related_articles_are_results_without_highlights(client: FlaskClient) -> None:
    first = answer(client, "/api/v1/search?q=hội+đồng+nhân+dân&page_size=1")["results"][0]
    body = answer(client, f"/api/v1/articles/{first['id']}/related?limit=2")

    assert ["results"] == list(body)
    assert 2 == len(body["results"])
    assert set(first) - {"highlights", "quotations"} == set(body["results"][0])
    assert first["id"] not in [one["id"] for one in body["results"]]
    assert "notFound" == answer(client, "/api/v1/articles/khong-co/related", 404)["code"]


@pytest.mark.parametrize(
    ("address", "parameter", "code"),
    [
        ("/api/v1/complete?q=a&limit=0", "limit", "parameterInvalid"),
        ("/api/v1/complete?q=a&limit=21", "limit", "parameterInvalid"),
        ("/api/v1/complete?q=a&q=b", "q", "parameterInvalid"),
        ("/api/v1/complete?q=a&page=2", "page", "parameterUnknown"),
        ("/api/v1/articles/x/related?limit=x", "limit", "parameterInvalid"),
        ("/api/v1/articles/x/related?q=x", "q", "parameterUnknown"),
    ],
)
def test_wrong_parameters_of_the_helpers_are_named(
    client: FlaskClient, address: str, parameter: str, code: str
) -> None:
    response = client.get(address)

    assert 400 == response.status_code
    assert "application/problem+json" == response.mimetype
    assert (parameter, code) == (response.get_json()["parameter"], response.get_json()["code"])


def test_explanations_come_where_asked_for_whatever_the_fields(client: FlaskClient) -> None:
    plain = client.get("/api/v1/search?q=ngân+sách&fields=id").get_json()
    answer = client.get("/api/v1/search?q=ngân+sách&fields=id&explain=true").get_json()

    assert "explanation" not in plain["query"]
    assert {"tokens", "alternatives", "compounds", "tree"} == set(answer["query"]["explanation"])
    assert [{"id"}] * len(plain["results"]) == [set(result) for result in plain["results"]]
    for result in answer["results"]:
        assert {"id", "explanation"} == set(result)
        told = result["explanation"]
        assert abs(told["score"] - sum(part["score"] for part in told["parts"])) < 1e-9
    assert client.get("/api/v1/search?q=x&explain=maybe").status_code == 400
