"""Which persons a text names, as tables of invented sentences."""

from __future__ import annotations

import pytest

from entities.recognised import RECOGNISER, mentions, persons

BY_SHAPE = [
    ("Sáng qua, Lê Văn Thử nói về việc này.", ["Lê Văn Thử"]),
    ("Bà Phạm Thị Kim Mẫu, ông Vũ Mẫu và chị Mẫu Thơ.", ["Phạm Thị Kim Mẫu", "Vũ Mẫu", "Mẫu Thơ"]),
    ("Đồng chí Bí thư thứ nhất phát biểu.", []),
    ("Thủ tướng chủ trì phiên họp.", []),
    ("Chủ tịch UBND tỉnh Quảng Nam Trần Văn Ví trả lời.", ["Trần Văn Ví"]),
    ("Bộ trưởng Công an Đỗ Văn Ví dự.", ["Đỗ Văn Ví"]),
    ("Bộ trưởng Bộ Y tế Đỗ Văn Ví dự.", ["Đỗ Văn Ví"]),
    ("Phó chủ tịch UBND TP Trần Văn Ví yêu cầu kiểm tra.", ["Trần Văn Ví"]),
    ("PGS.TS Nguyễn Ví Dụ trình bày.", ["Nguyễn Ví Dụ"]),
    ("Phó thủ tướng Trương Hòa Bình Mẫu dự.", ["Trương Hòa Bình Mẫu"]),
    ("Ông Trần Thái Bình nói.", ["Trần Thái Bình"]),
    ("Tổng thống Mỹ John Sample và bà Sample.", ["John Sample"]),
    ("Chủ tịch Trung Quốc Lý Mẫu Tử thăm Lào.", ["Lý Mẫu Tử"]),
    ("Nhà lãnh đạo Triều Tiên Kim Mok-un tới nơi.", ["Kim Mok-un"]),
    ("Hà Nội và Thái Nguyên đều mưa.", []),
    ("Nhà ở số 12 Trần Văn Ví bị cháy.", []),
    ("Đường Lê Văn Ví thông xe.", []),
    ("Theo Hội đồng nhân dân xã.", []),
    ("Tổng thống Nga Mẫu và Tổng thống Bulgaria Ruman Samplev.", ["Ruman Samplev"]),
    ("Thị trưởng Sampletown Ivan Samplev.", ["Ivan Samplev"]),
    ("Ông Bashar al-Sample và Jean-Pierre Sample.", ["Bashar al-Sample", "Jean-Pierre Sample"]),
    ("Nhân dịp năm Đinh Dậu và Tết Kỷ Hợi.", []),
    ("Bàn Thị Thử được khen.", ["Bàn Thị Thử"]),
    ("Phó chủ tịch UBND huyện Sùng Văn Thử nói.", ["Sùng Văn Thử"]),
    ("Anh N.V.T. khai nhận.", []),
    ("Họ nói về Hồ Văn Mẫu.", ["Hồ Văn Mẫu"]),
    ("Họ ra Hồ Gươm.", []),
    ("Phó trưởng ban thường trực Ban Chỉ đạo thi dự.", []),
    ("Viện trưởng Viện Nghiên cứu phát triển dự.", []),
    ("Họ tặng quà trẻ em Việt Nam và đàn ông Trung Quốc.", []),
    ("Phóng viên Samplenews hỏi; lãnh đạo Samplebank đáp.", []),
    ("Cựu CEO Sample Green Energy bị bắt.", []),
    ("Giám mục Phêrô Phạm Văn Ví đến.", ["Phêrô Phạm Văn Ví"]),
    ("Thẩm phán bang Florida Robert Samplev ký.", ["Robert Samplev"]),
    ("Thương binh hạng 4/4 Đinh Công Ví vui.", ["Đinh Công Ví"]),
    ("Phó chủ tịch xã Lê Tuấn Tôn đến.", ["Lê Tuấn Tôn"]),
    (
        "Ông Samplet Chan - o - cha và ông Sampleth Phan - người Thái.",
        ["Samplet Chan - o - cha", "Sampleth Phan"],
    ),
    ("Tập đoàn Mẫu Tử (Samplechem) lãi. Chủ tịch Samplechem vui.", []),
    ("Họ gặp Kpă H ’ ven và chị Rmah H'Mẫu.", ["Kpă H ’ ven", "Rmah H'Mẫu"]),
    ("Đại sứ quán Mỹ tại Campuchia Jay Samplev gửi.", []),
    ("Công an bắt Y Níu Mẫu sáng nay.", ["Y Níu Mẫu"]),
]

