from __future__ import annotations

import subprocess
import sys
from itertools import pairwise
from threading import Thread
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tintuc_search.analysis.vi import VietnameseAnalyzer

ANALYZER = VietnameseAnalyzer()


def words(text: str) -> list[str]:
    return [word.term for word in ANALYZER.words(ANALYZER.tokens(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thanh niên tình nguyện", ["thanh_niên", "tình_nguyện"]),
        (normalize("NFD", "Chính phủ họp bàn kinh tế"), ["chính_phủ", "kinh_tế"]),
        ("Uỷ ban nhân dân", ["ủy_ban", "nhân_dân"]),
        ("", []),
        ("Họp", []),
        ("thanh\nniên", []),
        ("thanh, niên", []),
        ("năm 2019 2020", []),
    ],
)
def test_words_of_several_syllables_are_found(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_a_word_says_which_tokens_it_is_made_of() -> None:
    text = "Các bạn thanh niên, (chính phủ) 05-CT/TW"
    tokens = ANALYZER.tokens(text)

    for word in ANALYZER.words(tokens):
        parts = tokens[word.first : word.first + word.length]
        assert word.term == "_".join(token.term for token in parts)
        assert word.length >= 2


def test_a_paragraph_without_end_gives_all_its_words() -> None:
    assert words("thanh niên, " * 50_000) == ["thanh_niên"] * 50_000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ban Bí thư T.Ư Đoàn", ["bí_thư"]),
        ("Đại hội XII. Công tác cán bộ", ["đại_hội", "công_tác", "cán_bộ"]),
        ("Đoàn Thanh niên", ["thanh_niên"]),
        ("tập trung quốc gia", ["tập_trung", "quốc_gia"]),
        ("cơ quan vi phạm pháp luật", ["cơ_quan", "vi_phạm", "pháp_luật"]),
        ("chính_phủ", []),
    ],
)
def test_no_word_holds_more_than_belongs_together(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_a_name_does_not_take_the_first_syllable_of_a_word() -> None:
    assert "đinh_thanh" not in words("ông Đinh Thanh niên")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("xây dựng hòa bình", "xây dựng hoà bình"),
        ("có lý do", "có lí do"),
        ("Ủy ban nhân dân", "Uỷ ban nhân dân"),
        ("HỘI NGHỊ ỦY BAN CHÂU ÂU", "hội nghị ủy ban châu âu"),
        ("các nước châu Âu", "các nước châu âu"),
        ("người Việt khỏe mạnh", normalize("NFD", "người Việt khoẻ mạnh")),
    ],
)
def test_equal_spellings_give_equal_words(one: str, other: str) -> None:
    assert words(one) == words(other) != []


@pytest.mark.parametrize(
    "text", ["quốc \ud800hội", "\x00 \x00", "a\u0301 " * 3, "… _ … _", "🇻🇳 Việt Nam 🇻🇳"]
)
def test_odd_text_gives_words_or_none_but_no_error(text: str) -> None:
    assert all("_" in word for word in words(text))


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=40) | st.text("nguyễn văn Thanh niên.,\n_ĐT1", max_size=60))
def test_no_text_makes_it_raise(text: str) -> None:
    tokens = ANALYZER.tokens(text)
    found = ANALYZER.words(tokens)
    places = [place for word in found for place in range(word.first, word.first + word.length)]

    assert places == sorted(set(places))
    assert all(place < len(tokens) for place in places)
    for word in found:
        run = tokens[word.first : word.first + word.length]
        assert word.term == "_".join(token.term for token in run)
        assert all(text[one.end : two.start].isspace() for one, two in pairwise(run))


def test_threads_share_one_analyzer() -> None:
    shared, results = VietnameseAnalyzer(), []
    text = "Chính phủ họp bàn phát triển kinh tế " * 20
    tokens = shared.tokens(text)
    threads = [Thread(target=lambda: results.append(shared.words(tokens))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(results) == 4
    assert all(result == results[0] for result in results)


def test_tokens_alone_load_no_model() -> None:
    code = (
        "import sys; from tintuc_search.analysis.vi import VietnameseAnalyzer as A; "
        "A().tokens('Quốc hội'); sys.exit('pyvi' in sys.modules or 'sklearn' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603
