"""The timeline: few enough bars to read, none left out."""

from __future__ import annotations

from tintuc_search.engine.base import Bar
from tintuc_search.web.charts import HEIGHT, MOST_BARS, chart


def test_no_dates_give_no_bars() -> None:
    assert chart([]) == []


def test_months_without_articles_are_bars_of_no_height() -> None:
    bars = chart([Bar("2020-11-01", 4), Bar("2021-02-01", 1)])

    assert ["11/2020", "12/2020", "01/2021", "02/2021"] == [bar.label for bar in bars]
    assert [HEIGHT, 0, 0, HEIGHT // 4] == [bar.height for bar in bars]


def test_a_month_ends_on_its_last_day() -> None:
    assert [("2024-02-01", "2024-02-29")] == [
        (bar.since, bar.until) for bar in chart([Bar("2024-02-01", 1)])
    ]


def test_a_long_time_is_shown_by_years_and_the_counts_add_up() -> None:
    months = [Bar(f"{year}-{month:02}-01", 1) for year in range(2014, 2025) for month in (1, 7)]
    bars = chart(months)

    assert [str(year) for year in range(2014, 2025)] == [bar.label for bar in bars]
    assert {2} == {bar.count for bar in bars}


def test_never_more_bars_than_can_be_read() -> None:
    assert len(chart([Bar("1900-01-01", 1), Bar("2024-01-01", 1)])) == MOST_BARS
