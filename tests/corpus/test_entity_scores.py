"""How recognition is scored, and that it does not fall below what it reached on the marked articles."""

from __future__ import annotations

from typing import Any

import pytest

from corpus.entity_scores import KINDS, Score, compare, own_scores, shared, values
from corpus.floors import read_floors, shortfalls

Entry = dict[str, Any]
EMPTY: dict[str, list[Entry]] = {
    kind: [] for kind in ("persons", "organisations", "places", "documents", "roles", "quotes")
}
PHONG: Entry = {"name": "Lữ Hoàng Phong", "mentions": ["Lữ Hoàng Phong", "Hoàng Phong", "Phong"]}


def named(*names: str) -> list[Entry]:
    return [{"name": name, "mentions": []} for name in names]


@pytest.mark.parametrize(
    ("found", "score"),
    [
        (["Lữ Hoàng Phong"], Score(1, 1, 1)),
        (["lữ hoàng phong"], Score(1, 1, 1)),
        (["Hoàng Phong"], Score(1, 1, 1)),
        (["Phong"], Score(1, 1, 0)),
        (["Lữ Hoàng Phong", "Hoàng Phong"], Score(1, 2, 1)),
        ([], Score(1, 0, 0)),
    ],
)
def test_a_name_is_right_once_by_itself_or_by_a_mention_of_two_syllables(
    found: list[str], score: Score
) -> None:
    wanted = EMPTY | {"persons": [PHONG]}
    assert compare(wanted, EMPTY | {"persons": named(*found)})["persons"] == score


def test_spellings_that_search_treats_as_equal_are_equal() -> None:
    wanted = EMPTY | {"places": [{"name": "Hòa Mỹ", "mentions": ["Hòa Mỹ"]}]}
    assert compare(wanted, EMPTY | {"places": named("Hoà Mĩ")})["places"].right == 1
    assert compare(wanted, EMPTY | {"places": named("Hóa Mỹ")})["places"].right == 0


@pytest.mark.parametrize(
    ("person", "office", "right"),
    [
        ("Hoàng Phong", "Bí thư thứ nhất T.Ư Đoàn", 1),
        ("Lữ Hoàng Phong", "nguyên Bí thư thứ nhất T.Ư Đoàn", 1),
        ("Lữ Hoàng Phong", "Bí thư", 0),
        ("Phong", "Bí thư thứ nhất T.Ư Đoàn", 0),
    ],
)
def test_an_office_is_right_with_its_holder_and_most_of_its_words(
    person: str, office: str, right: int
) -> None:
    role = {"person": "Lữ Hoàng Phong", "role": "Bí thư thứ nhất T.Ư Đoàn", "former": False}
    wanted = EMPTY | {"persons": [PHONG], "roles": [role]}
    found = EMPTY | {"roles": [{"person": person, "role": office, "former": False}]}
    assert compare(wanted, found)["roles"].right == right


@pytest.mark.parametrize(
    ("speaker", "words", "kind", "direct", "quotes"),
    [
        ("Hoàng Phong", "một hai ba bốn năm", "direct", 1, 1),
        ("Hoàng Phong", "một hai ba", "direct", 1, 1),
        ("Hoàng Phong", "một hai", "direct", 0, 0),
        ("Hoàng Phong", "một hai ba bốn năm", "indirect", 0, 1),
        ("Phong Lữ", "một hai ba bốn năm", "direct", 0, 0),
    ],
)
def test_a_quotation_is_right_with_its_speaker_and_three_fifths_of_its_words(
    speaker: str, words: str, kind: str, direct: int, quotes: int
) -> None:
    quote = {"speaker": "Lữ Hoàng Phong", "quote": "một hai ba bốn năm", "kind": "direct"}
    wanted = EMPTY | {"persons": [PHONG], "quotes": [quote]}
    found = EMPTY | {"quotes": [{"speaker": speaker, "quote": words, "kind": kind}]}
    reached = compare(wanted, found)
    assert (reached["direct"].right, reached["quotes"].right) == (direct, quotes)


def test_measures_follow_from_the_counts() -> None:
    score = Score(3, 2, 1) + Score(1, 2, 1)
    assert score == Score(4, 4, 2)
    assert (Score(4, 2, 2).precision, Score(4, 2, 2).recall) == (1.0, 0.5)
    assert Score(4, 2, 2).f1 == pytest.approx(2 / 3)
    assert Score(0, 0, 0).f1 == Score(0, 0, 0).precision == Score(0, 0, 0).recall == 0.0
    assert shared("", "") == 0.0


def test_no_measure_falls_below_its_floor() -> None:
    floors = read_floors("entities")
    assert set(floors) == set(KINDS)
    assert shortfalls(values(own_scores()), floors) == {}
