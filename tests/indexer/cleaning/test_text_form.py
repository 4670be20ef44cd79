"""A text that a reader saved gives its article, without counters, rubrics and the paper's mark."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tintuc_search.article import format_time
from tintuc_search.errors import BadInput
from tintuc_search.indexer.cleaning import clean_text
from tintuc_search.indexer.cleaning.text import fold

SAVED = """Đoàn xã Đồng Dao ra quân làm sạch ba tuyến kênh

08:15 12/03/2021     207

3 Phong trào   Web.ĐBL: Sáng 12/3, hơn hai trăm đoàn viên xã Đồng Dao ra quân dọn kênh.

Buổi sáng, các bạn trẻ chia thành năm tổ, mỗi tổ nhận một đoạn kênh dài bốn trăm mét.

\u00a0

Đồng chí Bí thư Đoàn xã phát biểu tại lễ ra quân

\u00a0

Đến trưa, mười hai xe rác đã được chở đi.

\u00a0

Hà Vân"""


def test_a_saved_text_is_taken_apart() -> None:
    article = clean_text(SAVED)
    assert article.title == "Đoàn xã Đồng Dao ra quân làm sạch ba tuyến kênh"
    assert article.lead == "Sáng 12/3, hơn hai trăm đoàn viên xã Đồng Dao ra quân dọn kênh."
    assert article.section == "3 Phong trào"
    assert format_time(article.published_at) == "2021-03-12T08:15:00+07:00"
    assert article.captions == ("Đồng chí Bí thư Đoàn xã phát biểu tại lễ ra quân",)
    assert len(article.paragraphs) == 2
    assert article.authors == ("Hà Vân",)
    assert "207" not in article.text


def test_line_ends_of_any_system_are_the_same() -> None:
    assert clean_text(SAVED.replace("\n", "\r\n")) == clean_text(SAVED)


@pytest.mark.parametrize("text", ["", " \n ", "Chỉ một dòng", "12345\n\nhai"])
def test_a_text_without_headline_and_body_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match=r"^a\.txt: "):
        clean_text(text, "a.txt")


@given(st.text(max_size=300))
def test_any_text_gives_an_article_or_a_refusal(text: str) -> None:
    try:
        article = clean_text(text, "x")
    except BadInput:
        return
    for part in (article.title, article.lead, *article.paragraphs, *article.captions):
        assert part == fold(part)


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
