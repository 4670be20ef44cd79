"""Numbers, dates and dotted abbreviations written otherwise: text → the other ways."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tintuc_search.analysis.base import Rewriting
from tintuc_search.analysis.vi import VietnameseAnalyzer
from tintuc_search.analysis.vi.numerals import from_roman, to_roman

ANALYZER = VietnameseAnalyzer()


def rewritings(text: str) -> list[Rewriting]:
    tokens = ANALYZER.tokens(text)
    gaps = [text[a.end : b.start] for a, b in itertools.pairwise(tokens)]
    joined = [False, *(len(gap) == 1 and not gap.isspace() for gap in gaps)]
    return list(ANALYZER.rewritings([token.term for token in tokens], joined))


WRITTEN = [
    # Numerals, behind the words that make them numerals only.
    ("khóa XII", {"12"}),
    ("khoá 12", {"XII"}),
    ("nhiệm kỳ XII", set()),
    ("Đại hội XIII", {"13", "lần thứ 13", "lần thứ XIII"}),
    ("đại hội 13", {"XIII", "lần thứ 13", "lần thứ XIII"}),
    ("Đại hội Đảng lần thứ XIII", {"13", "mười ba", "XIII"}),
    ("kỷ niệm lần thứ 13", {"XIII", "mười ba"}),
    ("kỳ họp thứ 8", {"VIII", "tám"}),
    ("kỳ họp thứ tám", {"8", "VIII"}),
    ("kỳ họp thứ mười một", {"11", "XI"}),
    ("sáng thứ hai", set()),
    ("Hội nghị Trung ương 4", {"IV"}),
    ("thế kỷ XXI", {"21"}),
    ("khóa 64", set()),
    ("khóa x", {"10"}),
    ("khóa này", set()),
    ("XII", set()),
    # Dates.
    ("31/5/2019", {"31/5/2019", "31 tháng 5 năm 2019", "31 tháng 5, 2019"}),
    ("31.12.2019", {"31 tháng 12 năm 2019", "31 tháng 12, 2019"}),
    ("31-05-2019", {"31/5/2019", "31 tháng 5 năm 2019", "31 tháng 5, 2019"}),
    ("ngày 10 tháng 12 năm 2019", {"10/12/2019", "10 tháng 12 năm 2019", "10 tháng 12, 2019"}),
    ("30/4", {"30/4", "30 tháng 4"}),
    ("ngày 30-4", {"30/4", "30 tháng 4"}),
    ("10 tháng 10", {"10/10"}),
    ("tháng 10/2019", {"10/2019", "tháng 10 năm 2019"}),
    ("10/2019", {"tháng 10 năm 2019", "tháng 10, 2019"}),
    ("31 5", set()),
    ("32/5", set()),
    ("30/13", set()),
    ("tháng 5", set()),
    ("05-CT/TW", set()),
    ("năm 2019", set()),
    # Dots.
    ("U.B.N.D tỉnh", {"UBND"}),
    ("T.Ư", set()),
    ("v.v", set()),
    ("", set()),
]


@pytest.mark.parametrize(("text", "others"), WRITTEN)
def test_is_also_written(text: str, others: set[str]) -> None:
    assert others == {each.text for each in rewritings(text)}


def test_a_date_stands_for_its_words_with_and_without_ngay_and_takes_zeros() -> None:
    slots = (("5", "05"), ("6", "06"), ("2019",))
    found = rewritings("ngày 5/6/2019")

    assert Rewriting(0, 4, slots, "5/6/2019", "date") in found
    assert Rewriting(1, 4, slots, "5/6/2019", "date") in found


def test_a_numeral_is_looked_for_behind_its_word_only() -> None:
    assert [Rewriting(1, 2, (("12",),), "12", "numeral", ("khóa",))] == rewritings("khóa XII")
    assert {("họp", "thứ")} == {each.before for each in rewritings("kỳ họp thứ 8")}
    assert ("đại", "hội") in {each.before for each in rewritings("Đại hội Đảng lần thứ XIII")}


@given(st.integers(1, 39))
def test_roman_figures_there_and_back(number: int) -> None:
    assert number == from_roman(to_roman(number))


@given(st.text("ivx"))
def test_only_the_usual_way_to_write_a_roman_numeral_is_one(term: str) -> None:
    value = from_roman(term)

    assert value is None or to_roman(value) == term


words = st.sampled_from(
    [
        "ngày",
        "tháng",
        "năm",
        "khóa",
        "lần",
        "thứ",
        "đại",
        "hội",
        "5",
        "05",
        "31",
        "2019",
        "xii",
        "tám",
        "a",
        "/",
        "-",
        ".",
    ]
)


@given(st.lists(words).map(" ".join) | st.lists(words).map("".join) | st.text())
def test_every_rewriting_stands_in_place_of_words_that_are_there(text: str) -> None:
    count = len(ANALYZER.tokens(text))
    for each in rewritings(text):
        assert 0 <= each.first < each.last <= count
        assert each.slots
        assert all(each.slots)
