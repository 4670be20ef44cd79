"""Dates as papers print them are read day before month, in Vietnam's zone."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tintuc_search.article import VIETNAM
from tintuc_search.indexer.cleaning.dates import find, parse


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("09:49 31/05/2019     434", "2019-05-31T09:49:00+07:00"),
        ("Thứ sáu, 31/5/2019, 09:49 (GMT+7)", "2019-05-31T09:49:00+07:00"),
        ("Ngày đăng: 31-5-2019 9:49 SA", "2019-05-31T09:49:00+07:00"),
        ("31-5-2019 9:49 CH", "2019-05-31T21:49:00+07:00"),
        ("31-5-2019 12:05 SA", "2019-05-31T00:05:00+07:00"),
        ("7:05 PM, 3/2/2020", "2020-02-03T19:05:00+07:00"),
        ("Thứ Ba, ngày 14/01/2020 - 06:01", "2020-01-14T06:01:00+07:00"),
        ("07-03-2020 - 00:01 AM", "2020-03-07T00:01:00+07:00"),
        ("07/03/2020 08:01 GMT+7", "2020-03-07T08:01:00+07:00"),
        ("09h49 ngày 31/5/2019", "2019-05-31T09:49:00+07:00"),
        ("9 giờ 49 phút, ngày 31/5/2019", "2019-05-31T09:49:00+07:00"),
        ("31 Tháng Năm, 2019", "2019-05-31T00:00:00+07:00"),
        ("ngày 3 tháng 2 năm 2020", "2020-02-03T00:00:00+07:00"),
        ("2019-05-31T02:49:07.123Z", "2019-05-31T09:49:07+07:00"),
        ("2020-03-07T08:52:11.000 +07:00", "2020-03-07T08:52:11+07:00"),
        ("Fri, 31 May 2019 09:49:00 +0700", "2019-05-31T09:49:00+07:00"),
        ("2019-05-31", "2019-05-31T00:00:00+07:00"),
    ],
)
def test_a_date_is_read_in_every_form_that_papers_print(text: str, expected: str) -> None:
    moment = parse(text)
    assert moment is not None
    assert moment.at.isoformat() == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "31/02/2020",
        "5/31/2019",
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
