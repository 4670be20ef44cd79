"""Times are read and written in Vietnam's zone; a fingerprint stands for what a reader sees."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tintuc_search.article import Article, format_time, parse_time


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


ARTICLE = Article(
    title="Ba xóm chờ nước",
    paragraphs=("Sáng 12/3, đoàn về xã.", "Hết."),
    published_at=parse_time("2024-03-12T08:05"),
    updated_at=parse_time("2024-03-12T09:00"),
)


@pytest.mark.parametrize(
    ("fields", "same"),
    [
        ({"title": "Ba  xóm\u00a0chờ nước "}, True),
        ({"title": "Ba xóm chờ\u200b nư\u00adớc"}, True),
        ({"title": "Ba xo\u0301m chờ nước"}, True),
        ({"updated_at": parse_time("2024-03-12T10:00")}, True),
        ({"updated_at": None}, True),
        ({"title": "Ba xóm chờ nướ"}, False),
        ({"title": "ba xóm chờ nước"}, False),
        ({"paragraphs": ("Sáng 12/3, đoàn về xã. Hết.",)}, False),
        ({"paragraphs": ("Hết.", "Sáng 12/3, đoàn về xã.")}, False),
        ({"published_at": parse_time("2024-03-12T08:06")}, False),
        ({"authors": ("Hà Vân",)}, False),
        ({"captions": ("Ảnh",)}, False),
        ({"section": "Xã hội"}, False),
    ],
)
def test_what_no_reader_sees_is_no_new_text(fields: dict[str, Any], *, same: bool) -> None:
    assert (replace(ARTICLE, **fields).fingerprint() == ARTICLE.fingerprint()) is same
