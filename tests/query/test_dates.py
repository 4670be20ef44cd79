"""Dates and date words behind ``ngày:``, ``từ:``, ``đến:``: text → first and last day, seen from one day."""

from __future__ import annotations

from datetime import date
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tintuc_search.query.dates import spellings, table
from tintuc_search.query.parser import parse
from tintuc_search.query.render import render
from tintuc_search.query.tree import DateNode
from tintuc_search.query.words import unmarked

TODAY = date(2020, 3, 11)
"""A Wednesday."""
D = date


def read(text: str, today: date = TODAY) -> DateNode:
    """The one date of a query without problems."""
    parsed = parse(text, today)

    assert not parsed.problems
    assert isinstance(parsed.root, DateNode)
    assert (0, len(text)) == (parsed.root.start, parsed.root.end)
    return parsed.root


@pytest.mark.parametrize(
    ("value", "since", "until"),
    [
        ("hôm nay", D(2020, 3, 11), D(2020, 3, 11)),
        ("today", D(2020, 3, 11), D(2020, 3, 11)),
        ("hôm qua", D(2020, 3, 10), D(2020, 3, 10)),
        ("Yesterday", D(2020, 3, 10), D(2020, 3, 10)),
        ("hôm kia", D(2020, 3, 9), D(2020, 3, 9)),
        ("tuần này", D(2020, 3, 9), D(2020, 3, 15)),
        ("this week", D(2020, 3, 9), D(2020, 3, 15)),
        ("tuần trước", D(2020, 3, 2), D(2020, 3, 8)),
        ("tháng này", D(2020, 3, 1), D(2020, 3, 31)),
        ("tháng trước", D(2020, 2, 1), D(2020, 2, 29)),
        ("last month", D(2020, 2, 1), D(2020, 2, 29)),
        ("quý này", D(2020, 1, 1), D(2020, 3, 31)),
        ("quý trước", D(2019, 10, 1), D(2019, 12, 31)),
        ("năm nay", D(2020, 1, 1), D(2020, 12, 31)),
        ("năm ngoái", D(2019, 1, 1), D(2019, 12, 31)),
        ("last year", D(2019, 1, 1), D(2019, 12, 31)),
        ("7 ngày qua", D(2020, 3, 5), D(2020, 3, 11)),
        ("last 7 days", D(2020, 3, 5), D(2020, 3, 11)),
        ("2 tuần qua", D(2020, 2, 27), D(2020, 3, 11)),
        ("3 tháng qua", D(2019, 12, 12), D(2020, 3, 11)),
        ("1 năm gần đây", D(2019, 3, 12), D(2020, 3, 11)),
        ("tháng 3/2022", D(2022, 3, 1), D(2022, 3, 31)),
        ("tháng 3 2022", D(2022, 3, 1), D(2022, 3, 31)),
        ("tháng ba 2022", D(2022, 3, 1), D(2022, 3, 31)),
        ("tháng ba năm 2022", D(2022, 3, 1), D(2022, 3, 31)),
        ("tháng mười hai 2022", D(2022, 12, 1), D(2022, 12, 31)),
        ("march 2022", D(2022, 3, 1), D(2022, 3, 31)),
        ("May 31, 2019", D(2019, 5, 31), D(2019, 5, 31)),
        ("31 may 2019", D(2019, 5, 31), D(2019, 5, 31)),
        ("31tháng5năm2019", D(2019, 5, 31), D(2019, 5, 31)),
        ("31 tháng năm 2019", D(2019, 5, 31), D(2019, 5, 31)),
        ("31/5 năm 2019", D(2019, 5, 31), D(2019, 5, 31)),
        ("quý 1 2020", D(2020, 1, 1), D(2020, 3, 31)),
        ("quý 2/2020", D(2020, 4, 1), D(2020, 6, 30)),
        ("quý III/2020", D(2020, 7, 1), D(2020, 9, 30)),
        ("quý IV năm 2020", D(2020, 10, 1), D(2020, 12, 31)),
        ("q1 2020", D(2020, 1, 1), D(2020, 3, 31)),
        ("2020-Q4", D(2020, 10, 1), D(2020, 12, 31)),
        ("2019..2021", D(2019, 1, 1), D(2021, 12, 31)),
        ("2019 .. 2021", D(2019, 1, 1), D(2021, 12, 31)),
        ("2019-2021", D(2019, 1, 1), D(2021, 12, 31)),
        ("1/5/2019-31/5/2019", D(2019, 5, 1), D(2019, 5, 31)),
        ("1/5/2019 – 31/5/2019", D(2019, 5, 1), D(2019, 5, 31)),
        ("2019-05..hôm nay", D(2019, 5, 1), D(2020, 3, 11)),
        ("2019..", D(2019, 1, 1), None),
        ("..2019", None, D(2019, 12, 31)),
        ('"hôm qua"', D(2020, 3, 10), D(2020, 3, 10)),
        ("(hôm qua)", D(2020, 3, 10), D(2020, 3, 10)),
    ],
)
def test_a_date_spans(value: str, since: date | None, until: date | None) -> None:
    """The same with and without marks, decomposed, in capitals, with a space before."""
    for written in (value, normalize("NFD", value), unmarked(value), value.upper(), f" {value}"):
        node = read(f"ngày:{written}")

        assert (since, until) == (node.since, node.until), written


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("từ:hôm qua", D(2020, 3, 10), None),
        ("đến:tuần trước", None, D(2020, 3, 8)),
        ("from:last week", D(2020, 3, 2), None),
        ("từ:2018..2019", D(2018, 1, 1), D(2019, 12, 31)),
    ],
)
def test_a_bound_takes_one_end_of_a_period_and_both_of_a_range(
    text: str, since: date | None, until: date | None
) -> None:
    node = read(text)

    assert (since, until) == (node.since, node.until)


