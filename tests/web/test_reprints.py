"""Copies of an article on its page and in the API."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tintuc_search.archive.base import Incoming
from tintuc_search.article import Article, parse_time
from tintuc_search.settings import Settings
from tintuc_search.web import create_app
from tintuc_search.wiring import Parts
from web_pages import address, read, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.testing import FlaskClient

BODY = (
    "Sáng nay, Hội đồng nhân dân tỉnh Lâm Hải khai mạc kỳ họp giữa năm để bàn về ngân sách và đầu tư công.",
    "Ông Đinh Khắc Vỹ nói rằng các xã miền núi cần thêm tiền làm đường, xây trường và sửa trạm y tế đã cũ.",
    "Nhiều đại biểu đồng tình, nhưng đề nghị ủy ban công khai danh mục dự án trước khi biểu quyết.",
)
ADDED = "Kỳ họp được <b>truyền hình</b> trực tiếp để cử tri theo dõi qua tổng đài của tỉnh."


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[FlaskClient, str, str]]:
    """A client, the earlier article's id, and that of its copy."""
    with Parts(Settings(home=tmp_path_factory.mktemp("reprints"))) as parts:
        first = Article(
            "Khai mạc",
            paragraphs=BODY,
            published_at=parse_time("2021-03-01"),
            source="Báo Lâm Hải",
            source_id="a",
        )
        second = Article(
            "Bàn ngân sách",
            paragraphs=(*BODY, ADDED),
            published_at=parse_time("2021-03-02"),
            source_id="b",
        )
        stored = parts.archive.put([Incoming(second, "b"), Incoming(first, "a")])
        parts.index()
        client = create_app(parts.services).test_client()
        yield client, stored[1][0], stored[0][0]


def test_a_copy_shows_the_earliest_with_share_and_difference(
    site: tuple[FlaskClient, str, str],
) -> None:
    client, first, second = site
    part = read(client.get(f"/bai-viet/{second}")).select_one(".reprints")

    assert part is not None
    assert address(part.select_one("a")).endswith(first)
    assert "đăng sớm nhất" in words(part)
    assert "Báo Lâm Hải" in words(part)
    assert "100 % văn bản của bài ấy" in words(part)
    assert [ADDED] == [words(each) for each in part.select("del")]
    assert [] == part.select("ins")


def test_the_earliest_shows_its_copies(site: tuple[FlaskClient, str, str]) -> None:
    client, first, second = site
    part = read(client.get(f"/bai-viet/{first}?lang=en")).select_one(".reprints")

    assert part is not None
    assert address(part.select_one("a")).split("?")[0].endswith(second)
    assert "This one was printed earliest" in words(part)
    assert [ADDED] == [words(each) for each in part.select("ins")]


def test_a_copy_is_not_named_again_as_related(site: tuple[FlaskClient, str, str]) -> None:
    client, first, second = site
    links = read(client.get(f"/bai-viet/{first}")).select(".related:not(.reprints) a")

    assert second not in [address(link).split("/")[-1] for link in links]


def test_the_api_lists_the_copies(site: tuple[FlaskClient, str, str]) -> None:
    client, first, second = site
    found = client.get(f"/api/v1/articles/{first}/reprints").get_json()
    (copy,) = found["reprints"]

    assert (first, first, second, False) == (
        found["id"],
        found["original"],
        copy["id"],
        copy["original"],
    )
    assert 1.0 == copy["share_of_this"] > copy["share"] > 0.7
    assert ([], [ADDED]) == (copy["only_here"], copy["only_there"])


def test_the_api_refuses_what_there_is_not(site: tuple[FlaskClient, str, str]) -> None:
    client, first, _ = site

    assert 404 == client.get("/api/v1/articles/khong-co/reprints").status_code
    assert 400 == client.get(f"/api/v1/articles/{first}/reprints?limit=1").status_code
