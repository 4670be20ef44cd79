"""One entity over the archive: its id, its names, its counts, whatever order the articles came in."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.kept import (
    ANALYZER,
    ARTICLES,
    RECOGNISER,
    all_of,
    article,
    catalogue,
    put,
    recognised,
    titles,
)
from tintuc_search.catalogue.settling import Settling
from tintuc_search.catalogue.store import SqliteCatalogue
from tintuc_search.entities.base import Kind
from tintuc_search.errors import IndexUnusable

if TYPE_CHECKING:
    from pathlib import Path

    from tintuc_search.archive.base import StoredArticle

NOTED = (
    article("a", "Mưa lớn ở huyện Châu Thành, tỉnh Bến Tre.", "2019-01-01"),
    article("b", "Mưa lớn ở huyện Châu Thành, tỉnh Hậu Giang.", "2019-01-02"),
    article("c", "Mưa lớn ở huyện Châu Thành.", "2019-01-03"),
    article("d", "Huyện Châu Thành của tỉnh Bến Tre khô hạn. Sở Y tế Bến Tre họp.", "2019-01-04"),
    article("e", "Sở Y tế họp ở Bến Tre. Bến Tre đón khách.", "2019-01-05"),
    article("f", "Chỉ thị 36-CT/TW được bàn.", "2019-01-06"),
    article("g", "Theo Chỉ thị số 36, phải làm ngay.", "2019-01-07"),
    article("h", "Theo Chỉ thị 36 của UBND tỉnh Bến Tre, phải làm ngay.", "2019-09-07"),
    article("i", "Theo chỉ thị 36, phải làm ngay.", "2019-09-08"),
)


def ids(made: SqliteCatalogue) -> dict[str, str]:
    return {entry.title: entry.id for entry in made.entities(limit=1000)[1]}


def test_spellings_and_abbreviations_are_one_entity() -> None:
    with catalogue() as made:
        put(made, *ARTICLES)
        (total, (city,)) = made.entities("Thành phố Hồ Chí Minh", Kind.ORGANISATION)
        _, (union,) = made.entities("trung ương đoàn")

        assert (total, city.name, city.articles) == (1, "Ủy ban nhân dân Thành phố Hồ Chí Minh", 2)
        assert union.articles == 2
        view = made.entity(city.id)
        assert view is not None
        assert {alias.articles for alias in view.aliases} == {1}


def test_an_entity_knows_when_and_how_often_it_was_named() -> None:
    with catalogue() as made:
        put(made, *ARTICLES)
        _, (lua,) = made.entities("Phan Thị Lụa")

        assert (lua.articles, lua.mentions) == (2, 2)
        assert lua.first is not None
        assert lua.last is not None
        assert (lua.first.date().isoformat(), lua.last.date().isoformat()) == (
            "2019-03-01",
            "2021-06-01",
        )
        view = made.entity(lua.id)
        assert view is not None
        assert view.months == (("2019-03", 1), ("2021-06", 1))
        assert view.newest == ("5", "2")


def test_people_of_one_name_are_kept_apart_by_what_they_do() -> None:
    with catalogue() as made:
        put(made, *ARTICLES)
        _, found = made.entities("Đặng Văn Quyến")

        assert {(entry.title, entry.articles) for entry in found} == {
            ("Đặng Văn Quyến (Nậm Lìn)", 3),
            ("Đặng Văn Quyến (Thẩm phán)", 2),
        }
        view = made.entity(found[0].id)
        assert view is not None
        assert [entry.id for entry in view.namesakes] == [found[1].id]


def test_the_id_of_one_of_several_stays_while_what_tells_them_apart_changes() -> None:
    with catalogue() as made, catalogue() as backwards:
        put(made, *ARTICLES[:4])
        judge = ids(made)["Đặng Văn Quyến (Thẩm phán)"]
        later = (
            article(
                "x",
                "Chánh án TAND huyện Cao Lĩnh Đặng Văn Quyến cùng bà Lò Thị Inh, bà Tạ Thị Ngần"
                " xử ở Hà Nội.",
                "2022-01-01",
            ),
            article(
                "y", "Thẩm phán Đặng Văn Quyến cùng bà Lò Thị Inh, bà Tạ Thị Ngần xử.", "2022-02-01"
            ),
            article("z", "Thẩm phán Đặng Văn Quyến xử ở huyện Cao Lĩnh.", "2022-02-01"),
        )
        put(made, *later)
        entry = made.entry(judge)

        assert entry is not None
        assert (entry.id, entry.title) == (judge, "Đặng Văn Quyến (Cao Lĩnh)")
        for each in reversed((*ARTICLES[:4], *later)):
            put(backwards, each)
        assert ids(backwards) == ids(made)


def test_an_id_leads_on_when_an_earlier_article_is_found_and_when_nobody_shares_the_name() -> None:
    with catalogue() as made:
        put(made, *ARTICLES[:4])
        judge = ids(made)["Đặng Văn Quyến (Thẩm phán)"]
        put(made, article("0", "Thẩm phán Đặng Văn Quyến tuyên án ở Hà Nội.", "2001-01-01"))
        now = ids(made)["Đặng Văn Quyến (Thẩm phán)"]
        entry = made.entry(judge)

        assert entry is not None
        assert entry.id == now != judge
        made.apply([], ["1", "2", "0"])
        made.settle()
        alone = made.entry(judge)
        assert alone is not None
        assert (alone.title, alone.articles) == ("Đặng Văn Quyến", 2)
        assert made.entry(judge[:-1] + ("0" if judge[-1] != "0" else "1")) is None


def test_the_id_of_a_shared_name_leads_to_the_one_most_named() -> None:
    with catalogue() as made:
        put(made, ARTICLES[0])
        alone = ids(made)["Đặng Văn Quyến"]
        put(made, *ARTICLES[1:])
        entry = made.entry(alone)

        assert entry is not None
        assert entry.title == "Đặng Văn Quyến (Nậm Lìn)"


@settings(max_examples=25)
@given(st.permutations(ARTICLES) | st.permutations(NOTED), st.lists(st.integers(1, 7), max_size=4))
def test_no_order_of_articles_makes_other_entities(
    order: list[StoredArticle], cuts: list[int]
) -> None:
    articles = sorted(order, key=lambda each: each.id)
    with catalogue() as whole, catalogue() as pieces:
        put(whole, *articles)
        bounds = [0, *sorted(set(cuts)), len(order)]
        for first, after in pairwise(bounds):
            pieces.apply([recognised(each) for each in order[first:after]], [])
            if first % 2:  # sometimes only at the end
                pieces.settle()
        pieces.settle()

        assert all_of(pieces) == all_of(whole)
        assert [pieces.named(each.id, 1) for each in articles] == [
            whole.named(each.id, 1) for each in articles
        ]


@settings(max_examples=25)
@given(st.sampled_from([ARTICLES, NOTED]), st.sets(st.integers(0, 8), max_size=7), st.booleans())
def test_what_is_deleted_or_revised_leaves_no_trace(
    articles: tuple[StoredArticle, ...], numbers: set[int], revise: bool
) -> None:
    gone = {each for n, each in enumerate(articles) if n in numbers}
    left = [each for each in articles if each not in gone]
    with catalogue() as fresh, catalogue() as used:
        put(fresh, *left)
        put(used, *articles)
        if revise:
            put(used, *(article(each.id, "Một câu khác về Cà Mau.") for each in gone))
        used.apply([], [each.id for each in gone])
        used.settle()

        assert all_of(used) == all_of(fresh)


def test_the_same_article_twice_is_counted_once() -> None:
    with catalogue() as once, catalogue() as twice:
        put(once, *ARTICLES)
        put(twice, *ARTICLES, *ARTICLES)
        put(twice, *ARTICLES)

        assert all_of(twice) == all_of(once)


def test_what_was_kept_but_not_settled_is_settled_by_the_next_run(tmp_path: Path) -> None:
    """As after a kill between the two."""
    path = tmp_path / "entities.sqlite"
    with catalogue(path) as made:
        made.apply([recognised(each) for each in ARTICLES], [])
    again = SqliteCatalogue(path, None, lambda: RECOGNISER, ANALYZER)
    assert titles(again) == []
    again.settle()

    assert "Phan Thị Lụa" in titles(again)
    again.close()


@pytest.mark.parametrize("at_once", [1, 2, 7])
def test_what_is_settled_in_pieces_is_what_is_settled_at_once(at_once: int) -> None:
    kvist = [article(f"k{n}", "Tổng thống Brandt Olsen Kvist đến Huế.") for n in range(3)]
    shorts = (
        article("d1", "Chỉ thị 36-CT/TW được bàn ở huyện Châu Thành, tỉnh Bến Tre."),
        article("d2", "Theo Chỉ thị 36, huyện Châu Thành làm ngay."),
        article("d3", "Ông Kvist về huyện Châu Thành."),
    )
    with catalogue(at_once=at_once) as pieces, catalogue(at_once=10_000) as whole:
        for made in (pieces, whole):
            put(made, *ARTICLES)
            put(made, *kvist, *shorts)
            made.apply([recognised(article("d1", "Không còn gì ở Cà Mau."))], ["k0"])
            made.settle()

        assert all_of(pieces) == all_of(whole)


def test_a_kill_between_two_transactions_leaves_the_rest_for_the_next_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    passes = iter(range(10_000))
    run = Settling.run

    def killed(settling: Settling, most: int) -> bool:
        if next(passes) == 4:
            raise KeyboardInterrupt
        return run(settling, most)

    with catalogue(tmp_path / "entities.sqlite", at_once=1) as made, catalogue() as whole:
        put(whole, *ARTICLES)
        made.apply([recognised(each) for each in ARTICLES], [])
        monkeypatch.setattr(Settling, "run", killed)
        with pytest.raises(KeyboardInterrupt):
            made.settle()
        before = made.entities(limit=1000)[0]
        assert 0 < before < whole.entities(limit=1000)[0]
        made.settle()

        assert all_of(made) == all_of(whole)


@pytest.mark.parametrize("at_once", [1, 1000])
def test_another_list_of_equal_names_leaves_nothing_of_the_entities_before(
    tmp_path: Path, at_once: int
) -> None:
    stored = (article("1", "Hoa Kỳ và Úc ký kết."), article("2", "Mỹ và Australia ký kết."))
    with catalogue(tmp_path / "e.sqlite", at_once=at_once) as made, catalogue() as fresh:
        keys = made._keys
        keys.__dict__["_equal"] = {}
        put(made, *stored)
        assert len(titles(made)) == 4
        del keys.__dict__["_equal"]
        made.__dict__["_naming"] = "another"
        made.settle()
        put(fresh, *stored)

        assert all_of(made) == all_of(fresh)
        assert set(titles(made)) == {"Mỹ", "Australia"}


def test_a_foreign_last_name_alone_is_the_full_name_that_most_articles_have() -> None:
    texts = [f"Tổng thống Brandt Kvist phát biểu ngày {day}." for day in range(1, 5)]
    with catalogue() as made:
        put(made, *(article(str(n), text) for n, text in enumerate(texts)))
        short_id = RECOGNISER.key("Kvist")
        put(made, article("9", "Tổng thống Kvist đến Huế."))
        _, (kvist,) = made.entities("kvist")

        assert (kvist.name, kvist.articles) == ("Brandt Kvist", 5)
        assert short_id == "kvist"
        # As many of another one: nobody can say who is meant.
        put(made, *(article(f"m{n}", "Nghị sĩ Marta Kvist phát biểu.") for n in range(4)))

        assert {entry.title: entry.articles for entry in made.entities("kvist")[1]} == {
            "Brandt Kvist": 4,
            "Marta Kvist": 4,
            "Kvist": 1,
        }


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("dang van", True),
        ("quyen", True),
        ("Đặng Văn Quyền", False),
        ("văn quy", True),
        ("ặng", False),
        ("", True),
        ("\ud83c", False),
        ("…", False),
    ],
)
def test_a_list_is_searched_by_the_beginning_of_any_word(typed: str, found: bool) -> None:
    with catalogue() as made:
        put(made, ARTICLES[0])

        assert ("Đặng Văn Quyến" in titles(made, typed)) is found


def test_places_before_and_after_the_mergers_lead_to_each_other() -> None:
    with catalogue() as made:
        put(made, article("1", "Đoàn công tác đến Hải Dương và Hải Phòng."))
        views = {e.name: made.entity(e.id) for e in made.entities(kind=Kind.PLACE)[1]}
        before, after = views["Hải Dương"], views["Hải Phòng"]

        assert before is not None
        assert after is not None
        assert [(s.name, s.later, s.date) for s in before.successions] == [
            ("Hải Phòng", True, "2025-07-01")
        ]
        assert after.successions[0].entity == before.entry
        assert not after.successions[0].later


def test_names_of_another_revision_are_not_told() -> None:
    with catalogue() as made:
        put(made, ARTICLES[0])

        assert made.named("1", 2) == []
        text = ARTICLES[0].article.text
        assert [text[n.start : n.end] for n in made.named("1", 1)] == [
            "Đặng Văn Quyến",
            "Đảng ủy xã Nậm Lìn",
            "Mường Tạc",
        ]


def test_a_missing_or_damaged_file_is_named_with_the_way_out(tmp_path: Path) -> None:
    made = SqliteCatalogue(tmp_path / "entities.sqlite", None, lambda: RECOGNISER, ANALYZER)
    with pytest.raises(IndexUnusable, match=r"catalogue of entities .* tintuc index --rebuild"):
        made.generation()
    (tmp_path / "entities.sqlite").write_bytes(b"no database at all" * 99)
    with pytest.raises(IndexUnusable, match="damaged"):
        made.generation()
    made.clear()

    assert made.entities() == (0, [])
    made.close()


def test_who_took_the_picture_is_nobody_of_whom_the_archive_tells() -> None:
    with catalogue() as made:
        put(made, article("1", "Ông Phan Khắc Du họp ở Huế. Ảnh: Trần Văn Chụp"))

        assert [entry.name for entry in made.entities(kind=Kind.PERSON)[1]] == ["Phan Khắc Du"]
