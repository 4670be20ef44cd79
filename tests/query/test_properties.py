"""What holds of every query, whatever is typed."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tintuc_search.query.parser import MAX_LENGTH, parse
from tintuc_search.query.problems import messages
from tintuc_search.query.render import render

PIECES = (
    "a",
    "quốc",
    "hội",
    "KHÔNG",
    "NOT",
    "OR",
    "HOẶC",
    "|",
    "AND",
    "VÀ",
    "&&",
    "-",
    "+",
    "(",
    ")",
    '"',
    "“",
    "”",
    "'",
    "‘",
    "’",
    "~5",
    "~",
    "\\",
    ":",
    "tác",
    "giả:",
    "nguồn:",
    "title:",
    "từ",
    "từ:",
    "đến:",
    "ngày:",
    "31/5/2019",
    "2019-05",
    "2019",
    "tháng",
    " ",
    "  ",
    "\t",
    "\u0301",
    "𝒂",
    "*",
    "=",
    "~2",
    "tham*",
    "Nguyen~",
    "=đảng",
    '="',
    '*"',
    "..",
    "ngày:hôm qua",
    "từ:quý 1 2020",
    "7 ngày qua",
    "date:last week",
    "1/5/2019-31/5/2019",
)
queries = st.lists(st.sampled_from(PIECES), max_size=30).map("".join) | st.lists(
    st.sampled_from(PIECES), max_size=20
).map(" ".join)


def bare(node: Any) -> Any:
    """The tree without places in the text."""
    if is_dataclass(node):
        kept = [f.name for f in fields(node) if f.name not in {"start", "end"}]
        return (type(node).__name__, *(bare(getattr(node, name)) for name in kept))
    return tuple(map(bare, node)) if isinstance(node, tuple) else node


def places(node: Any) -> list[tuple[int, int]]:
    """Every place that the tree names."""
    if isinstance(node, tuple):
        return [place for child in node for place in places(child)]
    if not is_dataclass(node) or isinstance(node, type):
        return []
    inner = [place for f in fields(node) for place in places(getattr(node, f.name))]
    start, end = getattr(node, "start", None), getattr(node, "end", None)
    return inner if start is None or end is None else [(start, end), *inner]


@given(st.text() | queries)
def test_never_fails_and_names_places_within_the_text(text: str) -> None:
    parsed = parse(text)

    assert text == parsed.text
    named = [*places(parsed.root), *((p.start, p.end) for p in parsed.problems)]
    assert all(0 <= start < end <= len(text) for start, end in named)


@given(st.text(max_size=60) | queries)
def test_canonical_text_reads_back_to_the_same_tree(text: str) -> None:
    root = parse(text).root

    for language in ("vi", "en"):
        canonical = render(root, language)
        assert bare(root) == bare(parse(canonical).root)
        assert not [p for p in parse(canonical).problems if p.code != "unknownField"]


@given(st.sampled_from('("-\\:|') | st.sampled_from(PIECES))
def test_the_longest_query_is_read_in_reasonable_depth(piece: str) -> None:
    parse(piece * MAX_LENGTH)


@given(st.sampled_from(sorted(messages())))
def test_every_problem_has_both_languages(code: str) -> None:
    assert set(messages()[code]) == {"vi", "en"}
