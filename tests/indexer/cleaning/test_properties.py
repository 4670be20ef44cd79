"""Whatever bytes come, cleaning gives an article of plain NFC text or a refusal."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tintuc_search.errors import BadInput
from tintuc_search.indexer.cleaning import clean_html
from tintuc_search.indexer.cleaning.text import fold

if TYPE_CHECKING:
    from tintuc_search.article import Article

PAGE = Path(__file__).parents[3] / "corpus/pages/nhandanbinhlam/an-son-dai-hoi-diem-cap-co-so.html"
CONTENT = PAGE.read_bytes()
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


@given(
    cuts=st.lists(st.tuples(st.integers(0, len(CONTENT)), st.integers(0, 40)), max_size=4),
    end=st.integers(0, len(CONTENT)),
    puts=st.lists(st.tuples(st.integers(0, len(CONTENT)), st.sampled_from(SNIPPETS)), max_size=6),
)
@SLOW
def test_a_real_page_cut_and_mangled_gives_an_article_or_a_refusal(
    cuts: list[tuple[int, int]], end: int, puts: list[tuple[int, bytes]]
) -> None:
    content = CONTENT[:end] if end % 2 else CONTENT
    for place, length in cuts:
        content = content[:place] + content[place + length :]
    for place, snippet in puts:
        content = content[:place] + snippet + content[place:]
    try:
        assert is_plain(clean_html(content, place="x"))
    except BadInput as error:
        assert error.place == "x"  # noqa: PT017 - a refusal is one of two right answers