JOINED = [
    (
        "Ông Lê Quốc Mẫu phát biểu. Theo ông Mẫu, việc này khó. Sau đó Mẫu nói thêm.",
        "Lê Quốc Mẫu",
        ["Lê Quốc Mẫu", "Mẫu", "Mẫu"],
    ),
    ("Bà Trần Thị Hòa đến.\nBà Trần Thị Hoà về.", "Trần Thị Hòa", ["Trần Thị Hòa", "Trần Thị Hoà"]),
    (
        "TRẦN THỊ HÒA ĐẾN THĂM NƠI NÀY\nBà Trần Thị Hòa đến.",
        "Trần Thị Hòa",
        ["TRẦN THỊ HÒA", "Trần Thị Hòa"],
    ),
    (
        "Tổng thống Mark Sample gặp dân. Trước đó, ông Sample nói vậy; Sample còn hứa.",
        "Mark Sample",
        ["Mark Sample", "Sample", "Sample"],
    ),
    (
        "Bà Nguyễn Thị Ánh Mẫu đến. Bà Ánh Mẫu về.",
        "Nguyễn Thị Ánh Mẫu",
        ["Nguyễn Thị Ánh Mẫu", "Ánh Mẫu"],
    ),
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jay Samplev, một người gốc Somalia, đến.", ["Jay Samplev"]),
        ("Jay Samplev, luật sư của hãng, đến.", ["Jay Samplev"]),
        ("Jay Samplev (trái) đến thăm.", ["Jay Samplev"]),
        ("Jay Samplev (45 tuổi) đến thăm.", ["Jay Samplev"]),
        ("Theo đó, Jay Samplev hôm 3/7 cho biết việc ấy.", ["Jay Samplev"]),
        ("Đại sứ Nga tại Liên Hợp Quốc Jay Samplev đến.", ["Jay Samplev"]),
        ("Phát ngôn viên chính phủ Đức Jay Samplev đến.", ["Jay Samplev"]),
        ("Jay Samplev đến. Bà Samplev đi.", ["Jay Samplev"]),
        (
            "Tổng thống John Mẫu, Jay Samplev và Xiao Testov đến.",
            ["John Mẫu", "Jay Samplev", "Xiao Testov"],
        ),
        ("Samplev Daily News cho biết việc ấy.", []),
        ("Nhóm Jay Samplev cho biết việc ấy.", []),
        ("Jay Samplev, một tổ chức ít tên tuổi, đến.", []),
        ("Họ sống ở gần Jay Samplev.", []),
    ],
)
def test_foreign_names_are_persons_by_what_stands_around_them(
    text: str, expected: list[str]
) -> None:
    assert persons(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chủ tịch UBND tỉnh Ngạc Văn Mẫu đến.", ["Ngạc Văn Mẫu"]),
        ("Phó Chủ tịch UBND huyện Phú Bình Ma A Mẫu đến.", ["Ma A Mẫu"]),
        ("Tin mới\nMưa lớn.\nAnh Ngọc (Theo BBC)", ["Anh Ngọc"]),
        ("Tin mới\nAnh Ngọc đến.", ["Ngọc"]),
        ("Từ Thổ Chu đến Hòn Khoai có bốn hải đội.", []),
        ("Mây mù giăng ở Cù Lao Chàm khi đoàn đến.", []),
    ],
)
def test_a_place_in_front_or_around_is_no_part_of_a_name(text: str, expected: list[str]) -> None:
    assert persons(text) == expected


@pytest.mark.parametrize(("text", "expected"), BY_SHAPE)
def test_persons_are_found_by_shape_and_title(text: str, expected: list[str]) -> None:
    assert persons(text) == expected


@pytest.mark.parametrize(("text", "name", "expected"), JOINED)
def test_short_forms_and_spellings_join_the_full_name(
    text: str, name: str, expected: list[str]
) -> None:
    (person,) = RECOGNISER.recognise(text).persons

    assert person.name == name
    assert mentions(text, person) == expected


def test_of_two_with_one_given_name_the_last_mentioned_is_meant() -> None:
    text = "Ông Lê Văn Mẫu đến. Bà Vũ Thị Mẫu về. Bà Mẫu nói."
    first, second = RECOGNISER.recognise(text).persons

    assert len(first.mentions) == 1
    assert mentions(text, second) == ["Vũ Thị Mẫu", "Mẫu"]


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        ("Như Mẫu - Hoài Ví", ["Như Mẫu", "Hoài Ví"]),
        ("Vinh Mẫu", ["Vinh Mẫu"]),
        ("Như Mẫu (Tổng hợp)", ["Như Mẫu"]),
        ("Ảnh: QUANG VÍ", ["QUANG VÍ"]),
        ("Ảnh: TH", []),
        ("Hà Nội - Huế", []),
    ],
)
def test_the_last_line_may_name_the_writers(last: str, expected: list[str]) -> None:
    assert persons(f"Trời mưa to.\nNhà cửa ngập nước.\n{last}") == expected


@pytest.mark.parametrize(
    ("text", "credited"),
    [
        ("Ông Lê Văn Thử họp.\nẢnh: Trần Văn Chụp", ["Trần Văn Chụp"]),
        ("Ông Lê Văn Thử họp.\nTrần Văn Chụp", ["Trần Văn Chụp"]),
        ("Ông Lê Văn Thử họp (Ảnh: Nguyễn Khánh) ở Huế.", ["Nguyễn Khánh"]),
        ("Họp ở Huế - Ảnh: VIỄN SỰ - TRẦN MAI", ["VIỄN SỰ", "TRẦN MAI"]),
        ("Họp ở Huế. Ảnh tư liệu: Nguyễn Khánh/Báo Mẫu", ["Nguyễn Khánh"]),
        # Of whom the article speaks too; a caption.
        ("Ông Trần Văn Chụp họp.\nẢnh: Trần Văn Chụp", []),
        ("Ảnh: Chủ tịch Trần Văn Chụp tặng quà.", []),
        ("Hình ảnh ông Trần Văn Chụp: bà Lê Thị Vẽ trao.", []),
    ],
)
def test_who_only_took_the_picture_or_wrote_is_marked(text: str, credited: list[str]) -> None:
    persons = RECOGNISER.recognise(f"Tin\n{text}").persons

    assert [person.name for person in persons if person.is_credit] == credited
