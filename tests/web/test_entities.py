"""Pages and API of entities, and the names in an article's text as links."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tintuc_search.article import Article
from tintuc_search.web.naming import by_part, linked

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from tintuc_search.wiring import Parts

TAG = re.compile(r"<[^>]*>")


def hoan(client: FlaskClient) -> str:
    found = client.get("/api/v1/entities?q=Lê+Cảnh+Hoàn").get_json()
    return str(found["results"][0]["id"])


def test_entities_are_listed_the_most_named_first(client: FlaskClient) -> None:
    answer = client.get("/api/v1/entities?page_size=2").get_json()
    counts = [each["articles"] for each in answer["results"]]

    assert counts == sorted(counts, reverse=True)
    assert answer["total"] > 2
    following = client.get(answer["next"]).get_json()
    assert following["page"] == 2
    assert following["results"][0]["id"] not in [each["id"] for each in answer["results"]]
    assert client.get(following["previous"]).get_json() == answer


def test_a_list_is_of_one_kind_where_asked(client: FlaskClient) -> None:
    people = client.get("/api/v1/entities?kind=person").get_json()["results"]

    assert {each["kind"] for each in people} == {"person"}


@pytest.mark.parametrize(
    ("asked", "parameter"),
    [
        ("kind=man", "kind"),
        ("page=0", "page"),
        ("page=999999", "page"),
        ("page_size=101", "page_size"),
        ("x=1", "x"),
        ("q=a&q=b", "q"),
    ],
)
def test_what_cannot_be_used_is_named(client: FlaskClient, asked: str, parameter: str) -> None:
    answer = client.get(f"/api/v1/entities?{asked}")

    assert (answer.status_code, answer.get_json()["parameter"]) == (400, parameter)
    assert client.get(f"/thuc-the?{asked}").status_code == 400


def test_one_entity_has_its_offices_with_the_articles_that_prove_them(client: FlaskClient) -> None:
    answer = client.get(f"/api/v1/entities/{hoan(client)}").get_json()

    assert (answer["name"], answer["kind"], answer["articles"]) == ("Lê Cảnh Hoàn", "person", 60)
    assert answer["first_seen"].startswith("2020-01")
    (office,) = answer["offices"]
    assert office["office"] == "chủ tịch xã"
    assert office["articles"] == 60
    article = client.get(f"/api/v1/articles/{office['proofs'][0]['article']}").get_json()
    assert "chủ tịch xã" in article["paragraphs"][0]
    assert sum(each["count"] for each in answer["over_time"]) == 60


def test_an_answer_has_a_tag_that_costs_nothing_to_ask_for(client: FlaskClient) -> None:
    for path in ("/api/v1/entities", f"/api/v1/entities/{hoan(client)}"):
        tag = client.get(path).headers["ETag"]

        assert client.get(path, headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("path", ["/api/v1/entities/khong-co-00000000", "/thuc-the/%ED%A0%BC"])
def test_an_unknown_entity_is_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_page_shows_the_entity_and_leads_to_its_articles(client: FlaskClient, lang: str) -> None:
    page = client.get(f"/thuc-the/{hoan(client)}?lang={lang}").get_data(as_text=True)
    links = [unescape(link) for link in re.findall(r'href="([^"]+)"', page)]
    (search,) = [link for link in links if "person=" in link and "from_date" not in link]

    assert "<h1" in page
    assert "chủ tịch xã" in page
    assert client.get(search).status_code == 200
    total = client.get(
        search.replace("/?", "/api/v1/search?").replace(f"&lang={lang}", "")
    ).get_json()
    assert total["total"] == 60


def test_a_page_of_the_list_leads_to_entities(client: FlaskClient) -> None:
    page = client.get("/thuc-the?q=canh+hoan&kind=person").get_data(as_text=True)

    assert f'href="/thuc-the/{hoan(client)}"' in page


def test_an_id_that_leads_elsewhere_is_redirected(client: FlaskClient, parts: Parts) -> None:
    entry = parts.catalogue.entities("Lê Cảnh Hoàn")[1][0]
    assert client.get(f"/thuc-the/{entry.id}").status_code == 200
    with parts.catalogue._database.writing() as connection:
        connection.execute(
            "INSERT INTO redirects SELECT 'ten-cu-00000000', number FROM entities WHERE id = ?",
            (entry.id,),
        )
    answer = client.get("/thuc-the/ten-cu-00000000")

    assert (answer.status_code, answer.headers["Location"]) == (302, f"/thuc-the/{entry.id}")


def test_names_in_an_article_are_links_and_its_text_is_as_it_was(
    client: FlaskClient, parts: Parts
) -> None:
    for stored in parts.archive.everything():
        page = client.get(f"/bai-viet/{stored.id}?q=Hoàn+xã").get_data(as_text=True)
        text = page[page.index('<div class="text"') :]
        shown = re.findall(r"<p[^>]*>(.*?)</p>", text[: text.index("</div>")], re.DOTALL)
        article = stored.article
        expected = [text for text in (article.lead, *article.paragraphs) if text]

        assert [unescape(TAG.sub("", each)) for each in shown] == expected
        if "Hoàn" in article.text:
            assert f'href="/thuc-the/{hoan(client)}"' in text


TEXT = st.text("ab <>&\"'đ", max_size=30)
STRETCH = st.tuples(st.integers(0, 32), st.integers(0, 32))


@given(TEXT, st.lists(STRETCH, max_size=4), st.lists(STRETCH, max_size=4))
def test_no_links_and_marks_change_a_text(
    text: str, marks: list[tuple[int, int]], links: list[tuple[int, int]]
) -> None:
    html = linked(text, marks, [(start, end, '/x?"<') for start, end in links])

    assert unescape(TAG.sub("", html)) == text
    assert html.count("<a ") == html.count("</a>")
    assert html.count("<mark>") == html.count("</mark>")
    opened = [tag for tag in TAG.findall(html) if tag.startswith(("<a", "</a"))]
    assert all(tag.startswith("</") is bool(n % 2) for n, tag in enumerate(opened))


def test_a_name_that_crosses_from_one_part_into_the_next_is_left_out() -> None:
    article = Article("Tin Huế", lead="Lê Thử.", paragraphs=("Ông Thử.",))
    text = article.text
    thu = text.index("Thử", text.index("Ông"))

    assert by_part(article, [(4, 7, "a"), (4, 10, "b"), (thu, thu + 3, "c")]) == [
        [(4, 7, "a")],
        [],
        [(4, 7, "c")],
    ]
