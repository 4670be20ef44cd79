"""The article page: the whole text with the query marked, where it is from, what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from web_pages import address, parameters, read, words

if TYPE_CHECKING:
    from flask.testing import FlaskClient


def first_link(client: FlaskClient, search: str) -> str:
    return address(read(client.get(search)).select_one(".hit h2 a"))


def test_the_whole_text_is_shown_with_every_match_marked(client: FlaskClient) -> None:
    page = read(client.get(first_link(client, "/?q=ngan+sach&sort=oldest")))

    assert "Hội đồng nhân dân xã Mường Tạc họp kỳ thứ 1" == words(page.h1)
    assert 3 == len(page.select(".text p"))
    assert ["ngân sách", "ngân sách"] == [words(mark) for mark in page.select("mark")]
    assert "2 chỗ khớp" in words(page.select_one(".way a[href='#match']"))
    assert page.select_one("mark") == page.find(id="match")


def test_without_a_query_nothing_is_marked_and_nothing_leads_back(client: FlaskClient) -> None:
    link = first_link(client, "/?sort=oldest&q=xã").split("?")[0]
    page = read(client.get(link))

    assert not page.select("mark")
    assert not page.select(".way a")


def test_metadata_leads_to_all_articles_that_share_it(client: FlaskClient) -> None:
    page = read(client.get(first_link(client, "/?q=ngân+sách&sort=oldest&lang=en")))
    links = {words(link): parameters(address(link)) for link in page.select(".meta a")}

    assert [("source", "Báo Lâm Hải"), ("lang", "en")] == links["Báo Lâm Hải"]
    assert [("author", "Hà Vân"), ("lang", "en")] == links["Hà Vân"]
    assert [("section", "Chính trị"), ("lang", "en")] == links["Chính trị"]


def test_the_original_is_a_link_that_tells_nothing(client: FlaskClient) -> None:
    link = read(client.get(first_link(client, "/?q=ngân+sách&sort=oldest"))).select_one(
        ".original a"
    )

    assert "https://lamhai.example/bai-0.html" == address(link)
    assert link is not None
    assert "noreferrer" in link["rel"]


def test_the_way_back_leads_to_the_very_page_of_results(client: FlaskClient) -> None:
    search = "/?q=xã&author=Hà+Vân&sort=oldest&page=2&page_size=5&lang=en"
    page = read(client.get(first_link(client, search)))

    back = parameters(address(page.select_one(".way a")))
    assert [*back] == [
        ("q", "xã"),
        ("author", "Hà Vân"),
        ("sort", "oldest"),
        ("page", "2"),
        ("page_size", "5"),
        ("lang", "en"),
    ]


def test_a_new_search_from_an_article_keeps_the_filters(client: FlaskClient) -> None:
    page = read(client.get(first_link(client, "/?q=xã&author=Hà+Vân&lang=en&page=1")))
    carried = {(field["name"], field["value"]) for field in page.select(".box input[type=hidden]")}

    assert {("author", "Hà Vân"), ("lang", "en")} == carried


def test_a_silent_edit_is_shown_word_by_word(client: FlaskClient) -> None:
    page = read(client.get(first_link(client, "/?q=sửa+lặng+lẽ")))
    changes = page.select_one(".changes")

    assert "Xã chi 35 tỷ đồng làm đường." == words(changes)
    assert ["3"] == [words(out) for out in page.select("del")]
    assert ["5"] == [words(put) for put in page.select("ins")]
    assert "Các bản đã lưu (2)" == words(page.select_one(".revisions h2"))


def test_an_article_of_one_revision_shows_no_history(client: FlaskClient) -> None:
    assert not read(client.get(first_link(client, "/?q=ngân+sách"))).select(".revisions")


def test_an_article_that_states_nothing_but_its_title_has_a_page(client: FlaskClient) -> None:
    page = read(client.get(first_link(client, '/?q="không+ngày"')))

    assert "Bài không ngày, không nguồn, không tác giả" == words(page.h1)
    assert "Không có địa chỉ gốc" in words(page.select_one(".facts"))


def test_an_unknown_article_is_a_page_not_found(client: FlaskClient) -> None:
    page = read(client.get("/bai-viet/khong-co?lang=en&q=x"), 404)

    assert "There is no such page" == words(page.h1)


def test_related_articles_are_linked_and_the_article_itself_is_not(client: FlaskClient) -> None:
    results = read(client.get("/?q=hội+đồng+nhân+dân&lang=en"))
    own = address(results.select_one(".hit h2 a"))
    page = read(client.get(own))
    links = [address(link) for link in page.select(".related a")]

    assert 0 < len(links) <= 5
    assert own.split("?")[0] not in [link.split("?")[0] for link in links]
    assert all(link.endswith("?lang=en") for link in links)
    assert 200 == client.get(links[0]).status_code
