"""What the index of quotations holds of an article."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tintuc_search.analysis.vi.analyzer import VietnameseAnalyzer
from tintuc_search.archive.base import StoredArticle
from tintuc_search.article import Article
from tintuc_search.engine.base import PARAGRAPH_GAP, UNMARKED_WORD, KeywordField, TextField
from tintuc_search.entities import Recogniser
from tintuc_search.indexer.documents import build
from tintuc_search.quotations.base import Quotation, Quoted

ANALYZER = VietnameseAnalyzer()
RECOGNISER = Recogniser(ANALYZER)
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def quoted(*paragraphs: str, title: str = "Tin", lead: str = "", **more: object) -> Quoted:
    article = Article(title, lead=lead, paragraphs=paragraphs, published_at=NOW, **more)  # type: ignore[arg-type]
    return build(StoredArticle("a-1", article, 3, 7, NOW, NOW), ANALYZER, RECOGNISER).quoted


@pytest.mark.parametrize(
    ("paragraphs", "kind", "speaker", "words"),
    [
        (
            ("Ông Lê Văn Thử nói: “Xã đã xây xong cầu”.",),
            "direct",
            "Lê Văn Thử",
            "xã đã xây xong cầu",
        ),
        (
            ("Chủ tịch UBND huyện Trần Văn Mẫu cho biết, huyện sẽ sửa đường trong tháng này.",),
            "indirect",
            "Trần Văn Mẫu",
            "huyện sẽ sửa đường trong tháng này",
        ),
    ],
)
def test_a_quotation_is_found_by_its_own_words(
    paragraphs: tuple[str, ...], kind: str, speaker: str, words: str
) -> None:
    found = quoted(*paragraphs, lead="Cầu và đường")

    (quotation,), (document,) = found.quotations, found.documents
    assert (quotation.kind, quotation.speaker, quotation.revision) == (kind, speaker, 3)
    assert document.id == quotation.id == "a-1.0"
    assert document.texts[TextField.BODY].terms == tuple(words.split())
    assert document.texts.keys() == {TextField.BODY}
    assert document.published == int(NOW.timestamp())
    assert document.keywords[KeywordField.SPEAKER] == (ANALYZER.key(speaker),)


def test_it_has_the_source_of_its_article_and_the_names_within_its_words_only() -> None:
    found = quoted(
        "Tại Hà Nội, ông Lê Văn Thử nói: “Luật Đất đai giúp Đà Nẵng và anh Hồ Văn Thi”.",
        source="Báo Lâm Hải",
        authors=("Lê Viết",),
        section="Thời sự",
    )

    assert dict(found.documents[0].keywords) == {
        KeywordField.SOURCE: ("báo lâm hải",),
        KeywordField.AUTHOR: ("lê viết",),
        KeywordField.SECTION: ("thời sự",),
        KeywordField.SPEAKER: ("lê văn thử",),
        KeywordField.PERSON: ("hồ văn thi",),
        KeywordField.PLACE: ("đà nẵng",),
        KeywordField.DOCUMENT: ("luật đất đai",),
    }


def test_the_words_are_those_of_the_article_with_their_compounds() -> None:
    text = quoted("Ông Lê Văn Thử nói: “Đoàn viên thanh niên đi trước”.").documents[0].texts

    body = text[TextField.BODY]
    assert body.positions == tuple(range(len(body.terms)))
    assert ("thanh_niên", body.terms.index("thanh")) in body.words


def test_no_phrase_runs_from_one_paragraph_of_a_quotation_into_the_next() -> None:
    found = quoted("Ông Lê Văn Thử nói: “Việc thứ nhất là cầu.", "“Việc thứ hai là đường”.")

    texts = [document.texts[TextField.BODY] for document in found.documents]
    joined = [text for text in texts if "cầu" in text.terms and "đường" in text.terms]
    for text in joined:
        first, second = text.terms.index("cầu"), text.terms.index("hai")
        assert text.positions[second] - text.positions[first] > PARAGRAPH_GAP
    assert joined


def test_the_place_of_the_words_is_that_in_the_articles_text() -> None:
    article = Article("Một tin", lead="Dẫn", paragraphs=("Ông Lê Văn Thử nói: “Cầu đã xong”.",))
    stored = StoredArticle("a-1", article, 1, 1, NOW, NOW)

    (quotation,) = build(stored, ANALYZER, RECOGNISER).quoted.quotations

    assert article.text[quotation.start : quotation.end] == "Cầu đã xong"


def test_an_article_without_marks_has_quotations_without() -> None:
    found = quoted("Ong Le Van Thu noi: “Cau da xong roi”.")

    assert all(
        (UNMARKED_WORD, 0) in document.texts[TextField.BODY].words for document in found.documents
    )


def test_an_article_that_quotes_nobody_has_none() -> None:
    assert quoted("Cầu đã xong.") == Quoted("a-1")


def test_a_quotation_knows_its_id() -> None:
    assert Quotation("a-1", 4, 1, 0, 5, "direct", "X").id == "a-1.4"
