"""The page of the crawls and its JSON."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tintuc_search.archive.runs import Run
from tintuc_search.indexer.crawl import failing
from tintuc_search.settings import Settings
from tintuc_search.web import create_app
from tintuc_search.web.language import LANGUAGES, messages
from tintuc_search.web.status import key_of
from tintuc_search.wiring import Parts
from web_pages import address, read, words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask.testing import FlaskClient

NOW = datetime(2024, 3, 1, 1, 30, tzinfo=UTC)
FILE = """
[lamhai]
name = "Báo Lâm Hải <b>"
feeds = ["https://lamhai.example/rss"]

[soso]
name = "Sổ Sách"
feeds = ["https://soso.example/rss"]

[thoisu]
name = "Thời Sự Online"
feeds = ["https://thoisu.example/rss"]
"""
TALLY = {
    "fetched": 1_204,
    "not_modified": 7,
    "new": 31,
    "changed": 2,
    "refused": 5,
    "failed": {"robots.txt": 1, "HTTP 500": 4, "<i>lạ</i>": 2},
}


def run_of(source: str, minutes: int, flag: str | None = None, error: str | None = None) -> Run:
    ended = NOW + timedelta(minutes=minutes)
    return Run(source, NOW, ended, ended + timedelta(hours=1), TALLY, flag, error)


@pytest.fixture
def parts(tmp_path: Path) -> Iterator[Parts]:
    (tmp_path / "sources.toml").write_text(FILE, "utf-8")
    with Parts(Settings(home=tmp_path)) as made:
        for run in (
            run_of("lamhai", 0),
            run_of("soso", 5, error="đĩa <đầy>"),
            run_of("lamhai", 60),
            run_of("thoisu", 10, flag="noArticles"),
        ):
            made.archive.runs.add(run, NOW - timedelta(days=1))
        yield made


@pytest.fixture
def client(parts: Parts) -> FlaskClient:
    app = create_app(parts.services)
    return app.test_client()


def answer_of(client: FlaskClient, query: str = "") -> dict[str, Any]:
    """The JSON answer."""
    answer = client.get(f"/api/v1/status{query}").json
    assert isinstance(answer, dict)
    return answer


def test_what_needs_a_look_comes_first(client: FlaskClient) -> None:
    page = read(client.get("/trang-thai"))
    heads = [words(head) for head in page.select(".source h2")]

    assert heads == [
        "Sổ Sách không lấy được",
        "Thời Sự Online cần xem lại",
        "Báo Lâm Hải <b> tốt",
    ]
    assert "2 nguồn cần xem lại." in words(page.main)
    sources = page.select(".source")
    assert "tintuc sources runs soso" in words(sources[0])
    assert "đĩa" not in page.text, "what is wrong with files and databases is not for the world"
    assert "tintuc sources accept thoisu" in words(sources[1])


def test_a_run_is_shown_with_its_counts_its_failures_and_the_next(client: FlaskClient) -> None:
    page = read(client.get("/trang-thai?lang=en"))
    fine = page.select_one(".source.fine")
    assert fine is not None
    counts = {words(row.dt): words(row.dd) for row in fine.select(".counts div")}

    assert counts["fetched"] == "1,204"
    assert counts["not modified"] == "7"
    assert counts["failed"] == "7"
    assert [words(item) for item in fine.select(".failures li")] == [
        "HTTP 500: 4",
        "<i>lạ</i>: 2",
        "forbidden by robots.txt: 1",
    ]
    times = [time["datetime"] for time in fine.select(".times time")]
    assert [datetime.fromisoformat(str(each)) for each in times] == [
        NOW + timedelta(hours=1),
        NOW + timedelta(hours=2),
    ]
    assert "01/03/2024 09:30" in words(fine)
    assert len(fine.select("tbody tr")) == 2


def test_the_json_holds_the_same(client: FlaskClient) -> None:
    answer = answer_of(client)

    assert [(each["key"], each["state"]) for each in answer["sources"]] == [
        ("lamhai", "fine"),
        ("soso", "failing"),
        ("thoisu", "flagged"),
    ]
    assert (answer["articles"], answer["sources_readable"]) == (0, True)
    first = answer["sources"][0]
    assert first["next_at"] == "2024-03-01T10:30:00+07:00"
    assert [run["ended_at"] for run in first["runs"]] == [
        "2024-03-01T09:30:00+07:00",
        "2024-03-01T08:30:00+07:00",
    ]
    assert first["runs"][0]["failed"] == TALLY["failed"]
    assert "đĩa" not in client.get("/api/v1/status").text
    assert [each["runs"][0]["ended_early"] for each in answer["sources"]] == [False, True, False]
    one = answer_of(client, "?limit=1")
    assert [len(each["runs"]) for each in one["sources"]] == [1, 1, 1]


@pytest.mark.parametrize("query", ["limit=0", "limit=x", "limt=3"])
def test_the_json_refuses_what_it_does_not_know(client: FlaskClient, query: str) -> None:
    answer = client.get(f"/api/v1/status?{query}")

    assert answer.status_code == 400
    assert answer.mimetype == "application/problem+json"


def test_a_broken_file_of_sources_hides_no_run(client: FlaskClient, parts: Parts) -> None:
    parts.sources_path.write_text("[hỏng", "utf-8")
    page = read(client.get("/trang-thai"))

    assert "tintuc doctor" in words(page.main)
    assert [words(head) for head in page.select(".source h2 [lang]")] == [
        "lamhai",
        "soso",
        "thoisu",
    ]
    assert str(parts.settings.home) not in page.decode(), "paths are nobody's business"
    assert answer_of(client)["sources_readable"] is False


def test_an_archive_without_sources_says_how_to_begin(tmp_path: Path) -> None:
    with Parts(Settings(home=tmp_path)) as made:
        app = create_app(made.services)
        page = read(app.test_client().get("/trang-thai"))

    assert "tintuc sources add" in words(page.main)
    assert page.select(".source") == []


@pytest.mark.parametrize(
    ("path", "status"), [("/", 503), ("/tro-giup", 200), ("/khong-co", 404), ("/trang-thai", 200)]
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_leads_to_it(client: FlaskClient, path: str, status: int, language: str) -> None:
    """Also where there is no index, which is when somebody looks for it."""
    page = read(client.get(f"{path}?lang={language}"), status)
    links = [address(link) for link in page.select("footer a")]

    assert f"/trang-thai?lang={language}" in links


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_for_a_failure_can_be_told_in_both_languages(language: str) -> None:
    reasons = [words for _, words in failing._WORDS]

    assert len(reasons) > 5
    assert [
        reason for reason in reasons if f"reason_{key_of(reason)}" not in messages(language)
    ] == []
