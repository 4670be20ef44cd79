"""Short forms of documents' numbers: what they mean, and when they stay by themselves. The articles are invented."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import pytest

from catalogue.kept import all_of, article, catalogue, put
from tintuc_search.catalogue.documents import NEAR, Form, Named, allot
from tintuc_search.entities.base import Kind

if TYPE_CHECKING:
    from tintuc_search.catalogue.store import SqliteCatalogue

DAY = 86_400


def form(name: str, *days: int, note: str = "") -> Form:
    key = f"{name} {note}".strip()
    named = [Named(hash((key, day)), day * DAY) for day in days]
    return Form(key, name, note, named)


@pytest.mark.parametrize(
    ("short", "fuller", "meant"),
    [
        (form("Chỉ thị 36", 10), [form("Chỉ thị 36-CT/TW", 1)], "Chỉ thị 36-CT/TW"),
        (form("Chỉ thị 36", 10), [form("Chỉ thị 36/CT-TTg", 1)], "Chỉ thị 36/CT-TTg"),
        # Long after, or two at that time: nobody can say.
        (form("Chỉ thị 36", 999), [form("Chỉ thị 36-CT/TW", 1)], None),
        (form("Chỉ thị 36", 10), [form("Chỉ thị 36-CT/TW", 1), form("Chỉ thị 36/CT-TTg", 12)], None),
        (form("Chỉ thị 36", 10), [form("Chỉ thị 36-CT/TW", 1), form("Chỉ thị 36/CT-TTg", 999)],
         "Chỉ thị 36-CT/TW"),
        # Its issuer is told: it is of that one, or of none.
        (form("Chỉ thị 36", 10, note="Bộ Chính trị"),
         [form("Chỉ thị 36-CT/TW", 1), form("Chỉ thị 36/CT-TTg", 12)], "Chỉ thị 36-CT/TW"),
        (form("Chỉ thị 36", 10, note="Bộ Y tế"), [form("Chỉ thị 36-CT/TW", 1)], None),
        (form("Chỉ thị 36", 10), [form("Chỉ thị 36", 1, note="Bộ Chính trị")],
         "Chỉ thị 36 Bộ Chính trị"),
        (form("Nghị định 46", 10, note="2016"), [form("Nghị định 46/2016/NĐ-CP", 1)],
         "Nghị định 46/2016/NĐ-CP"),
        (form("Nghị định 46", 10, note="2017"), [form("Nghị định 46/2016/NĐ-CP", 1)], None),
        # Abbreviations without a year are those of the year told about then.
        (form("Chỉ thị 05-CT/TW", 10), [form("Chỉ thị 05-CT/TW", 1, note="2016")],
         "Chỉ thị 05-CT/TW 2016"),
        (form("Nghị định 46/NĐ-CP", 10), [form("Nghị quyết 46/2016/QH13", 1)], None),
    ],
)  # fmt: skip
def test_a_short_form_means_the_only_fuller_one_of_its_time(
    short: Form, fuller: list[Form], meant: str | None
) -> None:
    expected = {short.key: {short.named[0].article: meant}} if meant else {}

    assert dict(allot([short, *fuller])) == expected
    assert dict(allot([*fuller, short])) == expected


def test_an_undated_article_means_what_it_says() -> None:
    short = Form("Chỉ thị 36", "Chỉ thị 36", "", [Named(1, None)])

    assert allot([short, form("Chỉ thị 36-CT/TW", 1)]) == {}
    assert NEAR < 365 * DAY  # numbers begin anew every year


ARTICLES = (
    article("1", "Chỉ thị số 36-CT/TW được bàn.", "2019-08-20"),
    article("2", "Theo Chỉ thị 36, phải làm ngay.", "2019-09-01"),
    article("3", "Theo Chỉ thị số 36 của Bộ Chính trị, phải làm ngay.", "2019-09-02"),
    article("4", "Theo Chỉ thị 36 của UBND tỉnh Cà Mau, phải làm ngay.", "2015-09-03"),
    article("5", "Theo chỉ thị 36, phải làm ngay.", "2012-09-03"),
    article("6", "Nghị định 36/2019/NĐ-CP có hiệu lực.", "2019-09-03"),
)


def documents(made: SqliteCatalogue) -> dict[str, int]:
    return {each.title: each.articles for each in made.entities(kind=Kind.DOCUMENT, limit=100)[1]}


@pytest.mark.parametrize("order", list(permutations(range(6)))[::90])
def test_documents_of_one_number_are_apart_by_issuer_and_time(order: tuple[int, ...]) -> None:
    with catalogue() as made, catalogue() as whole:
        put(whole, *ARTICLES)
        for n in order:
            put(made, ARTICLES[n])

        assert documents(made) == {
            "Chỉ thị số 36-CT/TW": 3,
            "Chỉ thị 36 (Ủy ban nhân dân tỉnh Cà Mau)": 1,
            "chỉ thị 36": 1,  # years before
            "Nghị định 36/2019/NĐ-CP": 1,
        }
        assert all_of(made) == all_of(whole)


def test_a_short_form_means_another_when_the_full_one_is_gone() -> None:
    with catalogue() as made, catalogue() as fresh:
        put(made, *ARTICLES)
        made.apply([], ["1"])
        made.settle()
        put(fresh, *ARTICLES[1:])

        assert documents(made)["Chỉ thị số 36 (Bộ Chính trị)"] == 2
        assert all_of(made) == all_of(fresh)
