"""How a query is said to have been understood."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import tintuc_search
from search.asking import ask, codes
from search.collection import fill
from tintuc_search.engine.memory_engine import MemoryEngine
from tintuc_search.query.parser import parse
from tintuc_search.query.problems import messages
from tintuc_search.query.render import render
from tintuc_search.search.base import Match
from tintuc_search.search.forms import FORMS_A_QUERY
from tintuc_search.search.service import SearchService

if TYPE_CHECKING:
    from tintuc_search.analysis.vi import VietnameseAnalyzer
    from tintuc_search.archive.base import Archive
    from tintuc_search.engine.completing import CompletingDictionary

PIECES: tuple[str, ...] = (
    "quoc",
    "quốc",
    "hội",
    "hôi",
    "dang",
    "đ",
    '"',
    "(",
    ")",
    "-",
    "OR",
    "|",
    "tác giả:",
)
PIECES += ("nguồn:", "tiêu đề:", "từ:2019", "~3", "05-CT/TW", "…", " ", "\ud800", "_", "\\", "0")
PIECES += ("*", "~", "=", "ho*", "quoc~", "hội~2", '="', '*"', "=hội", "ngày:tuần này", "..")


@pytest.mark.parametrize(
    ("query", "reading"),
    [
        ("tong bi thu", "tổng bí thư"),
        ("Tong Bi Thu", "Tổng Bí Thư"),
        ("TONG BI THU", "TỔNG BÍ THƯ"),
        ('"quoc hoi" -ruong', '"quốc hội" -ruộng'),
        ("ngan sach tac gia:mai", "ngân sách tac gia:mai"),
        ("quôc hôi", "quốc hội"),
        ("tổng bi thu", None),  # marks elsewhere: the others are taken as typed
        ("tổng bí thư", None),
        ("covid 2020", None),
        ("", None),
    ],
)
def test_reads_what_was_typed_without_marks(
    service: SearchService, query: str, reading: str | None
) -> None:
    assert reading == ask(service, query).query.reading


@pytest.mark.parametrize(
    ("query", "reading"),
    [
        ("toongr bis thuw", "tổng bí thư"),
        ("Toongr Bis Thuw", "Tổng Bí Thư"),
        ("TOONGR BIS THUW", "TỔNG BÍ THƯ"),
        ("tong63 bi1 thu7", "tổng bí thư"),
        ("tong3 bi1 thu7", "tổng bí thư"),  # a key forgotten
        ('"toongr bis thuw" -ruoongj', '"tổng bí thư" -ruộng'),
        ("hooij nghij", "hội nghị"),
        ("họp quoocs hooij", "họp quốc hội"),
    ],
)
def test_reads_keystrokes_of_a_keyboard_program_that_was_off(
    service: SearchService, query: str, reading: str
) -> None:
    answer = ask(service, query)

    assert reading == answer.query.reading
    assert ["keystrokes"] == codes(answer)
    assert [hit.stored.id for hit in ask(service, reading).hits] == [
        hit.stored.id for hit in answer.hits
    ]


def test_keystrokes_are_not_corrected_as_if_they_were_misspelt(service: SearchService) -> None:
    answer = ask(service, "toongr bis thuw zyx")

    assert ["keystrokes"] == codes(answer)
    assert answer.query.suggestion is None


def test_no_alternative_is_the_reading_that_was_taken(service: SearchService) -> None:
    understood = ask(service, "quoc hoi zyx").query

    assert "quốc hội zyx" == understood.reading
    assert "quốc hội zyx" not in understood.alternatives


@pytest.mark.parametrize(
    "query",
    [
        "covid19",
        "congo",
        "g7",
        "w",
        "as",
        "is",
        "us",
        "car",
        "quy1",
        "tong3",
        "tong",
        "05-CT/TW",
        "tham nhungx",
    ],
)
def test_a_word_that_only_ends_like_keystrokes_is_left(service: SearchService, query: str) -> None:
    assert "keystrokes" not in codes(ask(service, query))


def test_offers_other_readings(service: SearchService) -> None:
    understood = ask(service, "dang").query

    assert {understood.reading, *understood.alternatives} == {"đang", "đảng"}


def test_suggests_other_accents_where_a_word_is_unknown(service: SearchService) -> None:
    assert ask(service, "quốc hổi").query.alternatives == ("quốc hội",)
    assert ask(service, "quốc hội").query.alternatives == ()


@pytest.mark.parametrize(
    ("query", "understood"),
    [
        ("quốc AND hội", "quốc hội"),
        ("quốc - hội …", "quốc hội"),
        ("tac gia:Trần Văn Sơn", 'tác giả:"Trần Văn Sơn"'),
        ("(quốc hội) OR ( - )", "quốc hội"),
    ],
)
def test_shows_the_query_as_run(service: SearchService, query: str, understood: str) -> None:
    assert understood == ask(service, query).query.understood


@pytest.mark.parametrize(
    ("query", "problems"),
    [
        ("quốc hội", []),
        ("quốc - hội", []),  # as in pasted headlines
        ("quốc €€ hội", ["noToken"]),
        ("quốc hộ*", []),
        ("quốc h*", ["prefixTooShort"]),
        ("tác giả:Ai Đó", ["noSuchValue"]),
        ('"quốc', ["unclosedQuote"]),
    ],
)
def test_names_problems(service: SearchService, query: str, problems: list[str]) -> None:
    assert problems == codes(ask(service, query))


@pytest.mark.parametrize(
    ("typed", "form", "expected"),
    [
        ("quôc", "quốc", True),
        ("quoc", "quốc", True),
        ("quóc", "quốc", True),
        ("dang", "đảng", True),
        ("đang", "đảng", True),
        ("đảng", "đang", False),
        ("đang", "dạng", False),
        ("hơi", "hội", False),
        ("quốc", "quộc", False),
        ("hoa", "hòa", True),
        ("an", "anh", False),
    ],
)
def test_a_form_agrees_if_it_has_every_mark_typed(
    analyzer: VietnameseAnalyzer, typed: str, form: str, *, expected: bool
) -> None:
    assert expected == analyzer.agrees(typed, form)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    text=st.lists(st.sampled_from(PIECES), max_size=25).map("".join) | st.text(max_size=40),
    match=st.sampled_from(Match),
)
def test_no_text_makes_it_fail(service: SearchService, text: str, match: Match) -> None:
    answer = ask(service, text, match=match)

    assert text == answer.query.text
    assert answer.took_ms < 2000
    assert render(parse(answer.query.understood).root) == answer.query.understood
    assert all(0 <= p.start <= p.end <= len(text) for p in answer.query.problems)


def test_the_number_of_terms_has_a_bound(service: SearchService) -> None:
    answer = ask(service, " ".join(["dang"] * 40))

    assert FORMS_A_QUERY >= 40 * 2 or "tooManyForms" in codes(answer)


def test_filters_alone_give_the_newest_first(service: SearchService) -> None:
    found = ask(service, 'nguồn:"Báo Sông Lam"').hits
    dates = [hit.stored.article.published_at for hit in found]

    assert len(dates) > 1
    assert dates == sorted(dates, key=lambda date: (date is not None, date), reverse=True)


def test_a_suggestion_is_never_the_query_itself(service: SearchService) -> None:
    for query in ("quốc hội ngân sạch", "đất đại", "hội nghi quốc hôi"):
        assert query not in ask(service, query).query.alternatives


def test_a_search_that_took_too_long_says_so(
    archive: Archive, dictionary: CompletingDictionary, analyzer: VietnameseAnalyzer
) -> None:
    engine = MemoryEngine()
    engine.rebuild()
    fill(archive, engine, dictionary, analyzer)
    hurried = SearchService(archive, engine, dictionary, analyzer, seconds=-1.0)
    answer = ask(hurried, "quốc hội")

    assert ["timeLimit"] == codes(answer)
    assert "gte" == answer.total_type


def test_every_problem_is_told_somewhere() -> None:
    """And every one that is told has its sentences, which :func:`problem` looks up."""
    package = Path(tintuc_search.__file__).parent
    source = "".join(
        path.read_text("utf-8")
        for part in ("query", "search")
        for path in (package / part).glob("*.py")
    )

    assert [] == [code for code in messages() if f'"{code}"' not in source]
