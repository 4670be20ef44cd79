"""What readers and programs are told when something goes wrong, and what the log is told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from tintuc_search.errors import ArchiveError, IndexUnusable
from tintuc_search.web import create_app
from web_pages import address, parameters, read, words

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from tintuc_search.wiring import Parts

PLACE = "/var/lib/secret/index"
CANARY = "chimhoangyen"


@pytest.mark.parametrize(
    ("asked", "parameter"),
    [
        ("from_date=hôm+qua&q=xã", "from_date"),
        ("to_date=2020-01-01&from_date=2021-01-01&q=xã", "to_date"),
        ("page=không&q=xã", "page"),
        ("sort=đẹp&q=xã", "sort"),
        ("self=1&q=xã", "self"),
        ("path=1&q=xã", "path"),
        ("<script>=1&q=xã", "<script>"),
    ],
)
def test_a_wrong_parameter_is_named_and_can_be_left_out(
    client: FlaskClient, asked: str, parameter: str
) -> None:
    page = read(client.get(f"/?{asked}&lang=en"), 400)

    assert parameter == words(page.select_one("main code"))
    way = parameters(address(page.select_one("main a")))
    assert {("q", "xã"), ("lang", "en")} <= set(way)
    assert parameter not in dict(way)


def test_a_wrong_value_is_quoted_and_the_query_kept_in_the_box(client: FlaskClient) -> None:
    page = read(client.get("/?from_date=hôm+qua&q=xã"), 400)

    assert "Giá trị không dùng được ở Từ ngày from_date: hôm qua" in words(page.main)
    assert "2019-05-31" in words(page.main)
    assert "xã" == page.select_one("#q")["value"]  # type: ignore[index]


@pytest.mark.parametrize(
    ("address_", "status", "heading"),
    [
        ("/khong-co", 404, "Không có trang này"),
        ("/bai-viet/khong-co", 404, "Không có trang này"),
        ("/?q=a&page=0", 400, "Địa chỉ này có chỗ sai"),
        ("//la.example/x", 404, "Không có trang này"),
        ("/bai-viet/%00", 404, "Không có trang này"),
        ("/bai-viet/..%2F..%2Fx%3Cscript%3E", 404, "Không có trang này"),
    ],
)
def test_an_error_page_has_a_box_and_leads_nowhere_else(
    client: FlaskClient, address_: str, status: int, heading: str
) -> None:
    page = read(client.get(address_), status)

    assert heading == words(page.h1)
    assert page.find(id="q") is not None
    for link in page.select("a[href]"):
        assert address(link).startswith(("/", "#"))
        assert not address(link).startswith("//")


class Broken:
    """A search service that fails in a given way."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def search(self, _query: Any) -> Any:
        raise self._error

    def article(self, _id: str, _query: str) -> Any:
        raise self._error

    def generation(self) -> str:
        return "1"


def broken(parts: Parts, error: Exception, **settings: Any) -> FlaskClient:
    service: Any = Broken(error)
    changed = replace(parts.settings, **settings)
    return create_app(replace(parts.services, settings=changed, search=service)).test_client()


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (IndexUnusable(f"{PLACE}: damaged"), 503, "indexUnusable"),
        (ArchiveError(f"{PLACE}: locked"), 500, "internalError"),
        (RuntimeError(f"{PLACE}: bug"), 500, "internalError"),
    ],
)
def test_a_failure_of_the_program_tells_the_world_no_detail(
    parts: Parts, error: Exception, status: int, code: str
) -> None:
    client = broken(parts, error)
    page = client.get("/?q=a&lang=en")
    answer = client.get("/api/v1/search?q=a")

    assert read(page, status).h1 is not None
    assert (status, code, True) == tuple(
        answer.get_json()[key] for key in ("status", "code", "temporary")
    )
    assert PLACE not in page.text + answer.text


def test_the_log_says_where_an_error_happened_but_not_what_was_searched_for(
    parts: Parts, caplog: pytest.LogCaptureFixture
) -> None:
    broken(parts, RuntimeError(f"no {CANARY}")).get(f"/?q={CANARY}")

    assert "RuntimeError" in caplog.text
    assert "test_failures.py" in caplog.text
    assert CANARY not in caplog.text


def test_the_log_says_all_where_queries_may_be_logged(
    parts: Parts, caplog: pytest.LogCaptureFixture
) -> None:
    broken(parts, RuntimeError(f"no {CANARY}"), log_queries=True).get(f"/?q={CANARY}")

    assert f"RuntimeError: no {CANARY}" in caplog.text
