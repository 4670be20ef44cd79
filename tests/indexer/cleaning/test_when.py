"""The moment of an article is that which speaks of it: not the page's clock, a comment's or another article's."""

from __future__ import annotations

import pytest

from tintuc_search.article import format_time
from tintuc_search.indexer.cleaning import clean_html

TITLE = "Xã Đồng Dao còn ba xóm chờ nước máy"
TEXT = (
    "<p>Sáng 12/3, đoàn kiểm tra của huyện về làm việc với xã, nghe báo cáo về việc cấp nước và sửa đường.</p>"
    "<p>Theo báo cáo, đến nay toàn xã có 412 hộ dùng nước máy, tăng 37 hộ; còn ba xóm phải chờ đường ống mới.</p>"
    "<p>Đoàn đề nghị xã công khai danh sách các hộ được hỗ trợ, giải quyết dứt điểm đơn thư trước ngày 30/6.</p>"
)
LINKS = "".join(
    f"<a href=/{name}>{name}</a> "
    for name in ("Chính trị", "Xã hội", "Kinh tế", "Văn hóa", "Giáo dục")
)
MENU = f"<nav>{LINKS}</nav>"
CLOCK = "Thứ tư, 26/11/2025, 10:00"
AT = "2021-03-12T08:05:00+07:00"


def times(
    above: str = "", line: str = "", behind: str = "", head: str = ""
) -> tuple[str | None, str | None]:
    body = f"{above}<h1>{TITLE}</h1>{line}<div>{TEXT}</div>{behind}"
    page = f"<html><head><title>{TITLE}</title>{head}</head><body>{body}"
    article = clean_html(page.encode())
    return format_time(article.published_at), format_time(article.updated_at)


@pytest.mark.parametrize("line", ["", "<div>12/03/2021 08:05</div>"], ids=["undated", "dated"])
@pytest.mark.parametrize(
    "above",
    [
        f"<header><div>{CLOCK}</div></header>",
        f"<header><time>{CLOCK}</time></header>",
        f"<div>{CLOCK}</div>{MENU}",
        f"<div>{CLOCK}</div><div>{LINKS}</div>",
        f"<div>{CLOCK}</div><ul class=menu><li>{LINKS}</li></ul>",
        f"<div class=date>{CLOCK} | Hotline: 0900 000 000</div>{MENU}",
        f"<div><time datetime=2025-11-26T10:00>{CLOCK}</time></div>{MENU}",
        f"<div>Hôm nay, {CLOCK}</div>",
        f"<div id=currentDate>{CLOCK}</div>",
        f"<table><tr><td>26/11/2025</td><td>{LINKS}</td></tr></table>",
    ],
)
def test_the_clock_of_a_page_is_not_the_articles_time(above: str, line: str) -> None:
    assert times(above, line) == (AT if line else None, None)


@pytest.mark.parametrize("line", ["", "<div>12/03/2021 08:05</div>"], ids=["undated", "dated"])
@pytest.mark.parametrize(
    "behind",
    [
        "<h3>Bình luận</h3><div><b>Bạn A</b> 13/03/2021 10:00<p>Rất hay.</p></div>",
        "<ul><li><p>Bạn A</p><p>Bài viết rất đúng, tôi ủng hộ.</p><span>13/03/2021 10:00</span></li></ul>",
        "<div><b>Các tin khác</b><ul><li><a href=/a>Huyện bên mở lớp</a> (11/03/2021)</li></ul></div>",
        "<div><ul><li><a href=/a>Huyện bên mở lớp dạy nghề</a><span>11/03/2021 09:00</span></li></ul></div>",
        f"<footer><div>{CLOCK}</div></footer>",
    ],
)
def test_what_stands_behind_an_article_gives_it_no_time(behind: str, line: str) -> None:
    assert times(line=line, behind=behind) == (AT if line else None, None)


@pytest.mark.parametrize(
    ("above", "line", "behind"),
    [
        ("<div>12/03/2021 08:05</div>", "", ""),
        (
            f"{MENU}<div><a href=/>Trang chủ</a> &gt; <a href=/x>Xã hội</a></div><div>12/03/2021 08:05</div>",
            "",
            "",
        ),
        (f"<div>{CLOCK}</div>", "<div>Hà Vân - 12/03/2021 08:05</div>", ""),
        (f"<div>{CLOCK}</div>", "", "<p>Cập nhật: 12/03/2021 08:05</p>"),
        ("", "", "<p>Đăng ngày: 12/03/2021 08:05</p>"),
    ],
)
def test_a_line_near_the_headline_or_at_the_foot_gives_the_time(
    above: str, line: str, behind: str
) -> None:
    assert times(above, line, behind) == (AT, None)


def test_published_and_updated_are_told_apart() -> None:
    line = "<div>Đăng ngày: 12/03/2021 08:05 - Cập nhật lúc: 13/03/2021 17:40</div>"
    assert times(line=line) == (AT, "2021-03-13T17:40:00+07:00")


@pytest.mark.parametrize(
    ("stated", "changed", "line", "more"),
    [
        ("2021-03-12T08:05:00Z", "2021-03-13T17:40:00Z", "<div>12/03/2021 08:05</div>", ""),
        (
            "2021-03-12T01:05:00+07:00",
            "2021-03-13T10:40:00+07:00",
            "<div>12/03/2021 08:05</div>",
            "",
        ),
        ("2021-03-12T01:05:00Z", "2021-03-13T10:40:00Z", "<div>12/03/2021 08:05</div>", ""),
        (
            "2021-03-12T08:05:00Z",
            "2021-03-13T17:40:00Z",
            "",
            '<meta name=pubdate content="2021-03-12T08:05:00+07:00">',
        ),
        (
            "2021-03-12T08:05:00+07:00",
            "2021-03-13T17:40:00+07:00",
            "",
            '<meta name=pubdate content="2021-03-12T08:05Z">',
        ),
    ],
    ids=["Vietnam's as UTC", "UTC as Vietnam's", "right", "two statements", "the first right"],
)
def test_a_wrong_zone_is_put_right_for_both_times(
    stated: str, changed: str, line: str, more: str
) -> None:
    data = f'{{"@type":"NewsArticle","datePublished":"{stated}","dateModified":"{changed}"}}'
    head = f"<script type='application/ld+json'>{data}</script>{more}"
    assert times(line=line, head=head) == (AT, "2021-03-13T17:40:00+07:00")
