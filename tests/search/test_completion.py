"""What a query that is being typed is offered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tintuc_search.search.completion import LONGEST_TEXT

if TYPE_CHECKING:
    from tintuc_search.analysis.vi import VietnameseAnalyzer
    from tintuc_search.search.service import SearchService


def offered(service: SearchService, text: str, limit: int = 8) -> list[tuple[str, str]]:
    return [(each.kind, each.text) for each in service.complete(text, limit)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("quoc hoi kh", [("title", "Quốc hội khai mạc kỳ họp thứ bảy")]),
        ("quốc hội kh", [("title", "Quốc hội khai mạc kỳ họp thứ bảy")]),
        ("quốc hôi kh", []),  # accents typed are binding
        ("khai mạc ky", [("title", "Quốc hội khai mạc kỳ họp thứ bảy")]),
        ("QUOC HOI KHAI", [("title", "Quốc hội khai mạc kỳ họp thứ bảy")]),
        ("quốc hội khai ", [("title", "Quốc hội khai mạc kỳ họp thứ bảy")]),
        ("quốc hội kha ", []),  # a finished word is that word
        ('nguồn:"Báo" quốc hội khai', [("title", "Quốc hội khai mạc kỳ họp thứ bảy")]),
        ("qqq", []),
        ("", []),
        (" … ", []),
        ("q" * LONGEST_TEXT + " quốc hội khai", []),
    ],
)
def test_offers_titles(service: SearchService, text: str, expected: list[tuple[str, str]]) -> None:
    assert expected == [pair for pair in offered(service, text) if pair[0] == "title"]


def test_what_stands_there_already_is_not_offered(service: SearchService) -> None:
    title = "Quốc hội khai mạc kỳ họp thứ bảy"

    assert ("title", title) in offered(service, title[:-1])
    assert [] == offered(service, title)


def test_there_are_no_more_than_asked_for(service: SearchService) -> None:
    assert 1 == len(offered(service, "hop", 1))
    assert [] == offered(service, "hop", 0)


@pytest.mark.parametrize(
    ("typed", "word", "expected"),
    [
        ("d", "đảng", True),
        ("đ", "dân", False),
        ("quô", "quốc", True),
        ("quố", "quôc", False),
        ("tòa", "toàn", True),
        ("dả", "dân", False),
        ("nguye", "nguyễn", True),
        ("nguyên", "nguyễn", True),
        ("nguyễn", "nguyên", False),
        ("đảng", "đảng", True),
        ("đảngg", "đảng", False),
    ],
)
def test_a_word_begins_with_fewer_letters_and_marks(
    analyzer: VietnameseAnalyzer, typed: str, word: str, *, expected: bool
) -> None:
    assert expected == analyzer.begins(typed, word)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    text=st.text(max_size=30)
    | st.lists(st.sampled_from(["quốc ", "hoi", ":", '"', " ", "_"])).map("".join)
)
def test_no_text_makes_it_fail(service: SearchService, text: str) -> None:
    assert len(service.complete(text, 5)) <= 5
