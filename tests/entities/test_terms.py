"""Terms of office are told beside the office, and make no other of it."""

from __future__ import annotations

import pytest

from entities.recognised import RECOGNISER, roles
from tintuc_search.entities.terms import terms_of, without_term


@pytest.mark.parametrize(
    ("office", "bare", "terms"),
    [
        ("Ủy viên Trung ương Đảng khóa XII", "Ủy viên Trung ương Đảng", ("khóa XII",)),
        ("Bí thư Tỉnh ủy nhiệm kỳ 2016-2021", "Bí thư Tỉnh ủy", ("nhiệm kỳ 2016-2021",)),
        ("Chủ tịch HĐND tỉnh khoá 9, nhiệm kì 2016 – 2021", "Chủ tịch HĐND tỉnh",
         ("khoá 9", "nhiệm kì 2016 – 2021")),
        ("đại biểu Quốc hội khóa XIV tỉnh Cà Mau", "đại biểu Quốc hội tỉnh Cà Mau", ("khóa XIV",)),
        ("tổng thống thứ 45 của Mỹ", "tổng thống của Mỹ", ("thứ 45",)),
        ("Bí thư thứ nhất Trung ương Đoàn", "Bí thư thứ nhất Trung ương Đoàn", ()),
        ("Chủ tịch UBND quận 9", "Chủ tịch UBND quận 9", ()),
        ("Tư lệnh Quân khu 4", "Tư lệnh Quân khu 4", ()),
        ("chủ nhiệm khóa học", "chủ nhiệm khóa học", ()),
        ("khóa XII", "khóa XII", ("khóa XII",)),  # never nothing
    ],
)  # fmt: skip
def test_an_office_without_its_terms(office: str, bare: str, terms: tuple[str, ...]) -> None:
    assert without_term(office) == bare
    assert terms_of(office) == terms


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ông Kim bị thay bởi cấp phó Lê Văn Thử.", []),
        ("Theo thuyền trưởng Lê Văn Thử, tàu đã về.", []),
        ("Bếp trưởng Lê Văn Thử nấu.", []),
        ("Phó chủ tịch Lê Văn Thử nói.", ["Phó chủ tịch"]),
        ("Trưởng ban Dân vận Lê Văn Thử nói.", ["Trưởng ban Dân vận"]),
        ("Phó Trưởng ban Lê Văn Thử nói.", ["Phó Trưởng ban"]),
        # What the article tells stays whole.
        ("Chủ tịch Quốc hội khóa 13 Lê Văn Thử nói.", ["Chủ tịch Quốc hội khóa 13"]),
    ],
)
def test_half_a_word_for_an_office_is_none(text: str, expected: list[str]) -> None:
    assert [role for _, role in roles(text)] == expected
    assert RECOGNISER.recognise(text).persons
