"""Which documents a text names, as tables of invented sentences."""

from __future__ import annotations

import pytest

from entities.recognised import RECOGNISER, mentions, names, organisations

NAMES = [
    ("Theo Nghị định 100/2019/NĐ-CP, xe phải dừng.", ["Nghị định 100/2019/NĐ-CP"]),
    ("Học tập Chỉ thị 05 - CT / TW sáng nay.", ["Chỉ thị 05 - CT / TW"]),
    ("Công văn số 12/UBND-KTN đã gửi.", ["Công văn số 12/UBND-KTN"]),
    ("Thi hành kết luận số 63 ngày 27-5.", ["kết luận số 63"]),
    ("Đề án 06-ĐA/TU và Đề án 06 đã xong.", ["Đề án 06-ĐA/TU"]),
    ("Đề án 500 trí thức trẻ đã xong.", []),
    ("Họ ra Nghị quyết chuyên đề số 08 về việc này.", ["Nghị quyết chuyên đề số 08"]),
    ("Họ công bố Bản ghi nhớ Sample trước hạn.", ["Bản ghi nhớ Sample"]),
    ("Nghị quyết 54 có hiệu lực.", ["Nghị quyết 54"]),
    ("Quy định 15 lĩnh vực phải xin phép.", []),
    ("Quyết định 2 vấn đề; kế hoạch 2021 đã xong.", []),
    ("Giảm 5% theo quy định 20% mỗi năm.", []),
    ("Nghị quyết Trung ương 4 khóa XII bàn việc này.", ["Nghị quyết Trung ương 4 khóa XII"]),
    ("Theo Nghị quyết Trung ương 4 (khoá XI), họ sửa.", ["Nghị quyết Trung ương 4 (khoá XI)"]),
    ("Nghị quyết đại hội Đảng bộ xã lần thứ 15 nêu rõ.", ["Nghị quyết đại hội Đảng bộ xã lần thứ 15"]),
    ("Họ sửa Luật Đất đai năm 2013 và Bộ luật Hình sự.", ["Luật Đất đai năm 2013", "Bộ luật Hình sự"]),
    ("Luật Phòng chống tác hại của rượu, bia được bàn.", ["Luật Phòng chống tác hại của rượu, bia"]),
    ("Luật Giao thông trên biển chưa có.", ["Luật Giao thông"]),
    ("Luật sư Lê Văn Ví nói luật pháp đã rõ.", []),
    ("Kỷ luật Đảng phải nghiêm.", []),
    ("Hiến pháp năm 2013 và hiến pháp Lào.", ["Hiến pháp năm 2013", "hiến pháp Lào"]),
    ("Trái Điều lệ Đảng.", ["Điều lệ Đảng"]),
    (
        "Công ước Liên Hợp Quốc về Luật Biển năm 1982 nêu vậy.",
        ["Công ước Liên Hợp Quốc về Luật Biển năm 1982"],
    ),
    ("Hiệp định thương mại tự do Việt Nam - EU.", ["Hiệp định thương mại tự do Việt Nam - EU"]),
    ("Một hiệp định thương mại tự do mới.", []),
    ("Tổ chức Hiệp ước Bắc Đại Tây Dương họp.", []),
]  # fmt: skip

JOINED = [
    ("Chỉ thị 05-CT/TW rõ. Theo chỉ thị số 05, họ làm.", "Chỉ thị 05-CT/TW",
     ["Chỉ thị 05-CT/TW", "chỉ thị số 05"]),
    ("Luật Đất đai 2013 cũ rồi. Luật Đất đai cần sửa.", "Luật Đất đai 2013",
     ["Luật Đất đai 2013", "Luật Đất đai"]),
    ("Hiệp định Đối tác toàn diện Mẫu (MPA) có lợi. Hiệp định MPA mới.",
     "Hiệp định Đối tác toàn diện Mẫu", ["Hiệp định Đối tác toàn diện Mẫu", "Hiệp định MPA"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), NAMES)
def test_documents_are_found_by_number_subject_and_meeting(text: str, expected: list[str]) -> None:
    assert names(RECOGNISER.recognise(text).documents) == expected


@pytest.mark.parametrize(("text", "name", "expected"), JOINED)
def test_short_forms_are_one_document(text: str, name: str, expected: list[str]) -> None:
    (document,) = RECOGNISER.recognise(text).documents

    assert document.name == name
    assert mentions(text, document) == expected


def test_a_law_about_a_body_names_no_body() -> None:
    assert organisations("Họ sửa Luật Công an nhân dân.") == []


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("Chỉ thị số 36 của Bộ Chính trị được bàn.", "Bộ Chính trị"),
        ("Chỉ thị 36 ngày 15/5/2016 của UBND tỉnh Cà Mau được bàn.", "Ủy ban nhân dân tỉnh Cà Mau"),
        ("Quyết định 367 ngày 1-2-2017 của Thủ tướng có hiệu lực.", "Thủ tướng"),
        ("Chỉ thị 05-CT/TW ngày 15 tháng 5 năm 2016 của Bộ Chính trị có hiệu lực.", "2016"),
        ("Quyết định 12/QĐ-UBND của UBND tỉnh Cà Mau có hiệu lực.", "Ủy ban nhân dân tỉnh Cà Mau"),
        ("Nghị định 46/2016/NĐ-CP của Chính phủ có hiệu lực.", ""),
        ("Chỉ thị 36 có hiệu lực từ năm 2016.", ""),
        ("Chỉ thị 36 được Bộ Chính trị bàn.", ""),
        ("Luật Đất đai của Quốc hội có hiệu lực.", ""),
    ],
)
def test_who_issued_a_document_or_when_tells_it_from_others_of_its_number(
    text: str, note: str
) -> None:
    (document,) = RECOGNISER.recognise(text).documents

    assert document.note == note


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nghị quyết Trung ương đã đề nghị thay đổi và đến 31 thì xong.", []),
        ("Nghị quyết Đại hội Đảng bộ Quân đội lần thứ X nêu rõ.",
         ["Nghị quyết Đại hội Đảng bộ Quân đội lần thứ X"]),
        ("Nghị quyết đại hội đảng bộ thành phố lần thứ 10 nêu rõ.",
         ["Nghị quyết đại hội đảng bộ thành phố lần thứ 10"]),
    ],
)  # fmt: skip
def test_the_name_of_a_meeting_ends_where_its_words_do(text: str, expected: list[str]) -> None:
    assert names(RECOGNISER.recognise(text).documents) == expected
