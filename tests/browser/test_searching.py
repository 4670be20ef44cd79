"""A reader searches, filters, opens an article and comes back, by mouse."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from browsing import Visit

EDITED = Path(__file__).parents[2] / "corpus" / "pages" / "thoisu-sua"


def search(page: Page, text: str) -> None:
    """Type into the box of the first page and press the button."""
    page.goto("/")
    page.get_by_role("combobox").fill(text)
    page.get_by_role("button", name="Tìm", exact=True).click()


def asked(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def total(page: Page) -> int:
    return int(page.locator(".total").inner_text().split()[0].replace(".", ""))


def test_a_query_without_accents_finds_the_accented_text(visit: Visit) -> None:
    page = visit()
    search(page, "doan thanh nien")

    expect(page.locator(".understood")).to_contain_text("Đang tìm: đoàn thanh niên")
    marks = [mark.casefold() for mark in page.locator(".hit mark").all_inner_texts()]
    assert "thanh niên" in " ".join(marks)
    assert {"q": ["doan thanh nien"]} == asked(page)


def test_another_reading_is_one_click_away(visit: Visit) -> None:
    page = visit()
    search(page, "doan thanh nien")
    other = page.locator(".understood .others a").first
    text = other.inner_text()
    other.click()

    assert [text] == asked(page)["q"]
    expect(page.get_by_role("combobox")).to_have_value(text)


def test_an_accented_name_finds_the_articles_that_hold_it(visit: Visit) -> None:
    page = visit()
    search(page, '"Lương Khắc Trường"')

    hits = page.locator(".hit")
    expect(hits.first).to_be_visible()
    assert hits.count() > 1
    for hit in hits.all():
        expect(hit.locator("mark", has_text="Lương Khắc Trường").first).to_be_visible()


def test_filtering_by_person_by_clicking(visit: Visit) -> None:
    page = visit()
    search(page, "xét xử")
    everything = total(page)
    row = page.locator("#facet-person + ul li", has_text="Nghiêm Bá Lộc").first
    count = int(row.locator(".count").inner_text())
    name = row.locator(".value").inner_text()
    row.locator(".value").click()

    assert [name] == asked(page)["person"]
    assert count == total(page) <= everything
    page.locator(".chips a", has_text=name).click()
    assert everything == total(page)


def test_excluding_a_source_by_clicking(visit: Visit) -> None:
    page = visit()
    search(page, "nhân dân")
    everything = total(page)
    row = page.locator("#facet-source + ul li").first
    name, count = row.locator(".value").inner_text(), int(row.locator(".count").inner_text())
    row.locator(".exclude").click()

    assert everything - count == total(page)
    assert name not in page.locator(".hit .meta").all_inner_texts()


def test_filtering_by_date(visit: Visit) -> None:
    page = visit()
    search(page, "nhân dân")
    page.get_by_label("Từ ngày").fill("2021-01-01")
    page.get_by_label("Đến ngày").fill("2021-12-31")
    page.get_by_role("button", name="Áp dụng").click()

    expect(page.locator(".chips")).to_contain_text("01/01/2021 – 31/12/2021")
    times = [str(time.get_attribute("datetime")) for time in page.locator(".hit time").all()]
    assert times
    assert {"2021"} == {time[:4] for time in times}


def test_the_timeline_narrows_to_a_year(visit: Visit) -> None:
    page = visit()
    search(page, "nhân dân")
    bar = page.locator(".bars a").last
    label, count = str(bar.get_attribute("title")).replace(" bài", "").split(": ")
    bar.click()

    assert int(count) == total(page)
    expect(page.locator(".chips")).to_contain_text(f"01/01/{label} – 31/12/{label}")


def test_sorting_by_date(visit: Visit) -> None:
    page = visit()
    search(page, "nhân dân")
    page.get_by_role("link", name="Cũ nhất").click()

    times = [str(time.get_attribute("datetime")) for time in page.locator(".hit time").all()]
    assert times == sorted(times)


def test_opening_an_article_and_going_back(visit: Visit) -> None:
    page = visit()
    search(page, "nhân dân")
    page.get_by_role("link", name="Trang sau").click()
    results = page.url
    title = page.locator(".hit h2 a").nth(1).inner_text()
    page.locator(".hit h2 a").nth(1).click()

    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page.locator("mark").first).to_be_visible()
    page.get_by_role("link", name="Về kết quả").click()
    assert results == page.url
    page.go_back()
    page.go_back()
    assert results == page.url


def test_going_to_the_first_match(visit: Visit) -> None:
    page = visit()
    search(page, "nhân dân")
    page.locator(".hit h2 a").first.click()
    page.locator(".way a[href='#match']").click()

    expect(page.locator("#match")).to_be_in_viewport()


def test_switching_to_english_keeps_the_search(visit: Visit) -> None:
    page = visit()
    search(page, "doan thanh nien")
    page.get_by_role("link", name="English").click()

    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator(".understood")).to_contain_text("Searching for: đoàn thanh niên")
    page.locator("#facet-source + ul .value").first.click()
    expect(page.get_by_role("button", name="Search", exact=True)).to_be_visible()
    page.locator(".hit h2 a").first.click()
    expect(page.get_by_role("link", name="Back to the results")).to_be_visible()


def test_an_article_that_was_edited_shows_what_changed(visit: Visit) -> None:
    page = visit()
    title = json.loads((EDITED / "r3.json").read_text("utf-8"))["title"]
    search(page, f'"{title}"')
    page.locator(".hit h2 a", has_text=title).first.click()
    page.locator(".revisions summary").first.click()

    expect(page.locator(".revisions li")).to_have_count(3)
    expect(page.locator(".changes ins, .changes del").first).to_be_visible()


def test_why_a_result_stands_where_it_does_is_one_click_away(visit: Visit) -> None:
    """Without a script, on the same page of results, at the same result."""
    page = visit(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page.goto("/?q=nhân+dân&page_size=3&page=2")
    second = page.locator(".hit").nth(1)
    title = second.locator("h2").inner_text()
    second.get_by_role("link", name="Vì sao?").click()

    explained = page.locator("li:target .hit")
    assert title == explained.locator("h2").inner_text()
    assert ["true"] == asked(page)["explain"]
    expect(explained.locator(".why-score")).to_be_in_viewport()
    expect(explained.get_by_role("row").filter(has_text="nhân").first).to_be_visible()
    table = explained.locator(".why-score table").bounding_box()
    assert table is not None
    assert table["x"] + table["width"] <= 390
