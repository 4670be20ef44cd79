"""Provinces, districts and communes before and after 1 July 2025."""

from __future__ import annotations

import pytest

from tintuc_search.analysis.vi import VietnameseAnalyzer
from tintuc_search.entities.divisions import Division, Level, known_divisions

ANALYZER = VietnameseAnalyzer()
DIVISIONS = known_divisions(ANALYZER.key)


def division(title: str, province: str) -> Division:
    key = DIVISIONS.name_key(title)
    found = [d for d in DIVISIONS.of(key) if (d.title, d.province) == (title, province)]
    assert len(found) == 1
    return found[0]


def titles(divisions: object) -> set[str]:
    return {each.title for each in divisions}  # type: ignore[attr-defined]


def test_sixty_three_provinces_became_thirty_four() -> None:
    provinces = [
        each
        for key in DIVISIONS.provinces
        for each in DIVISIONS.of(key)
        if each.level is Level.PROVINCE
    ]
    ended = {each.province: each.until for each in provinces if each.until}

    assert len(provinces) - len(ended) == 34
    # Hà Tây and Thừa Thiên Huế had gone before.
    assert sum(day == "2025-07-01" for day in ended.values()) == 63 - 34
    assert {DIVISIONS.province_now(name) for name in ended} <= {
        each.province for each in provinces if not each.until
    }


@pytest.mark.parametrize(
    ("title", "province", "within", "until"),
    [
        ("Quận 1", "Thành phố Hồ Chí Minh", ("Thành phố Hồ Chí Minh",), "2025-07-01"),
        ("Quận 2", "Thành phố Hồ Chí Minh", ("Thành phố Hồ Chí Minh",), "2021-01-01"),
        ("Phường Bến Nghé", "Thành phố Hồ Chí Minh", ("Quận 1", "Thành phố Hồ Chí Minh"), "2025-07-01"),
        ("Phường Sài Gòn", "Thành phố Hồ Chí Minh", ("Thành phố Hồ Chí Minh",), ""),
        ("Bến Tre", "Bến Tre", (), "2025-07-01"),
    ],
)  # fmt: skip
def test_a_division_knows_what_it_was_part_of_and_until_when(
    title: str, province: str, within: tuple[str, ...], until: str
) -> None:
    found = division(title, province)

    assert (found.within, found.until) == (within, until)


@pytest.mark.parametrize(
    ("title", "province", "before", "after"),
    [
        (
            "Phường Sài Gòn",
            "Thành phố Hồ Chí Minh",
            {"Phường Bến Nghé", "Phường Đa Kao", "Phường Nguyễn Thái Bình"},
            set(),
        ),
        ("Phường Đa Kao", "Thành phố Hồ Chí Minh", set(), {"Phường Sài Gòn", "Phường Tân Định"}),
        (
            "Quận 1",
            "Thành phố Hồ Chí Minh",
            set(),
            {"Phường Sài Gòn", "Phường Tân Định", "Phường Bến Thành", "Phường Cầu Ông Lãnh"},
        ),
        ("Quận 9", "Thành phố Hồ Chí Minh", set(), {"Thành phố Thủ Đức"}),
        ("Đặc khu Hoàng Sa", "Đà Nẵng", {"Huyện Hoàng Sa"}, set()),
        ("Bến Tre", "Bến Tre", set(), {"Vĩnh Long"}),
        ("Vĩnh Long", "Vĩnh Long", {"Bến Tre", "Trà Vinh"}, set()),
    ],
)
def test_a_division_leads_to_what_came_before_and_after(
    title: str, province: str, before: set[str], after: set[str]
) -> None:
    found = division(title, province)

    assert titles(DIVISIONS.before(found)) == before
    assert titles(DIVISIONS.after(found)) == after


def test_every_ended_division_leads_on_and_every_link_is_told_both_ways() -> None:
    every = {each for key in DIVISIONS.homes for each in DIVISIONS.of(key)}
    communes = [each for each in every if each.level is Level.COMMUNE and not each.until]

    assert len(communes) == 3321
    for each in every:
        assert bool(each.until) == bool(DIVISIONS.after(each))
        for after in DIVISIONS.after(each):
            assert DIVISIONS.province_now(each.province) == DIVISIONS.province_now(after.province)
            if each.level is after.level:
                assert each in DIVISIONS.before(after)
    assert all(DIVISIONS.before(each) for each in communes)


def test_a_name_is_at_home_where_its_divisions_are() -> None:
    homes = {
        name: set(DIVISIONS.homes[ANALYZER.key(name)].provinces)
        for name in ("Vũng Tàu", "Châu Thành", "Quận 1", "Ba Đình")
    }

    assert homes["Vũng Tàu"] == {"Bà Rịa - Vũng Tàu"}  # not the city that it is of since
    assert {"Bến Tre", "Tiền Giang", "Hậu Giang"} < homes["Châu Thành"]
    assert homes["Quận 1"] == {"Thành phố Hồ Chí Minh"}
    assert {"Hà Nội", "Thanh Hóa"} <= homes["Ba Đình"]
    assert DIVISIONS.homes[ANALYZER.key("Ba Đình")].districts == ("Hà Nội",)
    assert DIVISIONS.homes[ANALYZER.key("An Nhơn")].present == ("Thành phố Hồ Chí Minh",)
