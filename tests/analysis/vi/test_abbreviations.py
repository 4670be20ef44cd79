"""Which abbreviations are known, and which a text explains."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tintuc_search.analysis.base import Use
from tintuc_search.analysis.tables import read_table
from tintuc_search.analysis.vi import VietnameseAnalyzer
from tintuc_search.analysis.vi.definitions import is_abbreviation, spells
from tintuc_search.analysis.vi.spelling import is_syllable

ANALYZER = VietnameseAnalyzer()

DEFINITIONS = [
    ("Ủy ban Kiểm tra (UBKT) họp.", [("UBKT", "Ủy ban Kiểm tra")]),
    ("UBKT (Ủy ban Kiểm tra) họp.", [("UBKT", "Ủy ban Kiểm tra")]),
    ("theo Ban Chấp hành Trung ương (BCH TW)", [("BCH TW", "Ban Chấp hành Trung ương")]),
    ("của Trung ương (T.Ư)", [("T.Ư", "Trung ương")]),
    ("Sở Khoa học và Công nghệ (KH&CN)", [("KH&CN", "Khoa học và Công nghệ")]),
    ("Bộ Khoa học và Công nghệ (KHCN)", [("KHCN", "Khoa học và Công nghệ")]),
    (
        "Bộ Lao động - Thương binh và Xã hội (LĐ-TB&XH)",
        [("LĐ-TB&XH", "Lao động - Thương binh và Xã hội")],
    ),
    ("Đại học (ĐH) và Cao đẳng (CĐ)", [("ĐH", "Đại học"), ("CĐ", "Cao đẳng")]),
    ("xe thông tin lớp 4 (TTL4)", [("TTL4", "thông tin lớp 4")]),
    # The fewest words, of one sentence.
    ("Ban Tổ chức. Ủy ban Kiểm tra (UBKT)", [("UBKT", "Ủy ban Kiểm tra")]),
    ("Ủy ban. Kiểm tra (UBKT)", []),
    # An ordinary syllable too.
    ("quyết định thi hành án (THA)", []),
    # The letters are others, or it is no abbreviation.
    ("Ủy ban Kiểm tra (UBND)", []),
    ("Trung tâm (TW)", []),
    ("Ông Lê Văn Thử (45 tuổi)", []),
    ("tại Hà Nội (Việt Nam)", []),
    ("(UBKT)", []),
    ("UBKT ()", []),
    ("()" * 9, []),
    ("", []),
]


@pytest.mark.parametrize(("text", "found"), DEFINITIONS)
def test_a_text_explains(text: str, found: list[tuple[str, str]]) -> None:
    assert found == list(ANALYZER.definitions(text))


@given(st.text("AĐabđ (&).-\n") | st.text(max_size=60))
def test_definitions_are_in_the_text_and_agree_with_their_letters(text: str) -> None:
    for short, full in ANALYZER.definitions(text):
        assert short in text
        assert full in text
        assert is_abbreviation(short)
        assert spells(short, [token.term for token in ANALYZER.tokens(full)])


def test_every_known_abbreviation_has_terms_and_stands_for_several_words() -> None:
    for each in ANALYZER.abbreviations:
        assert ANALYZER.key(each.short)
        assert len(ANALYZER.tokens(each.full)) > 1 or each.full == "Tiến sĩ", each
        assert all(ANALYZER.key(word) == word for word in each.before | each.behind), each


def test_an_abbreviation_that_is_an_ordinary_syllable_is_one_only_beside_certain_words() -> None:
    for each in ANALYZER.abbreviations:
        if all(is_syllable(term) for term in ANALYZER.key(each.short).split()):
            assert each.use is Use.BESIDE, each
        if each.use is Use.BESIDE:
            assert each.before | each.behind, each


def test_the_abbreviations_of_names_are_known_with_the_same_full_forms() -> None:
    known = {(ANALYZER.key(each.short), ANALYZER.key(each.full)) for each in ANALYZER.abbreviations}

    for short, full, _ in read_table("tintuc_search.entities", "abbreviations.tsv"):
        assert (ANALYZER.key(short), ANALYZER.key(full)) in known
