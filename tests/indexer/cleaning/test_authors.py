"""A byline gives people, and the agency apart."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tintuc_search.indexer.cleaning.authors import parse_byline, parse_origin


@pytest.mark.parametrize(
    ("line", "authors", "origin"),
    [
        ("Thanh Nga", ("Thanh Nga",), None),
        ("Bài, ảnh: HÀ VÂN - Minh Khôi (tổng hợp)", ("Hà Vân", "Minh Khôi"), None),
        ("Bài: Hà Vân - Ảnh: Minh Khôi", ("Hà Vân",), None),
        ("Tin, ảnh: Đoàn Lệ", ("Đoàn Lệ",), None),
        ("Hà Vân, Minh Khôi và Bảo Châu", ("Hà Vân", "Minh Khôi", "Bảo Châu"), None),
        ("NHẬT XUÂN;NGHI VŨ", ("Nhật Xuân", "Nghi Vũ"), None),
        ("Phóng viên Hà Vân", ("Hà Vân",), None),
        ("TS. Tòng Văn Chựa", ("Tòng Văn Chựa",), None),
        ("Theo TTXVN", (), "TTXVN"),
        ("(TTXVN/Vietnam+)", (), "TTXVN/Vietnam+"),
        ("Hà Vân/TTXVN", ("Hà Vân",), "TTXVN"),
        ("Lê Phương (theo Reuters)", ("Lê Phương",), "Reuters"),
        ("Theo Hồ Hương", ("Hồ Hương",), None),
        ("Theo Báo Nhân Dân", (), "Báo Nhân Dân"),
        ("PV", (), None),
        ("(Tổng hợp)", (), None),
        ("toasoan@bao.example", (), None),
        ("Báo Lâm Hải", (), None),
        ("Ảnh: TTXVN", (), None),
        ("chiều nay trời mưa", (), None),
    ],
)
def test_a_byline_is_read(line: str, authors: tuple[str, ...], origin: str | None) -> None:
    byline = parse_byline(line, ("Báo Lâm Hải",))
    assert (byline.authors, byline.origin) == (authors, origin)


def test_a_line_that_states_a_source_may_name_any_paper() -> None:
    assert parse_origin("Theo Tuổi Trẻ Bình Lâm") == "Tuổi Trẻ Bình Lâm"
    assert parse_origin("theo dõi chúng tôi") is None


@example("A²")
@given(st.text(max_size=150))
def test_any_line_is_read_without_an_error_and_names_hold_no_digits(line: str) -> None:
    assert not any(character.isdigit() for name in parse_byline(line).authors for character in name)
