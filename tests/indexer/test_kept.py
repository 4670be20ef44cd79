"""Analyses as bytes: whatever was built comes back equal, and damage is noticed."""

from __future__ import annotations

import zlib
from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tintuc_search.analysis.vi.analyzer import VietnameseAnalyzer
from tintuc_search.archive.base import StoredArticle
from tintuc_search.article import Article
from tintuc_search.engine.base import FieldText, TextField
from tintuc_search.entities import Recogniser
from tintuc_search.entities.base import ArticleEntities, Entity, Kind, Mention, Quote, Role
from tintuc_search.indexer.documents import Built, build
from tintuc_search.indexer.kept import pack, unpack, unpack_documents, version_of
from tintuc_search.indexer.kept_texts import Texts, Writing

ANALYZER, RECOGNISER = VietnameseAnalyzer(), Recogniser()
NOW = datetime(2024, 5, 6, tzinfo=UTC)
# An invented article.
ARTICLE = Article(
    "Chủ tịch UBND tỉnh Lâm Hải thăm xã Nậm Lìn",
    source_id="7",
    lead="Ủy ban nhân dân (UBND) tỉnh Lâm Hải họp sáng 6/5.",
    paragraphs=(
        "Ông Lê Cảnh Hoàn, Chủ tịch UBND tỉnh Lâm Hải, nói: “Thanh niên phải đi đầu theo Nghị quyết 18-NQ/TW”.",
        "…",
        "Bà Phạm Thị Thử cho biết xã Nậm Lìn sẽ có trường mới.",
    ),
    captions=("Ông Lê Cảnh Hoàn",),
    tables=((("Xã", "Trường"), ("Nậm Lìn", "1")),),
    authors=("Trần Thử",),
    published_at=NOW,
    source="Báo Lâm Hải",
    section="Thời sự",
)
STORED = StoredArticle("7", ARTICLE, 1, 1, NOW, NOW)


@pytest.fixture(scope="module")
def built() -> Built:
    return build(STORED, ANALYZER, RECOGNISER)


def test_a_whole_analysis_comes_back_equal(built: Built) -> None:
    assert built.found.roles and built.found.quotes and built.quoted.documents  # noqa: PT018
    assert built.document.definitions

    assert unpack(pack(built)) == built


def test_so_does_that_of_a_text_without_marks_or_without_any_word() -> None:
    for article in (Article("Chu tich tinh Lam Hai"), Article("…"), Article("")):
        found = build(replace(STORED, article=article), ANALYZER, RECOGNISER)

        assert unpack(pack(found)) == found


def _of_type(name: object) -> st.SearchStrategy[Any]:
    place = st.builds(Mention, st.integers(0, 9999), st.integers(0, 9999))
    return {
        "Kind": st.sampled_from(Kind),
        "str": st.text(st.characters(codec="utf-8")),
        "int": st.integers(0, 9999),
        "bool": st.booleans(),
        "tuple[Mention, ...]": st.lists(place).map(tuple),
    }[str(name)]


ALL = {
    kind: st.builds(kind, **{field.name: _of_type(field.type) for field in fields(kind)})
    for kind in (Entity, Role, Quote)
}


@given(st.lists(ALL[Entity]), st.lists(ALL[Role]), st.lists(ALL[Quote]))
def test_so_does_every_field_of_what_was_recognised(
    built: Built, entities: list[Entity], roles: list[Role], quotes: list[Quote]
) -> None:
    persons, bodies, places, documents = (
        tuple(each for each in entities if each.kind is kind) for kind in Kind
    )
    found = ArticleEntities(persons, bodies, places, documents, tuple(roles), tuple(quotes))
    given = replace(built, found=found)

    assert unpack(pack(given)) == given


TERMS = st.lists(st.sampled_from(["quốc", "hội", "", "a b", "_", "x_y"]), max_size=8)


