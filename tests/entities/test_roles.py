"""Who holds which office: a sentence in, persons and offices out; a former office in brackets."""

from __future__ import annotations

import pytest

from entities.recognised import roles

THU = "Lê Văn Thử"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bộ trưởng Bộ Công an Lê Văn Thử đến Huế.", ["Bộ trưởng Bộ Công an"]),
        ("Bộ trưởng Tài chính Lê Văn Thử đến Huế.", ["Bộ trưởng Tài chính"]),
        ("Phó Tổng thống Mỹ John Thử đến Huế. Ông Lê Văn Thử ở lại.", []),
        ("công tố viên đặc biệt Lê Văn Thử đến Huế.", ["công tố viên đặc biệt"]),
        (
            "Cục trưởng Cục Chăn nuôi (Bộ Y tế) Lê Văn Thử trả lời.",
            ["Cục trưởng Cục Chăn nuôi"],
        ),
        (
            "Ủy viên Bộ Chính trị, Bí thư Thành ủy Hà Nội Lê Văn Thử phát biểu.",
            ["Ủy viên Bộ Chính trị", "Bí thư Thành ủy Hà Nội"],
        ),
        ("Chủ tịch Quốc hội khóa 13 Lê Văn Thử phát biểu.", ["Chủ tịch Quốc hội khóa 13"]),
        ("Chính quyền Tổng thống Lê Văn Thử đã nhượng bộ.", ["Tổng thống"]),
        ("Tới dự có quyền Chủ tịch UBND tỉnh Lê Văn Thử.", ["quyền Chủ tịch UBND tỉnh"]),
        ("Nguyên Bộ trưởng Bộ Y tế Lê Văn Thử có mặt.", ["(Bộ trưởng Bộ Y tế)"]),
    ],
)
def test_titles_in_front(text: str, expected: list[str]) -> None:
    assert [role for person, role in roles(text) if person == THU] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bầu ông Lê Văn Thử giữ chức vụ Phó Chủ tịch UBND tỉnh.", "Phó Chủ tịch UBND tỉnh"),
        ("Ông Lê Văn Thử, 51 tuổi, Phó Chánh án, có mặt.", "Phó Chánh án"),
        ("Ông Lê Văn Thử, sinh năm 1958, Phó Chánh án, có mặt.", "Phó Chánh án"),
        ("Cách chức Huyện ủy viên đối với ông Lê Văn Thử.", "(Huyện ủy viên)"),
        ("HĐND miễn nhiệm Trưởng ban Đô thị với ông Lê Văn Thử.", "(Trưởng ban Đô thị)"),
        ("Cách chức tỉnh ủy viên: ông Lê Văn Thử.", "(tỉnh ủy viên)"),
        ("Chủ nhiệm UBKT của tỉnh, đồng chí Lê Văn Thử, có mặt.", "Chủ nhiệm UBKT của tỉnh"),
        ("Phó tham mưu trưởng, Thượng tá Lê Văn Thử, báo cáo.", "Phó tham mưu trưởng"),
        ("Ông Lê Văn Thử, Bí thư Thành ủy TP. Huế, nói.", "Bí thư Thành ủy TP. Huế"),
        ("Trên cương vị chủ tịch tỉnh, ông Lê Văn Thử ký.", "chủ tịch tỉnh"),
        ("Ông Lê Văn Thử được bổ nhiệm làm Viện trưởng thay ông Trần Mẫu.", "Viện trưởng"),
    ],
)
def test_where_an_office_and_its_holder_can_stand(text: str, expected: str) -> None:
    assert roles(text) == [(THU, expected)]


