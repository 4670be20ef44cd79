"""A document is known by its number, however that is set."""

from __future__ import annotations

import pytest

from tintuc_search.entities.numbers import known_by, number_of


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
        ("Chỉ thị số 36", "Chỉ thị 36"),
        (
            "Nghị định số 46/2016",
            "Nghị định 46/2016",
        ),  # as decisions and circulars are numbered, too
        ("", ""),
    ],
)
def test_the_number_stands_for_the_document(name: str, known: str) -> None:
    assert known_by(name) == known


@pytest.mark.parametrize(
    ("names", "key", "short"),
    [
        (
            ["Chỉ thị 05-CT/TW", "chỉ thị số 5 - CT / TW", "Văn bản 05-CT/TW"],
            "5 CT TW",
            "chỉ thị 5",
        ),
        (["Nghị định 100/2019/NĐ-CP", "NĐ số 100/2019/NĐ-CP"], "100 2019 NĐ CP", "nghị định 100"),
        (["Nghị định 46", "NĐ 46", "nghị định số 046"], "nghị định 46", "nghị định 46"),
        (["Nghị quyết 54/2017/QH14"], "54 2017 QH14", "nghị quyết 54"),
        # One abbreviation of two kinds: the kind tells.
        (["Quy định 102-QĐ/TW"], "quy định 102 QĐ TW", "quy định 102"),
        (["Quyết định 102-QĐ/TW"], "102 QĐ TW", "quyết định 102"),
    ],
)
def test_spellings_of_a_number_share_key_and_short_form(
    names: list[str], key: str, short: str
) -> None:
    numbers = [number_of(name) for name in names]

    assert {(number.key, number.short) for number in numbers if number} == {(key, short)}
    assert all(numbers)


@pytest.mark.parametrize("name", ["Luật Đất đai 2013", "Nghị quyết Trung ương 4", "Hiến pháp", ""])
def test_a_document_without_a_number_of_its_own_has_none(name: str) -> None:
    assert number_of(name) is None