@given(terms=TERMS, data=st.data())
def test_so_do_terms_positions_and_words_of_any_kind(
    built: Built, terms: list[str], data: st.DataObject
) -> None:
    steps = data.draw(st.lists(st.integers(1, 20), min_size=len(terms), max_size=len(terms)))
    positions = [sum(steps[: i + 1]) for i in range(len(terms))]
    words = data.draw(
        st.lists(st.tuples(st.sampled_from(["quốc_hội", "_unmarked", "hội"]), st.integers(0, 60)))
    )
    text = FieldText(tuple(terms), tuple(positions), tuple(words))
    given = replace(built, document=replace(built.document, texts={TextField.BODY: text}))

    assert unpack(pack(given)) == given


def test_bytes_that_were_damaged_anywhere_give_an_error(built: Built) -> None:
    packed = pack(built)
    for place in range(0, len(packed), 7):
        damaged = packed[:place] + bytes([packed[place] ^ 0x55]) + packed[place + 1 :]
        with pytest.raises((zlib.error, ValueError)):
            unpack(damaged)
    with pytest.raises(zlib.error):
        unpack(packed[: len(packed) // 2])


def test_the_version_changes_with_text_revision_and_maker_and_with_nothing_else() -> None:
    version = version_of(STORED, "a")
    others = [
        version_of(STORED, "b"),
        version_of(replace(STORED, id="8"), "a"),
        version_of(replace(STORED, revision=2), "a"),
        version_of(replace(STORED, article=replace(ARTICLE, section="Kinh tế")), "a"),
    ]

    assert version_of(replace(STORED, sequence=9, gone_at=NOW), "a") == version
    assert len({version, *others}) == 5


def test_what_engines_hold_is_read_alone(built: Built) -> None:
    found = unpack_documents(pack(built))

    assert found.document == replace(built.document, definitions=())
    assert found.quoted == built.quoted
    assert not found.labels
    assert found.found == ArticleEntities()


def test_words_of_an_article_are_kept_as_a_stretch_of_it() -> None:
    of_article = {
        TextField.LEAD: FieldText(("a",), (0,)),
        TextField.BODY: FieldText(
            tuple(f"t{number}" for number in range(40)), tuple(range(40)), (("t28_t29", 28),)
        ),
    }
    writing = Writing(of_article)
    own = FieldText(of_article[TextField.BODY].terms[3:29], tuple(range(26)))
    field, first, count, (at_the_word,) = 2, 2 * 3, 2 * 26, (2 * 25 + 1,)

    written = writing.write(own)

    assert [field, first, count, [at_the_word], 26] == written
    assert not writing.lines
    assert writing.write(of_article[TextField.BODY]) == 40, "the article itself is a line"
    texts = Texts(writing.lines)
    texts.of_article = of_article
    assert own == texts.read(written)


WORDS = st.lists(
    st.sampled_from(["quốc", "hội", "họp", "xã", "tỉnh", "a"]), min_size=1, max_size=80
)


@given(WORDS, st.data())
def test_so_does_any_stretch_with_words_that_end_in_it(
    built: Built, terms: list[str], data: st.DataObject
) -> None:
    places = sorted(data.draw(st.sets(st.integers(0, len(terms) - 1), max_size=20)))
    words = tuple(("_".join(terms[at : at + 2]), at) for at in places if at + 1 < len(terms))
    first = data.draw(st.integers(0, len(terms) - 1))
    end = data.draw(st.integers(first + 1, len(terms)))
    body = FieldText(tuple(terms), tuple(range(len(terms))), words)
    own = FieldText(
        tuple(terms[first:end]),
        tuple(range(end - first)),
        tuple((word, at - first) for word, at in words if first <= at and at + 1 < end),
    )
    quoted = replace(built.quoted.documents[0], texts={TextField.BODY: own})
    given = replace(
        built,
        document=replace(built.document, texts={TextField.BODY: body}),
        quoted=replace(built.quoted, documents=(quoted,)),
    )

    assert unpack(pack(given)) == given
