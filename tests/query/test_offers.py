"""Dates among words: query → the queries offered in its place."""

from __future__ import annotations

from datetime import date
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from query.test_properties import queries
from tintuc_search.query.offers import offers
from tintuc_search.query.parser import parse
from tintuc_search.query.tree import AndNode, DateNode

TODAY = date(2020, 3, 11)


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("quốc hội tuần này", ["quốc hội ngày:tuần này"]),
        ("quoc hoi tuan nay", ["quoc hoi ngày:tuan nay"]),
        ("hôm qua", ["ngày:hôm qua"]),
        ("-từ 3/2022 họp", []),  # "từ ngày:3/2022" would be read as one name
        ("tháng 3/2019 bầu cử", ["ngày:tháng 3/2019 bầu cử"]),
        ("bầu cử quý 1 2020 tiêu đề:họp", ["bầu cử ngày:quý 1 2020 tiêu đề:họp"]),
        ("đại hội 2016", ["đại hội ngày:2016"]),
        ("đại hội từ 2016", ["đại hội từ:2016"]),
        ("đại hội 2016-2019", ["đại hội ngày:2016-2019"]),
        ("từ 2018 đến 2019", ["từ:2018 đến 2019", "từ 2018 đến:2019"]),
        ("họp ngày 31/5/2019", ["họp ngày:31/5/2019"]),
        ("họp ngày 31/5 năm 2019", ["họp ngày:31/5 năm 2019"]),
        ("last week elections", ["ngày:last week elections"]),
        ("KHÔNG HỌP THÁNG 3/2019", ["KHÔNG HỌP NGÀY:THÁNG 3/2019"]),  # KHÔNG stays a word
        # No date, none yet to come, one already given, not among the words.
        ("quốc hội", []),
        ("tuần lễ này", []),
        ("nghị quyết 1234", []),
        ("năm 2019a", []),
        ("tầm nhìn 2045", []),
        ("hôm qua từ:2019", []),
        ('"hôm qua"', []),
        ("tiêu đề:hôm qua", []),
        ("a OR hôm qua", []),
        ("-hôm qua", []),
        (r"\hôm qua", []),
        ("", []),
    ],
)
def test_offers(text: str, offered: list[str]) -> None:
    assert offered == list(offers(parse(text, TODAY), TODAY))


def test_a_date_may_be_decomposed() -> None:
    text = normalize("NFD", "quốc hội tuần này")

    assert [text.replace("tu", "ngày:tu")] == list(offers(parse(text, TODAY), TODAY))


@given(st.text() | queries)
def test_what_is_offered_is_read_with_a_date(text: str) -> None:
    for offered in offers(parse(text, TODAY), TODAY):
        root = parse(offered, TODAY).root
        parts = root.children if isinstance(root, AndNode) else (root,)

        assert any(isinstance(part, DateNode) for part in parts)
