"""What the query language reads, as tables of text → canonical text, and what it says of mistakes."""

from __future__ import annotations

from datetime import date

import pytest

from tintuc_search.query.parser import MAX_LENGTH, MAX_WORDS, parse
from tintuc_search.query.render import render
from tintuc_search.query.tree import (
    AndNode,
    DateNode,
    FieldName,
    FieldNode,
    OrNode,
    PhraseNode,
    WordNode,
)


def codes(text: str) -> list[str]:
    return [problem.code for problem in parse(text).problems]


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("", ""),
        ("   ", ""),
        ("quốc hội", "quốc hội"),
        ("quốc AND hội && họp VÀ bàn", "quốc hội họp bàn"),
        ("a OR b c | d || e HOẶC g", "a OR b c OR d OR e OR g"),
        ("a và b hoặc c không d or e", "a và b hoặc c không d or e"),
        ("(a OR b) c", "(a OR b) c"),
        ("(a b) c", "a b c"),
        ("((a))", "a"),
        ("a -b", "a -b"),
        ("a NOT b KHÔNG c", "a -b -c"),
        ("NOT NOT a", "a"),
        ("-(a b)", "-(a b)"),
        ("-(-a)", "a"),
        ("a - b", r"a \- b"),
        ("tên lửa S -400", "tên lửa S 400"),
        ("MiG -21", "MiG 21"),
        ("bầu cử -2016 HN -bóng", "bầu cử -2016 HN -bóng"),
        ("Hà Nội -2016", "Hà Nội -2016"),
        ("05-CT/TW covid-19", "05-CT/TW covid-19"),
        ("+bắt +buộc", "bắt buộc"),
        ("“chính phủ”", '"chính phủ"'),
        ("„chính phủ‟", '"chính phủ"'),
        ("«chính phủ»", '"chính phủ"'),
        ('"chính phủ”', '"chính phủ"'),
        ("'chính phủ'", '"chính phủ"'),
        ("‘chính phủ’", '"chính phủ"'),
        ("Đắk'rông 'n đ'", 'Đắk\'rông "n đ"'),
        ("O'Neill", "O'Neill"),
        ('-"chính phủ"', '-"chính phủ"'),
        ('"chính phủ"~5', '"chính phủ"~5'),
        ('"chính phủ"~99', '"chính phủ"~15'),
        ('từ"cụm từ"sau', 'từ "cụm từ" sau'),
        ("R&D a&&b", "R&D a b"),
        (r"\OR \-a \( a\|b", r"\OR \-a \( a\|b"),
    ],
)
def test_reads_as(text: str, canonical: str) -> None:
    assert canonical == render(parse(text).root)


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("tác giả:Minh", "tác giả:Minh"),
        ("tac gia:Minh", "tác giả:Minh"),
        ("tacgia:Minh", "tác giả:Minh"),
        ("TÁC GIẢ: Minh", "tác giả:Minh"),
        ("ta\u0301c gia\u0309:Minh", "tác giả:Minh"),
        ("author:Minh", "tác giả:Minh"),
        ("nguồn:a source:b nguon:c", "nguồn:a nguồn:b nguồn:c"),
        ("chuyên mục:a section:b", "chuyên mục:a chuyên mục:b"),
        ("người:a person:b", "người:a người:b"),
        ("tổ chức:a organisation:b organization:c", "tổ chức:a tổ chức:b tổ chức:c"),
        ("nơi:a địa điểm:b diadiem:c place:d", "nơi:a nơi:b nơi:c nơi:d"),
        ("tiêu đề:a title:b", "tiêu đề:a tiêu đề:b"),
        ("tóm tắt:a lead:b", "tóm tắt:a tóm tắt:b"),
        ("nội dung:a body:b", "nội dung:a nội dung:b"),
        ('quốc hội tác giả:"Minh Anh" họp', 'quốc hội tác giả:"Minh Anh" họp'),
        ("tiêu đề:(quốc OR hội)", "tiêu đề:(quốc OR hội)"),
        ("-nguồn:Báo", "-nguồn:Báo"),
        ("tặc giã:Minh", "tặc giã:Minh"),
        ("Con người: trung tâm", r"Con người\: trung tâm"),
        ("lúc 10:30 https://vi.example/a", "lúc 10:30 https://vi.example/a"),
    ],
)
def test_reads_fields_in_both_languages(text: str, canonical: str) -> None:
    assert canonical == render(parse(text).root)


def test_shows_fields_in_english() -> None:
    assert render(parse("tác giả:a từ:2019").root, "en") == "author:a from:2019-01-01"


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("từ:31/5/2019", date(2019, 5, 31), None),
        ("tu: 31-5-2019", date(2019, 5, 31), None),
        ("from:2019-05-31", date(2019, 5, 31), None),
        ("từ ngày: 31.5.2019", date(2019, 5, 31), None),
        ("đến:31/5/2019", None, date(2019, 5, 31)),
        ("to:5/2019", None, date(2019, 5, 31)),
        ("den:2/2020", None, date(2020, 2, 29)),
        ("ngày:31/5/2019", date(2019, 5, 31), date(2019, 5, 31)),
        ("date:2019-05", date(2019, 5, 1), date(2019, 5, 31)),
        ("ngày:tháng 5/2019", date(2019, 5, 1), date(2019, 5, 31)),
        ("ngày:tháng 5 năm 2019", date(2019, 5, 1), date(2019, 5, 31)),
        ("ngày: 31 tháng 5 năm 2019", date(2019, 5, 31), date(2019, 5, 31)),
        ("ngay:31 thang 5 nam 2019", date(2019, 5, 31), date(2019, 5, 31)),
        ("ngày:2019", date(2019, 1, 1), date(2019, 12, 31)),
        ("ngày:năm 2019", date(2019, 1, 1), date(2019, 12, 31)),
    ],
)
def test_reads_dates(text: str, since: date | None, until: date | None) -> None:
    root = parse(text).root

    assert isinstance(root, DateNode)
    assert (since, until) == (root.since, root.until)
    assert (0, len(text)) == (root.start, root.end)


