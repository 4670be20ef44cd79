"""Pages of every manner give what a reader sees of the article, and nothing around it."""

from __future__ import annotations

import pytest

from tintuc_search.article import Article, format_time
from tintuc_search.errors import BadInput, NotAnArticle
from tintuc_search.indexer.cleaning import clean_html

FIRST = (
    "Sáng 12/3, đoàn kiểm tra của huyện về làm việc với xã, nghe báo cáo về việc cấp nước, "
    "sửa đường và mở lớp học nghề cho thanh niên."
)
SECOND = (
    "Theo báo cáo, đến nay toàn xã có 412 hộ dùng nước máy, tăng 37 hộ so với cùng kỳ; "
    "còn ba xóm ở bên kia suối phải chờ đường ống mới."
)
THIRD = "Đoàn đề nghị xã công khai danh sách các hộ được hỗ trợ, giải quyết dứt điểm đơn thư trước ngày 30/6."
TITLE = "Xã Đồng Dao còn ba xóm chờ nước máy"


def page(body: str, head: str = "", title: str = f"<h1>{TITLE}</h1>", before: str = "") -> bytes:
    return (
        f"<html><head><title>{TITLE} - Báo Thử</title>{head}</head>"
        f"<body>{before}{title}{body}<footer>Giấy phép số 1, địa chỉ: 2 Trần Phú.</footer></body></html>"
    ).encode()


def text(*paragraphs: str) -> str:
    return "<div>" + "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs) + "</div>"


def clean(body: str, head: str = "", **parts: str) -> Article:
    return clean_html(page(body, head, **parts), url="https://baothu.example/a/1.html")


ALL = text(FIRST, SECOND, THIRD)


def test_title_paragraphs_and_source_are_found_without_metadata() -> None:
    article = clean(ALL)
    assert (article.title, article.paragraphs) == (TITLE, (FIRST, SECOND, THIRD))
    assert (article.source, article.url) == ("Báo Thử", "https://baothu.example/a/1.html")


@pytest.mark.parametrize(
    "box",
    [
        '<div class="relate"><b>Tin liên quan</b><ul><li><a href="/b">Một tin khác ở huyện bên</a></li></ul></div>',
        '<p><a href="/b">Huyện bên mở thêm hai lớp học nghề</a></p>',
        '<p>&gt;&gt; Xem thêm: <a href="/b">Huyện bên mở thêm hai lớp học nghề</a></p>',
        '<div><p>Đọc thêm</p><p><a href="/b">Huyện bên mở thêm hai lớp học nghề</a></p></div>',
        '<div class="x9"><h3>Tham khảo thêm</h3><a href="/b">Huyện bên mở thêm hai lớp</a></div>',
        '<div class="share"><span>Chia sẻ</span> Facebook Zalo</div>',
        "<p>Quảng cáo</p>",
        "<script>var a = '<p>Không phải chữ</p>'</script>",
        '<div style="display:none">Chữ mà người đọc không thấy.</div>',
    ],
)
def test_what_stands_between_paragraphs_without_being_text_is_left_out(box: str) -> None:
    body = f"<div><p>{FIRST}</p>{box}<p>{SECOND}</p><p>{THIRD}</p></div>"
    assert clean(body).paragraphs == (FIRST, SECOND, THIRD)


def test_readers_comments_are_no_text_however_long_and_whatever_their_name() -> None:
    comments = "".join(
        f"<div><b>Bạn đọc {n}</b><p>{SECOND}</p><i>01/02/2021 08:0{n}</i></div>" for n in range(3)
    )
    article = clean(f"<div>{ALL}<h3>Ý kiến bạn đọc (3)</h3>{comments}</div>")
    assert article.paragraphs == (FIRST, SECOND, THIRD)
    assert article.published_at is None


def test_line_breaks_part_paragraphs_and_subheads_stay_in_their_place() -> None:
    body = f'<div align="justify">{FIRST}<br><br>{SECOND}<br><b>Việc phải làm ngay</b><br>{THIRD}</div>'
    assert clean(body).paragraphs == (FIRST, SECOND, "Việc phải làm ngay", THIRD)


def test_lists_quotes_and_questions_are_paragraphs() -> None:
    body = f"<div><p>{FIRST}</p><ul><li>Sửa đường;</li><li>Mở lớp.</li></ul><blockquote>{SECOND}</blockquote><p><b>Bao giờ xong?</b></p><p>{THIRD}</p></div>"  # noqa: E501
    assert clean(body).paragraphs == (
        FIRST,
        "Sửa đường;",
        "Mở lớp.",
        SECOND,
        "Bao giờ xong?",
        THIRD,
    )


@pytest.mark.parametrize(
    "figure",
    [
        "<figure><img src=a.jpg><figcaption>Đường ống chờ nối.</figcaption></figure>",
        "<table><tr><td><img src=a.jpg></td></tr><tr><td>Đường ống chờ nối.</td></tr></table>",
        '<p align="center"><img src=a.jpg></p><p align="center"><i>Đường ống chờ nối.</i></p>',
        "<div><img src=a.jpg><p class=chuthich>Đường ống chờ nối.</p></div>",
    ],
)
def test_captions_are_told_from_paragraphs(figure: str) -> None:
    article = clean(f"<div><p>{FIRST}</p>{figure}<p>{SECOND}</p><p>{THIRD}</p></div>")
    assert article.captions == ("Đường ống chờ nối.",)
    assert article.paragraphs == (FIRST, SECOND, THIRD)


