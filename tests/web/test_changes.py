"""What changed between revisions, word by word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tintuc_search.web.changes import LONGEST, Line, changed_lines


def shown(line: Line) -> str:
    """A line with what was taken out in ``[-…-]`` and what was put in in ``[+…+]``."""
    marks = {"kept": "{}", "out": "[-{}-]", "in": "[+{}+]"}
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
    ],
)
def test_changes_are_shown_by_words(old: list[str], new: list[str], lines: list[str]) -> None:
    assert lines == [shown(line) for line in changed_lines(old, new)]


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
    before = ["".join(p.text for p in line if p.kind != "in") for line in lines]

    assert set(filter(None, after)) <= set(new)
    assert set(filter(None, before)) <= set(old)
    if not lines:
        assert [line for line in old if line] == [line for line in new if line]
