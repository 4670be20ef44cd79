"""What changed between revisions, word by word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tintuc_search.archive.changes import LONGEST, Line, changed_lines, differences
from tintuc_search.article import Article


def shown(line: Line) -> str:
    """A line with what was taken out in ``[-…-]`` and what was put in in ``[+…+]``."""
    marks = {"kept": "{}", "out": "[-{}-]", "in": "[+{}+]", "moved": "[~{}~]"}
    return "".join(marks[piece.kind].format(piece.text) for piece in line)


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        (["như cũ"], ["như cũ"], []),
        (["chi 3 tỷ"], ["chi 5 tỷ"], ["chi [-3-][+5+] tỷ"]),
        (["một", "hai"], ["một"], ["[-hai-]"]),
        (["một"], ["một", "hai"], ["[+hai+]"]),
        (["một", "hai", "ba"], ["một", "ba"], ["[-hai-]"]),
        (["a b c d"], ["x b y d"], ["[-a-][+x+] b [-c-][+y+] d"]),
        (["ông A nói"], ["bà B nói"], ["[-ông A-][+bà B+] nói"]),
        (["một", "hai", "ba"], ["ba", "một", "hai"], ["[~ba~]"]),
        (["xã nghèo, xa"], ["xã nghèo. Xa"], ["xã nghèo[-, xa-][+. Xa+]"]),
        (["chi 12.000 đồng"], ["chi 15.000 đồng"], ["chi [-12.000-][+15.000+] đồng"]),
        (["chủ tich xã"], ["chủ tịch xã"], ["chủ [-tich-][+tịch+] xã"]),
        (
            ["họp ở xã Đồng Dao"],
            ["mới", "họp ở huyện Đồng Dao"],
            ["[+mới+]", "họp ở [-xã-][+huyện+] Đồng Dao"],
        ),
        (
            ["cũ", "họp ở xã Đồng Dao"],
            ["họp ở huyện Đồng Dao"],
            ["[-cũ-]", "họp ở [-xã-][+huyện+] Đồng Dao"],
        ),
    ],
)
def test_changes_are_shown_by_words(old: list[str], new: list[str], lines: list[str]) -> None:
    assert lines == [shown(line) for line in changed_lines(old, new)]


def test_every_field_is_compared_and_those_alike_are_left_out() -> None:
    old = Article(
        title="Cầu mới", lead="Tóm tắt", paragraphs=("Một.",), captions=("Ảnh",), section="Tin"
    )
    new = Article(
        title="Cầu mới",
        paragraphs=("Một.",),
        tables=((("a", "b"),),),
        authors=("Hà Vân",),
        section="Xã hội",
    )
    found = {each.field: [shown(line) for line in each.lines] for each in differences(old, new)}
    assert found == {
        "lead": ["[-Tóm tắt-]"],
        "captions": ["[-Ảnh-]"],
        "tables": ["[+a | b+]"],
        "authors": ["[+Hà Vân+]"],
        "section": ["[-Tin-][+Xã hội+]"],
    }
    assert differences(old, old) == ()


def test_very_long_lines_are_shown_whole() -> None:
    old, new = "a " * LONGEST, "b " * LONGEST

    assert [[("out", old), ("in", new)]] == [
        [(piece.kind, piece.text) for piece in line] for line in changed_lines([old], [new])
    ]


LINES = st.lists(st.text("ab \n", max_size=8).filter(lambda line: "\n" not in line), max_size=6)


@given(LINES, LINES)
def test_what_is_kept_and_put_in_is_all_of_the_new_lines_that_differ(
    old: list[str], new: list[str]
) -> None:
    lines = list(changed_lines(old, new))
    after = ["".join(p.text for p in line if p.kind != "out") for line in lines]
    before = ["".join(p.text for p in line if p.kind not in {"in", "moved"}) for line in lines]

    assert set(filter(None, after)) <= set(new)
    assert set(filter(None, before)) <= set(old)
    if not lines:
        assert [line for line in old if line] == [line for line in new if line]
