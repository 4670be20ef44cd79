"""No page breaks a rule that axe-core can check."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from playwright.sync_api import Page, ViewportSize

    from browsing import Visit

WINDOWS: dict[str, ViewportSize] = {
    "desktop": {"width": 1280, "height": 900},
    "phone": {"width": 375, "height": 812},
}
PAGES = {
    "home": "/",
    "results": "/?q=doan+thanh+nien&page_size=5",
    "filtered": "/?q=nhân+dân&source=Thời+Sự+Online&exclude_author=Minh+Khôi&from_date=2019-01-01&page_size=5",
    "filters": "/?q=nhân+dân&page_size=5&source=Thời+Sự+Online#filters",
    "english": "/?q=nhân+dân+qqkhôngcó+%22chưa+đóng&lang=en&page_size=5",
    "explained": "/?q=doan+thanh+nien+UBND&explain=true&page_size=3",
    "explained in English": "/?q=nhân+dân+-tham*&explain=true&lang=en&sort=recent&page_size=3",
    "no results": "/?q=qqkhôngcó",
    "guide": "/tro-giup",
    "guide in English": "/tro-giup?lang=en",
    "crawls": "/trang-thai",
    "crawls in English": "/trang-thai?lang=en",
    "entities": "/thuc-the?q=le",
    "entities in English": "/thuc-the?kind=organisation&lang=en",
    "entity": "/thuc-the/nghiem-ba-loc-e6729c73",
    "place": "/thuc-the/son-giang-53654745",
    "quotations": "/phat-bieu?q=nhân+dân&page_size=5",
    "quotations in English": "/phat-bieu?lang=en&page_size=5",
    "no quotation": "/phat-bieu?q=qqkhôngcó",
    "wrong address": "/?from_date=hôm+qua&q=x",
    "not found": "/bai-viet/khong-co",
}


COLOURS = {"runOnly": ["color-contrast"]}
"""All that the dark scheme changes."""


@pytest.mark.parametrize("name", [*PAGES, "article", "changes"])
def test_no_page_breaks_a_rule(visit: Visit, name: str) -> None:
    page = visit()
    page.goto(PAGES.get(name, PAGES["results"]))
    if name == "article":
        page.locator(".hit h2 a").first.click()
    if name == "changes":
        page.goto(edited(page))
    if name.startswith("explained"):
        page.locator(".why-query summary").click()
    for details in page.locator(".source details summary").all():
        details.click()
    for window, size in WINDOWS.items():
        page.set_viewport_size(size)
        check(page, f"{window} light", None)
        page.emulate_media(color_scheme="dark")
        check(page, f"{window} dark", COLOURS)
        page.emulate_media(color_scheme="light")


def edited(page: Page) -> str:
    """The comparison of the sample archive's one article in three states."""
    found = page.request.get(
        "/api/v1/search?q=&page_size=100&source=Thời+Sự+Online&fields=id"
    ).json()
    for each in found["results"]:
        answer = page.request.get(f"/api/v1/articles/{each['id']}/revisions").json()
        if len(answer["revisions"]) > 1:
            return f"/bai-viet/{each['id']}/thay-doi?tu=1"
    raise AssertionError("no article of the sample archive has two revisions")


def check(page: Page, where: str, options: dict[str, list[str]] | None) -> None:
    found = Axe().run(page, options=options)

    assert 0 == found.violations_count, f"{where}: {found.generate_report()}"
