"""A byline gives people, and the agency apart."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tintuc_search.indexer.cleaning.authors import parse_byline, parse_origin


def bylines() -> list[tuple[str, tuple[str, ...], str | None]]:
    lines = Path(__file__).with_name("bylines.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return [
        (line, tuple(filter(None, names.split("; "))), origin or None)
        for line, names, origin in rows
    ]


@pytest.mark.parametrize(("line", "authors", "origin"), bylines())
def test_a_byline_is_read(line: str, authors: tuple[str, ...], origin: str | None) -> None:
    byline = parse_byline(line, ("Báo Lâm Hải",))
    assert (byline.authors, byline.origin) == (authors, origin)


def test_a_line_that_states_a_source_may_name_any_paper() -> None:
    assert parse_origin("Theo Tuổi Trẻ Bình Lâm") == "Tuổi Trẻ Bình Lâm"
    assert parse_origin("theo dõi chúng tôi") is None


@example("A²")
@given(st.text(max_size=150))
def test_any_line_is_read_without_an_error_and_names_hold_no_digits(line: str) -> None:
    assert not any(character.isdigit() for name in parse_byline(line).authors for character in name)
