"""A document is known by its number, however that is set."""

from __future__ import annotations

import pytest

from tintuc_search.entities.numbers import known_by


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("Chỉ thị 05-CT/TW", "05-CT/TW"),
        ("Chỉ thị số 05-CT/TW của Bộ Chính trị", "05-CT/TW"),
        ("Nghị quyết số 13 - NQ / TW", "13-NQ/TW"),
        ("Quyết định số 1388 / QĐ - CTN", "1388/QĐ-CTN"),
        ("Nghị định 100/2019/NĐ-CP", "100/2019/NĐ-CP"),
        ("Thông tư 12/2019/TT-BGDĐT ngày 3/5", "12/2019/TT-BGDĐT"),
        ("Nghị quyết Trung ương 4 khóa XII", "Nghị quyết Trung ương 4 khóa XII"),
        ("Luật Đất đai 2013", "Luật Đất đai 2013"),
        ("Chỉ thị 36", "Chỉ thị 36"),
        ("", ""),
    ],
)
def test_the_number_stands_for_the_document(name: str, known: str) -> None:
    assert known_by(name) == known
