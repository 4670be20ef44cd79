"""The search page: box, results, filters, sort, paging, timeline, all in the address."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from web_pages import address, chip_texts, facet, parameters, read, result_ids, words

if TYPE_CHECKING:
    from flask.testing import FlaskClient


def test_without_a_query_the_newest_articles_come_first(client: FlaskClient) -> None:
    page = read(client.get("/"))

    assert "Tìm trong kho báo chính trị" == words(page.h1)
    assert "63 bài" in words(page.select_one(".total"))
    times = [str(time["datetime"]) for time in page.select(".hit time")]
    assert times == sorted(times, reverse=True)


def test_a_result_shows_title_date_author_source_section_and_marked_passage(
    client: FlaskClient,
) -> None:
    hit = read(client.get("/?q=ngân+sách&sort=oldest&source=Báo+Lâm+Hải")).select_one(".hit")

    assert hit is not None
    assert "Hội đồng nhân dân xã Mường Tạc họp kỳ thứ 1" == words(hit.h2)
    assert "05/01/2020 08:30 Báo Lâm Hải Hà Vân Chính trị" == words(hit.select_one(".meta"))
    assert "ngân sách" in [words(mark) for mark in hit.select("mark")]


def test_the_reading_of_an_unaccented_query_is_said(client: FlaskClient) -> None:
    page = read(client.get("/?q=doan+thanh+nien"))

    assert "Đang tìm: đoàn thanh niên" in words(page.select_one(".understood"))
    assert "Đoàn thanh niên" in [words(mark) for mark in page.select(".hit mark")]


def test_an_alternative_reading_is_a_link_that_keeps_the_rest(client: FlaskClient) -> None:
    page = read(client.get("/?q=hop&lang=en&sort=newest"))
    links = page.select(".understood a")

    assert links
    for link in links:
        assert {("q", words(link)), ("lang", "en"), ("sort", "newest")} <= set(
            parameters(address(link))
        )


def test_a_relaxed_answer_says_how_many_words_match(client: FlaskClient) -> None:
    page = read(client.get("/?q=ngân+sách+qqkhôngcó"))

    assert "Không bài nào có đủ" in words(page.select_one(".understood"))
    assert "qqkhôngcó" in words(page.select_one(".understood"))
    assert result_ids(page)


def test_a_problem_of_the_query_is_said_in_the_reader_s_language(client: FlaskClient) -> None:
    vietnamese, english = (
        words(read(client.get(f'/?q="ngân+sách&lang={lang}')).select_one(".understood li"))
        for lang in ("vi", "en")
    )

    assert vietnamese
    assert english
    assert vietnamese != english


def test_a_filter_is_a_link_and_its_count_is_what_the_click_finds(client: FlaskClient) -> None:
    count, link = facet(read(client.get("/?q=ngân+sách")), "source")["Thời Sự Online"]
    page = read(client.get(link))

    assert f"{count} bài" in words(page.select_one(".total"))
    assert {"Thời Sự Online"} == {words(hit.span) for hit in page.select(".hit .meta")}


def test_the_person_facet_names_whom_the_articles_speak_of(client: FlaskClient) -> None:
    assert "Lê Cảnh Hoàn" in facet(read(client.get("/?q=ngân+sách")), "person")


def test_other_values_can_be_added_to_a_chosen_one(client: FlaskClient) -> None:
    page = read(client.get("/?source=Báo+Lâm+Hải"))
    values = facet(page, "source")

    assert "Báo Lâm Hải" == next(iter(values))
    both = read(client.get(values["Thời Sự Online"][1]))
    assert ["Nguồn: Báo Lâm Hải", "Nguồn: Thời Sự Online"] == [
        chip.removeprefix("Bỏ ").removesuffix(" ×") for chip in chip_texts(both)
    ]
    assert "41 bài" in words(both.select_one(".total"))


def test_a_value_that_holds_a_comma_is_one_value(client: FlaskClient) -> None:
    name = "Tạp chí Xây dựng Đảng, Sơn Giang"
    page = read(client.get(facet(read(client.get("/")), "source")[name][1]))

    assert [f"Bỏ Nguồn: {name} ×"] == chip_texts(page)
    assert "20 bài" in words(page.select_one(".total"))
    assert "/" == address(page.select_one(".chips a"))


def test_values_given_with_commas_are_chips_that_drop_one_by_one(client: FlaskClient) -> None:
    page = read(client.get("/?source=Báo+Lâm+Hải,Thời+Sự+Online&q=xã"))
    chips = page.select(".chips a:not(.clear)")

    assert 2 == len(chips)
    assert [("q", "xã"), ("source", "Thời Sự Online")] == sorted(parameters(address(chips[0])))


def test_excluding_a_value_leaves_the_others(client: FlaskClient) -> None:
    first = read(client.get("/?q=ngân+sách"))
    page = read(client.get(address(first.select_one("#facet-source + ul .exclude"))))

    assert 1 == len(chip_texts(page))
    assert "Trừ nguồn" in chip_texts(page)[0]
    excluded = words(page.select_one("#facet-source + ul .out [lang=vi]"))
    assert excluded not in {words(hit.span) for hit in page.select(".hit .meta")}
    assert "40 bài" in words(page.select_one(".total"))


def test_dates_filter_and_are_one_chip(client: FlaskClient) -> None:
    page = read(client.get("/?from_date=2020-01-01&to_date=2020-03-31"))

    assert ["Bỏ Ngày đăng: 01/01/2020 – 31/03/2020 ×"] == chip_texts(page)
    assert "6 bài" in words(page.select_one(".total"))
    assert "/" == address(page.select_one(".chips a"))
    values = [field["value"] for field in page.select(".dates input[type=date]")]
    assert ["2020-01-01", "2020-03-31"] == values


def test_all_filters_can_be_dropped_at_once(client: FlaskClient) -> None:
    page = read(client.get("/?q=xã&source=Báo+Lâm+Hải&exclude_author=X&to_date=2021&lang=en"))

    assert [("q", "xã"), ("lang", "en")] == parameters(address(page.select_one(".chips .clear")))


def test_the_timeline_leads_to_the_articles_it_counts(client: FlaskClient) -> None:
    page = read(client.get("/?q=ngân+sách"))
    bars = page.select(".bars a")

    assert 30 == len(bars)
    assert "01/2020: 2 bài" == bars[0]["title"]
    assert "2 bài" in words(read(client.get(address(bars[0]))).select_one(".total"))


@pytest.mark.parametrize(
    ("sort", "first"), [("newest", "kỳ thứ 60"), ("oldest", "kỳ thứ 1"), ("relevance", "kỳ thứ")]
)
def test_sorting_is_a_link(client: FlaskClient, sort: str, first: str) -> None:
    start = read(client.get("/?q=ngân+sách&sort=newest"))
    links = {dict(parameters(address(a)))["sort"]: address(a) for a in start.select(".sort a")}
    page = read(client.get(links[sort]))

    assert sort == dict(parameters(address(page.select_one(".sort [aria-current]"))))["sort"]
    assert first in words(page.select_one(".hit h2"))


def test_pages_together_hold_every_result_once(client: FlaskClient) -> None:
    seen: list[str] = []
    following: str | None = "/?q=ngân+sách&page_size=25&lang=en"
    while following:
        page = read(client.get(following))
        seen += result_ids(page)
        link = page.select_one(".paging [rel=next]")
        following = address(link) if link else None

    assert 60 == len(seen) == len(set(seen))


def test_a_page_that_is_not_there_says_so_and_leads_to_the_first(client: FlaskClient) -> None:
    page = read(client.get("/?q=ngân+sách&page=99"))

    assert "Không có trang này" == words(page.select_one(".nothing h2"))
    assert [("q", "ngân sách")] == parameters(address(page.select_one(".nothing a")))


def test_no_result_says_so_and_offers_a_way_on(client: FlaskClient) -> None:
    page = read(client.get("/?q=qqkhôngcó&source=Báo+Lâm+Hải&lang=en"))

    assert "No article found" == words(page.select_one(".nothing h2"))
    assert "qqkhôngcó" in words(page.select_one(".nothing"))
    ways = [parameters(address(way)) for way in page.select(".nothing a")]
    assert [("q", "qqkhôngcó"), ("lang", "en")] in ways


def test_an_unknown_filter_value_finds_nothing_and_says_so(client: FlaskClient) -> None:
    page = read(client.get("/?person=Không+Ai+Cả"))

    assert not result_ids(page)
    assert "Không Ai Cả" in words(page.select_one(".understood"))


def test_the_form_carries_the_filters_on_and_returns_to_the_first_page(
    client: FlaskClient,
) -> None:
    page = read(client.get("/?q=xã&author=Hà+Vân&sort=oldest&page=2&lang=en&page_size=5"))
    carried = {(field["name"], field["value"]) for field in page.select(".box input[type=hidden]")}

    expected = {("author", "Hà Vân"), ("sort", "oldest"), ("lang", "en"), ("page_size", "5")}
    assert expected == carried


def test_every_link_and_form_of_an_english_page_stays_english(client: FlaskClient) -> None:
    page = read(client.get("/?q=doan+thanh+nien&lang=en&source=Báo+Lâm+Hải&page_size=5"))

    assert page.html is not None
    assert "en" == page.html["lang"]
    for link in page.select("a[href^='/']:not([href^='/api']):not(.language)"):
        assert ("lang", "en") in parameters(address(link)), link
    for form in page.select("form"):
        assert form.select_one("input[name=lang][value=en]") is not None
    assert ("lang", "vi") in parameters(address(page.select_one(".language")))


@pytest.mark.parametrize("path", ["/", "/bai-viet/tron"])
def test_switching_the_language_stays_on_the_page_of_results(
    client: FlaskClient, path: str
) -> None:
    page = read(client.get(f"{path}?q=ngân+sách&page=2&page_size=5"))
    switched = parameters(address(page.select_one(".language")))

    assert [("q", "ngân sách"), ("page", "2"), ("page_size", "5"), ("lang", "en")] == switched


def test_the_page_leads_to_the_same_results_as_json(client: FlaskClient) -> None:
    page = read(client.get("/?q=ngân+sách&author=Hà+Vân&page=2&page_size=5&lang=en"))
    link = address(page.select_one("footer a"))

    answer = client.get(link).get_json()
    assert result_ids(page) == [result["id"] for result in answer["results"]]


def test_a_date_among_the_words_is_offered_as_a_filter(client: FlaskClient) -> None:
    page = read(client.get("/?q=ngân+sách+tháng+3/2020&lang=en"))
    links = page.select(".offers a")

    assert ["ngân sách ngày:tháng 3/2020"] == [words(link) for link in links]
    assert ("q", "ngân sách ngày:tháng 3/2020") in parameters(address(links[0]))
    assert "2 articles" in words(read(client.get(address(links[0]))).select_one(".total"))
    assert not read(client.get("/?q=ngân+sách")).select(".offers")


def test_other_writings_are_said_and_can_be_turned_off_and_on(client: FlaskClient) -> None:
    page = read(client.get("/?q=HĐND+xã&page_size=50&match=all"))
    off = page.select_one('.understood a[href*="abbreviations=off"]')

    assert "Tìm cả: HĐND = Hội đồng nhân dân" in words(page.select_one(".understood"))
    assert "Hội đồng nhân dân xã" in [words(mark) for mark in page.select(".hit mark")]
    assert off is not None
    typed = read(client.get(str(off["href"])))
    assert [] == typed.select(".hit")
    assert "Chữ viết tắt đúng như đã gõ" in " ".join(chip_texts(typed))
    again = typed.select_one('.chips a:-soup-contains("Chữ viết tắt")')
    assert again is not None
    assert parameters(str(again["href"])) == parameters("/?q=HĐND+xã&page_size=50&match=all")


def test_a_new_search_looks_for_other_writings_again(client: FlaskClient) -> None:
    form = read(client.get("/?q=HĐND&abbreviations=off")).select_one("form[role=search], form")

    assert form is not None
    assert not form.select("input[name=abbreviations]")


def test_an_article_is_marked_as_the_search_was(client: FlaskClient) -> None:
    link = read(client.get("/?q=HĐND+xã")).select_one(".hit h2 a")
    assert link is not None
    path = str(link["href"]).split("?")[0]

    assert "Hội đồng nhân dân xã" in [
        words(mark) for mark in read(client.get(f"{path}?q=HĐND+xã")).select("mark")
    ]
    assert "Hội đồng nhân dân" not in " ".join(
        words(mark)
        for mark in read(client.get(f"{path}?q=HĐND+xã&abbreviations=off")).select("mark")
    )


def test_a_search_that_finds_nothing_says_what_to_drop(client: FlaskClient) -> None:
    page = read(client.get("/?q=ngân+sách+qqzz&match=all"))
    (link,) = page.select(".obstacle")

    assert "Bỏ qqzz: 60 bài" in words(link.parent)
    assert [("q", "ngân sách"), ("match", "all")] == sorted(
        parameters(address(link)), key=lambda pair: pair[0] != "q"
    )
    assert 20 == len(result_ids(read(client.get(address(link)))))


@pytest.mark.parametrize(
    ("asked", "value", "dropped"),
    [
        ("source=B%C3%A1o+L%E1%BA%A1", "Báo Lạ", "source"),
        ("exclude_person=L%C3%AA+C%E1%BA%A3nh+Ho%C3%A0n", "Lê Cảnh Hoàn", "exclude_person"),
        ("from_date=2030-01-01", "01/01/2030 – …", "from_date"),
    ],
)
def test_a_filter_that_keeps_everything_out_can_be_dropped(
    client: FlaskClient, asked: str, value: str, dropped: str
) -> None:
    page = read(client.get(f"/?q=ngân+sách+nông+thôn&{asked}"))
    (link,) = page.select(".obstacle")

    assert f"Bỏ {value}: 60 bài" in words(link.parent)
    assert dropped not in dict(parameters(address(link)))


def test_a_misspelt_query_is_asked_about(client: FlaskClient) -> None:
    page = read(client.get("/?q=Ngâng+sách"))
    link = page.select_one(".suggestion a")

    assert "Ý bạn là: Ngân sách (60 bài)" == words(page.select_one(".suggestion"))
    assert [("q", "Ngân sách")] == parameters(address(link))
