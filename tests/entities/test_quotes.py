"""Who said what: a text in, speakers and words out."""

from __future__ import annotations

import time
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entities.recognised import RECOGNISER, quotes

THU = "Lê Văn Thử"
FIRST = "Ông Lê Văn Thử đến Huế.\n"
SAID = "Chúng ta phải làm ngay việc này"
WORDS = (
    "ông bà Lê Văn Thử Thử Bộ Y tế Chủ tịch UBND tỉnh Thủ tướng nói cho biết đề nghị rằng theo Theo "
    "và , . : ; nguyên là làm giữ chức - ( ) “ ” \" ' ‘ ’ « » \n việc phải làm ngay Huế Nga ngày 3/7 "
    "các đại biểu Ảnh dẫn lời ? ! …"
)
TEXTS = st.one_of(
    st.text(max_size=60), st.lists(st.sampled_from(WORDS.split(" ")), max_size=30).map(" ".join)
)


@pytest.mark.parametrize(
    "text",
    [
        f"“{SAID}”, ông Thử nói.",
        f'" {SAID} ", ông Thử nhấn mạnh.',
        f"“{SAID}” - ông Thử khẳng định.",
        f"“{SAID}!”, ông Thử nói.",
        f"«{SAID}», ông Thử chia sẻ với báo chí.",
        f"Ông Thử nói: “{SAID}”.",
        f"Ông Thử cho biết: '{SAID}'.",
        f"Ông Thử nói với các phóng viên: “{SAID}”.",
        f"Theo ông Thử: “{SAID}”.",
        f"“{SAID}”, Reuters dẫn lời ông Thử.",
        f"Ông Thử: “{SAID}”",
        f"Ông Thử trả lời báo chí.\nÔng nói:\n“{SAID}”.",
        f"“{SAID}”, ông Thử cười.",
        f"“{SAID}”, thượng tá Lê Văn Thử, chỉ huy đảo, cười.",
        f"“{SAID}”, anh nghẹn lại.",
        f"Ông Thử, 88 tuổi, run run gấp lá phiếu: “{SAID}”.",
        f"Ông Thử đi lại trong phòng rồi nói: “{SAID}”.",
        f"Ông Thử nói ngắn, không đọc giấy: “{SAID}”.",
    ],
)
def test_direct_quotations_with_the_speaker_behind_or_in_front(text: str) -> None:
    found = quotes(FIRST + text)

    assert [(speaker, kind, words.rstrip("!")) for speaker, kind, words in found] == [
        (THU, "direct", SAID)
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"Ông Thử cho biết {SAID}.",
        f"Ông Thử cho biết, {SAID}.",
        f"Ông Thử nói rằng {SAID}.",
        f"Ông Thử ngày 3/7 cũng cho rằng {SAID}.",
        f"Ông Thử nhấn mạnh thêm rằng {SAID}.",
        f"Ông Thử cho biết: {SAID}.",
        f"Ông Thử (giám đốc Sở Y tế) cho biết {SAID}.",
        f"Ông Thử - giám đốc Sở Y tế - cho hay {SAID}.",
        f"Ông Thử, giám đốc Sở Y tế, đề nghị {SAID}.",
        f"Theo ông Thử, {SAID}.",
        f"Cũng theo ông Thử, giám đốc Sở Y tế, {SAID}.",
        f"Ông Thử cho biết hôm 17/5 rằng {SAID}.",
        f"Ông Thử: {SAID}.",
        f"Ông Thử cho biết {SAID} - Ảnh: TTX",
        f"{SAID}, ông Thử cho biết.",
        f"{SAID}, ông Thử cho hay tại cuộc họp chiều qua.",
        f"{SAID}, theo ông Thử.",
        f"Ông Thử đến hiện trường và yêu cầu {SAID}.",
        f"Sáng nay, ông Thử xuống Huế, rồi nhắc nhở {SAID}.",
        f"Luật sư Lê Văn Thử, bào chữa cho bị cáo, đề nghị {SAID}.",
        f"Luật sư Lê Văn Thử, qua điện thoại với báo Nhân Dân, cho rằng {SAID}.",
        f"Giáo sư Lê Văn Thử, Đại học Huế, nhận định {SAID}.",
        f"Ông Thử bảo {SAID}.",
        f"Ông Thử đến hiện trường, nói rằng {SAID}.",
        f"Ông Thử nhận xét về báo cáo của bà Mẫu, nói thêm rằng {SAID}.",
    ],
)
def test_clauses_behind_a_verb_of_speech(text: str) -> None:
    assert quotes(FIRST + text) == [(THU, "indirect", SAID)]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (f"Bộ Y tế khẳng định {SAID}.", "Bộ Y tế"),
        (f"Đại diện Bộ Y tế cho biết {SAID}.", "Bộ Y tế"),
        (f"Nga tuyên bố {SAID}.", "Nga"),
        (f"Lãnh đạo tỉnh Cà Mau cho biết {SAID}.", "Lãnh đạo tỉnh Cà Mau"),
        (f"Thủ tướng yêu cầu {SAID}.", "Thủ tướng"),
        (f"Thủ tướng Lê Văn Thử đến.\nThủ tướng yêu cầu {SAID}.", THU),
        (f"Bí thư Tỉnh ủy Cà Mau Lê Văn Thử đến.\nBí thư Tỉnh ủy yêu cầu {SAID}.", THU),
        (f"Tổng thống Nga Lê Văn Thử đến.\nNhà lãnh đạo Nga cho rằng {SAID}.", THU),
        (f"Ông Lê Văn Thử và bà Trần Thị Mẫu đến.\nTheo ông Thử, {SAID}.", THU),
    ],
)
def test_the_speaker_may_be_a_body_a_title_or_whoever_bears_it(text: str, speaker: str) -> None:
    assert quotes(text) == [(speaker, "indirect", SAID)]


