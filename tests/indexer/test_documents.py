"""What an index holds of an article."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given

from archive.strategies import ARTICLES, PATIENT
from tintuc_search.analysis.vi.analyzer import VietnameseAnalyzer
from tintuc_search.archive.base import StoredArticle
from tintuc_search.article import VIETNAM, Article
from tintuc_search.engine.base import (
    PARAGRAPH_GAP,
    UNMARKED_WORD,
    FieldText,
    IndexDocument,
    KeywordField,
    Label,
    TextField,
)
from tintuc_search.entities.base import ArticleEntities, Entity, Kind, Mention, Quote, Role
from tintuc_search.indexer.documents import Built, build

ANALYZER = VietnameseAnalyzer()
NOW = datetime(2026, 1, 1, tzinfo=UTC)
BODY = TextField.BODY


def name(kind: Kind, text: str, *mentions: tuple[int, int]) -> Entity:
    return Entity(kind, text, tuple(Mention(*each) for each in mentions))


class Names:
    """A recogniser that knows beforehand what it will find: here the document is tested, not the finding."""

    def __init__(self, **found: Any) -> None:
        self._found = ArticleEntities(**found)

    def recognise(self, text: str, *_: object) -> ArticleEntities:
        assert text.count("\n") >= 1
        return self._found


def built(article: Article, names: Names | None = None) -> Built:
    stored = StoredArticle("a-1", article, 1, 1, NOW, NOW)
    return build(stored, ANALYZER, names or Names())


def texts(article: Article) -> dict[TextField, FieldText]:
    return dict(built(article).document.texts)


def test_an_article_becomes_terms_words_keywords_and_a_time() -> None:
    article = Article(
        "Thanh niên họp",
        lead="Sáng nay",
        paragraphs=("Đoàn thanh niên",),
        published_at=datetime(1970, 1, 2, 7, 0, tzinfo=VIETNAM),
        source="Báo Lâm Hải",
        authors=("Lê Thử", "LÊ THỬ"),
        section="Thời sự",
    )

    assert built(article).document == IndexDocument(
        id="a-1",
        texts={
            TextField.TITLE: FieldText(("thanh", "niên", "họp"), (0, 1, 2), (("thanh_niên", 0),)),
            TextField.LEAD: FieldText(("sáng", "nay"), (0, 1), ()),
            BODY: FieldText(("đoàn", "thanh", "niên"), (0, 1, 2), (("thanh_niên", 1),)),
        },
        published=86400,
        keywords={
            KeywordField.SOURCE: ("báo lâm hải",),
            KeywordField.AUTHOR: ("lê thử",),
            KeywordField.SECTION: ("thời sự",),
        },
    )


def test_paragraphs_captions_and_table_rows_follow_each_other_with_a_gap() -> None:
    article = Article(
        "Tin", paragraphs=("một hai", "—", "ba"), captions=("ảnh",), tables=((("x", "y"), ("z",)),)
    )

    body = texts(article)[BODY]

    step = PARAGRAPH_GAP + 1
    assert body.terms == ("một", "hai", "ba", "ảnh", "x", "y", "z")
    assert body.positions == (
        *(0, 1),
        1 + step,
        1 + 2 * step,
        *(1 + 3 * step, 2 + 3 * step),
        2 + 4 * step,
    )


def test_words_stand_where_their_first_syllable_stands() -> None:
    body = texts(Article("Tin", paragraphs=("Họp", "Các đoàn viên thanh niên")))[BODY]

    assert ("thanh_niên", 1 + PARAGRAPH_GAP + 3) in body.words


@pytest.mark.parametrize(
    ("article", "unmarked"),
    [
        (Article("Dai hoi doan", paragraphs=("Thanh nien Viet Nam",)), True),
        (Article("2019"), True),
        (Article("Dai hoi doan", paragraphs=("Thanh niên Viet Nam",)), False),
        (Article("Đại hội", paragraphs=("Thanh nien Viet Nam",)), False),
        (Article("Dai hoi doan", captions=("Ảnh: X",)), False),
    ],
)
def test_an_article_written_without_any_mark_says_so(article: Article, unmarked: bool) -> None:
    assert ((UNMARKED_WORD, 0) in texts(article)[BODY].words) is unmarked


def test_names_that_differ_in_spelling_only_are_one_keyword_labelled_as_first_written() -> None:
    names = Names(
        persons=(
            name(Kind.PERSON, "Nguyễn Thuý"),
            name(Kind.PERSON, "Nguyễn Thúy"),
            name(Kind.PERSON, "…"),
        ),
        organisations=(name(Kind.ORGANISATION, "UBND tỉnh"),),
        places=(name(Kind.PLACE, "Lâm Hải"), name(Kind.PLACE, "Lam Hai")),
    )

    found = built(Article("Tin", source="Báo Lâm Hải"), names)

    assert found.document.keywords == {
        KeywordField.SOURCE: ("báo lâm hải",),
        KeywordField.PERSON: (ANALYZER.key("Nguyễn Thúy"),),
        KeywordField.ORGANISATION: ("ubnd tỉnh",),
        KeywordField.PLACE: ("lâm hải", "lam hai"),
    }
    assert found.labels == (
        Label(KeywordField.SOURCE, "báo lâm hải", "Báo Lâm Hải"),
        Label(KeywordField.PERSON, ANALYZER.key("Nguyễn Thúy"), "Nguyễn Thuý"),
        Label(KeywordField.ORGANISATION, "ubnd tỉnh", "UBND tỉnh"),
        Label(KeywordField.PLACE, "lâm hải", "Lâm Hải"),
        Label(KeywordField.PLACE, "lam hai", "Lam Hai"),
    )


@PATIENT
@given(ARTICLES)
def test_positions_rise_and_every_keyword_has_a_label(article: Article) -> None:
    found = built(
        article, Names(persons=tuple(name(Kind.PERSON, each) for each in article.authors))
    )

    for text in found.document.texts.values():
        assert len(text.terms) == len(text.positions)
        assert list(text.positions) == sorted(set(text.positions))
        assert {first for _, first in text.words} <= {0, *text.positions}
    labelled = [(label.field, label.id) for label in found.labels]
    held = [(field, key) for field, keys in found.document.keywords.items() for key in keys]
    assert labelled == held
    assert len(held) == len(set(held))


def test_the_abbreviations_that_an_article_explains_are_kept_once_as_terms() -> None:
    article = Article(
        "Uỷ ban Kiểm tra (UBKT) họp",
        paragraphs=(
            "Sở Giáo dục và Đào tạo (GD&ĐT), Ủy ban Kiểm tra (UBKT).",
            "Không có gì (thế).",
        ),
    )

    assert built(article).document.definitions == (
        ("gd đt", "giáo dục và đào tạo"),
        ("ubkt", "ủy ban kiểm tra"),
    )


def test_documents_offices_and_speakers_are_keywords_a_document_by_its_number() -> None:
    names = Names(
        documents=(
            name(Kind.DOCUMENT, "Chỉ thị 05-CT/TW"),
            name(Kind.DOCUMENT, "Chỉ thị số 05-CT/TW của Bộ Chính trị"),
            name(Kind.DOCUMENT, "Luật Đất đai 2013"),
            name(Kind.DOCUMENT, "Nghị định 100/2019/NĐ-CP"),
        ),
        roles=(Role("Hà Vân", "Bí thư Tỉnh ủy Lâm Hải", former=False),) * 2,
        quotes=(Quote("Hà Vân", "Phải làm ngay", "direct", 0, 1),),
    )
    document = built(Article("Họp"), names)
    keywords = document.document.keywords
    assert keywords[KeywordField.DOCUMENT] == ("05 ct tw", "luật đất đai 2013", "100 2019 nđ cp")
    assert keywords[KeywordField.OFFICE] == (ANALYZER.key("Bí thư Tỉnh ủy Lâm Hải"),)
    assert keywords[KeywordField.SPEAKER] == (ANALYZER.key("Hà Vân"),)
    assert Label(KeywordField.DOCUMENT, "05 ct tw", "Chỉ thị 05-CT/TW") in document.labels


def test_who_took_a_picture_is_no_keyword_and_an_office_is_one_without_its_term() -> None:
    names = Names(
        persons=(
            name(Kind.PERSON, "Hà Vân"),
            replace(name(Kind.PERSON, "Vũ Chụp"), is_credit=True),
        ),
        organisations=(replace(name(Kind.ORGANISATION, "Sở Y tế"), note="Lâm Hải"),),
        places=(replace(name(Kind.PLACE, "Sơn Giang"), note="Lâm Hải"),),
        documents=(
            name(Kind.DOCUMENT, "Chỉ thị số 36"),
            replace(name(Kind.DOCUMENT, "Chỉ thị 36"), note="Sở Y tế"),
        ),
        roles=(Role("Hà Vân", "Bí thư Tỉnh ủy nhiệm kỳ 2015-2020", former=False),),
    )
    keywords = built(Article("Họp"), names).document.keywords

    assert keywords == {
        KeywordField.PERSON: ("hà vân",),
        # By its plain name, too.
        KeywordField.ORGANISATION: ("sở y tế", "sở y tế lâm hải"),
        KeywordField.PLACE: ("sơn giang",),
        KeywordField.DOCUMENT: ("chỉ thị 36",),
        KeywordField.OFFICE: (ANALYZER.key("Bí thư Tỉnh ủy"),),
    }


def test_a_quotation_holds_the_terms_within_it_and_the_words_that_are_whole_there() -> None:
    said = ["Chính phủ họp. Thanh niên", "tình nguyện ở xã. Quốc hội"]
    article = Article("Tin", paragraphs=tuple(said), captions=("Thanh niên tình nguyện",))
    first = article.text.index("phủ")
    last = article.text.index("Quốc") + len("Quốc")
    quote = Quote("Hà Vân", "", "direct", first, last)
    (document,) = built(article, Names(quotes=(quote,))).quoted.documents
    text = document.texts[BODY]

    assert " ".join(text.terms) == "phủ họp thanh niên tình nguyện ở xã quốc"
    second = 4 + PARAGRAPH_GAP
    assert text.positions == (0, 1, 2, 3, second, second + 1, second + 2, second + 3, second + 4)
    assert text.words == (("thanh_niên", 2), ("tình_nguyện", second))
