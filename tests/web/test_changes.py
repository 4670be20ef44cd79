"""The pages and answers on what changed in an article, and on articles whose page is gone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from web_pages import address, read, words

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from tintuc_search.wiring import Parts


def edited(client: FlaskClient) -> str:
    """The path of the article that has two revisions."""
    link = address(read(client.get("/?q=sửa+lặng+lẽ")).select_one(".hit h2 a"))
    return link.split("?")[0]


def test_two_revisions_are_compared_field_by_field(client: FlaskClient) -> None:
    page = read(client.get(f"{edited(client)}/thay-doi?tu=1&den=2"))
    assert words(page.h1) == "Bản 1 và bản 2"
    assert [words(each) for each in page.select("main .changes")] == [
        "Xã chi 35 tỷ đồng làm đường."
    ]
    chosen = [words(each) for each in page.select("option[selected]")]
    assert [each.split(" ·")[0] for each in chosen] == ["Bản 1", "Bản 2"]


def test_the_newest_two_are_compared_unless_others_are_asked_for(client: FlaskClient) -> None:
    path = f"{edited(client)}/thay-doi"
    assert words(read(client.get(f"{path}?lang=en")).h1) == "Revisions 1 and 2"
    assert "Hai bản giống nhau." in words(read(client.get(f"{path}?tu=2&den=2")).main)


def test_a_revision_that_is_none_and_an_article_that_is_none_are_told(client: FlaskClient) -> None:
    assert client.get(f"{edited(client)}/thay-doi?tu=9").status_code == 400
    assert client.get(f"{edited(client)}/thay-doi?den=x").status_code == 400
    assert client.get("/bai-viet/khong-co/thay-doi").status_code == 404


def test_the_api_gives_revisions_and_differences(client: FlaskClient) -> None:
    path = edited(client).replace("/bai-viet/", "/api/v1/articles/")
    revisions = client.get(f"{path}/revisions").json
    assert revisions is not None
    assert [each["revision"] for each in revisions["revisions"]] == [1, 2]
    found = client.get(f"{path}/differences?from=1&to=2").json
    assert found is not None
    [difference] = found["differences"]
    assert difference["field"] == "body"
    kinds = [(piece["kind"], piece["text"]) for piece in difference["lines"][0]]
    assert kinds == [
        ("kept", "Xã chi "),
        ("out", "3"),
        ("in", "5"),
        ("kept", " tỷ đồng làm đường."),
    ]
    assert client.get(f"{path}/differences?from=7").status_code == 400
    assert client.get(f"{path}/revisions?x=1").status_code == 400
    assert client.get("/api/v1/articles/khong-co/differences").status_code == 404


def test_an_article_whose_page_is_gone_is_marked_wherever_it_is_shown(
    client: FlaskClient, parts: Parts
) -> None:
    search = "/?q=%22kỳ+thứ+48%22"
    link = address(read(client.get(search)).select_one(".hit h2 a")).split("?")[0]
    path = link.replace("/bai-viet/", "/api/v1/articles/")
    before = client.get(path)
    assert before.json is not None
    assert before.json["gone_at"] is None
    at = datetime.now(UTC) + timedelta(days=1)
    assert parts.archive.mark_gone("https://lamhai.example/bai-47.html", at) == link.split("/")[-1]

    assert "trang gốc không còn" in words(read(client.get(search)).select_one(".hit .gone"))
    assert "Trang gốc không còn nữa" in words(read(client.get(link)).select_one("p.gone"))
    after = client.get(path, headers={"If-None-Match": before.headers["ETag"]})
    assert after.json is not None, "it is another answer now"
    assert after.json["gone_at"].endswith("+07:00")
    found = client.get("/api/v1/search?q=%22kỳ+thứ+48%22").json
    assert found is not None
    assert found["results"][0]["gone_at"] == after.json["gone_at"]
    assert parts.archive.mark_gone("https://khac.example/khong-co", at) is None
