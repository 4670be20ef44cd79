"""sources: what is listed, accepted, reported, and what doctor says of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tintuc_search.archive.runs import Run
from tintuc_search.settings import load
from tintuc_search.wiring import Parts

if TYPE_CHECKING:
    from cli.conftest import CommandLine

FILE = """
[lamhai]
name = "Báo Lâm Hải"
feeds = ["https://lamhai.example/rss"]

[thoisu]
name = "Thời Sự Online"
sitemaps = ["https://thoisu.example/sitemap.xml"]

[tat]
name = "Báo đã tắt"
feeds = ["https://tat.example/rss"]
enabled = false
"""
NOW = datetime.now(UTC).replace(microsecond=0)
KEEP = NOW - timedelta(days=90)


def run_of(source: str, *, hours: float = 1, next_in: float = 1, **more: Any) -> Run:
    """A run that ended so many hours ago."""
    ended = NOW - timedelta(hours=hours)
    given: dict[str, Any] = {"tally": {"fetched": 9, "new": 3, "failed": {"HTTP 500": 2}}} | more
    return Run(source, ended - timedelta(minutes=2), ended, NOW + timedelta(hours=next_in), **given)


@pytest.fixture
def crawled(filled: CommandLine) -> CommandLine:
    """A home with sources, one of which was crawled and is flagged."""
    (filled.home / "sources.toml").write_text(FILE, "utf-8")
    (filled.home / "tintuc.toml").write_text('contact = "bot@toasoan.example"', "utf-8")
    note_runs(filled, run_of("lamhai", hours=2), run_of("lamhai", flag="noArticles"))
    return filled


def note_runs(tintuc: CommandLine, *runs: Run) -> None:
    with Parts(load({}, home=str(tintuc.home))) as parts:
        for run in runs:
            parts.archive.runs.add(run, KEEP)


def test_the_list_says_of_each_source_how_it_stands(crawled: CommandLine) -> None:
    note_runs(crawled, run_of("cu"))
    listed = {each["key"]: each for each in crawled.json("sources")}

    assert {key: each["state"] for key, each in listed.items()} == {
        "lamhai": "flagged",
        "thoisu": "new",
        "tat": "off",
        "cu": "unlisted",
    }
    assert listed["lamhai"]["name"] == "Báo Lâm Hải"
    assert listed["lamhai"]["flag"] == "noArticles"
    assert datetime.fromisoformat(listed["lamhai"]["next_at"]) == NOW + timedelta(hours=1)
    assert listed["cu"]["next_at"] is None
    text = crawled.run("sources").stdout
    assert "lamhai: Báo Lâm Hải; flagged" in text
    assert "has its markup changed?" in text


def test_nothing_is_made_by_listing(tintuc: CommandLine) -> None:
    assert tintuc.json("sources") == []
    assert "tintuc sources add" in tintuc.run("sources").stderr
    assert not tintuc.home.exists()


def test_accepting_takes_the_flag_away(crawled: CommandLine) -> None:
    assert "lamhai: pages" in crawled.run("doctor", code=1).stdout
    crawled.run("sources", "accept", "lamhai")

    [lamhai] = [each for each in crawled.json("sources") if each["key"] == "lamhai"]
    assert (lamhai["state"], lamhai["flag"]) == ("fine", None)
    crawled.run("doctor")
    assert "was never crawled" in crawled.run("sources", "accept", "thoisu", code=1).stderr


def test_past_runs_are_shown_newest_first(crawled: CommandLine) -> None:
    note_runs(crawled, run_of("thoisu", error="hỏng"))
    runs = crawled.json("sources", "runs")
    assert [run["source"] for run in runs] == ["lamhai", "lamhai", "thoisu"]
    assert [run["flag"] for run in runs] == ["noArticles", None, None]
    assert runs[0]["failed"] == {"HTTP 500": 2}

    assert len(crawled.json("sources", "runs", "lamhai", "--limit", "1")) == 1
    result = crawled.run("sources", "runs")
    assert "lamhai: 9 fetched, 0 not modified, 3 new" in result.stdout
    assert "failed 2 times: HTTP 500" in result.stdout
    assert "thoisu: hỏng" in result.stderr


@pytest.mark.parametrize(
    ("run", "told"),
    [
        (run_of("thoisu", tally={"fetched": 0, "failed": {"timeout": 3}}), "timeout"),
        (run_of("thoisu", error="hỏng rồi"), "hỏng rồi"),
        (run_of("thoisu", hours=99, next_in=-50), "is `tintuc run` or the timer running?"),
        (run_of("thoisu", flag="shorterTexts"), "tintuc sources accept thoisu"),
    ],
)
def test_doctor_says_what_is_wrong_with_a_source(crawled: CommandLine, run: Run, told: str) -> None:
    crawled.run("sources", "accept", "lamhai")
    crawled.run("doctor")
    note_runs(crawled, run)

    assert told in crawled.run("doctor", code=1).stdout


def test_doctor_asks_for_a_contact_where_anything_is_crawled(crawled: CommandLine) -> None:
    crawled.run("sources", "accept", "lamhai")
    (crawled.home / "tintuc.toml").unlink()

    assert "`contact`" in crawled.run("doctor", code=1).stdout


def test_a_broken_file_is_named_by_every_command(crawled: CommandLine) -> None:
    (crawled.home / "sources.toml").write_text(FILE + "every = 'hôm nào'\n", "utf-8")
    for command in ("sources", "doctor", "crawl", "run"):
        output = crawled.run(command, code=1).output
        assert f"{crawled.home / 'sources.toml'}: [tat] every" in output, command
