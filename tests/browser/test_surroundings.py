"""Without scripts, in the dark, on a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from browsing import Visit

PHONE = {"width": 375, "height": 812}
PAGES = {
    "home": "/",
    "results": "/?q=doan+thanh+nien",
    "filtered": "/?q=nhân+dân&source=Thời+Sự+Online&exclude_author=Minh+Khôi&from_date=2019-01-01",
    "relaxed": "/?q=nhân+dân+qqkhôngcó+%22chưa+đóng",
    "long query": "/?q=" + "khôngdấucách" * 40,
    "no results": "/?q=qqkhôngcó",
    "crawls": "/trang-thai",
    "wrong address": "/?from_date=hôm+qua&q=" + "x" * 90,
    "not found": "/bai-viet/khong-co",
}


def test_all_works_without_scripts(visit: Visit) -> None:
    page = visit(java_script_enabled=False)
    page.goto("/")
    page.get_by_role("searchbox").fill("doan thanh nien")
    page.keyboard.press("Enter")
    expect(page.locator(".understood")).to_contain_text("đoàn thanh niên")
    page.locator("#facet-source + ul .value").first.click()
    expect(page.locator(".chips li")).to_have_count(1)
    page.get_by_role("link", name="Mới nhất").click()
    page.locator(".hit h2 a").first.click()
    expect(page.locator("article mark").first).to_be_visible()
    page.get_by_role("link", name="Về kết quả").click()
    expect(page.locator(".chips li")).to_have_count(1)


@pytest.mark.parametrize("scripts", [True, False])
def test_on_a_phone_the_filters_are_a_page_of_their_own(visit: Visit, *, scripts: bool) -> None:
    page = visit(viewport=PHONE, java_script_enabled=scripts)
    page.goto("/?q=nhân+dân")
    expect(page.locator("#filters")).to_be_hidden()
    page.get_by_role("link", name="Lọc", exact=True).click()
    expect(page.locator("#filters")).to_be_visible()
    expect(page.locator(".hits")).to_be_hidden()
    page.locator(".closing a").click()
    expect(page.locator(".hits")).to_be_visible()
    page.get_by_role("link", name="Lọc", exact=True).click()
    page.locator("#facet-person + ul .value").first.click()
    expect(page.locator(".chips li")).to_have_count(1)
    expect(page.locator(".hits")).to_be_visible()
    expect(page.locator(".to-filters")).to_have_text("Lọc (1)")


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_wider_than_the_window(visit: Visit, name: str) -> None:
    page = visit()
    page.goto(PAGES[name])
    for width in (320, 375, 768, 1280):
        page.set_viewport_size({"width": width, "height": 812})

        assert width == page.evaluate("document.documentElement.scrollWidth")


def test_the_dark_scheme_is_followed(visit: Visit) -> None:
    shades: dict[str, int] = {}
    for scheme in ("light", "dark"):
        page = visit(color_scheme=scheme)
        page.goto("/?q=nhân+dân")
        colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
        shades[scheme] = sum(int(part) for part in colour[4:-1].split(","))

    assert shades["dark"] < 150
    assert shades["light"] > 600
