"""Two syllables that could be a person or a place: the words around them decide."""

from __future__ import annotations

import pytest

from entities.recognised import organisations, persons, places

PLACES = [
    ("Cử tri Sơn Giang nói gì.", ["Sơn Giang"]),
    ("Công an xã Mẫu Mỹ (Lâm Hải) bắt người.", ["Lâm Hải"]),
    ("Nhà tạm ở Lâm Hải đã cũ.", ["Lâm Hải"]),
    ("Đường ven biển Lâm Hải còn dở.", ["Lâm Hải"]),
    ("Cử tri Sơn Giang đi bầu.", ["Sơn Giang"]),
    ("Trưởng bản Mẫu Say, bà Hoàng Thị Ví, kể lại.", ["Mẫu Say"]),
    ("Cựu chủ tịch Sơn Giang Nghiêm Bá Ví vắng mặt.", ["Sơn Giang"]),
]

PERSONS = [
    ("Cử tri Hoàng Nam nói gì.", ["Hoàng Nam"]),
    ("Bạn đọc Hoàng Nam (Hà Nội) viết vậy.", ["Hoàng Nam"]),
    ("Ngư dân Trần Mẫu ra khơi từ sớm.", ["Trần Mẫu"]),
    ("Chủ tịch nước Lương Ví gặp dân.", ["Lương Ví"]),
    ("Chủ tịch Quốc hội Lâm Ví gặp dân.", ["Lâm Ví"]),
    ("Trưởng thôn Lê Ví nói vậy.", ["Lê Ví"]),
    ("Ông Lâm Hải ở Huế. Người dân Lâm Hải kể.", ["Lâm Hải"]),
    ("Cựu chủ tịch Sơn Giang Nghiêm Bá Ví vắng mặt.", ["Nghiêm Bá Ví"]),
    ("Bác sĩ CKII Phạm Thị Ví mổ ca này.", ["Phạm Thị Ví"]),
    ("Bí thư Tỉnh ủy Viên Đình Ví gặp dân.", ["Viên Đình Ví"]),
]

BODIES = [
    ("Bí thư Thành ủy Lâm Hải, ông Lê Văn Ví, gặp dân.", ["Thành ủy Lâm Hải"]),
    ("Ban Thường vụ Huyện ủy Sơn Giang họp.", ["Ban Thường vụ Huyện ủy Sơn Giang"]),
    ("Bí thư Tỉnh ủy Tô Ví gặp dân.", ["Tỉnh ủy"]),
]


@pytest.mark.parametrize(("text", "expected"), PLACES)
def test_words_around_tell_a_place(text: str, expected: list[str]) -> None:
    assert places(text) == expected
    assert not set(persons(text)) & set(expected)


@pytest.mark.parametrize(("text", "expected"), PERSONS)
def test_words_around_tell_a_person(text: str, expected: list[str]) -> None:
    assert persons(text) == expected


@pytest.mark.parametrize(("text", "expected"), BODIES)
def test_a_place_behind_a_body_without_one_is_its_area(text: str, expected: list[str]) -> None:
    assert organisations(text) == expected


def test_one_sure_mention_decides_for_the_whole_article() -> None:
    text = "Bí thư Thành ủy Lâm Hải đến. Hôm sau Lâm Hải mưa to."

    assert organisations(text) == ["Thành ủy Lâm Hải"]
    assert places(text) == ["Lâm Hải"]
    assert persons(text) == []
