"""The application over a small archive of invented articles, some of them hostile; every part is the real one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from patience import SECONDS
from tintuc_search.archive.base import Incoming
from tintuc_search.article import Article, parse_time
from tintuc_search.settings import Settings
from tintuc_search.web import create_app
from tintuc_search.wiring import Parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from flask.testing import FlaskClient

SOURCES = ("Báo Lâm Hải", "Thời Sự Online", "Tạp chí Xây dựng Đảng, Sơn Giang")
SECTIONS = ("Chính trị", "Xã hội")
AUTHORS = ("Hà Vân", "Lưu Bách", "Đoàn Lệ")
HOSTILE_TITLE = "Lỗi <script>alert(1)</script> & \"nháy\" 'đơn' <img src=x onerror=alert(2)>"


def _article(number: int) -> Article:
    """One of a row of articles: two a month from January 2020 on, sources and authors in turn."""
    month = number // 2
    return Article(
        title=f"Hội đồng nhân dân xã Mường Tạc họp kỳ thứ {number + 1}",
        lead="Kỳ họp bàn về ngân sách và nông thôn mới.",
        paragraphs=(
            "Ông Lê Cảnh Hoàn, chủ tịch xã, báo cáo thu chi ngân sách trước các đại biểu.",
            f"Đoàn thanh niên xã góp {number + 10} ngày công làm đường."
            if number % 3 == 0
            else "Hợp tác xã nộp báo cáo.",
        ),
        url=f"https://lamhai.example/bai-{number}.html",
        published_at=parse_time(
            f"{2020 + month // 12}-{month % 12 + 1:02}-0{5 + number % 2}T08:30:00"
        ),
        authors=(AUTHORS[number % 3],),
        source=SOURCES[number % 3],
        section=SECTIONS[number % 2],
    )


def _hostile() -> list[Article]:
    return [
        Article(
            title=HOSTILE_TITLE,
            lead="<b>Không đậm</b> hiểm độc",
            paragraphs=(
                "</p><script>alert(3)</script> hiểm độc &amp; {{ 7*7 }}",
                "javascript:alert(4)",
            ),
            captions=('"><svg onload=alert(5)> hiểm độc',),
            tables=((("<td>ô</td>", "<!-- ô -->"),),),
            url="javascript:alert(6)//hiểm",
            source="<i>Nguồn</i> lạ",
            source_id="hiem-doc",
            authors=('Tên "có" nháy, có phẩy', "<u>Gạch</u>"),
            section="'\"><script>alert(7)</script>",
            published_at=parse_time("2019-03-02T23:59:59"),
        ),
        Article(
            title="Bài không ngày, không nguồn, không tác giả",
            paragraphs=("Chỉ có chữ.",),
            source_id="tron",
        ),
    ]


def _edited(text: str) -> Article:
    return Article(
        title="Sửa lặng lẽ",
        lead="Bài được sửa sau khi đăng.",
        paragraphs=(text, "Câu này giữ nguyên."),
        url="https://thoisu.example/sua.html",
        source=SOURCES[1],
        published_at=parse_time("2022-05-01T06:00:00"),
    )


@pytest.fixture(scope="session")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Parts]:
    """Archive, index and search service, filled."""
    home = tmp_path_factory.mktemp("web")
    with Parts(Settings(home=home, query_seconds=SECONDS)) as made:
        articles = [*(_article(number) for number in range(60)), *_hostile()]
        made.archive.put([Incoming(article, f"bai:{i}") for i, article in enumerate(articles)])
        for text in ("Xã chi 3 tỷ đồng làm đường.", "Xã chi 5 tỷ đồng làm đường."):
            made.archive.put([Incoming(_edited(text), "sua")])
        made.index()
        yield made


@pytest.fixture(scope="session")
def app(parts: Parts) -> Flask:
    return create_app(parts.services)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