def test_dates_stand_beside_words() -> None:
    parsed = parse("quốc hội từ:2018 đến:2019")

    assert render(parsed.root) == "quốc hội từ:2018-01-01 đến:2019-12-31"
    assert not parsed.problems


@pytest.mark.parametrize(
    ("text", "kind", "children"),
    [
        ("a b OR c d", OrNode, ["a b", "c d"]),
        ("a AND (b OR c)", AndNode, ["a", "b OR c"]),
        ("a -b OR c", OrNode, ["a -b", "c"]),
    ],
)
def test_not_binds_closest_then_and_then_or(
    text: str, kind: type[AndNode | OrNode], children: list[str]
) -> None:
    root = parse(text).root

    assert isinstance(root, kind)
    assert children == [render(child) for child in root.children]


def test_a_title_in_capitals_negates_nothing() -> None:
    assert render(parse("KHÔNG AI BỊ BỎ LẠI").root) == "\\KHÔNG AI BỊ BỎ LẠI"


def test_offsets_are_code_points_of_the_text() -> None:
    parsed = parse("  quốc tiêu đề:“hội nghị”~2")

    assert parsed.root == AndNode(
        (
            WordNode("quốc", 2, 6),
            FieldNode(FieldName.TITLE, PhraseNode("hội nghị", 15, 27, 2), 7, 27),
        )
    )


@pytest.mark.parametrize(
    ("text", "code", "start", "end"),
    [
        ('a "b c', "unclosedQuote", 2, 3),
        ("(a b", "unclosedGroup", 0, 1),
        ("a b)", "unclosedGroup", 3, 4),
        ("a ()", "emptyGroup", 2, 4),
        ('a ""', "emptyPhrase", 2, 4),
        ("a OR", "danglingOperator", 2, 4),
        ("OR a", "danglingOperator", 0, 2),
        ("a AND", "danglingOperator", 2, 5),
        ("AND a", "danglingOperator", 0, 3),
        ("a NOT", "danglingOperator", 2, 5),
        ("a tác giả:", "fieldWithoutValue", 2, 10),
        ("nguồn:(a tác giả:b)", "nestedField", 9, 17),
        ("nguồn:(a từ:2019)", "dateInField", 9, 16),
        ("a từ:31/2/2019", "badDate", 2, 14),
        ("ngày:hôm nào", "badDate", 0, 8),
        ("ngày:32 ngày sau", "badDate", 0, 7),
        ("a ngày:2021..2019", "reversedDates", 2, 17),
        ('"a b"~99', "proximityTooLarge", 0, 8),
        ("autor:Minh", "unknownField", 0, 10),
        ("Con người: trung tâm", "fieldAsWord", 4, 10),
    ],
)
def test_says_what_is_wrong_and_where(text: str, code: str, start: int, end: int) -> None:
    assert [(code, start, end)] == [(p.code, p.start, p.end) for p in parse(text).problems]


def test_problems_are_told_in_both_languages() -> None:
    (problem,) = parse("a từ:31/2/2019").problems

    assert "“từ:31/2/2019” không phải là ngày" in problem.message
    assert "“từ:31/2/2019” is no date" in problem.message_en


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ('a "b c', "a b c"),
        ("(a OR b", "a OR b"),
        ("a OR", "a"),
        ("a OR OR b", "a OR b"),
        ("a AND OR b", "a OR b"),
        ("nguồn:(a tác giả:b)", "nguồn:(a b)"),
        ("a từ:31/2/2019 b", "a b"),
        ("() -() a", "a"),
    ],
)
def test_searches_for_what_is_left(text: str, canonical: str) -> None:
    assert canonical == render(parse(text).root)


def test_takes_at_most_forty_words() -> None:
    words = [f"từ{i}" for i in range(50)]
    parsed = parse(" ".join(words))

    assert render(parsed.root) == " ".join(words[:MAX_WORDS])
    assert [(p.code, p.end) for p in parsed.problems] == [("tooManyWords", len(parsed.text))]


def test_cuts_a_long_phrase() -> None:
    root = parse('"' + "a " * 60 + '"').root

    assert isinstance(root, PhraseNode)
    assert len(root.text.split()) == MAX_WORDS


def test_takes_at_most_2000_characters() -> None:
    parsed = parse("a" * 3000)

    assert parsed.root == WordNode("a" * MAX_LENGTH, 0, MAX_LENGTH)
    assert [(p.code, p.start, p.end) for p in parsed.problems] == [("tooLong", 2000, 3000)]


def test_takes_at_most_twenty_nested_parentheses() -> None:
    text = "-(a " * 25 + "b" + ")" * 25

    assert codes(text) == ["nestedTooDeep"]
    assert "b" in render(parse(text).root)
