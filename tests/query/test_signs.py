"""Signs of words and phrases: text → what is asked for, and what is said of signs that make no sense."""

from __future__ import annotations

import pytest

from tintuc_search.query.parser import parse
from tintuc_search.query.render import render
from tintuc_search.query.tree import FieldNode, Node, NotNode, PhraseNode, WordNode


def leaf(node: Node | None) -> WordNode | PhraseNode:
    """The one word or phrase of a query."""
    while isinstance(node, FieldNode | NotNode):
        node = node.child
    assert isinstance(node, WordNode | PhraseNode)
    return node


@pytest.mark.parametrize(
    ("text", "word", "exact", "prefix", "fuzzy"),
    [
        ("=đảng", "đảng", True, False, 0),
        ("==đảng", "đảng", True, False, 0),
        ("=OR", "OR", True, False, 0),
        ("-=đảng", "đảng", True, False, 0),
        ("+=đảng", "đảng", True, False, 0),
        ("tiêu đề:=đảng", "đảng", True, False, 0),
        ("tham*", "tham", False, True, 0),
        ("tham***", "tham", False, True, 0),
        ("-đả*", "đả", False, True, 0),
        ("tác giả:Nguyễn*", "Nguyễn", False, True, 0),
        ("05-CT/TW*", "05-CT/TW", False, True, 0),
        ("201*", "201", False, True, 0),
        ("OR*", "OR", False, True, 0),
        ("Nguyen~", "Nguyen", False, False, 1),
        ("Nguyen~1", "Nguyen", False, False, 1),
        ("Nguyễn~2", "Nguyễn", False, False, 2),
        (r"tham\*", "tham*", False, False, 0),
        (r"\=đảng", "=đảng", False, False, 0),
        (r"Nguyen\~", "Nguyen~", False, False, 0),
        (r"a\*bc*", "a*bc", False, True, 0),
        ("a=b", "a=b", False, False, 0),
        ("vi.example/~an/x", "vi.example/~an/x", False, False, 0),
    ],
)
def test_words_take_signs(text: str, word: str, fuzzy: int, *, exact: bool, prefix: bool) -> None:
    node = leaf(parse(text).root)

    assert isinstance(node, WordNode)
    assert (word, exact, prefix, fuzzy) == (node.text, node.exact, node.prefix, node.fuzzy)


@pytest.mark.parametrize(
    ("text", "phrase", "exact", "prefix", "slop"),
    [
        ('="hội nghị"', "hội nghị", True, False, 0),
        ("=“hội nghị”~3", "hội nghị", True, False, 3),
        ("='hội nghị'", "hội nghị", True, False, 0),
        ('"chống tham*"', "chống tham", False, True, 0),
        ('"chống tham* "~2', "chống tham", False, True, 2),
        ('tiêu đề:"chống tham*"', "chống tham", False, True, 0),
        ('"hội nghị"', "hội nghị", False, False, 0),
    ],
)
def test_phrases_take_signs(
    text: str, phrase: str, slop: int, *, exact: bool, prefix: bool
) -> None:
    node = leaf(parse(text).root)

    assert isinstance(node, PhraseNode)
    assert (phrase, exact, prefix, slop) == (node.text, node.exact, node.prefix, node.slop)


@pytest.mark.parametrize(
    ("text", "code", "start", "end", "canonical"),
    [
        ("a *", "straySign", 2, 3, "a"),
        ("a ~5", "straySign", 2, 4, "a"),
        ("a = b", "straySign", 2, 3, "a b"),
        ("=(a b)", "straySign", 0, 1, "a b"),
        ("a *tham", "straySign", 2, 7, r"a \*tham"),
        ("th*m", "straySign", 0, 4, r"th\*m"),
        ("tham*~", "straySign", 0, 6, "tham~"),
        ('"hội~2~3"', "straySign", 0, 9, '"hội"'),
        ('"tham* nhũng"', "straySign", 0, 13, '"tham  nhũng"'),
        ('"tham *"', "straySign", 0, 8, '"tham"'),
        ('"Nguyen~ Van"', "straySign", 0, 13, '"Nguyen  Van"'),
        ('"Nguyen~3*Van"', "straySign", 0, 14, '"Nguyen  Van"'),
        ("=đảng*", "signBesideExact", 0, 6, "=đảng"),
        ("=đảng~", "signBesideExact", 0, 6, "=đảng"),
        ('="chống tham*"', "signBesideExact", 0, 14, '="chống tham"'),
        ("t*", "prefixTooShort", 0, 2, "t"),
        ("CT/T*", "prefixTooShort", 0, 5, "CT/T"),
        ('"chống t*"', "prefixTooShort", 0, 10, '"chống t"'),
        ("Lý~", "fuzzyTooShort", 0, 3, "Lý"),
        ("Nguyen~7", "fuzzyTooLarge", 0, 8, "Nguyen~2"),
        ("Nguyen~0", "fuzzyTooLarge", 0, 8, "Nguyen~"),
    ],
)
def test_says_which_signs_make_no_sense(
    text: str, code: str, start: int, end: int, canonical: str
) -> None:
    parsed = parse(text)

    assert [(code, start, end)] == [(p.code, p.start, p.end) for p in parsed.problems]
    assert canonical == render(parsed.root)


def test_letters_are_counted_whatever_their_unicode_form() -> None:
    assert [p.code for p in parse("o\u0302\u0301*").problems] == ["prefixTooShort"]
    assert not parse("ho\u0323\u0302*").problems
