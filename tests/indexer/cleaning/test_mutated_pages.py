"""Two thousand pages of the sample archive, each broken in some way: every one is cleaned or refused, in time."""

from __future__ import annotations

import signal
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from benchmarks.hostile_pages import shapes
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tintuc_search.article import Article
from tintuc_search.errors import BadInput
from tintuc_search.indexer.cleaning import clean_html, further_pages

if TYPE_CHECKING:
    from collections.abc import Iterator

CORPUS = Path(__file__).parents[3] / "corpus"
PARTS, EACH = 8, 250
SECONDS = 5
"""Of processor time; no page may take longer, however broken."""

JUNK = st.sampled_from(
    [
        *(b"<", b">", b"</", b"<!--", b"-->", b"&", b"&#x110000;", b'"', b"'", b"\0", b"\0" * 999),
        *(b"<div>" * 500, b"</div>" * 500, b"<table><tr><td>" * 300, b"<b>" * 900, b"<p>" * 900),
        *(b"<script>", b"</script>", b"<style>", b"<![CDATA[", b"<?xml encoding='utf-16'?>"),
        *(b"\xff\xfe", b"\xef\xbb\xbf", b"\xc3", b"\xe1\xba", "ậ".encode("utf-16"), b"\xa8\xb8\xb5"),
        *(b"<meta charset=tcvn3>", b"<meta charset=utf-7>", b"<base href='http://['>", b"<html>" * 50),
        *(b"\xcc\x81" * 300, b" " * 5_000, b"\n" * 5_000, b"a" * 20_000, "\u202e\u200f\u200b".encode()),
        b'<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"9999-99-99"}</script>',
        b"<time datetime='0000-00-00T99:99'>31/2/20211</time>",
    ]
)  # fmt: skip
PLACE = st.floats(0, 1, allow_nan=False)
CHANGES = st.one_of(
    st.tuples(st.just("cut"), PLACE, PLACE, st.just(b"")),
    st.tuples(st.just("double"), PLACE, PLACE, st.just(b"")),
    st.tuples(st.just("end"), PLACE, PLACE, st.just(b"")),
    st.tuples(st.just("recode"), PLACE, PLACE, st.just(b"")),
    st.tuples(st.just("insert"), PLACE, PLACE, JUNK),
    st.tuples(st.just("splice"), PLACE, PLACE, st.just(b"")),
    st.tuples(st.just("swap"), PLACE, PLACE, st.just(b"")),
)


@cache
def pages() -> tuple[bytes, ...]:
    files = sorted((*CORPUS.glob("pages/**/*.html"), *CORPUS.glob("not-articles/**/*.html")))
    return tuple(file.read_bytes() for file in files)


def changed(page: bytes, change: tuple[str, float, float, bytes], other: bytes) -> bytes:
    kind, start, end, junk = change
    first, last = sorted((int(start * len(page)), int(end * len(page))))
    middle = page[first:last]
    before, after = page[:first], page[last:]
    if kind == "recode":
        codec = "utf-16" if start < end else "cp1258"
        junk = middle.decode("utf-8", "replace").encode(codec, "replace")
    elif kind == "splice":
        junk = other[int(start * len(other)) :][: len(middle)]
    elif kind == "double":
        junk = middle + middle[:50_000]
    elif kind == "insert":
        junk += middle
    elif kind == "swap":
        before, junk, after = after, middle, before
    elif kind == "end":
        junk, after = middle, b""
    return before + junk + after


@contextmanager
def in_time() -> Iterator[None]:
    def late(_number: int, _frame: Any) -> None:
        raise TimeoutError(f"took over {SECONDS} s")

    before = signal.signal(signal.SIGVTALRM, late)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


@pytest.mark.parametrize(
    "shape", ["10,000 nested tables", "a line of 10 MB", "10 MB of NUL", "three encodings"]
)
def test_a_page_made_to_tire_the_cleaner_takes_no_longer_either(shape: str) -> None:
    content = dict(shapes())[shape]
    with in_time(), suppress(BadInput):
        clean_html(content, place="page")


@pytest.mark.parametrize("part", range(PARTS))
def test_a_broken_page_gives_an_article_or_a_refusal_in_time(part: int) -> None:
    @settings(max_examples=EACH, suppress_health_check=list(HealthCheck))
    @given(
        st.integers(0, 10_000), st.integers(0, 10_000), st.lists(CHANGES, min_size=1, max_size=5)
    )
    def check(number: int, second: int, changes: list[tuple[str, float, float, bytes]]) -> None:
        known = pages()
        page, other = known[(number + part) % len(known)], known[second % len(known)]
        for change in changes:
            page = changed(page, change, other)
        with in_time():
            try:
                article = clean_html(page, url="https://baomoi.example/tin-1.html", place="page")
            except BadInput:
                return
            assert isinstance(article, Article)
            assert article.title
            assert "\0" not in article.text
            further_pages(page, "https://baomoi.example/tin-1.html")

    check()
