"""Namesakes, offices, relations, each by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from math import inf, isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.kept import ANALYZER, RECOGNISER, article, catalogue, put
from tintuc_search.catalogue.base import Proof
from tintuc_search.catalogue.keys import Keys, is_id
from tintuc_search.catalogue.namesakes import Item, part
from tintuc_search.catalogue.offices import Level, OfficeReader
from tintuc_search.catalogue.ordering import Told, over_time
from tintuc_search.catalogue.relations import expected, log_likelihood
from tintuc_search.entities.base import Kind

KEYS = Keys(lambda: RECOGNISER, ANALYZER)
OFFICES = OfficeReader(KEYS)
YEAR = 365 * 86_400


@pytest.mark.parametrize(
    ("office", "line", "areas"),
    [
        ("Bí thư Đảng ủy xã Nậm Lìn", "state", {("nậm lìn", Level.COMMUNE)}),
        ("Phó chủ tịch UBND tỉnh Hà Giang", "state", {("hà giang", Level.PROVINCE)}),
        ("Chủ tịch UBND TP HCM", "state", {("thành phố hồ chí minh", Level.PROVINCE)}),
        ("Bí thư Quận ủy quận 1", "state", {("quận 1", Level.DISTRICT)}),
        ("Thẩm phán", "law", set()),
        ("Chánh án TAND huyện Phù Khê", "law", {("phù khê", Level.DISTRICT)}),
        ("Giám đốc Công ty Thiên Mã", "business", set()),
        ("Giám đốc Sở Nội vụ", "state", set()),
        ("Thống đốc Ngân hàng Nhà nước", "state", set()),
        ("người đứng đầu", "", set()),
        ("Hiệu trưởng", "teaching", set()),
    ],
)
def test_an_office_tells_line_and_area(
    office: str, line: str, areas: set[tuple[str, Level]]
) -> None:
    standing = OFFICES.read(office)

    assert (standing.line, set(standing.areas)) == (line, areas)


def item(number: int, line: str = "", area: str = "", level: Level = Level.COMMUNE) -> Item:
    return Item(
        article=str(number),
        unit=number,
        published=number * YEAR,
        lines=frozenset([line]) if line else frozenset(),
        areas=frozenset([(area, level)]) if area else frozenset(),
        offices=frozenset(filter(None, [f"{line} {area}".strip()])),
    )


def units(items: list[Item]) -> set[frozenset[int]]:
    return {frozenset(each.unit for each in bearer.items) for bearer in part(items)}


PROVINCE = Level.PROVINCE


@pytest.mark.parametrize(
    ("items", "people"),
    [
        # Nothing speaks against one person.
        ([item(1), item(2)], [{1, 2}]),
        ([item(1, "state"), item(2)], [{1, 2}]),
        ([item(1, "state"), item(2, "state", "nậm lìn")], [{1, 2}]),
        # Another line of work, another commune.
        ([item(1, "state"), item(2, "law")], [{1}, {2}]),
        ([item(1, "state", "nậm lìn"), item(2, "state", "hòa thịnh")], [{1}, {2}]),
        # From province to province is a career; to and fro it is two people.
        (
            [item(1, "state", "bình lâm", PROVINCE), item(2, "state", "sơn giang", PROVINCE)],
            [{1, 2}],
        ),
        (
            [
                item(1, "state", "bình lâm", PROVINCE),
                item(2, "state", "sơn giang", PROVINCE),
                item(3, "state", "bình lâm", PROVINCE),
                item(4, "state", "sơn giang", PROVINCE),
            ],
            [{1, 3}, {2, 4}],
        ),
        # One article that tells of both offices bridges them.
        (
            [
                item(1, "state"),
                item(2, "law"),
                replace(item(3), lines=frozenset(["state", "law"])),
            ],
            [{1, 2, 3}],
        ),
        # A place named beside says that the commune lies in the other's area.
        (
            [
                item(1, "state", "nậm lìn"),
                replace(item(2, "state", "mường tạc"), places=frozenset(["nậm lìn"])),
            ],
            [{1, 2}],
        ),
        # Two people named beside both prove one bearer, whatever the office.
        (
            [
                replace(item(1, "state"), persons=frozenset(["a b", "c d"])),
                replace(item(2, "law"), persons=frozenset(["a b", "c d", "e f"])),
            ],
            [{1, 2}],
        ),
        # One article that names no body is no proof against somebody of whom many tell.
        ([item(n, "state", "nậm lìn") for n in range(4)] + [item(9, "law")], [{0, 1, 2, 3, 9}]),
        ([item(n, "state", "nậm lìn") for n in range(3)] + [item(9, "law")], [{0, 1, 2}, {9}]),
        # One that does is, unless it names beside whom those many name.
        (
            [
                *(item(n, "state", "nậm lìn") for n in range(4)),
                replace(item(9, "business"), bodies=frozenset(["công ty thiên mã"])),
            ],
            [{0, 1, 2, 3}, {9}],
        ),
        (
            [
                *(replace(item(n, "state", "nậm lìn"), persons=frozenset("u")) for n in range(4)),
                replace(
                    item(9, "business"),
                    bodies=frozenset(["công ty thiên mã"]),
                    persons=frozenset("uv"),
                ),
            ],
            [{0, 1, 2, 3, 9}],
        ),
        (
            [
                *(replace(item(n, "state", "nậm lìn"), persons=frozenset("u")) for n in range(4)),
                replace(
                    item(9, "business"),
                    bodies=frozenset(["công ty thiên mã"]),
                    persons=frozenset("uvwxy"),
                ),
            ],
            [{0, 1, 2, 3}, {9}],
        ),
        # Nor is another area alone against somebody of whom very many tell.
        (
            [
                *(item(n, "state", "nậm lìn") for n in range(20)),
                item(90, "state", "hòa thịnh"),
                item(91, "law", "sơn giang"),
            ],
            [{*range(20), 90}, {91}],
        ),
        # What tells no office goes to whom it shares most with.
        (
            [
                replace(item(1, "state", "nậm lìn"), places=frozenset(["huổi sâu"])),
                item(2, "law"),
                item(3, "law"),
                replace(item(4), places=frozenset(["huổi sâu"])),
            ],
            [{1, 4}, {2, 3}],
        ),
    ],
)
def test_people_of_one_name(items: list[Item], people: list[set[int]]) -> None:
    assert units(items) == {frozenset(each) for each in people}


ITEMS = st.builds(
    Item,
    article=st.integers(1, 10**6).map(str),
    unit=st.just(0),
    published=st.none() | st.integers(0, 20 * YEAR),
    lines=st.frozensets(st.sampled_from(["state", "law", "business"]), max_size=2),
    areas=st.frozensets(st.tuples(st.sampled_from("abcd"), st.sampled_from(Level)), max_size=2),
    bodies=st.frozensets(st.sampled_from("pqr"), max_size=1),
    persons=st.frozensets(st.sampled_from("uvwxyz"), max_size=3),
    places=st.frozensets(st.sampled_from("abcdef"), max_size=3),
)


@given(st.lists(ITEMS, min_size=1, max_size=12, unique_by=lambda i: i.article), st.randoms())
def test_no_order_of_evidence_makes_other_people(items: list[Item], random: object) -> None:
    def people(given: list[Item]) -> list[tuple[str, frozenset[str]]]:
        return [(b.note, frozenset(i.article for i in b.items)) for b in part(given)]

    shuffled = sorted(items, key=lambda _: random.random())  # type: ignore[attr-defined]

    assert people(items) == people(shuffled)
    assert sorted(i.article for b in part(items) for i in b.items) == sorted(
        i.article for i in items
    )
    notes = [bearer.note for bearer in part(items)]
    assert len(set(notes)) == len(notes)


def told(key: str, day: int, *, former: bool = False) -> Told:
    moment = datetime(2020, 1, day, tzinfo=UTC)
    return Told(key, key, former, None, Proof(f"{key} {day}", moment))


def test_offices_stand_in_the_order_of_time_with_their_proofs() -> None:
    offices = over_time(
        [
            told("bí thư tỉnh ủy", 1),
            told("bí thư tỉnh ủy", 9),
            told("bí thư tỉnh ủy", 20, former=True),
            told("bộ trưởng", 15),
            told("thủ tướng", 3),
            told("thủ tướng chính phủ", 2),
        ],
        {},
    )

    assert [(o.office, len(o.proofs), len(o.former_proofs)) for o in offices] == [
        ("bộ trưởng", 1, 0),
        ("bí thư tỉnh ủy", 2, 1),
        ("thủ tướng chính phủ", 2, 0),
    ]
    assert offices[1].first is not None
    assert offices[1].last is not None
    assert (offices[1].first.day, offices[1].last.day) == (1, 9)


def test_a_short_office_that_could_be_two_stays_by_itself() -> None:
    offices = over_time([told("bí thư", 1), told("bí thư a", 2), told("bí thư b", 3)], {})

    assert {office.office for office in offices} == {"bí thư", "bí thư a", "bí thư b"}


def test_a_person_has_offices_with_body_and_proofs() -> None:
    with catalogue() as made:
        put(
            made,
            article("1", "Ông Phan Khắc Du, Bí thư Tỉnh ủy Cà Mau, dự họp.", "2019-01-01"),
            article("2", "Bí thư Tỉnh ủy Cà Mau Phan Khắc Du tiếp dân.", "2020-01-01"),
            article("3", "Nguyên Bí thư Tỉnh ủy Cà Mau Phan Khắc Du về thăm.", "2023-01-01"),
        )
        _, (entry,) = made.entities("Phan Khắc Du")
        view = made.entity(entry.id)

        assert view is not None
        (office,) = view.offices
        assert office.body is not None
        assert (office.office, office.body.name) == ("Bí thư Tỉnh ủy Cà Mau", "Tỉnh ủy Cà Mau")
        assert [proof.article for proof in office.proofs] == ["1", "2"]
        assert [proof.article for proof in office.former_proofs] == ["3"]


def test_an_office_held_for_several_terms_is_one_with_all_of_them() -> None:
    with catalogue() as made:
        put(
            made,
            article(
                "1", "Bí thư Tỉnh ủy Cà Mau nhiệm kỳ 2010-2015 Phan Khắc Du dự họp.", "2014-01-01"
            ),
            article(
                "2", "Bí thư Tỉnh ủy Cà Mau nhiệm kỳ 2015 - 2020 Phan Khắc Du dự họp.", "2016-01-01"
            ),
            article("3", "Bí thư Tỉnh ủy Cà Mau Phan Khắc Du dự họp.", "2017-01-01"),
            article(
                "4", "Bí thư Tỉnh ủy Cà Mau nhiệm kỳ 2015-2020 Phan Khắc Du dự họp.", "2018-01-01"
            ),
        )
        _, (entry,) = made.entities("Phan Khắc Du")
        view = made.entity(entry.id)

        assert view is not None
        (office,) = view.offices
        assert office.office == "Bí thư Tỉnh ủy Cà Mau"
        assert office.terms == ("nhiệm kỳ 2010-2015", "nhiệm kỳ 2015 - 2020")
        assert [proof.article for proof in office.proofs] == ["1", "2", "3", "4"]


def test_what_a_person_said_is_told_by_its_place() -> None:
    text = "Ông Phan Khắc Du nói: “Phải nghe dân trước đã”."
    with catalogue() as made:
        put(made, article("1", text))
        _, (entry,) = made.entities("Phan Khắc Du")
        view = made.entity(entry.id)

        assert view is not None
        (saying,) = view.sayings
        whole = article("1", text).article.text
        assert whole[saying.start : saying.end].strip("“”") == "Phải nghe dân trước đã"


@pytest.mark.parametrize(
    ("both", "first", "second", "articles", "ratio"),
    [
        # Dunning (1993), the formula worked out by hand: 2 Σ k ln(k N / (row column)).
        (10, 20, 20, 100, 12.0714),
        (4, 20, 20, 100, 0.0),
        (0, 50, 50, 100, -138.6294),
        (0, 0, 5, 10, 0.0),
        (5, 10, 10, 10, 0.0),
    ],
)
def test_the_log_likelihood_ratio(
    both: int, first: int, second: int, articles: int, ratio: float
) -> None:
    assert log_likelihood(both, first, second, articles) == pytest.approx(ratio, abs=1e-3)


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60), st.integers(0, 200))
def test_the_ratio_is_a_number_for_any_counts(
    both: int, first: int, second: int, articles: int
) -> None:
    ratio = log_likelihood(both, first, second, articles)

    assert -inf < ratio < inf
    assert isclose(ratio, log_likelihood(both, second, first, articles), abs_tol=1e-9)
    assert expected(first, second, articles) >= 0.0


def test_only_those_named_together_more_often_than_by_chance_are_related() -> None:
    pairs = [article(f"p{n}", "Ông Phan Khắc Du gặp bà Tạ Thị Ngần ở Huế.") for n in range(6)]
    others = [article(f"o{n}", "Bà Lò Thị Inh nói chuyện ở Huế.") for n in range(30)]
    with catalogue() as made:
        put(made, *pairs, *others)
        _, (entry,) = made.entities("Phan Khắc Du")
        view = made.entity(entry.id)

        assert view is not None
        assert [(each.entity.name, each.together) for each in view.related] == [("Tạ Thị Ngần", 6)]
        assert view.related[0].expected == pytest.approx(1.0)


def test_an_id_can_be_read_and_is_the_same_for_every_spelling() -> None:
    ids = {
        KEYS.id_of(Kind.PLACE, KEYS.canonical(Kind.PLACE, name))
        for name in ("Thành phố Hồ Chí Minh", "TP.HCM", "TP Hồ Chí Minh", "Hồ Chí Minh")
    }

    assert len(ids) == 1
    (only,) = ids
    assert only.startswith("thanh-pho-ho-chi-minh-")
    assert is_id(only)
    assert KEYS.id_of(Kind.PERSON, "lê văn thử") != KEYS.id_of(Kind.PERSON, "lê văn thủ")
    assert not is_id("Lê Văn Thử")
