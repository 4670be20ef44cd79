"""Abbreviations both ways, numerals, dates and dots: query → articles, marks, and what is told, over every engine."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.asking import ask, codes, marked, names
from tintuc_search.archive import open_archive
from tintuc_search.archive.base import Incoming
from tintuc_search.article import Article
from tintuc_search.engine.base import FieldText, IndexDocument, TextField
from tintuc_search.engine.dictionary import SqliteDictionary
from tintuc_search.entities import Recogniser
from tintuc_search.indexer.pipeline import index_changes
from tintuc_search.query.tree import WordNode
from tintuc_search.search.alternatives import SURE
from tintuc_search.search.base import Match
from tintuc_search.search.equivalents import Equivalents
from tintuc_search.search.forms import ReadRun
from tintuc_search.search.leaves import ALL_FIELDS, Leaf, Typed
from tintuc_search.search.lookup import Lookup
from tintuc_search.search.service import SearchService

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tintuc_search.analysis.vi import VietnameseAnalyzer
    from tintuc_search.archive.base import Archive
    from tintuc_search.engine.base import Engine

TEXTS = {
    "ubnd-tat": "Chủ tịch UBND tỉnh Lâm Hải họp báo.",
    "ubnd-day-du": "Chủ tịch Ủy ban nhân dân tỉnh Lâm Hải họp báo.",
    "nhan-dan": "Ban quản lý chợ mời nhân dân góp ý, ủy quyền cho tổ trưởng.",
    "trung-uong": "Hội nghị Ban Chấp hành Trung ương bế mạc.",
    "t-u": "Hội nghị BCH T.Ư bế mạc.",
    "tw": "Hội nghị BCHTW bế mạc.",
    "tu": "Hội nghị BCH TƯ bế mạc.",
    "thu-tu": "Sáng thứ tư, đoàn thăm nhà máy.",
    "dai-hoc": "Trường Đại học Quốc gia tuyển sinh.",
    "dh": "Trường ĐH Quốc gia tuyển sinh.",
    "dai-hoi": "Đại hội Đảng bộ xã Bình Lâm.",
    "dh-dang": "ĐH Đảng bộ xã Hòa Lạc.",
    "tt-hue": "Bão đổ bộ vào TT Huế.",
    "thua-thien": "Bão đổ bộ vào Thừa Thiên Huế.",
    "tong-thong": "Tổng thống Mỹ phát biểu.",
    "thu-tuong": "Thủ tướng Chính phủ phát biểu.",
    "khoa-xii": "Ban Chấp hành khóa XII ra nghị quyết.",
    "khoa-12": "Ban Chấp hành khoá 12 ra nghị quyết.",
    "mot-tui": "Xe số 12 chở túi hàng XII.",
    "dai-hoi-xiii": "Đại hội đại biểu toàn quốc lần thứ XIII của Đảng khai mạc.",
    "dai-hoi-13": "Trước thềm Đại hội 13.",
    "ky-hop": "Kỳ họp thứ tám khai mạc.",
    "ngay-so": "Bài viết ngày 31/05/2019 về giá cả.",
    "ngay-chu": "Bài viết ngày 31 tháng 5 năm 2019 về giá cả.",
    "ngay-cham": "Lễ 30.4 đông người.",
    "ngay-le": "Lễ 30 tháng 4 đông người.",
    **{f"hoc-{i}": f"Tổ Hợp tác Xanh (THTX) lần {i}." for i in range(3)},
    "hoc-tat": "THTX vừa ra mắt.",
    "hoc-hai-lan": "Phường Tiên Phong (PTPX) không đúng chữ.",
    "khong-phai": "Nhóm Một Hai (NMH) chỉ có một bài.",
    "nmh": "NMH là gì.",
    **{f"co-{i}": "Ông có phát biểu." for i in range(8)},
    "ca": "CA tỉnh bắt giữ ba người.",
    "ca-hat": "Ca sĩ hát ba bài.",
    "cong-an": "Công an tỉnh bắt giữ ba người.",
}


def _articles() -> list[Incoming]:
    when = datetime(2020, 1, 1, tzinfo=UTC)
    return [
        Incoming(
            Article(text, url=f"https://bao.example/{name}", published_at=when, source="Báo"), name
        )
        for name, text in TEXTS.items()
    ]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    archive = open_archive(f"sqlite:///{tmp_path_factory.mktemp('archive')}/archive.sqlite")
    archive.put(_articles())
    yield archive
    archive.close()


@pytest.fixture(scope="module")
def service(
    new_engine: Callable[[], Engine], written: Archive, analyzer: VietnameseAnalyzer
) -> Iterator[SearchService]:
    engine = new_engine()
    dictionary = SqliteDictionary(":memory:", analyzer)
    dictionary.clear()
    index_changes(written, engine, dictionary, analyzer, Recogniser())
    yield SearchService(written, engine, dictionary, analyzer)
    engine.close()
    dictionary.close()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        # Abbreviations and full forms find each other, in any case, with or without marks, in phrases too.
        ("UBND tỉnh", {"ubnd-tat", "ubnd-day-du"}),
        ("ubnd tỉnh", {"ubnd-tat", "ubnd-day-du"}),
        ("Ủy ban nhân dân tỉnh", {"ubnd-tat", "ubnd-day-du"}),
        ("uỷ ban nhân dân", {"ubnd-tat", "ubnd-day-du", "nhan-dan"}),
        ("uy ban nhan dan", {"ubnd-tat", "ubnd-day-du", "nhan-dan"}),
        ('"Chủ tịch UBND tỉnh"', {"ubnd-tat", "ubnd-day-du"}),
        ('"chủ tịch ủy ban nhân dân"', {"ubnd-tat", "ubnd-day-du"}),
        ('"ủy ban nhân dân tỉn*"', {"ubnd-tat", "ubnd-day-du"}),  # a sign is its own word's
        ('"chủ tịch UBND tỉn*"', {"ubnd-tat", "ubnd-day-du"}),
        ('="UBND tỉnh"', {"ubnd-tat"}),
        ('"UBND tỉnh họp"~5', {"ubnd-tat", "ubnd-day-du"}),
        ("tiêu đề:UBND", {"ubnd-tat", "ubnd-day-du"}),
        ("tóm tắt:UBND", set()),
        ("họp báo -UBND", set()),
        ("ủy ban", {"ubnd-day-du", "nhan-dan"}),
        ("U.B.N.D", {"ubnd-tat", "ubnd-day-du"}),
        # Dots and joints.
        ("T.Ư", {"trung-uong", "t-u"}),
        ("BCH TW", {"trung-uong", "t-u", "tw", "tu"}),
        ("BCHTW", {"trung-uong", "t-u", "tw", "tu"}),
        ("BCH TƯ", {"trung-uong", "t-u", "tw", "tu"}),
        ("Ban Chấp hành Trung ương", {"trung-uong", "t-u", "tw", "tu"}),
        ("TƯ", {"trung-uong", "t-u", "tu", "thu-tu"}),
        ("thứ tư", {"thu-tu"}),
        ('"hội nghị BCH TW"', {"trung-uong", "t-u", "tw", "tu"}),
        ('"hội nghị ban chấp hành trung ương"', {"trung-uong", "t-u", "tw", "tu"}),
        # What can mean several things is told apart by its neighbours.
        ("ĐH Quốc gia", {"dh", "dai-hoc"}),
        ("Đại học Quốc gia", {"dh", "dai-hoc"}),
        ("ĐH Đảng bộ", {"dh-dang", "dai-hoi"}),
        ("Đại hội Đảng bộ", {"dh-dang", "dai-hoi"}),
        ("TT Huế", {"tt-hue", "thua-thien"}),
        ("Thừa Thiên Huế", {"tt-hue", "thua-thien"}),
        ("TT phát biểu", {"tong-thong", "thu-tuong"}),
        ("TT Mỹ", {"tong-thong"}),
        ("TT Chính phủ", {"thu-tuong"}),
        ("CA tỉnh", {"ca", "cong-an"}),
        ("công an tỉnh", {"ca", "cong-an"}),
        ("ca sĩ", {"ca-hat"}),
        # Numerals behind the words that tell them.
        ("khóa XII", {"khoa-xii", "khoa-12"}),
        ("khoá 12", {"khoa-xii", "khoa-12"}),
        ('"khóa 12"', {"khoa-xii", "khoa-12"}),
        ("12", {"khoa-12", "mot-tui"}),
        ("Đại hội XIII", {"dai-hoi-xiii", "dai-hoi-13"}),
        ("Đại hội 13", {"dai-hoi-xiii", "dai-hoi-13"}),
        ("Đại hội lần thứ XIII", {"dai-hoi-xiii", "dai-hoi-13"}),
        ("kỳ họp thứ 8", {"ky-hop"}),
        ("kỳ họp thứ VIII", {"ky-hop"}),
        # Dates.
        ("31/5/2019", {"ngay-so", "ngay-chu"}),
        ("31-05-2019", {"ngay-so", "ngay-chu"}),
        ("31.5.2019", {"ngay-so", "ngay-chu"}),
        ("ngày 31 tháng 5 năm 2019", {"ngay-so", "ngay-chu"}),
        ("31 tháng 5, 2019", {"ngay-so", "ngay-chu"}),
        ('"viết ngày 31/5/2019 về"', {"ngay-so", "ngay-chu"}),
        ("30/4", {"ngay-cham", "ngay-le"}),
        ("ngày 30-4", {"ngay-cham", "ngay-le"}),
        ("30 tháng 4", {"ngay-cham", "ngay-le"}),
        # Learnt from three articles, never from one, and only where the letters agree.
        ("THTX", {"hoc-0", "hoc-1", "hoc-2", "hoc-tat"}),
        ("tổ hợp tác xanh", {"hoc-0", "hoc-1", "hoc-2", "hoc-tat"}),
        ("NMH", {"nmh", "khong-phai"}),
        ("nhóm một hai", {"khong-phai"}),
    ],
)
def test_finds(service: SearchService, query: str, found: set[str]) -> None:
    assert found == set(names(ask(service, query, match=Match.ALL, page_size=50)))


@pytest.mark.parametrize("query", ["CP phát biểu", "CP phat bieu", "CP zyx"])
def test_what_is_written_otherwise_is_not_corrected_as_if_misspelt(
    service: SearchService, query: str
) -> None:
    answer = ask(service, query)

    assert [] == codes(answer)
    assert answer.query.suggestion is None


@pytest.mark.parametrize("query", ["TW", "BCH TW", "hội nghị TW", "bch tw"])
def test_an_abbreviation_is_not_taken_for_keystrokes(service: SearchService, query: str) -> None:
    answer = ask(service, query)

    assert [] == codes(answer)
    assert answer.query.reading is None


def test_what_was_typed_comes_first(service: SearchService) -> None:
    assert "ubnd-tat" == names(ask(service, "Chủ tịch UBND tỉnh"))[0]
    assert "ubnd-day-du" == names(ask(service, "Chủ tịch Ủy ban nhân dân tỉnh"))[0]
    assert "dh" == names(ask(service, "ĐH Quốc gia"))[0]


@pytest.mark.parametrize("query", ["UBND", "ủy ban nhân dân"])
def test_any_word_and_as_many_as_possible_count_a_span_as_its_words(
    service: SearchService, query: str
) -> None:
    words = len(query.split())
    relaxed = ask(service, f"{query} zyx").query

    assert {"ubnd-tat", "ubnd-day-du"} <= set(names(ask(service, query, match=Match.ANY)))
    assert (words, words + 1) == relaxed.relaxed
    assert ("zyx",) == relaxed.unmatched


def test_whichever_form_stands_in_the_text_is_marked_as_one(service: SearchService) -> None:
    assert {"UBND tỉnh", "Ủy ban nhân dân tỉnh"} == set(marked(ask(service, "UBND tỉnh")))
    assert {"UBND tỉnh", "Ủy ban nhân dân tỉnh"} == set(
        marked(ask(service, "ủy ban nhân dân tỉnh"))
    )
    assert {"ngày 31/05/2019", "ngày 31 tháng 5 năm 2019"} == set(
        marked(ask(service, "ngày 31-5-2019", match=Match.ALL))
    )
    assert {"Chủ tịch UBND", "Chủ tịch Ủy ban nhân dân"} == set(
        marked(ask(service, '"chủ tịch UBND"'))
    )


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("UBND tỉnh", [(0, 4, "UBND", ("Ủy ban nhân dân",), "abbreviation")]),
        (
            "tỉnh uy ban nhan dan",
            [(5, 20, "uy ban nhan dan", ("UBND",), "abbreviation")],
        ),
        ("khóa XII", [(5, 8, "XII", ("12",), "numeral")]),
        ("THTX", [(0, 4, "THTX", ("Tổ hợp tác xanh",), "learnt")]),
        (
            "U.B.N.D",
            [
                (0, 7, "U.B.N.D", ("Ủy ban nhân dân",), "abbreviation"),
                (0, 7, "U.B.N.D", ("UBND",), "dotted"),
            ],
        ),
        ("họp báo", []),
    ],
)
def test_tells_what_was_looked_for_too(
    service: SearchService, query: str, told: list[tuple[object, ...]]
) -> None:
    expansions = ask(service, query).query.expansions

    assert told == [(e.start, e.end, e.typed, e.others, e.rule) for e in expansions]


def test_abbreviations_can_be_turned_off_for_one_query(service: SearchService) -> None:
    for query, found in (
        ("UBND", {"ubnd-tat"}),
        ("ủy ban nhân dân", {"ubnd-day-du", "nhan-dan"}),
        ("THTX", {"hoc-0", "hoc-1", "hoc-2", "hoc-tat"}),
        ("tổ hợp tác xanh", {"hoc-0", "hoc-1", "hoc-2"}),
        ("khóa XII", {"khoa-xii", "khoa-12"}),
    ):
        answer = ask(service, query, match=Match.ALL, abbreviations=False)

        assert found == set(names(answer))
        assert {"abbreviation", "learnt"}.isdisjoint(e.rule for e in answer.query.expansions)


@pytest.mark.parametrize("query", ["BCH TƯ họp", "UBND Tỉnh", "Đại hội XIII", "TT Huế", "CA tỉnh"])
def test_capitals_do_not_count(service: SearchService, query: str) -> None:
    assert names(ask(service, query)) == names(ask(service, query.upper()))
    assert names(ask(service, query)) == names(ask(service, query.lower()))


def test_a_phrase_with_many_ways_to_write_it_is_cut_and_says_so(service: SearchService) -> None:
    answer = ask(service, '"' + "UBND và " * 8 + '"')

    assert "tooManyForms" in {problem.code for problem in answer.query.problems}


def test_a_query_with_very_many_other_writings_is_cut_and_says_so(service: SearchService) -> None:
    answer = ask(service, "31/5/2019 UBND TT ĐH 30/4 BCH TW khóa XII Thừa Thiên Huế " * 4)

    assert "tooManyForms" in {problem.code for problem in answer.query.problems}


@pytest.mark.parametrize("signs", [{"exact": True}, {"prefix": True}, {"fuzzy": 1}])
def test_a_word_wanted_in_one_form_has_no_other(
    analyzer: VietnameseAnalyzer, signs: dict[str, Any]
) -> None:
    dictionary = SqliteDictionary(":memory:", analyzer)
    dictionary.clear()
    terms = FieldText(("ubnd", "ủy", "ban", "nhân", "dân", "hđnd", "hội", "đồng"), tuple(range(8)))
    dictionary.apply([IndexDocument("1", {TextField.BODY: terms})], [], [])
    leaves: tuple[tuple[WordNode, dict[str, Any]], ...] = (
        (WordNode("UBND", 0, 4, **signs), signs),
        (WordNode("HĐND", 5, 9), {}),
    )
    run = tuple(
        Leaf(
            node, (Typed(node.text.lower(), node.start, node.end, **own),), ALL_FIELDS, wanted=True
        )
        for node, own in leaves
    )
    (found,), _ = Equivalents(Lookup(dictionary), analyzer).find(
        "UBND HĐND", [run], [ReadRun()], abbreviations=True
    )
    dictionary.close()

    assert {(1, 2)} == {(each.first, each.last) for each in found}


_WORDS = "UBND ủy ban nhân dân T.Ư TW BCH khóa XII 12 lần thứ đại hội 31/5/2019 ngày tháng 5"
PIECES = _WORDS.split()
PIECES += ['"', "-", "(", ")", "OR", "tiêu đề:", "uy", "nhan"]


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.sampled_from(PIECES), max_size=9).map(" ".join), st.sampled_from(Match))
def test_every_query_is_answered_and_told_in_its_own_text(
    service: SearchService, text: str, match: Match
) -> None:
    understood = ask(service, text, match=match).query

    for expansion in understood.expansions:
        assert expansion.typed == text[expansion.start : expansion.end]
        assert expansion.others


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.sampled_from([p for p in PIECES if p not in "-()"]), max_size=7).map(" ".join))
def test_other_writings_only_add_articles(service: SearchService, text: str) -> None:
    off = names(ask(service, text, match=Match.ALL, abbreviations=False, page_size=100))
    on = names(ask(service, text, match=Match.ALL, page_size=100))

    assert set(off) <= set(on)


def test_alternatives_are_explained_with_their_rules_and_weights(service: SearchService) -> None:
    """And what holds one scores by the words that were typed."""
    answer = ask(service, '"chủ tịch UBND tỉnh"', explain=True)

    assert answer.query.explanation
    told = [
        (each.text, each.other.lower(), each.rule, each.weight)
        for each in answer.query.explanation.alternatives
    ]
    assert ("UBND", "ủy ban nhân dân", "abbreviation", SURE) in told
    assert {"ubnd-tat", "ubnd-day-du"} == set(names(answer))
    assert {'"chủ tịch UBND tỉnh"', ""} == {
        part.text for hit in answer.hits if hit.explanation for part in hit.explanation.parts
    }
