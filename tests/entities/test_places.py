"""Which places a text names, as tables of invented sentences."""

from __future__ import annotations

import pytest

from entities.recognised import RECOGNISER, mentions, places

NAMES = [
    ("Trời mưa ở Hà Nội và Việt Nam.", ["Hà Nội", "Việt Nam"]),
    ("Tỉnh Quảng Nam, thành phố Huế.", ["Quảng Nam", "Huế"]),
    ("Đường Lê Lợi và sông Sài Gòn.", ["Đường Lê Lợi", "sông Sài Gòn"]),
    ("Xe đến quận 1, phường 9.", ["quận 1", "phường 9"]),
    ("Xe qua xã Mẫu Sơn Thượng.", ["Mẫu Sơn Thượng"]),
    ("Các xã Mẫu An, Mẫu Khánh và Mẫu Lộc ngập.", ["Mẫu An", "Mẫu Khánh", "Mẫu Lộc"]),
    ("Nước Anh mưa. Anh Mẫu ướt.", ["Anh"]),
    ("Khu vực châu Âu và miền Trung.", ["châu Âu", "miền Trung"]),
    ("Cao tốc Mẫu Giang - Mẫu Thành thông xe.", ["Cao tốc Mẫu Giang - Mẫu Thành"]),
    ("Dân yêu cầu Mẫu Tử dừng.", []),
    ("Ông Trần Thái Bình ở nhà.", []),
    ("Thành ủy Hà Nội họp.", []),
    ("Họ gặp nhau tại Sampleville.", ["Sampleville"]),
    ("Nhà ở phường Mỹ Thử.", ["Mỹ Thử"]),
    ("UBND xã Đồng Vít họp. Người dân Đồng Vít mừng.", ["Đồng Vít"]),
    ("Hội Nông dân huyện Đồng Vít họp.", []),
    ("UBND xã Đồng Vít họp. Anh Đồng Vít Mẫu mừng.", []),
    ("Cụ bà ở Yên Vít mất tiền.", ["Yên Vít"]),
    ("Cụ bà ở Trần Thị Mẫu.", []),
    ("Vùng Nhận dạng này mới.", []),
    ("Trụ sở UBND xã Lê Văn Thử.", []),
    ("Lâm Thử mưa. Thành phố Lâm Thử ngập.", ["Lâm Thử"]),
    ("Nhà 24 Lê Văn Ví bị cháy.", ["Lê Văn Ví"]),
    ("Tàu sân bay Mỹ và khí cầu Trung Quốc.", ["Mỹ", "Trung Quốc"]),
    ("Họ ra vịnh Mexico.", ["vịnh Mexico"]),
    ("Các nước NATO và nước Cộng hoà trẻ.", []),
    ("Nhà ở phường Phan Bội Châu.", ["Phan Bội Châu"]),
    ("Nhà ở phường Trường Mẫu.", ["Trường Mẫu"]),
    ("Đồng hồ Sample và nhà máy thủy điện Sample.", []),
    ("Tại Bảo tàng Mỹ thuật.", []),
    ("Tuyến số 2, đoạn Trần Hưng Ví - Thượng Mẫu, đã xong.", ["Trần Hưng Ví", "Thượng Mẫu"]),
    ("Các phường Mẫu Phú A; Phước Long B và Mẫu An.", ["Mẫu Phú A", "Phước Long B", "Mẫu An"]),
    (
        "Xe qua đường Lê Văn Ví, Mai Chí Ví và phường 9.",
        ["đường Lê Văn Ví", "Mai Chí Ví", "phường 9"],
    ),
    ("Đại sứ quán Mỹ tại Campuchia Jay Samplev nói.", ["Campuchia"]),
    ("Vị Nga hoàng kế thừa Pháp lệnh cũ.", []),
    ("Tại số 9 đường Bờ Mẫu, Ban Thường vụ họp.", ["đường Bờ Mẫu"]),
]


@pytest.mark.parametrize(("text", "expected"), NAMES)
def test_places_are_found_by_list_classifier_and_preposition(
    text: str, expected: list[str]
) -> None:
    assert places(text) == expected


def test_writings_of_one_city_are_one_place() -> None:
    text = "Mưa ở TP.HCM. TP HCM ngập; Thành phố Hồ Chí Minh, tức thành phố Hồ Chí Minh, khô."
    (place,) = RECOGNISER.recognise(text).places

    assert place.name == "Thành phố Hồ Chí Minh"
    assert mentions(text, place) == [
        "TP.HCM",
        "TP HCM",
        "Thành phố Hồ Chí Minh",
        "thành phố Hồ Chí Minh",
    ]
