"""Bodies and places of one name kept apart by province, and what became of a place. The articles are invented."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import pytest

from catalogue.kept import article, catalogue, put, titles
from tintuc_search.catalogue.base import Restriction
from tintuc_search.entities.base import Kind

if TYPE_CHECKING:
    from tintuc_search.catalogue.base import EntityView
    from tintuc_search.catalogue.store import SqliteCatalogue

BODIES = (
    article("1", "Sở Xây dựng kiểm tra ở Bình Phước. Bình Phước có mưa."),
    article("2", "Sở Xây dựng tỉnh Bình Phước báo cáo."),
    article("3", "Sở Xây dựng kiểm tra ở Cà Mau. Cà Mau có mưa."),
    article("4", "Sở Xây dựng là của tỉnh nào?"),
)
PLACES = (
    article("1", "Mưa lớn ở huyện Châu Thành, tỉnh Bến Tre."),
    article("2", "Mưa lớn ở huyện Châu Thành, tỉnh Hậu Giang."),
    article("3", "Mưa lớn ở huyện Châu Thành."),
)


def view(made: SqliteCatalogue, title: str) -> EntityView:
    (entry,) = (each for each in made.entities(limit=1000)[1] if each.title == title)
    found = made.entity(entry.id)
    assert found is not None
    return found


@pytest.mark.parametrize("order", list(permutations(BODIES))[::5])
def test_a_body_is_of_the_province_that_its_articles_are_about(order: tuple[object, ...]) -> None:
    with catalogue() as made:
        for each in order:
            put(made, each)  # type: ignore[arg-type]
        found = {each.title: each.articles for each in made.entities("sở xây dựng")[1]}

        assert found == {
            "Sở Xây dựng tỉnh Bình Phước": 2,
            "Sở Xây dựng (Cà Mau)": 1,
            "Sở Xây dựng": 1,
        }


def test_the_index_knows_a_body_by_its_plain_name_and_by_the_whole_one() -> None:
    with catalogue() as made:
        put(made, *BODIES)

        for title, key in (
            ("Sở Xây dựng (Cà Mau)", "sở xây dựng cà mau"),
            ("Sở Xây dựng", "sở xây dựng"),
        ):
            entity_id = view(made, title).entry.id
            assert made.restriction(entity_id) == Restriction(
                Kind.ORGANISATION, frozenset({key}), None
            )
            assert made.ids_of(Kind.ORGANISATION, [key]) == {key: (entity_id,)}


def test_the_level_of_a_province_makes_no_other_body_but_that_of_a_city_in_one_does() -> None:
    with catalogue() as made:
        put(
            made,
            article("1", "Công an tỉnh Quảng Ngãi và Công an thành phố Hà Nội họp."),
            article("2", "Công an Quảng Ngãi và Công an Hà Nội họp."),
            article("3", "Công an thành phố Quảng Ngãi họp."),
        )
        counts = sorted(each.articles for each in made.entities("công an")[1])

        assert counts == [1, 2, 2]


@pytest.mark.parametrize("order", list(permutations(PLACES)))
def test_districts_of_one_name_are_apart_by_province(order: tuple[object, ...]) -> None:
    with catalogue() as made:
        for each in order:
            put(made, each)  # type: ignore[arg-type]

        assert set(titles(made, "Châu Thành")) == {
            "Châu Thành (Bến Tre)",
            "Châu Thành (Hậu Giang)",
            "Châu Thành",
        }
        assert [each.title for each in view(made, "Châu Thành (Bến Tre)").namesakes] == [
            "Châu Thành",
            "Châu Thành (Hậu Giang)",
        ]


def test_a_name_without_a_province_is_the_one_that_most_articles_mean() -> None:
    same = [article(f"s{n}", "Mưa ở huyện Châu Thành, tỉnh Bến Tre.") for n in range(3)]
    with catalogue() as made:
        put(made, *PLACES)
        apart = view(made, "Châu Thành").entry.id
        put(made, *same)
        found = {each.title: each.articles for each in made.entities("Châu Thành")[1]}
        entry = made.entry(apart)

        assert found == {"Châu Thành (Bến Tre)": 5, "Châu Thành (Hậu Giang)": 1}
        assert entry is not None
        assert entry.title == "Châu Thành (Bến Tre)"
        made.apply([], [each.id for each in same])
        made.settle()
        assert len(made.entities("Châu Thành")[1]) == 3


def test_a_district_leads_to_the_communes_that_it_became_and_they_to_it() -> None:
    with catalogue() as made:
        put(
            made,
            article("1", "Phường Đa Kao, quận 1, TP.HCM có chợ mới."),
            article("2", "Phường Sài Gòn, TP.HCM có chợ mới."),
        )
        district, commune = view(made, "quận 1"), view(made, "Đa Kao")
        (of_district,) = district.divisions
        (of_commune,) = commune.divisions

        assert (of_district.title, of_district.within, of_district.until) == (
            "Quận 1",
            ("Thành phố Hồ Chí Minh",),
            "2025-07-01",
        )
        assert of_commune.within == ("Quận 1", "Thành phố Hồ Chí Minh")
        later = {each.name: each.entity and each.entity.name for each in commune.successions}
        assert later["Phường Tân Định"] is None
        assert later["Phường Sài Gòn"] == "Sài Gòn"
        assert {"Phường Bến Thành", "Phường Sài Gòn"} < {s.name for s in district.successions}
        earlier = [
            each for each in view(made, "Sài Gòn").successions if each.name == "Phường Đa Kao"
        ]
        assert [each.entity and each.entity.id for each in earlier] == [commune.entry.id]
        assert not earlier[0].later


def test_a_name_of_several_provinces_tells_all_and_is_sure_of_none() -> None:
    with catalogue() as made:
        put(made, *PLACES)
        unsure, sure = view(made, "Châu Thành"), view(made, "Châu Thành (Bến Tre)")

        assert unsure.is_unsure
        assert unsure.successions == ()
        assert {"Bến Tre", "Hậu Giang", "Tiền Giang"} <= {d.within[-1] for d in unsure.divisions}
        assert not sure.is_unsure
        assert {division.within[-1] for division in sure.divisions} <= {"Bến Tre", "Vĩnh Long"}
        assert "Huyện Châu Thành" in {division.title for division in sure.divisions}


def test_a_place_that_is_no_division_has_none() -> None:
    with catalogue() as made:
        put(made, article("1", "Đoàn thăm Nhật Bản."))

        assert view(made, "Nhật Bản").divisions == ()


def test_an_editor_means_one_of_several_by_its_province(tmp_path: object) -> None:
    file = tmp_path / "entities.toml"  # type: ignore[operator]
    file.write_text(
        '[[rename]]\nkind = "place"\nname = "Châu Thành (Bến Tre)"\nto = "Huyện Châu Thành"\n',
        "utf-8",
    )
    with catalogue(edits=file) as made:
        put(made, *PLACES)

        assert set(titles(made, "Châu Thành")) == {
            "Huyện Châu Thành",
            "Châu Thành (Hậu Giang)",
            "Châu Thành",
        }
