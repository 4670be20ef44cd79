"""Pages made to tire the cleaner cost no more than their size, and what is cut off is cut off knowingly."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import pytest

from tintuc_search.errors import BadInput
from tintuc_search.indexer.cleaning import clean_html, clean_text
from tintuc_search.indexer.importers.kinds import Kind, kind_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

TITLE = "Xã Đồng Dao còn ba xóm chờ nước máy"
LINE = "Sáng 12/3, đoàn kiểm tra của huyện về làm việc với xã, nghe báo cáo về việc cấp nước. "
TEXT = f"<p>{LINE * 2}</p><p>Theo báo cáo, {LINE * 2}</p>"
NAMES = "title author lead date source caption breadcrumb related"

# What is put again and again between the headline and the text, and never closed unless it says so.
GROWING = {
    "elements of every name": f"<div class='{NAMES}'>x ",
    "elements with names of their own": "<div class='title n{n} author date'>x ",
    "text in each": f"<div>{LINE}",
    "tables": "<table><tr><td>a</td><td>",
    "tables of pictures": "<table><tr><td><img>",
    "lines joined by breaks": "không có chấm<br>",
    "headlines": "<h1>Tin mới nhất hôm nay ",
    "subheads": "<h2>x ",
    "dates": "<time datetime='2021-03-12T08:05'>12/3/2021 ",
    "sure dates": "<div itemprop=datePublished>12/3/2021 ",
    "bylines": "<span class=author>Hà Vân ",
    "breadcrumbs": "<span class=breadcrumb><a href=x>m</a>",
    "leads": "<span class=sapo>a",
    "furniture beside furniture": f"<div class=related><p>{LINE}</p></div>",
    "furniture with a headline in it": "<aside>a<h1>b</h1>",
    "texts behind elements": "<b><i></i>a ",
    "lists": f"<ul><li>{LINE}",
    "teasers": f"<div><h3><a href=x>{TITLE}</a></h3><p>{LINE}</p></div>",
    "paragraphs of one line": "<p>Ảnh: A, B - C | D</p>",
    "authors in the head": "<meta name=author content='Hà Vân'>",
    "structured data": '<script type=\'application/ld+json\'>{{"@type":"Thing"}}</script>',
}


def page(middle: str, head: str = "") -> bytes:
    return f"<html><head><title>{TITLE}</title>{head}</head><body><h1>{TITLE}</h1>{middle}{TEXT}".encode()


def repeated(piece: str, times: int) -> bytes:
    """A page with a piece so many times, numbered so that no two pages have a number in common."""
    return page("".join(piece.format(n=f"{times}-{n}") for n in range(times)))


def cleaned(content: bytes) -> None:
    try:
        clean_html(content, place="x")
    except BadInput as error:
        assert error.place == "x"  # noqa: PT017 - a refusal is one of two right answers


def calls(work: Callable[[], object]) -> int:
    """How many calls some work takes: the same on every machine."""
    counted = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return counted


@pytest.mark.parametrize("piece", GROWING.values(), ids=GROWING)
def test_four_times_the_page_is_four_times_the_work(piece: str) -> None:
    few, many = repeated(piece, 400), repeated(piece, 1600)
    cleaned(repeated(piece, 4))  # what is loaded once is loaded

    assert calls(lambda: cleaned(many)) < 6 * calls(lambda: cleaned(few))


@pytest.mark.parametrize(
    "content",
    [
        page(f"<p>{'(' * 400_000}</p>"),
        page("<p>a" + "\u0301\u0323" * 200_000),
        page("<p>a" + "\u0301" * 200_000 + "\u0323" * 200_000),
        page("<p class=author>" + "a" * 1_000_000 + "</p>"),
        page("<p>" + "1" * 1_000_000),
        page("<p>" + "12/3/" * 200_000),
        page("".join(f"<p>{('0:00 ' * 23)[:118]}z</p>" for _ in range(200))),
        page("<b>" * 49_000 + "</i>" * 500_000),
        page("<i>" * 12_000 + "<div>" * 12_000 + "</i>" * 12_000),
        page("<br>" * 400_000),
        page("<span></span>" * 200_000),
        page("<" * 300_000 + "&" * 300_000 + "\0" * 300_000),
        page("<!--" * 300_000),
        page(f"<div {' '.join(f'a{n}=1' for n in range(60_000))}>"),
        page(f"<div class='{'title ' * 300_000}' style='{'display: ' * 300_000}'>"),
        page("", f"<script type='application/ld+json'>{'[' * 500_000}</script>"),
        page("", f"<script type='application/ld+json'>[{'{},' * 300_000}{{}}]</script>"),
        page("", f"<script type='application/ld+json'>[1,{' ' * 900_000}</script>"),
        page("", f'<script type=\'application/ld+json\'>{{"@type":"Article","a":{"1" * 900_000}}}'),
        b"\xe9\xe8 <p>" * 100_000,
        b"\xff" * 2_000_000,
        "ấ ế ơ".encode("utf-16") * 100_000 + page(""),
    ],
    ids=range(22),
)
def test_a_page_made_to_tire_the_cleaner_is_cleaned_or_refused(content: bytes) -> None:
    """Each takes well below a second; by the square of its size it took hours."""
    began = time.process_time()
    cleaned(content)
    assert time.process_time() - began < 120


@pytest.mark.parametrize(
    "text",
    [
        "a" * 2_000_000,
        "(" * 1_000_000,
        "Chia sẻ\n" * 40_000,
        "Bài: Hà Vân\n" * 40_000,
        "a@" * 500_000,
        "a" + "\u0301\u0323" * 200_000,
    ],
    ids=range(6),
)
def test_a_text_made_to_tire_the_cleaner_is_cleaned_or_refused(text: str) -> None:
    """Each takes well below a second; by the square of its size it took hours."""
    began = time.process_time()
    try:
        clean_text(f"{TITLE}\n{LINE}\n{text}", place="x")
    except BadInput as error:
        assert error.place == "x"  # noqa: PT017 - a refusal is one of two right answers
    assert time.process_time() - began < 120


def test_an_article_is_found_behind_twenty_thousand_elements() -> None:
    article = clean_html(page("<span></span>" * 20_000))
    assert [text.split(",")[0] for text in article.paragraphs] == ["Sáng 12/3", "Theo báo cáo"]


def test_what_stands_behind_the_first_fifty_thousand_elements_is_left_out() -> None:
    article = clean_html(page(TEXT + "<br>" * 60_000).replace(b"Theo", b"Nghe", 1))
    assert [text.split(",")[0] for text in article.paragraphs] == ["Sáng 12/3", "Nghe báo cáo"]


def test_a_comment_in_a_script_does_not_swallow_the_page() -> None:
    article = clean_html(page('<script>document.write("<!-- a")</script><!--><!--->'))
    assert article.title == TITLE
    assert len(article.paragraphs) == 2


def test_many_comments_before_a_page_leave_it_a_page() -> None:
    assert kind_of(b"<!-- a -->" * 2000 + b"<html><p>a") is Kind.HTML
    assert kind_of(b"<!-- a -->" * 2000 + b"<rss>") is None
