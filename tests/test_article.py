"""Times are read and written in Vietnam's zone."""

from __future__ import annotations

import pytest

from tintuc_search.article import format_time, parse_time


@pytest.mark.parametrize(
    ("stated", "written"),
    [
        ("2019-05-31T09:49:00+07:00", "2019-05-31T09:49:00+07:00"),
        ("2019-05-31T02:49:00Z", "2019-05-31T09:49:00+07:00"),
        ("2019-05-31T09:49", "2019-05-31T09:49:00+07:00"),
        ("2019-05-31", "2019-05-31T00:00:00+07:00"),
        ("0001-01-01", "0001-01-01T00:00:00+07:00"),
        ("9999-12-31T23:59:59", "9999-12-31T23:59:59+07:00"),
        ("", None),
        (None, None),
    ],
)
def test_a_time_is_read_and_written_in_vietnams_zone(
    stated: str | None, written: str | None
) -> None:
    assert written == format_time(parse_time(stated))


@pytest.mark.parametrize(
    "stated",
    ["hôm qua", "31/5/2019", "2019-02-30", "0001-01-01T00:00+14:00", "9999-12-31T23:59-12:00"],
)
def test_what_is_no_time_in_vietnam_is_refused(stated: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse_time(stated)
