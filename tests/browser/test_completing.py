"""Completing a query while it is typed: with the keyboard, with the mouse, on a phone, for a screen reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page, ViewportSize

    from browsing import Visit

TYPED = "doan thanh n"
DESKTOP: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}


def type_into(page: Page, text: str = TYPED) -> None:
    """Type into the box and wait for what is offered."""
    page.get_by_role("combobox").press_sequentially(text)
    expect(page.get_by_role("option").first).to_be_visible()


def test_arrows_choose_and_enter_searches(visit: Visit) -> None:
    page = visit()
    page.goto("/")
    type_into(page)
    box, options = page.get_by_role("combobox"), page.get_by_role("option")
    expect(box).to_have_attribute("aria-expanded", "true")
    assert box.get_attribute("aria-activedescendant") is None

    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", str(options.first.get_attribute("id")))
    expect(box).to_be_focused()
    chosen = str(options.first.get_attribute("data-text"))
    assert "thanh niên" in chosen.lower()
    page.keyboard.press("Enter")

    expect(page).to_have_title(f"{chosen} – kết quả · Tin tức")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_arrows_go_round_by_way_of_the_box(visit: Visit) -> None:
    page = visit()
    page.goto("/")
    type_into(page)
    options = page.get_by_role("option")
    page.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(page.locator("[aria-selected=true]")).to_have_count(0)
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")


def test_escape_closes_and_keeps_what_was_typed(visit: Visit) -> None:
    page = visit()
    page.goto("/")
    type_into(page)
    page.keyboard.press("Escape")

    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(page.get_by_role("combobox")).to_have_value(TYPED)
    expect(page.get_by_role("combobox")).to_have_attribute("aria-expanded", "false")


def test_enter_without_a_choice_searches_what_was_typed(visit: Visit) -> None:
    page = visit()
    page.goto("/")
    type_into(page)
    page.keyboard.press("Enter")

    expect(page).to_have_title(f"{TYPED} – kết quả · Tin tức")


def test_a_click_chooses(visit: Visit) -> None:
    page = visit()
    page.goto("/?lang=en")
    type_into(page)
    option = page.get_by_role("option").first
    chosen = str(option.get_attribute("data-text"))
    option.click()

    expect(page.get_by_role("combobox")).to_have_value(chosen)
    assert "lang=en" in page.url


def test_leaving_the_box_closes(visit: Visit) -> None:
    page = visit()
    page.goto("/")
    type_into(page)
    page.keyboard.press("Tab")

    expect(page.get_by_role("listbox")).to_be_hidden()


def test_without_script_the_box_is_a_plain_one(visit: Visit) -> None:
    page = visit(java_script_enabled=False)
    page.goto("/")
    page.get_by_role("searchbox").fill("nhân dân")
    page.get_by_role("button", name="Tìm").click()

    expect(page.locator(".hit").first).to_be_visible()


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_open_list_breaks_no_rule_and_fits(visit: Visit, size: ViewportSize) -> None:
    page = visit(viewport=size)
    page.goto("/?q=nhân+dân")
    page.get_by_role("combobox").fill("")
    type_into(page)
    page.keyboard.press("ArrowDown")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found = Axe().run(page)
        assert 0 == found.violations_count, found.generate_report()
    place = page.get_by_role("listbox").bounding_box()
    assert place is not None
    assert place["x"] >= 0
    assert place["x"] + place["width"] <= size["width"]
