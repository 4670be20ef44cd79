"""Whatever stands in the address, the answer is a page or a JSON document, and both agree."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tintuc_search.search.parameters import PARAMETERS
from web_pages import read, result_ids

if TYPE_CHECKING:
    from flask.testing import FlaskClient

# The client has no state between requests.
RELAXED = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=80
)
NAMES = st.sampled_from([*(parameter.name for parameter in PARAMETERS), "lang", "self", "x"])
PIECES = st.sampled_from(
    [
        *('"', "(", ")", "-", "*", "~", "OR", "AND", "NOT", ":", "^", "\\", "\x00", "\u202e"),
        *("tác giả:", "từ:", "đến:2021", "ngân sách", "ngan sach", "xã", "Hà Vân", "2020-13-45"),
        *("<script>", "' OR 1=1 --", "%", "{{7*7}}", "\ufeff", "á", "đ", "1", "-1", "99999999999"),
    ]
)
HOSTILE = st.lists(PIECES, max_size=8).map(" ".join)
TEXTS = st.one_of(HOSTILE, st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
VALID = st.fixed_dictionaries(
    {"q": HOSTILE},
    optional={
        "match": st.sampled_from(["auto", "all", "any"]),
        "sort": st.sampled_from(["relevance", "recent", "newest", "oldest"]),
        "page": st.integers(1, 5).map(str),
        "page_size": st.integers(1, 100).map(str),
        "from_date": st.dates().map(str),
        "source": st.sampled_from(["Báo Lâm Hải", "Báo Lâm Hải,Thời Sự Online", "Không Có"]),
        "exclude_author": st.sampled_from(["Hà Vân", '"Tên ""có', "đoàn lệ"]),
        "person": st.just("Lê Cảnh Hoàn"),
    },
)


@RELAXED
@given(pairs=st.lists(st.tuples(NAMES, TEXTS), max_size=5))
def test_no_parameter_makes_the_server_fail(
    client: FlaskClient, pairs: list[tuple[str, str]]
) -> None:
    for path in ("/", "/api/v1/search"):
        response = client.get(f"{path}?{urlencode(pairs)}")

        assert response.status_code in {200, 400}, pairs


@RELAXED
@given(raw=st.binary(max_size=60))
def test_no_bytes_of_an_address_make_the_server_fail(client: FlaskClient, raw: bytes) -> None:
    coded = quote(raw)
    for path in (f"/?{coded}", f"/?q={coded}", f"/bai-viet/x{coded}?q={coded}"):
        assert client.get(path).status_code in {200, 400, 404}, raw


@RELAXED
@given(asked=VALID)
def test_page_and_api_give_the_same_articles(client: FlaskClient, asked: dict[str, str]) -> None:
    coded = urlencode(asked)
    page = read(client.get(f"/?{coded}"))
    answer = client.get(f"/api/v1/search?{coded}").get_json()

    assert result_ids(page) == [result["id"] for result in answer["results"]]


def test_a_very_long_query_is_answered(client: FlaskClient) -> None:
    for text in ("ngân sách " * 5000, "a" * 60_000, "(" * 20_000, '"' * 9_999, "-a OR " * 9_000):
        assert 200 == client.get("/", query_string={"q": text}).status_code
        assert 200 == client.get("/api/v1/search", query_string={"q": text}).status_code
