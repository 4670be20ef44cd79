"""Accents left out, half of them typed, wrong ones: what is found, in what order, what is told."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import normalize

import pytest

from search.asking import ask, codes, names
from search.collection import fill
from tintuc_search.archive import open_archive
from tintuc_search.archive.base import Incoming
from tintuc_search.article import Article
from tintuc_search.engine.dictionary import SqliteDictionary
from tintuc_search.engine.memory_engine import MemoryEngine
from tintuc_search.search.base import Match
from tintuc_search.search.service import SearchService

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tintuc_search.analysis.vi import VietnameseAnalyzer
    from tintuc_search.search.base import SearchAnswer

TEXTS = {
    "bi-thu": "Hôm qua bí thư tỉnh ủy gặp dân. Ông bí thư hứa sửa con đường. Bí thư ra về muộn.",
    "bi-thu-2": "Đồng chí bí thư xã nói chuyện với thanh niên về mùa màng.",
    "bi-thu-3": "Tổng bí thư dự lễ cùng các bí thư tỉnh, thành và nhiều bí thư xã.",
    "bi-om": "Tổng kết năm học, em bi và chị thu cùng đọc báo cáo ở sân trường.",
    "bi-thu-bo": "Ông bị thử thách nhiều phen, có lúc tổng cộng mất ba tháng lương.",
    "hoi-nghi": "Hội nghị bàn về nước sạch. Người nghi ngờ cũng tới dự hội nghị.",
    "hoi-nghi-2": "Sau hội nghị, mọi người nghỉ trưa rồi đi thăm công trình thủy lợi.",
    "thuy": "Chị Thúy ở Hoà Bình kỉ niệm ngày cưới, uỷ ban xã tới chúc mừng.",
    "khong-dau": "Tong bi thu tham xa. Hoi nghi khong co ai ve.",
}


@pytest.fixture(scope="module")
def search(
    tmp_path_factory: pytest.TempPathFactory, analyzer: VietnameseAnalyzer
) -> Iterator[SearchService]:
    archive = open_archive(f"sqlite:///{tmp_path_factory.mktemp('accents')}/archive.sqlite")
    articles = [
        Article(title="—", url=f"https://bao.example/{name}", paragraphs=(text,))
        for name, text in TEXTS.items()
    ]
    archive.put([Incoming(article, str(article.url)) for article in articles])
    engine, dictionary = MemoryEngine(), SqliteDictionary(":memory:", analyzer)
    engine.rebuild()
    dictionary.clear()
    fill(archive, engine, dictionary, analyzer)
    yield SearchService(archive, engine, dictionary, analyzer)
    dictionary.close()
    archive.close()


def scored(answer: SearchAnswer) -> list[tuple[str, float]]:
    return [(hit.stored.id, hit.score) for hit in answer.hits]


def test_without_any_mark_the_reading_ranks_first_then_other_forms_then_bare_articles(
    search: SearchService,
) -> None:
    answer = ask(search, "tong bi thu")

    assert answer.query.reading == "tổng bí thư"
    found = names(answer)
    assert (found[0], found[-1]) == ("bi-thu-3", "khong-dau")
    assert set(found[1:-1]) == {"bi-om", "bi-thu-bo"}


def test_with_marks_elsewhere_the_form_as_typed_ranks_first(search: SearchService) -> None:
    found = names(ask(search, "tổng bi thu"))

    assert found[:2] == ["bi-om", "bi-thu-3"]
    assert found[-1] == "khong-dau"


def test_a_word_half_typed_is_found_as_that_word(search: SearchService) -> None:
    answer = ask(search, "hội nghi nước sạch")

    assert names(answer)[0] == "hoi-nghi"
    assert answer.query.reading is None


@pytest.mark.parametrize("query", ["bí thư", "bí thu", "bi thư"])
def test_marks_that_were_typed_stay(search: SearchService, query: str) -> None:
    assert "bi-thu-bo" not in names(ask(search, query))


def test_part_of_a_syllables_marks_matches_what_has_them(search: SearchService) -> None:
    assert names(ask(search, "thuy lơi")) == ["hoi-nghi-2"]
    assert names(ask(search, "hôi nghi"))[:2] == ["hoi-nghi", "hoi-nghi-2"]


def test_other_accents_are_searched_for_only_where_nothing_matches_and_named(
    search: SearchService,
) -> None:
    assert codes(ask(search, "bí thử")) == []
    answer = ask(search, "hổi nghỉ nước")

    assert codes(answer) == ["otherAccents"]
    assert "hội" in answer.query.problems[0].message
    assert "hổi" in answer.query.problems[0].message_en
    assert answer.query.alternatives


@pytest.mark.parametrize("match", Match)
@pytest.mark.parametrize(
    "query",
    ["chị thúy hòa bình", "kỷ niệm ngày cưới ủy ban", "hội nghị nước sạch", "thủy lợi tỉnh ủy"],
)
@pytest.mark.parametrize(
    "typed",
    [
        lambda text: normalize("NFD", text),
        lambda text: normalize("NFKD", text),
        str.upper,
        str.title,
        lambda text: text.replace("úy", "uý").replace("òa", "oà").replace("ủy", "uỷ"),
        lambda text: text.replace("kỷ", "kỉ"),
    ],
    ids=["NFD", "NFKD", "upper", "title", "tone", "i/y"],
)
def test_spellings_that_count_as_equal_give_the_same_answer(
    search: SearchService, query: str, typed: object, match: Match
) -> None:
    assert callable(typed)
    plain, other = ask(search, query, match=match), ask(search, typed(query), match=match)

    assert scored(plain) or match is Match.ALL
    assert scored(plain) == scored(other)


def test_a_query_in_capitals_holds_no_operators_but_words(search: SearchService) -> None:
    assert scored(ask(search, "HỘI NGHỊ VÀ THỦY LỢI", match=Match.ANY)) == scored(
        ask(search, "hội nghị và thủy lợi", match=Match.ANY)
    )
