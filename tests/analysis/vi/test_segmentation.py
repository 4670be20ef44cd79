from __future__ import annotations

import subprocess
import sys
from threading import Thread
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tintuc_search.analysis.vi import VietnameseAnalyzer
from tintuc_search.analysis.vi.segmentation import LONGEST_RUN

ANALYZER = VietnameseAnalyzer()


def words(text: str) -> list[str]:
    return [word.term for word in ANALYZER.words(text, ANALYZER.tokens(text))]


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

    for word in ANALYZER.words(text, tokens):
        parts = tokens[word.first : word.first + word.length]
        assert word.term == "_".join(token.term for token in parts)
        assert word.length >= 2


def test_a_paragraph_without_end_is_cut_and_still_gives_its_words() -> None:
    assert words("thanh niên " * LONGEST_RUN).count("thanh_niên") >= LONGEST_RUN - 2


@pytest.mark.parametrize(
    "text", ["quốc \ud800hội", "\x00 \x00", "a\u0301 " * 3, "… _ … _", "🇻🇳 Việt Nam 🇻🇳"]
)
def test_odd_text_gives_words_or_none_but_no_error(text: str) -> None:
    assert all("_" in word for word in words(text))


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=40))
def test_no_text_makes_it_raise(text: str) -> None:
    tokens = ANALYZER.tokens(text)
    ends = [word.first + word.length for word in ANALYZER.words(text, tokens)]

    assert ends == sorted(ends)
    assert all(end <= len(tokens) for end in ends)


def test_threads_share_one_analyzer() -> None:
    shared, results = VietnameseAnalyzer(), []
    text = "Chính phủ họp bàn phát triển kinh tế " * 20
    tokens = shared.tokens(text)
    threads = [Thread(target=lambda: results.append(shared.words(text, tokens))) for _ in range(4)]
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
