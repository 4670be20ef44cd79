"""The editor's file: what it joins, parts and names, and what it is told when it is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from catalogue.kept import ARTICLES, article, catalogue, put, titles
from catalogue.test_catalogue import ids
from tintuc_search.catalogue.edits import read_edits
from tintuc_search.entities.base import Kind
from tintuc_search.errors import BadInput

if TYPE_CHECKING:
    from pathlib import Path

MERGE = '[[merge]]\nkind = "{}"\ninto = "{}"\nnames = ["{}"]\n'
RENAME = '[[rename]]\nkind = "person"\nname = "{}"\nto = "{}"\n'


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "entities.toml"


def test_names_are_merged_without_reading_an_article_again_and_the_old_id_leads_on(
    file: Path,
) -> None:
    with catalogue(edits=file) as made:
        put(made, *ARTICLES, article("9", "Bà Phan Lụa đến Huế."))
        before = ids(made)
        file.write_text(MERGE.format("person", "Phan Thị Lụa", "Phan Lụa"), "utf-8")
        made.settle()
        entry = made.entry(before["Phan Lụa"])

        assert entry is not None
        assert (entry.id, entry.name, entry.articles) == (
            before["Phan Thị Lụa"],
            "Phan Thị Lụa",
            3,
        )
        file.unlink()
        made.settle()
        assert ids(made) == before


def test_two_people_of_one_name_are_made_one(file: Path) -> None:
    with catalogue(edits=file) as made:
        put(made, *ARTICLES)
        file.write_text(
            MERGE.format("person", "Đặng Văn Quyến (Nậm Lìn)", "Đặng Văn Quyến (Thẩm phán)"),
            "utf-8",
        )
        made.settle()
        _, (one,) = made.entities("Đặng Văn Quyến")

        assert (one.title, one.articles) == ("Đặng Văn Quyến", 5)


def test_one_of_two_people_is_merged_into_another_by_id(file: Path) -> None:
    with catalogue(edits=file) as made:
        put(made, *ARTICLES, article("9", "Ông Văn Quyến đến Huế."))
        judge, alone = ids(made)["Đặng Văn Quyến (Thẩm phán)"], ids(made)["Văn Quyến"]
        file.write_text(MERGE.format("person", "Văn Quyến", judge), "utf-8")
        made.settle()
        counts = {entry.title: entry.articles for entry in made.entities("Văn Quyến")[1]}
        entry = made.entry(judge)

        assert entry is not None
        assert entry.id == alone
        assert entry.title == "Văn Quyến"
        assert counts["Văn Quyến"] == 3
        assert counts["Đặng Văn Quyến"] == 3


def test_a_person_is_split_by_words_and_by_articles(file: Path) -> None:
    file.write_text(
        '[[split]]\nkind = "person"\nname = "Đặng Văn Quyến"\nparts = [\n'
        '  { note = "người trồng cây", articles = ["8"] },\n'
        '  { note = "bí thư", words = ["Nậm Lìn"] },\n'
        '  { note = "thẩm phán", words = ["thẩm phán"] },\n]\n',
        "utf-8",
    )
    with catalogue(edits=file) as made:
        put(made, *ARTICLES)
        counts = {entry.note: entry.articles for entry in made.entities("Đặng Văn Quyến")[1]}

        assert counts == {"người trồng cây": 1, "bí thư": 2, "thẩm phán": 2}


def test_a_new_name_is_shown_and_found_and_the_id_stays(file: Path) -> None:
    with catalogue(edits=file) as made:
        put(made, *ARTICLES)
        before = ids(made)["Phan Thị Lụa"]
        file.write_text(RENAME.format("Phan Thị Lụa", "Phan Thị Lụa Đào"), "utf-8")
        made.settle()

        assert ids(made)["Phan Thị Lụa Đào"] == before
        assert titles(made, "lua dao") == titles(made, "phan thi lua") == ["Phan Thị Lụa Đào"]


def test_one_of_two_people_is_renamed(file: Path) -> None:
    file.write_text(RENAME.format("Đặng Văn Quyến (Nậm Lìn)", "Đặng Quyến"), "utf-8")
    with catalogue(edits=file) as made:
        put(made, *ARTICLES)

        assert set(titles(made, "Đặng Văn Quyến")) == {
            "Đặng Quyến (Nậm Lìn)",
            "Đặng Văn Quyến (Thẩm phán)",
        }


def test_an_alias_is_found_and_joins_the_articles_that_write_it(file: Path) -> None:
    file.write_text(
        '[[alias]]\nkind = "organisation"\nname = "Trung ương Đoàn"\n'
        'aliases = ["Báo Lâm Hải", "Đoàn cấp trên"]\n',
        "utf-8",
    )
    with catalogue(edits=file) as made:
        put(made, *ARTICLES)
        (total, (union,)) = made.entities("đoàn cấp", Kind.ORGANISATION)

        assert (total, union.name, union.articles) == (1, "Trung ương Đoàn", 2)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[[merge]\n", "no valid TOML"),
        ("[[mix]]\n", "unknown table 'mix'"),
        ("merge = 3\n", "unknown table 'merge'"),
        ('[[merge]]\nkind = "man"\ninto = "A"\nnames = ["B"]\n', ":1 [[merge]]: kind 'man'"),
        ('\n\n[[merge]]\nkind = "person"\nnames = ["B"]\n', ":3 [[merge]]: into must be a text"),
        ('[[merge]]\nkind = "person"\ninto = "A"\nnames = []\n', "names must be a list"),
        ('[[merge]]\nkind = "person"\ninto = "A"\nnames = [3]\n', "every entry of a list"),
        ('[[rename]]\nkind = "person"\nname = "A"\nto = " "\n', "to must be a text"),
        ('[[rename]]\nkind = "person"\nname = "A"\nfor = "B"\n', "unknown key 'for'"),
        (
            '[[split]]\nkind = "place"\nname = "A"\nparts = [{note = "x"}]\n',
            "only a person's name can be split",
        ),
        ('[[split]]\nkind = "person"\nname = "A"\nparts = ["x"]\n', "[[split]] parts: must be"),
    ],
)
def test_what_is_wrong_in_the_file_is_named_with_its_place(
    file: Path, text: str, told: str
) -> None:
    file.write_text(text, "utf-8")
    with pytest.raises(BadInput) as raised:
        read_edits(file)

    assert str(raised.value).startswith(str(file))
    assert told in str(raised.value)


def test_a_broken_file_leaves_the_entities_as_they_were(file: Path) -> None:
    with catalogue(edits=file) as made:
        put(made, *ARTICLES)
        before = ids(made)
        file.write_text("[[merge", "utf-8")
        with pytest.raises(BadInput):
            made.settle()

        assert ids(made) == before


def test_a_name_that_means_nobody_is_warned_of(
    file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file.write_text(RENAME.format("Đặng Văn Quyến (Cà Mau)", "X"), "utf-8")
    with catalogue(edits=file) as made:
        put(made, *ARTICLES)

    assert f"{file}:1 [[rename]]: nobody is meant" in caplog.text
