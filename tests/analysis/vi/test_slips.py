"""What a misspelt word may have been meant as."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tintuc_search.analysis.tables import read_table
from tintuc_search.analysis.vi.slips import CONFUSED, STRUCK, SWAPPED, TONE, confusions, slips
from tintuc_search.analysis.vi.spelling import put_together, take_apart


@pytest.mark.parametrize(
    ("typed", "meant", "price"),
    [
        ("kỹ", "kỷ", CONFUSED),  # hỏi, ngã
        ("biễu", "biểu", CONFUSED),
        ("sử", "xử", CONFUSED),
        ("trính", "chính", CONFUSED),
        ("nắng", "lắng", CONFUSED),
        ("dữ", "giữ", CONFUSED),
        ("giành", "dành", CONFUSED),
        ("ra", "gia", CONFUSED),
        ("ngỉ", "nghỉ", CONFUSED),
        ("gế", "ghế", CONFUSED),
        ("kán", "cán", CONFUSED),
        ("bàn", "bàng", CONFUSED),
        ("các", "cát", CONFUSED),
        ("mặc", "mặt", CONFUSED),
        ("quyét", "quyết", STRUCK),
        ("hội", "hối", TONE),
        ("hôi", "hội", TONE),
        ("hcính", "chính", SWAPPED),
        ("cíhnh", "chính", SWAPPED),
        ("chíh", "chính", STRUCK),
        ("chínhh", "chính", STRUCK),
        ("chímh", "chính", STRUCK),
        ("quc", "quốc", STRUCK + TONE / 2),  # the vowel is gone with its tone
        ("trupm", "trump", SWAPPED),
        ("purin", "putin", STRUCK),
    ],
)
def test_takes_a_slip_back(typed: str, meant: str, price: float) -> None:
    assert price == slips(typed)[meant]


@pytest.mark.parametrize("term", ["2019", "t.ư", "a" * 30, "05", ""])
def test_what_is_no_word_is_left_alone(term: str) -> None:
    assert {} == {meant: price for meant, price in slips(term).items() if price >= SWAPPED}


def test_what_sounds_alike_is_among_the_slips_and_cheaper() -> None:
    heard = confusions("kỹ")

    assert {"kỷ", "ký", "kỳ"} <= set(heard)
    assert all(slips("kỹ")[meant] == price for meant, price in heard.items())
    assert "kẻ" not in heard


@given(st.sampled_from([row[0] for row in read_table("tintuc_search.analysis.vi", "rimes.tsv")]))
def test_a_syllable_taken_apart_can_be_put_together(rime: str) -> None:
    whole = put_together("t", rime, "\u0301")

    assert whole is not None
    parts = take_apart(whole)
    assert parts is not None
    assert whole == put_together(*parts)


@given(st.text(max_size=16))
def test_no_text_makes_it_fail_and_none_is_its_own_slip(text: str) -> None:
    assert text not in slips(text)
