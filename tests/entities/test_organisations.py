"""Which organisations a text names, as tables of invented sentences."""

from __future__ import annotations

import pytest

from entities.recognised import RECOGNISER, mentions, organisations

NAMES = [
    ("Quốc hội họp.", ["Quốc hội"]),
    ("Tin mới\nMưa lớn.\nMẫu An (Theo BBC)", ["BBC"]),
    ("Theo quốc hội Nga, việc đó đúng.", ["quốc hội Nga"]),
    ("Các bộ và các UBND huyện báo cáo.", []),
    ("UBND các xã báo cáo.", []),
    ("Họ họp với Bộ Kế hoạch và Đầu tư hôm qua.", ["Bộ Kế hoạch và Đầu tư"]),
    ("Họ gặp Bộ Văn hóa, Thể thao và Du lịch.", ["Bộ Văn hóa, Thể thao và Du lịch"]),
    ("Bộ Xây dựng và Thanh tra Chính phủ cùng dự.", ["Bộ Xây dựng", "Thanh tra Chính phủ"]),
    ("Bộ Công an điều tra vụ này.", ["Bộ Công an"]),
    ("Bộ Ngoại giao Lào mời.", ["Bộ Ngoại giao Lào"]),
    ("Đại diện Sở Tài nguyên - môi trường nói.", ["Sở Tài nguyên - môi trường"]),
    ("Ông là trưởng ban Dân vận Trung ương.", ["ban Dân vận Trung ương"]),
    ("Bí thư Tỉnh ủy Quảng Ninh đến.", ["Tỉnh ủy Quảng Ninh"]),
    ("Văn phòng UBND tỉnh Cà Mau thông báo.", ["Văn phòng Ủy ban nhân dân tỉnh Cà Mau"]),
    ("Đảng ủy Khối các cơ quan Trung ương họp.", ["Đảng ủy Khối các cơ quan Trung ương"]),
    ("Đảng ủy T.Ư Đoàn họp.", ["Đảng ủy Trung ương Đoàn"]),
    ("Công ty TNHH Mẫu Tử bị phạt.", ["Công ty TNHH Mẫu Tử"]),
    ("Theo báo Mẫu Mới, trời mưa.", ["Mẫu Mới"]),
    ("Ảnh của hãng tin REUTERS.", ["REUTERS"]),
    ("Họ đến Viện Dinh dưỡng chiều qua.", ["Viện Dinh dưỡng"]),
    ("Giám đốc Trung tâm Lê Văn Thử nói.", []),
    ("Theo Sở Y tế kiểm tra.", ["Sở Y tế"]),
    ("Họ gặp Quỹ Bảo vệ mèo hoang (QBV) hôm qua.", ["Quỹ Bảo vệ mèo hoang"]),
    ("Chủ nhiệm Ủy ban Tư pháp của Quốc hội dự.", ["Ủy ban Tư pháp của Quốc hội"]),
    ("Bộ luật Dân sự được sửa.", []),
    ("UBND huyện, thị xã, thành phố báo cáo.", []),
    ("Một Tỉnh ủy viên vắng mặt.", []),
    ("Đảng viên trẻ tăng.", []),
    ("Đảng ủy viên trẻ tăng.", []),
    ("Đường lối của Đảng.", ["Đảng"]),
    ("Tình báo Mỹ cảnh báo Nga.", []),
    ("Luật Công an nhân dân được sửa.", []),
    ("Đại hội Đảng bộ xã bế mạc.", ["Đảng bộ xã"]),
    ("Yêu cầu hội trường yên lặng.", []),
    ("Vụ Thị trường trong nước họp.", ["Vụ Thị trường trong nước"]),
    ("Họ đến Viện Tim quốc gia Malaysia.", ["Viện Tim quốc gia Malaysia"]),
    ("Công ước của Liên Hiệp Quốc về Luật Biển.", ["Liên Hiệp Quốc"]),
    ("Đảng Mẫu đã thua; hãng tin RIA cho hay.", ["Đảng Mẫu", "RIA"]),
    ("Lãnh đạo đảng Dân chủ và Cộng hòa.", ["đảng Dân chủ"]),
    ("Họ kiện Công ty cổ phần Tập đoàn Mẫu Tử.", ["Công ty cổ phần Tập đoàn Mẫu Tử"]),
    ("Văn phòng Tổng thống Lào ra thông cáo.", ["Văn phòng Tổng thống Lào"]),
    ("Họ thăm Trường Đại học Việt - Mẫu.", ["Trường Đại học Việt - Mẫu"]),
    ("Chương trình Quỹ 1 triệu cây xanh.", []),
    ("Đoàn đại biểu Quốc hội TP Mẫu Mới dự.", ["Đoàn đại biểu Quốc hội TP Mẫu Mới"]),
    ("Đại biểu Quốc hội Hà Nội dự.", ["Quốc hội"]),
    ("Đại sứ quán Nhật Bản mời.", ["Đại sứ quán Nhật Bản"]),
    ("TAND cấp cao tại Đà Nẵng xử.", ["Tòa án nhân dân cấp cao tại Đà Nẵng"]),
    ("Họ đề nghị Thanh tra Chính phủ thanh tra dự án.", ["Thanh tra Chính phủ"]),
    ("Đảng đối lập phản đối.", []),
    ("Trường THPT chuyên Lê Văn Ví mở cửa.", ["Trường THPT chuyên Lê Văn Ví"]),
    ("Cục CSGT lên tiếng.", ["Cục CSGT"]),
]