@pytest.mark.parametrize(
    "text",
    [
        "Hai phó bí thư là ông Lê Văn Thử và bà Trần Thị Mẫu.",
        "Tỉnh có 2 phó bí thư, gồm: ông Lê Văn Thử, bà Trần Thị Mẫu.",
        "Tỉnh có hai phó bí thư, gồm các ông, bà: Lê Văn Thử và Trần Thị Mẫu.",
    ],
)
def test_an_office_of_several_is_that_of_each(text: str) -> None:
    assert roles(text) == [(THU, "phó bí thư"), ("Trần Thị Mẫu", "phó bí thư")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ông Lê Văn Thử, Phó Chủ tịch UBND tỉnh Quảng Nam, cho biết.",
            ["Phó Chủ tịch UBND tỉnh Quảng Nam"],
        ),
        ("Ông Lê Văn Thử - giám đốc Sở Xây dựng - cho biết.", ["giám đốc Sở Xây dựng"]),
        ("Ông Lê Văn Thử (Bí thư Huyện ủy Mẫu Đức) có mặt.", ["Bí thư Huyện ủy Mẫu Đức"]),
        ("Bà Lê Văn Thử (SN 1961), chủ tịch HĐND xã, có mặt.", ["chủ tịch HĐND xã"]),
        (
            "Ông Lê Văn Thử, nguyên Phó Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh, bị kỷ luật.",
            ["(Phó Bí thư Tỉnh ủy)", "(Chủ tịch UBND tỉnh)"],
        ),
        (
            "Ông Lê Văn Thử, bí thư Đảng ủy kiêm chủ tịch HĐND xã, có mặt.",
            ["bí thư Đảng ủy", "chủ tịch HĐND xã"],
        ),
    ],
)
def test_appositions(text: str, expected: list[str]) -> None:
    assert roles(text) == [(THU, role) for role in expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ông Lê Văn Thử được bầu giữ chức Chủ tịch UBND tỉnh.", ["Chủ tịch UBND tỉnh"]),
        (
            "Ông Lê Văn Thử được bổ nhiệm làm Bộ trưởng Bộ Y tế.",
            ["Bộ trưởng Bộ Y tế"],
        ),
        ("Ông Lê Văn Thử về hưu.\nÔng từng là Bí thư Tỉnh ủy Cà Mau.", ["(Bí thư Tỉnh ủy Cà Mau)"]),
        ("Nhân sự được giới thiệu làm Chủ tịch Quốc hội là ông Lê Văn Thử.", ["Chủ tịch Quốc hội"]),
    ],
)
def test_appointments(text: str, expected: list[str]) -> None:
    assert roles(text) == [(THU, role) for role in expected]


def test_a_list_gives_each_person_the_office_behind_the_name() -> None:
    text = (
        "Đoàn gồm: Lê Văn Thử - Ủy viên Bộ Chính trị, Bí thư Thành ủy Hà Nội; "
        "Trần Thị Mẫu - Chủ tịch UBND tỉnh Cà Mau; ông Phạm Văn Dạng, Giám đốc Sở Y tế."
    )

    assert roles(text) == [
        ("Lê Văn Thử", "Ủy viên Bộ Chính trị"),
        ("Lê Văn Thử", "Bí thư Thành ủy Hà Nội"),
        ("Trần Thị Mẫu", "Chủ tịch UBND tỉnh Cà Mau"),
        ("Phạm Văn Dạng", "Giám đốc Sở Y tế"),
    ]


def test_an_appointee_and_who_follows_are_told_apart() -> None:
    text = "Nhân dịp ông Lê Văn Thử được bầu làm Chủ tịch Quốc hội, Chủ tịch nước Trần Văn Mẫu đến."

    assert roles(text) == [(THU, "Chủ tịch Quốc hội"), ("Trần Văn Mẫu", "Chủ tịch nước")]


def test_the_office_next_to_a_dash_is_not_the_next_persons() -> None:
    text = "Có bà Trần Thị Mẫu - chủ tịch HĐND TP, ông Lê Văn Thử - phó chánh án."

    assert roles(text) == [("Trần Thị Mẫu", "chủ tịch HĐND TP"), (THU, "phó chánh án")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thủ tướng Lê Văn Thử đến.\nThủ tướng Chính phủ Lê Văn Thử nói.", ["Thủ tướng Chính phủ"]),
        (
            "Bí thư Tỉnh ủy Lê Văn Thử nói.\nÔng Thử, Bí thư Tỉnh ủy Cà Mau, về.",
            ["Bí thư Tỉnh ủy Cà Mau"],
        ),
        (
            "Các đại biểu Quốc hội thảo luận.\nĐại biểu Lê Văn Thử đồng tình.",
            ["đại biểu Quốc hội"],
        ),
        ("Thủ tướng Nhật Bản đến.\nThủ tướng Lê Văn Thử tiếp ông.", ["Thủ tướng"]),
        (
            "Ông Lê Văn Thử, Chủ tịch Quốc hội khóa 13, được bầu làm Chủ tịch Quốc hội khóa 14.",
            ["Chủ tịch Quốc hội khóa 13", "Chủ tịch Quốc hội khóa 14"],
        ),
    ],
)
def test_one_entry_an_office_in_its_fullest_wording(text: str, expected: list[str]) -> None:
    assert roles(text) == [(THU, role) for role in expected]


@pytest.mark.parametrize(
    "text",
    [
        "Văn phòng Chủ tịch nước mời ông Lê Văn Thử.",
        "Con gái Tổng thống Mỹ Lê Văn Thử đến Huế.",
        "Sau cuộc gặp với Tổng thống Nga, ông Lê Văn Thử về nước.",
        "Ông Lê Văn Thử gặp Thủ tướng Chính phủ.",
        "Chủ tịch UBND tỉnh vắng mặt. Ông Lê Văn Thử cũng vậy.",
    ],
)
def test_an_office_that_is_somebody_elses_is_nobodys_here(text: str) -> None:
    assert roles(text) == []


def test_the_house_of_an_ambassador_is_no_office() -> None:
    assert roles("Tòa nhà treo ảnh ông Lê Văn Thử là đại sứ quán giả.") == []
