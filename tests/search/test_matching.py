"""Which articles a query finds, and in what order: query → names, over every engine."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from search.asking import ask, codes, names
from search.collection import ARTICLES
from tintuc_search.article import VIETNAM
from tintuc_search.engine.base import Interval, KeywordField, Sort
from tintuc_search.errors import BadRequest
from tintuc_search.search.base import Match

if TYPE_CHECKING:
    from tintuc_search.search.service import SearchService

SOURCE = KeywordField.SOURCE


@pytest.mark.parametrize(
    ("query", "found"),
    [
        # Syllables with marks match themselves only; an article without marks comes last.
        ("quốc hội", ["quoc-hoi", "chinh-phu", "khong-dau"]),
        ("đảng", ["tong-bi-thu"]),
        ("đang", ["thuy-loi"]),
        # Tone placement, i and y, case and Unicode form do not count.
        ("hoà bình", ["thuy-loi"]),
        ("HÒA BÌNH", ["thuy-loi"]),
        ("thuỷ lợi", ["thuy-loi"]),
        ("Lí Văn Mĩ", ["thuy-loi"]),
        ("quo\u0302\u0301c ho\u0323\u0302i", ["quoc-hoi", "chinh-phu", "khong-dau"]),
        # Syllables without marks match every form, the likeliest reading first.
        ("quoc hoi", ["quoc-hoi", "chinh-phu", "khong-dau"]),
        ("tong bi thu", ["tong-bi-thu", "tong-ket"]),
        ("ngan sach", ["quoc-hoi", "dai", "khong-dau"]),
        # Part of the marks: the forms that have them.
        ("quôc hôi", ["quoc-hoi", "chinh-phu", "khong-dau"]),
        ("Quốc hoi", ["quoc-hoi", "chinh-phu", "khong-dau"]),
        # Phrases, whatever the segmenter made of them, and proximity.
        ('"quốc hội"', ["quoc-hoi", "khong-dau"]),
        ("“quoc hoi”", ["quoc-hoi", "khong-dau"]),
        ('"quốc họp"', []),
        ('"sáng họp"~4', ["quoc-hoi"]),
        ('"sáng họp"', []),
        ("05-CT/TW", ["chinh-phu"]),
        # Operators.
        ("thủy lợi OR thường kỳ", ["thuy-loi", "chinh-phu"]),
        ("ngân sách -quốc", ["dai"]),
        ("ngân sách KHÔNG quốc", ["dai"]),
        ("ngan sach -quoc", ["dai"]),
        # Text fields.
        ("tiêu đề:quốc", ["quoc-hoi", "khong-dau"]),
        ("tóm tắt:trọng", ["tong-bi-thu"]),
        ("nội dung:(ngân sách) cử tri", ["dai"]),
        ("title:ngân", []),
        # A caption is part of the body.
        ("body:ảnh", ["quoc-hoi"]),
        # Keyword fields, by name with or without marks, by id, quoted or not.
        ('tác giả:"Trần Văn Sơn"', ["tong-bi-thu", "quoc-hoi"]),
        ("tác giả:Trần Văn Sơn", ["tong-bi-thu", "quoc-hoi"]),
        ("tac gia:(tran van son)", ["tong-bi-thu", "quoc-hoi"]),
        ("author:lê-thị-mai", ["chinh-phu"]),
        ("tác giả:Trần Văn Sơn khai mạc", ["quoc-hoi"]),
        ("quốc -nguồn:(Báo Sông Lam)", ["khong-dau"]),
        ('nguồn:("Báo Núi Hồng" OR "Bản tin Xa Nhà") hội', ["tong-ket", "khong-dau"]),
        # Dates.
        ("từ:2021", ["dai", "thuy-loi"]),
        ("đến:2018-01-05", ["khong-dau"]),
        ("ngày:2/2020", ["tong-bi-thu"]),
        ("hội ngày:2019", ["quoc-hoi", "chinh-phu"]),
    ],
)
def test_finds(service: SearchService, query: str, found: list[str]) -> None:
    sort = Sort.NEWEST if ":" in query and "hội" not in query else Sort.RELEVANCE

    assert found == names(ask(service, query, sort=sort))


def test_an_empty_query_is_everything(service: SearchService) -> None:
    answer = ask(service, "", sort=Sort.NEWEST)

    assert (answer.total, answer.total_type) == (len(ARTICLES), "exact")
    assert names(answer)[0] == "dai"


def test_only_a_negative_word_is_everything_else(service: SearchService) -> None:
    assert ask(service, "-hội").total == len(ARTICLES) - ask(service, "hội").total


def test_words_that_stand_together_rank_first(service: SearchService) -> None:
    assert names(ask(service, "bí thư tỉnh ủy", match=Match.ANY))[0] == "tong-bi-thu"
    together, apart = ask(service, "quốc hội").hits[:2]

    assert "Quốc hội" in together.stored.article.title
    assert "hội nhập quốc tế" in apart.stored.article.body


def test_with_any_word_a_phrase_is_its_words(service: SearchService) -> None:
    """A headline pasted with its quotation marks is found as without them."""
    pasted = ask(service, "bí thư 'tỉnh ủy' \"không đâu có\"", match=Match.ANY)
    plain = ask(service, "bí thư tỉnh ủy không đâu có", match=Match.ANY)

    assert [(hit.stored.id, hit.score) for hit in plain.hits] == [
        (hit.stored.id, hit.score) for hit in pasted.hits
    ]
    assert pasted.hits


def test_with_any_word_what_must_not_match_stays_a_phrase(service: SearchService) -> None:
    without = names(ask(service, 'thủ tướng -"thủy lợi"', match=Match.ANY))

    assert without == names(ask(service, 'thủ tướng -"thủy lợi"', match=Match.ALL))


@pytest.mark.parametrize("match", list(Match))
def test_all_words_where_all_can_match(service: SearchService, match: Match) -> None:
    answer = ask(service, "thủ tướng chủ trì", match=match)

    assert names(answer)[0] == "chinh-phu"
    assert answer.query.relaxed is None


def test_auto_takes_as_many_words_as_can_match_and_says_so(service: SearchService) -> None:
    answer = ask(service, "thủ tướng xyzzy thủy lợi")

    assert answer.query.relaxed == (2, 5)
    assert set(names(answer)) == {"chinh-phu", "thuy-loi"}
    assert answer.query.unmatched == ("xyzzy",)


def test_all_takes_no_less(service: SearchService) -> None:
    answer = ask(service, "thủ tướng xyzzy", match=Match.ALL)

    assert (answer.total, answer.query.relaxed) == (0, None)


def test_any_takes_each_word_and_keeps_what_is_excluded_out(service: SearchService) -> None:
    answer = ask(service, "thủ tướng thủy lợi -ruộng", match=Match.ANY)

    assert names(answer) == ["chinh-phu"]


@pytest.mark.parametrize("match", list(Match))
def test_a_filter_is_never_relaxed(service: SearchService, match: Match) -> None:
    query = "nguồn:(Bản tin Xa Nhà) thủ tướng"

    assert ask(service, query, match=match).total == 0


def test_filters_take_ids_and_names(service: SearchService) -> None:
    by_name = ask(service, "hội", include={SOURCE: ("Báo Núi Hồng",)})
    by_id = ask(service, "hội", include={SOURCE: ("báo-núi-hồng",)})

    assert names(by_name) == names(by_id) == ["tong-ket"]


def test_values_of_a_filter_are_or_and_filters_are_and(service: SearchService) -> None:
    both = ("Báo Núi Hồng", "Báo Sông Lam")
    answer = ask(
        service, "hội", include={SOURCE: both}, exclude={KeywordField.SECTION: ("Văn hóa",)}
    )

    assert set(names(answer)) == {"quoc-hoi", "chinh-phu", "dai"}


def test_an_unknown_value_matches_nothing_and_is_named(service: SearchService) -> None:
    answer = ask(service, "hội", include={SOURCE: ("Báo Không Có",)})

    assert answer.total == 0
    assert codes(answer) == ["noSuchValue"]
    assert "Báo Không Có" in answer.query.problems[0].message


def test_bounds_are_inclusive(service: SearchService) -> None:
    moment = datetime(2019, 5, 20, 8, tzinfo=VIETNAM)

    assert names(ask(service, "", since=moment, until=moment)) == ["quoc-hoi"]


def test_pages_follow_each_other(service: SearchService) -> None:
    first = ask(service, "", sort=Sort.NEWEST, page_size=3)
    last = ask(service, "", sort=Sort.NEWEST, page_size=3, page=3)

    assert (first.pages, len(first.hits), len(last.hits)) == (3, 3, 1)
    assert names(last) == ["khong-dau"]


def test_a_cursor_reads_everything_once(service: SearchService) -> None:
    found: list[str] = []
    cursor: str | None = "*"
    while cursor:
        answer = ask(service, "", sort=Sort.OLDEST, page_size=3, cursor=cursor)
        found += names(answer)
        cursor = answer.next_cursor

    assert len(found) == len(set(found)) == len(ARTICLES)


def test_a_page_too_deep_is_refused(service: SearchService) -> None:
    with pytest.raises(BadRequest, match="page"):
        ask(service, "", page=1000)


def test_facets_have_names_and_counts(service: SearchService) -> None:
    answer = ask(service, "hội", facets={SOURCE: 2})
    values = [(value.value, value.id, value.count) for value in answer.facets[SOURCE]]

    assert values == [("Báo Sông Lam", "báo-sông-lam", 3), ("Báo Núi Hồng", "báo-núi-hồng", 1)]


def test_the_histogram_counts_by_year(service: SearchService) -> None:
    answer = ask(service, "", histogram=Interval.YEAR)
    bars = {bar.start: bar.count for bar in answer.histogram}

    assert bars == {"2018-01-01": 1, "2019-01-01": 2, "2020-01-01": 2, "2021-01-01": 2}