JOINED = [
    ("T.Ư Đoàn họp. Trung ương Đoàn quyết.", "Trung ương Đoàn", ["T.Ư Đoàn", "Trung ương Đoàn"]),
    ("BCH Trung ương Đảng họp; Ban Chấp hành TW Đảng quyết.", "Ban Chấp hành Trung ương Đảng",
     ["BCH Trung ương Đảng", "Ban Chấp hành TW Đảng"]),
    ("Thành uỷ Huế họp. THÀNH ỦY Huế quyết.", "Thành uỷ Huế", ["Thành uỷ Huế", "THÀNH ỦY Huế"]),
    ("UBND tỉnh Cà Mau họp. Uỷ ban nhân dân tỉnh quyết.", "Ủy ban nhân dân tỉnh Cà Mau",
     ["UBND tỉnh Cà Mau", "Uỷ ban nhân dân tỉnh"]),
    ("Tỉnh Cà Mau mưa. UBND tỉnh họp.", "Ủy ban nhân dân tỉnh Cà Mau", ["UBND tỉnh"]),
    ("Tỉnh Cà Mau mưa. Tỉnh ủy họp.", "Tỉnh ủy Cà Mau", ["Tỉnh ủy"]),
    ("Dân Cà Mau và Huế, Cà Mau nhất, lo. UBND tỉnh họp.", "Ủy ban nhân dân tỉnh Cà Mau",
     ["UBND tỉnh"]),
    ("Mưa ở TP.HCM. Thành ủy họp.", "Thành ủy TP.HCM", ["Thành ủy"]),
    ("Dân Cà Mau và An Giang lo. Tỉnh ủy họp.", "Tỉnh ủy", ["Tỉnh ủy"]),
    ("Bộ Giáo dục và Đào tạo họp. Bộ GD-ĐT quyết.", "Bộ Giáo dục và Đào tạo",
     ["Bộ Giáo dục và Đào tạo", "Bộ GD-ĐT"]),
    ("Sở Xây dựng TP.HCM họp. Sở Xây dựng quyết.", "Sở Xây dựng TP.HCM",
     ["Sở Xây dựng TP.HCM", "Sở Xây dựng"]),
    ("Liên đoàn Lao động Việt Nam (LVM) họp. Theo LVM, trời mưa.", "Liên đoàn Lao động Việt Nam",
     ["Liên đoàn Lao động Việt Nam", "LVM"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), NAMES)
def test_organisations_are_found_where_they_are_named(text: str, expected: list[str]) -> None:
    assert organisations(text) == expected


@pytest.mark.parametrize(("text", "name", "expected"), JOINED)
def test_spellings_and_short_forms_are_one_organisation(
    text: str, name: str, expected: list[str]
) -> None:
    (body,) = RECOGNISER.recognise(text).organisations

    assert body.name == name
    assert mentions(text, body) == expected


def test_two_councils_share_the_area_behind_the_second() -> None:
    assert organisations("Thường kỳ, HĐND, UBND quận 9 họp.") == [
        "Hội đồng nhân dân quận 9",
        "Ủy ban nhân dân quận 9",
    ]


def test_a_council_without_any_area_is_no_body() -> None:
    assert organisations("Đại biểu do HĐND bầu ra.") == []
