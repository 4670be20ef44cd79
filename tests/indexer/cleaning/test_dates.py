"""Dates as papers print them are read day before month, in Vietnam's zone."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tintuc_search.article import VIETNAM
from tintuc_search.indexer.cleaning.dates import find, parse


def dates() -> list[tuple[str, str]]:
    lines = Path(__file__).with_name("dates.tsv").read_text("utf-8").splitlines()
    return [
        (text, at) for text, at in (line.split("\t") for line in lines if line[:1] not in ("", "#"))
    ]


@pytest.mark.parametrize(("text", "expected"), dates())
def test_a_date_is_read_in_every_form_that_papers_print(text: str, expected: str) -> None:
    moment = parse(text)
    assert moment is not None
    day = "" if moment.timed else " day"
    assert moment.at.isoformat().removesuffix("+07:00") + day == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "31/02/2020",
        "5/31/2019",
        "5/31/2019 9:49:31 AM",
        "20191331",
        "99999999999",
        "2219112233",
        "/Date(99999999999999)/",
        "1/1/2050",
        "192.168.1.1",
        "Nghị quyết 15/2019/QH14",
        "0/0/0000",
        "12/5/0019",
    ],
)
def test_what_is_no_possible_date_is_none(text: str) -> None:
    assert parse(text, now=datetime(2026, 1, 1, tzinfo=UTC)) is None


def test_a_day_alone_is_known_to_be_no_time() -> None:
    assert [moment.timed for moment in find("31/5/2019 và 09:49 1/6/2019")] == [False, True]


def test_the_issue_of_tomorrow_is_no_future_but_next_week_is() -> None:
    now = datetime(2020, 3, 7, 23, 0, tzinfo=VIETNAM)
    assert parse("08/03/2020", now=now) is not None
    assert parse("14/03/2020", now=now) is None


@given(st.datetimes(datetime(1950, 1, 1), datetime(2020, 12, 31)))  # noqa: DTZ001 - Vietnam's clock
def test_every_minute_is_read_back_from_the_common_form(when: datetime) -> None:
    moment = parse(when.strftime("%H:%M %d/%m/%Y"))
    assert moment is not None
    assert moment.at == when.replace(second=0, microsecond=0, tzinfo=VIETNAM)


@given(st.text(alphabet="0123456789/-.: ,TZ+GMSACHngày", max_size=60))
def test_no_text_breaks_the_reading_of_dates(text: str) -> None:
    assert all(moment.at.tzinfo for moment in find(text))