def test_a_pronoun_means_who_spoke_last() -> None:
    text = f"{FIRST}Ông Thử cho biết {SAID}.\nÔng cũng nhấn mạnh {SAID}."

    assert [speaker for speaker, _, _ in quotes(text)] == [THU, THU]


@pytest.mark.parametrize(
    ("pronoun", "speaker"), [("Ông", THU), ("Bà", "Trần Thị Mẫu"), ("Chị", "Trần Thị Mẫu")]
)
def test_a_pronoun_means_nobody_whom_the_text_calls_otherwise(pronoun: str, speaker: str) -> None:
    for both in ("Ông Lê Văn Thử và bà Trần Thị Mẫu", "Bà Trần Thị Mẫu và ông Lê Văn Thử"):
        assert quotes(f"{both} đến Huế.\n{pronoun} cho biết {SAID}.") == [
            (speaker, "indirect", SAID)
        ]


def test_a_pronoun_means_whose_title_began_the_sentence_before() -> None:
    text = "Phó Chủ tịch HĐND tỉnh nhận khuyết điểm với ông Lê Văn Thử. Ông cho biết "

    assert quotes(text + SAID) == [("Phó Chủ tịch HĐND tỉnh", "indirect", SAID)]


def test_an_answer_with_the_name_before_it_is_told_to_its_end() -> None:
    text = f"Trò chuyện ở Huế\nPV: Việc ấy xong chưa?\nÔng Lê Văn Thử: {SAID}. Việc này không dễ."

    assert quotes(text) == [(THU, "indirect", f"{SAID}. Việc này không dễ")]


def test_a_quotation_goes_on_behind_its_speaker() -> None:
    text = f"{FIRST}“{SAID}”, ông Thử nói. “Việc này không dễ”."

    assert quotes(text) == [(THU, "direct", SAID), (THU, "direct", "Việc này không dễ")]


def test_titles_of_works_are_no_quotations() -> None:
    text = f"{FIRST}Ông Thử cho biết Bộ Y tế mở cuộc vận động “{SAID}” từ nay."

    assert [kind for _, kind, _ in quotes(text)] == ["indirect"]


