"""Whom a page names as its article's authors, and where it says the text was taken from."""

from __future__ import annotations

import pytest

from tintuc_search.indexer.cleaning import clean_html

TITLE = "Xã Đồng Dao còn ba xóm chờ nước máy"
TEXT = (
    "<p>Sáng 12/3, đoàn kiểm tra của huyện về làm việc với xã, nghe báo cáo về việc cấp nước và sửa đường.</p>"
    "<p>Theo báo cáo, đến nay toàn xã có 412 hộ dùng nước máy, tăng 37 hộ; còn ba xóm phải chờ đường ống mới.</p>"
    "<p>Đoàn đề nghị xã công khai danh sách các hộ được hỗ trợ, giải quyết dứt điểm đơn thư trước ngày 30/6.</p>"
)


def named(foot: str, head: str = "", line: str = "") -> tuple[tuple[str, ...], str | None]:
    page = f"<html><head><title>{TITLE}</title>{head}</head><body><h1>{TITLE}</h1>{line}<div>{TEXT}{foot}</div>"
    article = clean_html(page.encode())
    assert len(article.paragraphs) == 3
    return article.authors, article.origin


@pytest.mark.parametrize(
    ("foot", "expected"),
    [
        ("<p><b>Bài: Hà Vân - Ảnh: Minh Khôi</b></p>", (("Hà Vân",), None)),
        ("<p><b>Thực hiện: Hà Vân, Đồ họa: Minh Khôi</b></p>", (("Hà Vân",), None)),
        (
            "<p>Nội dung: Hà Vân</p><p>Ảnh: Minh Khôi</p><p>Thiết kế: Bảo Châu</p>",
            (("Hà Vân",), None),
        ),
        ("<p>(Hà Vân - Minh Khôi thực hiện)</p>", (("Hà Vân", "Minh Khôi"), None)),
        ("<p><b>Nhóm PV</b></p>", ((), None)),
        ("<p>(Tổng hợp)</p>", ((), None)),
        ("<p>Theo TTXVN</p>", ((), "TTXVN")),
        ("<p><b>Hà Vân</b> (theo VOV)</p>", (("Hà Vân",), "VOV")),
    ],
)
def test_the_line_at_the_foot_tells_writers_from_others(
    foot: str, expected: tuple[tuple[str, ...], str | None]
) -> None:
    assert named(foot) == expected


def test_a_list_that_a_page_folds_up_is_read_in_full() -> None:
    line = '<div class="author">Hà Vân <span>và 1 tác giả khác</span></div>'
    head = '<meta name="author" content="HÀ VÂN;MINH KHÔI">'
    assert named("", head, line) == (("Hà Vân", "Minh Khôi"), None)


def test_who_photographed_is_not_added_from_what_is_stated_for_machines() -> None:
    head = '<meta name="author" content="Hà Vân, Minh Khôi">'
    assert named("<p><b>Bài: Hà Vân - Ảnh: Minh Khôi</b></p>", head) == (("Hà Vân",), None)


def test_author_and_source_side_by_side_are_two() -> None:
    foot = '<div class="content_source"><p class="author">Theo Hà Vân</p><p class="source">Tuổi Trẻ Bình Lâm</p></div>'
    page = f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1><div>{TEXT}</div>{foot}"
    article = clean_html(page.encode())
    assert (article.authors, article.origin) == (("Hà Vân",), "Tuổi Trẻ Bình Lâm")
