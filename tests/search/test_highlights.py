"""What is marked: words, phrases, passages; and what holds of every highlight."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.asking import ask, marked, names
from tintuc_search.article import Article
from tintuc_search.search.highlights import highlight
from tintuc_search.search.marking import Marker, Pieces, Unit

if TYPE_CHECKING:
    from tintuc_search.analysis.vi import VietnameseAnalyzer
    from tintuc_search.search.base import Highlight
    from tintuc_search.search.service import SearchService

SLOTS = st.sampled_from(["quốc", "hội", "họp", "a", "b"])
TEXTS = st.lists(
    st.sampled_from(["Quốc", "hội", "họp", "a", "B", ".", ", ", " ", "…", "&", "<b>", "\u0301"])
).map(" ".join)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("son minh thang", ["Sơn Minh Thắng"]),
        ("sơn minh thắng", ["Sơn Minh Thắng"]),
        ("thắng sơn", ["Sơn", "Thắng"]),
        ("05-CT/TW", ["05-CT/TW"]),
        ("hoà bình", ["Hòa Bình"]),
        ('"đảng viên"', ["Đảng viên"]),
        ("ruộng -quốc", ["ruộng"]),
        ("dang lang", ["đang", "Đang", "làng"]),
        ("tiêu đề:(thủy lợi) ruộng", ["thủy lợi", "ruộng"]),
    ],
)
def test_marks(service: SearchService, query: str, words: list[str]) -> None:
    assert words == marked(ask(service, query))


def test_marks_no_other_reading_where_the_likeliest_stands(service: SearchService) -> None:
    answer = ask(service, "tong bi thu")

    assert names(answer) == ["tong-bi-thu", "tong-ket"]
    assert set(marked(answer)) >= {"Tổng Bí thư", "bị"}
    first = [h.text[s.start : s.end] for h in answer.hits[0].highlights for s in h.spans]
    assert first == ["Tổng Bí thư", "Tổng Bí thư", "Bí thư"]


def test_the_title_is_whole_and_comes_first(service: SearchService) -> None:
    (hit,) = ask(service, "ruộng").hits

    assert hit.highlights[0].field == "title"
    assert hit.highlights[0].text == hit.stored.article.title


def test_a_passage_is_cut_at_sentences(service: SearchService) -> None:
    (hit,) = ask(service, '"ngân sách dành cho"', highlight_length=150).hits
    passage = hit.highlights[1]

    assert passage.field == "body"
    assert passage.text.startswith("…")
    assert passage.text.endswith("gì thêm.")  # a whole sentence needs no dots
    assert "Giữa đoạn mới nhắc tới ngân sách dành cho bầu cử." in passage.text
    assert len(passage.text) <= 150
    assert "<mark>ngân sách dành cho</mark>" in passage.html


def test_gives_as_many_passages_as_asked(service: SearchService) -> None:
    (hit,) = ask(service, "đang làng ruộng vụ mới", highlight_count=1).hits

    assert len(hit.highlights) == 2


def test_no_highlights_unless_asked(service: SearchService) -> None:
    assert all(hit.highlights == () for hit in ask(service, "hội", highlight=False).hits)


def test_shows_the_whole_article_marked(service: SearchService) -> None:
    (hit,) = ask(service, "quoc hoi ngan sach dai bieu").hits
    view = service.article(hit.stored.id, "quoc hoi anh")
    article = hit.stored.article

    assert view is not None
    assert view.title.html == "<mark>Quốc hội</mark> khai mạc kỳ họp thứ bảy"
    assert view.lead.text == article.lead
    assert [p.text for p in view.paragraphs] == list(article.paragraphs)
    assert [c.html for c in view.captions] == [
        "Đại biểu dự phiên khai mạc. <mark>Ảnh</mark>: Lê Thị Mai"
    ]
    assert view.matches == sum(len(h.spans) for h in (view.title, view.lead, *view.paragraphs)) + 1


def test_an_article_without_a_query_has_no_marks(service: SearchService) -> None:
    (hit,) = ask(service, "ruộng").hits
    view = service.article(hit.stored.id)

    assert view is not None
    assert view.matches == 0


def test_there_is_no_view_of_an_unknown_article(service: SearchService) -> None:
    assert service.article("khong-co") is None


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    phrases=st.lists(st.lists(SLOTS, min_size=1, max_size=3), max_size=4),
    slop=st.integers(0, 2),
    texts=st.lists(TEXTS, min_size=2, max_size=4),
    length=st.integers(40, 90),
)
def test_spans_cut_the_text(
    analyzer: VietnameseAnalyzer,
    phrases: list[list[str]],
    slop: int,
    texts: list[str],
    length: int,
) -> None:
    units = [
        Unit(tuple({term: 1.0} for term in phrase), 10 * i, slop)
        for i, phrase in enumerate(phrases)
    ]
    terms = {term for phrase in phrases for term in phrase}
    article = Article(texts[0], lead=texts[1], paragraphs=tuple(texts[2:]))

    for found in highlight(article, Marker(units, Pieces(analyzer)), 3, length):
        check(found)
        assert found.field == "title" or len(found.text) <= length
        for span in found.spans:
            inside = [term for term, _, _ in analyzer.spans(found.text[span.start : span.end])]
            assert terms.intersection(inside)


def check(found: Highlight) -> None:
    """Spans are sorted, disjoint, within the text; the HTML is the text, escaped, with marks."""
    edges = [edge for span in found.spans for edge in (span.start, span.end)]
    assert edges == sorted(set(edges))
    assert not edges or (edges[0] >= 0 and edges[-1] <= len(found.text))
    bare = re.sub("</?mark>", "", found.html)
    assert "<" not in bare
    assert unescape(bare) == found.text


@settings(deadline=None)
@given(text=st.text() | TEXTS)
def test_stretches_between_spaces_give_the_tokens_of_the_text(
    analyzer: VietnameseAnalyzer, text: str
) -> None:
    tokens = analyzer.tokens(text)
    known = frozenset(token.term for token in tokens)

    (places,) = Pieces(analyzer, capacity=2).places([text], known)

    assert places == [(t.position, t.start, t.end, t.term) for t in tokens]


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=60))
def test_html_is_safe_whatever_the_text(text: str) -> None:
    from tintuc_search.search.base import Highlight, Span  # noqa: PLC0415

    check(Highlight("body", text, (Span(0, len(text)),) if text else ()))