def test_what_is_told_within_a_demand_is_said_by_who_demands() -> None:
    text = f"{FIRST}Ông Thử đề nghị Bộ Y tế báo cáo kết quả cuối năm, “{SAID}”."

    assert {speaker for speaker, _, _ in quotes(text)} == {THU}


def test_a_second_verb_has_the_same_speaker() -> None:
    text = f"{FIRST}“{SAID}”, ông Thử nói và đề nghị Bộ Y tế vào cuộc."

    assert quotes(text) == [
        (THU, "direct", SAID),
        (THU, "indirect", "Bộ Y tế vào cuộc"),
    ]


@pytest.mark.parametrize("mark", ["“", '"'])
def test_a_quotation_may_run_over_paragraphs(mark: str) -> None:
    close = "”" if mark == "“" else mark
    whole = f"{SAID}.\nViệc này không dễ.\n{mark}Nhưng phải làm"

    assert quotes(f"{FIRST}{mark}{whole}{close}, ông Thử nói.") == [(THU, "direct", whole)]


def test_a_line_in_marks_goes_on_with_the_line_before() -> None:
    text = f"{FIRST}Ông Thử cho biết Bộ Y tế đã vào cuộc.\n“{SAID}”."

    assert (THU, "direct", SAID) in quotes(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ông Thử mua “đất vàng” ở Huế.",
        f"Các đại biểu cho rằng {SAID}.",
        f"Một nguồn tin cho biết {SAID}.",
        f"Chuyên gia của Bộ Y tế cho biết {SAID}.",
        "Ông Thử trả lời chất vấn trước Quốc hội.",
        "Ông Thử cho biết như vậy tại cuộc họp chiều qua.",
        f"Theo kế hoạch, {SAID}.",
        "Thủ tướng Lê Văn Thử phát biểu tại hội nghị - Ảnh: TTX",
        "Theo ông, có khâu nào còn yếu trong chuỗi sản xuất?",
        f"Tại cuộc họp sáng nay ở Huế, ông Thử phát biểu.\n{SAID}.",
        "Phía Anh cho biết.",
        f"Những người bị ông Thử tố cáo {SAID}.",
        "Ông Thử bảo đảm đúng tiến độ việc này ngay.",
        "Quan hệ hai nước do ông Thử xây dựng kể từ sau vụ việc năm 2018.",
        f"Một nữ cán bộ văn phòng Huyện ủy cho biết {SAID}.",
        "Các mức án:\n- Lê Văn Thử: 11 năm tù, cấm đảm nhiệm chức vụ.",
        f"Đề nghị của ông Thử chỉ đạo của {SAID}.",
        "Ông Thử chia sẻ đoạn video cũ trên trang của mình.",
    ],
)
def test_no_quotation(text: str) -> None:
    assert quotes(FIRST + text) == []


@settings(deadline=None)
@given(TEXTS)
def test_no_text_makes_it_raise_and_offsets_cut_the_words(text: str) -> None:
    found = RECOGNISER.recognise(text)
    for quote in found.quotes:
        assert quote.quote == normalize("NFC", text[quote.start : quote.end])
        assert quote.quote.strip()
        assert quote.speaker
        assert quote.kind in {"direct", "indirect"}
    persons = {person.name for person in found.persons}
    assert all(role.role and role.person in persons for role in found.roles)


def test_the_json_has_the_fixed_fields() -> None:
    found = RECOGNISER.recognise(f"Chủ tịch nước Lê Văn Thử nói: “{SAID}”.").to_json()
    start = found["quotes"][0]["start"]

    assert found["roles"] == [{"person": THU, "role": "Chủ tịch nước", "former": False}]
    assert found["quotes"] == [
        {
            "speaker": THU,
            "quote": SAID,
            "kind": "direct",
            "start": start,
            "end": start + len(SAID),
        }
    ]


@pytest.mark.parametrize("words", ["phó quyền ", "“", '"a" ', "theo ông Thử, ", "là Chủ tịch, "])
def test_repeated_words_neither_raise_nor_take_long(words: str) -> None:
    started = time.process_time()
    RECOGNISER.recognise(FIRST + words * 5000)

    assert time.process_time() - started < 5
