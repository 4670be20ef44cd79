"""From ids of entities to what finds their articles in an index of names, and back."""

from __future__ import annotations

import pytest

from catalogue.kept import ANALYZER, ARTICLES, article, catalogue, put
from tintuc_search.catalogue.base import Restriction
from tintuc_search.entities.base import Kind


def test_the_key_of_the_index_and_the_id_lead_to_each_other() -> None:
    with catalogue() as made:
        put(made, *ARTICLES, article("n", "Nghị định 100/2019/NĐ-CP có hiệu lực."))
        key = ANALYZER.key("Phan Thị Lụa")
        decree = ANALYZER.key("100/2019/NĐ-CP")
        (entity_id,) = made.ids_of(Kind.PERSON, [key])[key]
        (decree_id,) = made.ids_of(Kind.DOCUMENT, [decree, "không có"])[decree]

        assert made.restriction(entity_id) == Restriction(Kind.PERSON, frozenset({key}), None)
        assert made.ids_of(Kind.PLACE, [key]) == {}
        assert decree_id.startswith("100-2019-nd-cp-")


def test_people_of_one_name_are_found_by_their_articles_too() -> None:
    with catalogue() as made:
        put(made, *ARTICLES)
        key = ANALYZER.key("Đặng Văn Quyến")

        ids = made.ids_of(Kind.PERSON, [key])[key]
        found = [made.restriction(each) for each in ids]

        assert len(ids) == 2
        articles = [each.articles for each in found if each and each.articles]
        assert len(articles) == 2
        assert not articles[0] & articles[1]
        for entity_id, known in zip(ids, articles, strict=True):
            view = made.entity(entity_id)
            assert view is not None
            assert known == set(view.newest)


@pytest.mark.parametrize(
    "unknown", ["", "x", "không có", "le-van-thu-00000000", "\ud800", "a" * 999]
)
def test_an_unknown_id_restricts_to_nothing_known(unknown: str) -> None:
    with catalogue() as made:
        put(made, ARTICLES[0])

        assert made.restriction(unknown) is None
