"""Articles from pages written to do harm are text like any other; the watch on every page does the rest."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from browsing import Visit

HOSTILE = Path(__file__).parents[2] / "corpus" / "pages" / "hostile"
TITLES = sorted(json.loads(file.read_text("utf-8"))["title"] for file in HOSTILE.glob("*.json"))


@pytest.mark.parametrize("title", TITLES)
def test_a_hostile_page_is_found_and_shown_as_text(visit: Visit, title: str) -> None:
    page = visit(viewport={"width": 375, "height": 812})
    page.goto("/")
    page.get_by_role("combobox").fill(title)
    page.keyboard.press("Enter")
    page.locator(".hit h2 a", has_text=title).first.click()

    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    assert ["/static/keys.js", "/static/complete.js"] == [
        script.get_attribute("src") for script in page.locator("script").all()
    ]
    assert 0 == page.locator("article :is(img, iframe, form, input, style, svg, object)").count()
    assert 375 == page.evaluate("document.documentElement.scrollWidth")


@pytest.mark.parametrize(
    "asked",
    [
        "/?q=<script>alert(1)</script>",
        '/?q="><img src=x onerror=alert(1)>',
        "/?author=<script>alert(1)</script>",
        "/bai-viet/<script>alert(1)</script>",
        "/?<script>alert(1)</script>=1",
    ],
)
def test_a_hostile_address_is_shown_as_text(visit: Visit, asked: str) -> None:
    page = visit()
    page.goto(asked)

    expect(page.get_by_role("combobox")).to_be_visible()
