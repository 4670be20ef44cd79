"""Everything can be reached and seen with the keyboard alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from browsing import Visit


def test_the_first_tab_offers_to_skip_to_the_content(visit: Visit) -> None:
    page = visit()
    page.goto("/?q=nhân+dân")
    page.keyboard.press("Tab")

    skip = page.get_by_role("link", name="Đến nội dung chính")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_slash_goes_to_the_box_and_enter_searches(visit: Visit) -> None:
    page = visit()
    page.goto("/?q=nhân+dân")
    page.keyboard.press("/")
    expect(page.get_by_role("combobox")).to_be_focused()
    page.keyboard.type("1/2 kỷ luật")
    expect(page.get_by_role("combobox")).to_have_value("1/2 kỷ luật")
    page.keyboard.press("Enter")

    expect(page).to_have_title("1/2 kỷ luật – kết quả · Tin tức")


def test_j_and_k_go_through_the_results_and_enter_opens_one(visit: Visit) -> None:
    page = visit()
    page.goto("/?q=nhân+dân")
    links = page.locator(".hit h2 a")
    page.keyboard.press("j")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(links.nth(2)).to_be_focused()
    page.keyboard.press("k")
    expect(links.nth(1)).to_be_focused()
    title = links.nth(1).inner_text()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_letters_with_a_modifier_are_left_to_the_browser(visit: Visit) -> None:
    page = visit()
    page.goto("/?q=nhân+dân")
    page.keyboard.press("Control+j")

    expect(page.locator(".hit h2 a").first).not_to_be_focused()


def test_the_way_to_exclude_shows_itself_to_pointer_and_keyboard_and_always_to_fingers(
    visit: Visit,
) -> None:
    page = visit()
    page.goto("/?q=nhân+dân")
    exclude = page.locator("#facet-source + ul .exclude").first
    expect(exclude).to_have_css("opacity", "0")
    page.locator("#facet-source + ul .value").first.hover()
    expect(exclude).to_have_css("opacity", "1")
    page.mouse.move(0, 0)
    expect(exclude).to_have_css("opacity", "0")
    exclude.focus()
    expect(exclude).to_have_css("opacity", "1")

    touched = visit(viewport={"width": 375, "height": 812}, has_touch=True, is_mobile=True)
    touched.goto("/?q=nhân+dân#filters")
    expect(touched.locator("#facet-source + ul .exclude").first).to_have_css("opacity", "1")


def test_whatever_has_the_focus_shows_it(visit: Visit) -> None:
    page = visit()
    page.goto("/?q=nhân+dân&source=Thời+Sự+Online&exclude_author=Minh+Khôi")
    stops = 0
    for _ in range(60):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            """() => {
              const style = getComputedStyle(document.activeElement);
              return [document.activeElement.tagName, style.outlineStyle, parseFloat(style.outlineWidth)];
            }"""
        )
        if focused[0] in {"A", "BUTTON", "SUMMARY"}:
            stops += 1
            assert focused[1] == "solid", focused
            assert focused[2] >= 2, focused

    assert stops > 20
