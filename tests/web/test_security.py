"""Article text stays text, the reader's searches stay with the reader."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from web_pages import address, read, words

if TYPE_CHECKING:
    from bs4 import BeautifulSoup
    from flask.testing import FlaskClient

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; "
    "img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
HOSTILE = [
    "/?q=hiểm+độc",
    "/?source=<i>Nguồn</i>+lạ",
    "/?q=<script>alert(9)</script>",
    "/?q=lỗi+script&lang=en",
    "/?author=<script>alert(9)</script>&exclude_section='\"><img+src=x+onerror=alert(9)>",
    '/?q="><script>alert(9)</script>&lang="><script>alert(9)</script>',
    "/bai-viet/<script>alert(9)</script>",
    "/?from_date=<script>alert(9)</script>",
]


def assert_harmless(page: BeautifulSoup) -> None:
    """Nothing on a page runs but our own script, nothing is loaded from elsewhere, no style is inline."""
    assert ["/static/keys.js", "/static/complete.js"] == [
        script.get("src") for script in page.select("script")
    ]
    assert [""] * len(page.select("script")) == [words(script) for script in page.select("script")]
    assert not page.select("style, iframe, object, embed, base, img, svg[onload], [style]")
    for tag in page.find_all(True):
        assert not [name for name in tag.attrs if name.lower().startswith("on")], tag
    for link in page.select("a[href]"):
        assert urlsplit(address(link)).scheme in {"", "http", "https"}
    for tag in page.select("link, form, script"):
        target = str(tag.get("href") or tag.get("action") or tag.get("src"))
        assert target.startswith("/")
        assert not target.startswith("//")


@pytest.mark.parametrize("asked", HOSTILE)
def test_hostile_text_and_addresses_stay_text(client: FlaskClient, asked: str) -> None:
    response = client.get(asked)

    assert_harmless(read(response, response.status_code))


def test_a_hostile_article_is_shown_as_it_is_written(client: FlaskClient) -> None:
    results = read(client.get("/?q=hiểm+độc"))
    page = read(client.get(address(results.select_one(".hit h2 a"))))

    assert_harmless(page)
    assert "Lỗi <script>alert(1)</script> & \"nháy\" 'đơn' <img src=x onerror=alert(2)>" == words(
        page.h1
    )
    assert "</p><script>alert(3)</script> hiểm độc &amp; {{ 7*7 }}" == words(
        page.select(".text p")[1]
    )
    assert '"><svg onload=alert(5)> hiểm độc' == words(page.select_one(".captions li"))
    assert ["<td>ô</td>", "<!-- ô -->"] == [words(cell) for cell in page.select("td")]
    assert ["hiểm độc"] * 3 == [words(mark) for mark in page.select("mark")]


def test_an_address_that_runs_a_script_is_text_and_no_link(client: FlaskClient) -> None:
    results = read(client.get("/?q=hiểm+độc"))
    page = read(client.get(address(results.select_one(".hit h2 a"))))

    assert not page.select(".original a")
    assert "javascript:alert(6)//hiểm" in words(page.select_one(".facts"))


def test_hostile_names_work_as_filters(client: FlaskClient) -> None:
    results = read(client.get("/?q=hiểm+độc"))
    page = read(client.get(address(results.select_one(".hit h2 a"))))

    links = [address(link) for link in page.select(".meta a")]
    assert 4 == len(links)
    for link in links:
        assert 1 == len(read(client.get(link)).select(".hit")), link


@pytest.mark.parametrize(
    "asked",
    [
        *("/", "/?q=xã", "/?q=xã&page=0", "/khong-co", "/static/style.css", "/static/no.css"),
        *("/api/v1/search?q=xã", "/api/v1/search?x=1", "/api/v1/articles/x", "/api/v1/x"),
    ],
)
def test_every_answer_carries_the_headers(client: FlaskClient, asked: str) -> None:
    with client.get(asked) as response:
        headers = response.headers

    assert {name: headers.get(name) for name in HEADERS} == HEADERS
    assert "Set-Cookie" not in headers
    assert "no-cache" in headers["Cache-Control"]


def test_no_shared_cache_keeps_a_search(client: FlaskClient) -> None:
    for asked in ("/?q=xã", "/api/v1/search?q=xã"):
        assert "private" in client.get(asked).headers["Cache-Control"]


def test_the_style_sheets_load_nothing(client: FlaskClient) -> None:
    for name in ("style.css", "search.css"):
        with client.get(f"/static/{name}") as response:
            text = response.get_data(as_text=True)

        assert "url(" not in text
        assert "@import" not in text