@pytest.mark.parametrize(
    "text", ["hôm qua quốc hội", "tháng 3/2022", "quý 1 2020", "7 ngày qua", "last week"]
)
def test_date_words_in_free_text_are_words(text: str) -> None:
    assert text == render(parse(text, TODAY).root)


@pytest.mark.parametrize("value", ["0 ngày qua", "2019-02-30", "quý 5 2020"])
def test_what_is_no_date_is_told(value: str) -> None:
    assert [p.code for p in parse(f"ngày:{value}", TODAY).problems] == ["badDate"]


def test_a_sign_behind_a_date_excludes() -> None:
    assert "ngày:2019 -2021" == render(parse("ngày:2019 -2021", TODAY).root)


def test_words_behind_a_date_stay_words() -> None:
    parsed = parse("ngày:tuần này quốc hội (từ:2019) họp", TODAY)

    assert "ngày:2020-03-09..2020-03-15 quốc hội từ:2019-01-01 họp" == render(parsed.root)
    assert not parsed.problems


def test_every_template_is_read_as_its_own_entry_says() -> None:
    """No two entries share a spelling once marks are gone, so each is read as itself."""
    written = [
        unmarked(template)
        for kind in ("relative",)
        for unit in table()[kind].values()
        for entry in unit.values()
        for template in spellings(entry)
    ] + [unmarked(t) for e in table()["last"].values() for t in spellings(e)]

    assert len(written) == len(set(written))
    months = [unmarked(name) for names in table()["months"].values() for name in names]
    assert len(months) == len(set(months))


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.data())
def test_relative_days_hold_from_any_day(today: date, data: st.DataObject) -> None:
    """A period before is over before the present one begins; the last days end today."""
    unit = data.draw(st.sampled_from(["tuần", "tháng", "quý"]))
    now, before = read(f"ngày:{unit} này", today), read(f"ngày:{unit} trước", today)
    count = data.draw(st.integers(1, 500))
    latest = read(f"ngày:{count} {data.draw(st.sampled_from(['ngày', 'tháng']))} qua", today)

    assert now.since
    assert now.until
    assert before.since
    assert before.until
    assert latest.since
    assert before.since < before.until < now.since <= today <= now.until
    assert (now.since - before.until).days == 1
    assert latest.until == today >= latest.since
