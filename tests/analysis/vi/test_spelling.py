"""Which spellings count as one syllable, as tables of what is typed and what the index holds."""

from __future__ import annotations

import pytest

from tintuc_search.analysis.vi.spelling import is_syllable, unify_spelling

TONE_PLACEMENT = [
    ("hoà", "hòa"),
    ("hòa", "hòa"),
    ("hoả", "hỏa"),
    ("toạ", "tọa"),
    ("thuỷ", "thủy"),
    ("uỷ", "ủy"),
    ("huỷ", "hủy"),
    ("khoẻ", "khỏe"),
    ("tuý", "túy"),
    ("oà", "òa"),
    ("tòan", "toàn"),
    ("hòang", "hoàng"),
    ("thóat", "thoát"),
    ("khuyủ", "khuỷu"),
    ("ngòai", "ngoài"),
    ("tíên", "tiến"),
    ("đựơc", "được"),
    ("ngừơi", "người"),
    ("cuả", "của"),
    ("muà", "mùa"),
    ("mưà", "mừa"),
    ("thuở", "thuở"),
    ("giếng", "giếng"),
    ("gíup", "giúp"),
    ("gìa", "già"),
    ("gìn", "gìn"),
    ("gì", "gì"),
    ("giữ", "giữ"),
    ("qủa", "quả"),
    ("qúy", "quý"),
    ("qùynh", "quỳnh"),
    ("quốc", "quốc"),
    ("quyết", "quyết"),
]

I_AND_Y = [
    ("mĩ", "mỹ"),
    ("lí", "lý"),
    ("kỉ", "kỷ"),
    ("tỉ", "tỷ"),
    ("sĩ", "sỹ"),
    ("hi", "hy"),
    ("quí", "quý"),
    ("qui", "quy"),
]

DIFFERENT_WORDS = [
    ("tay", "tai"),
    ("thúy", "thúi"),
    ("ý", "í"),
    ("y", "i"),
    ("vi", "vy"),
    ("mai", "may"),
    ("lịt", "lỵt"),
    ("thi", "thy"),
    ("hòa", "hóa"),
    ("của", "cua"),
    ("đa", "da"),
    ("chi", "chy"),
]

NO_SYLLABLE = ["café", "résumé", "señor", "déjà", "đắklắk", "tw", "covid", "", "ъ", "é", "17", "bò̀"]


@pytest.mark.parametrize(("typed", "canonical"), TONE_PLACEMENT + I_AND_Y)
def test_equal_spellings_get_one_form(typed: str, canonical: str) -> None:
    assert unify_spelling(typed) == canonical


@pytest.mark.parametrize(("one", "other"), DIFFERENT_WORDS)
def test_different_words_stay_apart(one: str, other: str) -> None:
    assert unify_spelling(one) != unify_spelling(other)


@pytest.mark.parametrize("word", NO_SYLLABLE)
def test_what_is_no_vietnamese_syllable_is_left_alone(word: str) -> None:
    assert unify_spelling(word) == word


@pytest.mark.parametrize(
    ("term", "native"),
    [
        ("phong", True),
        ("nguyễn", True),
        ("quý", True),
        ("trump", False),
        ("17", False),
        ("", False),
    ],
)
def test_a_vietnamese_syllable_is_told_by_its_make(term: str, native: bool) -> None:
    assert is_syllable(term) is native