def test_a_data_table_is_kept_apart_and_a_table_of_layout_is_text() -> None:
    data = "<table><tr><th>Xóm</th><th>Hộ</th></tr><tr><td>Bãi</td><td>26</td></tr></table>"
    article = clean(
        f"<table><tr><td>Mục</td><td><p>{FIRST}</p>{data}<p>{SECOND}</p><p>{THIRD}</p></td></tr></table>"
    )
    assert article.tables == ((("Xóm", "Hộ"), ("Bãi", "26")),)
    assert article.paragraphs == (FIRST, SECOND, THIRD)


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2021-03-12T08:05:00+07:00">',
        '<meta name="pubdate" content="2021-03-12T01:05:00Z">',
        '<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","datePublished":"2021-03-12T08:05:00"}]}</script>',  # noqa: E501
    ],
)
def test_the_time_stated_for_machines_is_read(head: str) -> None:
    assert format_time(clean(ALL, head).published_at) == "2021-03-12T08:05:00+07:00"


def test_the_line_below_the_headline_wins_over_clock_related_links_and_comments() -> None:
    article = clean(
        f"<div>Thứ sáu, 12/3/2021, 08:05 (GMT+7)</div>{ALL}"
        '<div class="relate"><a href="/b">Tin khác</a> <time datetime="2021-03-11T07:00">11/3</time></div>',
        before='<div class="clock">Hôm nay: 22/11/2024 10:00</div>',
    )
    assert format_time(article.published_at) == "2021-03-12T08:05:00+07:00"


def test_vietnams_time_that_was_stated_as_utc_is_put_right_by_the_printed_line() -> None:
    head = '<meta property="article:published_time" content="2021-03-12T08:05:00Z">'
    article = clean(f"<div>12/03/2021 08:05</div>{ALL}", head)
    assert format_time(article.published_at) == "2021-03-12T08:05:00+07:00"


@pytest.mark.parametrize(
    ("foot", "authors", "origin"),
    [
        ('<p align="right"><strong>Hà Vân</strong></p>', ("Hà Vân",), None),
        ("<p><b>Bài, ảnh: Hà Vân - Minh Khôi</b></p>", ("Hà Vân", "Minh Khôi"), None),
        ("<p>(Theo TTXVN)</p>", (), "TTXVN"),
        ("<p>PV</p>", (), None),
    ],
)
def test_the_signature_is_no_paragraph(
    foot: str, authors: tuple[str, ...], origin: str | None
) -> None:
    article = clean(f"<div><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>{foot}</div>")
    assert (article.authors, article.origin) == (authors, origin)
    assert article.paragraphs == (FIRST, SECOND, THIRD)


def test_a_lead_is_taken_apart_and_loses_the_papers_mark() -> None:
    article = clean(f'<h2 class="sapo">(BT) - {FIRST}</h2>{text(SECOND, THIRD)}')
    assert (article.lead, article.paragraphs) == (FIRST, (SECOND, THIRD))


def test_the_canonical_address_is_resolved_and_a_home_page_is_none() -> None:
    head = '<link rel="canonical" href="/tin/xa-dong-dao.html">'
    assert clean(ALL, head).url == "https://baothu.example/tin/xa-dong-dao.html"
    assert (
        clean(ALL, '<link rel="canonical" href="https://baothu.example/">').url
        == "https://baothu.example/a/1.html"
    )


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("<p>Ngắn.</p>", "running text"),
        (
            "".join(
                f'<div><h3><a href="/{n}">Tin số {n} về việc cấp nước ở xã</a></h3><p>{SECOND}</p></div>'
                for n in range(9)
            ),
            "list|running",
        ),
    ],
)
def test_a_page_without_an_article_is_refused(body: str, reason: str) -> None:
    with pytest.raises(NotAnArticle, match=reason):
        clean(body)


def test_an_error_page_is_refused_whatever_text_it_has() -> None:
    with pytest.raises(NotAnArticle, match="error page"):
        clean_html(f"<html><title>404</title><h1>Không tìm thấy trang</h1>{ALL}</html>".encode())


def test_an_empty_page_is_bad_input_and_names_its_place() -> None:
    with pytest.raises(BadInput, match=r"^a\.html: "):
        clean_html(b"  ", place="a.html")


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 5000 + ALL,
        ALL + "<div>" * 5000,
        f'<div data-x="{"x" * 500_000}">{ALL}</div>',
        ALL.replace("</p>", "").replace("</div>", ""),
        f"<svg><!-- {ALL}<p>\0",
        ALL + "<table><tr><td>" * 300,
        ALL + " " * 200_000 + "<script" * 2000,
    ],
    ids=[
        "deep before",
        "deep behind",
        "huge attribute",
        "unclosed",
        "in a comment",
        "tables",
        "spaces",
    ],
)
def test_hostile_markup_gives_the_article_or_a_refusal(body: str) -> None:
    try:
        article = clean(body)
    except BadInput:
        return
    assert article.title == TITLE


def test_a_script_in_a_headline_is_text() -> None:
    article = clean(ALL, title="<h1>Xã &lt;script&gt;alert(1)&lt;/script&gt; Đồng Dao</h1>")
    assert article.title == "Xã <script>alert(1)</script> Đồng Dao"
