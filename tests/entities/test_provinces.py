"""Of which province a body or place is, where its name does not say so. The articles are invented."""

from __future__ import annotations

import pytest

from entities.recognised import RECOGNISER


def areas(text: str) -> dict[str, str]:
    found = RECOGNISER.recognise(text)
    return {
        entity.name: entity.note for entity in (*found.organisations, *found.places) if entity.note
    }


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # Named right behind; as the province was, or as it is since.
        ("Lễ trao nhà ở huyện Châu Thành, tỉnh Bến Tre.", {"Châu Thành": "Bến Tre"}),
        ("Lễ trao nhà ở xã Tân Phú, huyện Châu Thành, tỉnh Bến Tre.",
         {"Tân Phú": "Bến Tre", "Châu Thành": "Bến Tre"}),
        ("Lũ ở huyện Vĩnh Thạnh, tỉnh Gia Lai.", {"Vĩnh Thạnh": "Bình Định"}),
        ("Lũ ở huyện Châu Thành, tỉnh Vĩnh Long.", {}),  # two of it have become part of that one
        ("Hai đoàn từ Châu Thành (Hậu Giang) và Long An gặp nhau.", {"Châu Thành": "Hậu Giang"}),
        # One that has a commune of the name since 2025 only: if it stands right behind.
        ("Ở An Nhơn, TP.HCM có mưa.", {"An Nhơn": "Thành phố Hồ Chí Minh"}),
        ("Từ TP.HCM về An Nhơn khá xa.", {}),
        ("Ở Bình Định có mưa. Từ TP.HCM về An Nhơn khá xa.", {"An Nhơn": "Bình Định"}),
        # Named in the same line, or by the article as a whole.
        ("Ở Bến Tre có mưa, nhất là tại huyện Châu Thành.\nĐoàn về Hà Nội.", {"Châu Thành": "Bến Tre"}),
        ("Tỉnh Bến Tre họp bàn.\nHuyện Châu Thành báo cáo.\nĐoàn về Hà Nội.", {"Châu Thành": "Bến Tre"}),
        # Two provinces have one: nobody can say.
        ("Bến Tre và Hậu Giang đều có huyện Châu Thành.", {}),
        ("Huyện Châu Thành có mưa.", {}),
        # A district that no other province has tells its province.
        ("Quận Bình Thạnh và quận Gò Vấp ngập nặng.", {"Bình Thạnh": "Thành phố Hồ Chí Minh"}),
        # A district that no other province has, though others have communes of the name.
        ("Quận Ba Đình có mưa.", {"Ba Đình": "Hà Nội"}),
        ("Ba Đình có mưa.", {}),
        # A province is one, whatever communes have its name.
        ("Tỉnh Bình Dương và Hà Nội ký kết.", {}),
    ],
)  # fmt: skip
def test_a_place_of_several_provinces_is_of_the_one_told_near_it(
    text: str, told: dict[str, str]
) -> None:
    assert areas(text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Sở Xây dựng kiểm tra.\nTỉnh Bình Phước có mưa; Bình Phước báo cáo.",
         {"Sở Xây dựng": "Bình Phước"}),
        ("Sở Xây dựng kiểm tra công trình ở Bình Phước.\nĐoàn đi Hà Nội và Huế.",
         {"Sở Xây dựng": "Bình Phước"}),
        ("Sở Xây dựng kiểm tra.\nĐoàn đi Hà Nội.\nĐoàn đi Huế.", {}),
        ("Sở Xây dựng Hà Nội kiểm tra ở Hà Nội.", {}),
        ("UBND huyện Châu Thành họp.\nĐoàn của tỉnh Bến Tre dự.",
         {"Ủy ban nhân dân huyện Châu Thành": "Bến Tre"}),
        # The word for its level tells it: no other district has the name.
        ("Công an quận Ba Đình họp ở Hà Nội.", {}),
        ("Bộ Xây dựng họp ở Hà Nội. Hà Nội có mưa.", {}),
    ],
)  # fmt: skip
def test_a_body_that_every_province_has_is_of_the_one_that_the_article_is_about(
    text: str, told: dict[str, str]
) -> None:
    assert areas(text) == told


def test_the_area_is_told_where_there_is_one_and_the_name_stays() -> None:
    found = RECOGNISER.recognise("Sở Xây dựng kiểm tra.\nBình Phước có mưa; Bình Phước báo cáo.")
    (body,) = found.to_json()["organisations"]
    (place,) = found.to_json()["places"]

    assert (body["name"], body["note"]) == ("Sở Xây dựng", "Bình Phước")
    assert set(place) == {"name", "mentions"}
