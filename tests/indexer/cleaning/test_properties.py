"""Whatever bytes come, cleaning gives an article of plain NFC text or a refusal."""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tintuc_search.errors import BadInput
from tintuc_search.indexer.cleaning import clean_html
from tintuc_search.indexer.cleaning.text import fold

if TYPE_CHECKING:
    from tintuc_search.article import Article

CORPUS = Path(__file__).parents[3] / "corpus/pages"
SITES = sorted({page.parent.name for page in CORPUS.glob("*/*.html")})
SNIPPETS = [
    b"<table>",
    b"</div>",
    b"<!--",
    b"<script>",
    b"\0",
    b"\xff",
    b"&#x110000;",
    b"<h1>",
    b'"',
    b"<",
    b"</html>",
    "ấ".encode("utf-16"),
    b"</table>",
    b"<tr><td>",
    b"<a href=x>",
    b"<b>",
    b"<pre>",
    b"<ruby><rt>",
    b"<svg>",
    b"<template>",
    b"<div class='title author date lead caption related source breadcrumb'>",
    b"<time datetime=2021-13-45T99:99>",
    b"<script type=application/ld+json>[[[{",
    b"<link rel=canonical href='http://[::1'>",
    b"<meta charset=utf-7>",
    b"]]>",
    "\u0301\u0323\u200b\u202e".encode(),
    b"&#55296;&#0;&bogus;",
]
SLOW = settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])


def is_plain(article: Article) -> bool:
    cells = [cell for table in article.tables for row in table for cell in row]
    texts = (
        article.title,
        article.lead,
        *article.paragraphs,
        *article.captions,
        *article.authors,
        *cells,
    )
    return all(text == fold(text) == unicodedata.normalize("NFC", text) for text in texts)


@given(st.binary(max_size=600))
@SLOW
def test_any_bytes_give_an_article_or_a_refusal(content: bytes) -> None:
    try:
        assert is_plain(clean_html(content, place="x"))
    except BadInput as error:
        assert error.place == "x"  # noqa: PT017 - a refusal is one of two right answers


@st.composite
def mangled(draw: st.DrawFn, site: str) -> bytes:
    """A page of a site with stretches cut out, doubled and put elsewhere, and pieces of markup put in."""
    content = draw(st.sampled_from(pages(site)))
    places = st.floats(0, 1, exclude_max=True).map(lambda share: int(share * len(content)))
    for _ in range(draw(st.integers(1, 5))):
        place = draw(places)
        put: bytes
        match draw(st.sampled_from(("cut", "move", "put", "put", "end"))):
            case "cut":
                cut = draw(st.integers(1, 400))
                content = content[:place] + content[place + cut :]
            case "move":
                start = draw(places)
                put = content[start : start + draw(st.integers(1, 4000))]
                content = content[:place] + put + content[place:]
            case "put":
                put = draw(st.sampled_from(SNIPPETS)) * draw(st.sampled_from((1, 1, 2, 30)))
                content = content[:place] + put + content[place:]
            case "end":
                content = content[: max(place, len(content) // 4)]
    return content


@cache
def pages(site: str) -> list[bytes]:
    return [page.read_bytes() for page in sorted((CORPUS / site).glob("*.html"))]


@pytest.mark.parametrize("site", SITES)
@given(data=st.data())
@settings(SLOW, max_examples=200)
def test_a_page_cut_and_mangled_gives_an_article_or_a_refusal(
    site: str, data: st.DataObject
) -> None:
    content = data.draw(mangled(site))
    try:
        assert is_plain(clean_html(content, place="x"))
    except BadInput as error:
        assert error.place == "x"  # noqa: PT017 - a refusal is one of two right answers
